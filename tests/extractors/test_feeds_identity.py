"""Which item of a feed is which, and where it leads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.feeds.links import past_redirectors
from tests.extractors.feed_pages import entry_of, read, rss


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        pytest.param("<guid>x</guid><link>/a</link>", "<guid>x</guid><link>/b</link>", True),
        pytest.param("<guid>x</guid><link>/a</link>", "<guid>y</guid><link>/a</link>", False),
        pytest.param("<guid>x</guid>", "<guid> <![CDATA[ x ]]>\n</guid>", True),
        pytest.param("<link>/a</link><title>A</title>", "<link>/a</link><title>B</title>", True),
        pytest.param("<title>A</title>", "<title>A</title>", True),
        pytest.param("<title>A</title>", "<title>B</title>", False),
        pytest.param(
            "<title>A</title><pubDate>1 Mar 2026 10:00 GMT</pubDate>",
            "<title>A</title><pubDate>2 Mar 2026 10:00 GMT</pubDate>",
            False,
        ),
    ],
)
def test_an_item_is_known_by_guid_else_link_else_title_and_date(first, second, same):
    assert (entry_of(first).entry_id == entry_of(second).entry_id) is same


def test_items_that_share_a_guid_are_told_apart_by_their_links():
    guid = '<guid isPermaLink="false">news</guid>'

    content = read(rss(f"{guid}<link>/a</link>", f"{guid}<link>/b</link>"))

    assert len({entry.entry_id for entry in content.entries}) == 2


def test_an_item_listed_twice_is_one_entry():
    assert len(read(rss("<link>/a</link>", "<link>/a</link>")).entries) == 1


def test_an_item_with_nothing_in_it_is_no_entry():
    assert read(rss("", "<description> </description>", "<link>data:,x</link>")).entries == ()


def test_the_same_body_gives_the_same_entries():
    body = rss("<title>A</title><link>/a</link>")

    assert read(body) == read(body)


@pytest.mark.parametrize(
    ("item", "url"),
    [
        pytest.param("<guid>https://a.example/1</guid>", "https://a.example/1", id="default"),
        pytest.param(
            '<guid isPermaLink="true">https://a.example/1</guid>', "https://a.example/1", id="true"
        ),
        pytest.param('<guid isPermaLink="false">https://a.example/1</guid>', None, id="false"),
        pytest.param("<guid>a-1</guid>", None, id="no address"),
        pytest.param(
            "<guid>https://a.example/1</guid><link>/b</link>", "https://gazette.example/b"
        ),
    ],
)
def test_a_guid_is_the_link_only_if_it_is_an_address_and_there_is_no_other(item, url):
    assert entry_of(item).url == url


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "mailto:desk@gazette.example", "feed:news", "data:,x", "http://", " "],
)
def test_a_link_that_cannot_be_fetched_is_none(link):
    entry = entry_of(f"<title>A</title><link>{link}</link>")

    assert (entry.url, entry.target) == (None, None)


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ("", "https://gazette.example/feeds/a"),
        ("<link>https://www.gazette.example/news/</link>", "https://www.gazette.example/news/a"),
        ("<link>/news/</link>", "https://gazette.example/news/a"),
        ("<link>mailto:desk@gazette.example</link>", "https://gazette.example/feeds/a"),
    ],
)
def test_a_relative_link_of_rss_is_relative_to_the_site_else_to_the_feed(head, url):
    assert entry_of("<link>a</link>", head).url == url


def test_xml_base_goes_before_all_other_addresses():
    body = rss("<link>a</link>", head="<link>https://www.gazette.example/</link>")

    content = read(body.replace(b"<rss ", b'<rss xml:base="https://cdn.example/x/" '))

    assert content.entries[0].url == "https://cdn.example/x/a"


def test_links_to_one_page_share_their_target():
    first = entry_of("<link>https://www.gazette.example/a?utm_source=rss#top</link>")
    second = entry_of("<link>HTTPS://www.gazette.example:443/a</link>")

    assert first.url != second.url
    assert first.target == second.target == "https://www.gazette.example/a"


def test_a_link_through_a_redirector_keeps_the_id_it_had():
    link = "https://www.google.com/url?url=https://gazette.example/a"

    through, straight = entry_of(f"<link>{link}</link>"), entry_of(f"<link>{link}&amp;x=1</link>")

    assert through.url == straight.url == "https://gazette.example/a"
    assert through.entry_id != straight.entry_id


@given(path=st.text(max_size=60), query=st.text(max_size=60))
def test_whatever_follows_the_name_of_a_redirector_leads_somewhere(path, query):
    for start in ("https://www.google.com/url?", "https://r.search.yahoo.com/RU="):
        assert past_redirectors(f"{start}{path}/?url={query}").startswith(("http://", "https://"))


@pytest.mark.parametrize(
    "guid", ["", "<guid>the same</guid>"], ids=["without guids", "with one guid for all"]
)
def test_items_that_all_link_to_one_page_are_told_apart_by_their_titles(guid):
    content = read(rss(*(f"{guid}<title>{name}</title><link>/</link>" for name in "ABC")))

    assert [entry.title for entry in content.entries] == ["A", "B", "C"]


def test_an_item_of_nothing_but_words_is_an_entry_that_leads_nowhere():
    words = [f"<description>{name} is falling.</description>" for name in ("Rain", "Rain", "Snow")]

    content = read(rss(*words))

    assert [(entry.title, entry.url) for entry in content.entries] == [(None, None)] * 2


def test_of_an_item_listed_twice_the_later_state_counts():
    entry = "<entry><id>a</id><title>{}</title><updated>2026-02-0{}T00:00:00Z</updated></entry>"
    entries = entry.format("Old", 1) + entry.format("New", 2)

    content = read(f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'.encode())

    assert [entry.title for entry in content.entries] == ["New"]
