"""What a feed asks of those who poll it, what it took back, and what an index lists."""

import gzip
from datetime import timedelta

import pytest

from extractors.errors import FeedError
from tests.extractors.feed_pages import SEEN_AT, entries_or_reason, read, rss

INDEX = "https://gazette.example/maps/index.xml"


def an_index(*parts):
    listed = (f"<sitemap><loc>{url}</loc>{more}</sitemap>" for url, more in parts)
    return f"<sitemapindex>{''.join(listed)}</sitemapindex>".encode()


def changed(days):
    return f"<lastmod>{(SEEN_AT - timedelta(days=days)).isoformat()}</lastmod>"


@pytest.mark.parametrize(
    ("head", "ttl_s"),
    [
        ("<ttl>30</ttl>", 1_800),
        ("<ttl> 30 </ttl>", 1_800),
        ("<ttl>soon</ttl>", 0),
        ("<ttl>-5</ttl>", 0),
        ("<sy:updatePeriod>daily</sy:updatePeriod>", 86_400),
        (
            "<sy:updatePeriod> Hourly </sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
            900,
        ),
        (
            "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>",
            86_400,
        ),
        ("<ttl>5</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", 3_600),
        ("", 0),
    ],
)
def test_a_feed_asks_to_be_left_alone_for_so_long(head, ttl_s):
    assert read(rss(head=head)).ttl_s == ttl_s


@pytest.mark.parametrize(
    ("head", "hours", "days"),
    [
        ("<skipHours><hour>5</hour><hour>3</hour><hour>3</hour></skipHours>", (3, 5), ()),
        ("<skiphours><HOUR> 24 </HOUR><hour>25</hour><hour>x</hour></skiphours>", (0,), ()),
        ("<skipDays><day>sunday</day><day>Monday</day><day>Holiday</day></skipDays>", (), (1, 7)),
        ("<skipHours></skipHours><hour>7</hour>", (), ()),
        (f"<skipHours>{''.join(f'<hour>{n}</hour>' for n in range(24))}</skipHours>", (), ()),
    ],
)
def test_a_feed_asks_not_to_be_polled_at_these_times(head, hours, days):
    content = read(rss(head=head))

    assert (content.skip_hours, content.skip_days) == (hours, days)


def test_a_tombstone_is_one_only_in_its_namespace():
    gone = '<x:deleted-entry ref="tag:a.example,2026:1" when="2026-03-01T09:00:00Z"/>'
    start = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:x="'

    found = [
        read(f'{start}{space}">{gone}{gone}</feed>'.encode()).withdrawn
        for space in ("http://purl.org/atompub/tombstones/1.0", "http://elsewhere.example/")
    ]

    assert found == [("tag:a.example,2026:1",), ()]


@pytest.mark.parametrize(
    ("parts", "polled"),
    [
        pytest.param([("b", changed(2)), ("a", changed(1))], ["a", "b"], id="newest first"),
        pytest.param([("old", changed(4)), ("x", ""), ("a", changed(1))], ["a", "x"], id="unsaid"),
        pytest.param([("old", changed(9)), ("a", changed(4))], ["a", "old"], id="nothing else"),
        pytest.param(
            [("a", "<lastmod>2026-02-26</lastmod>"), ("b", "<lastmod>2026-02-25</lastmod>")],
            ["a"],
            id="a day lasts until its end",
        ),
        pytest.param([("a", ""), ("a", changed(1)), ("index.xml", "")], ["a"], id="once"),
        pytest.param(
            [("https://elsewhere.test/a", ""), ("//news.gazette.example/b", ""), ("ftp://x/", "")],
            ["https://news.gazette.example/b"],
            id="its own site",
        ),
        pytest.param([("", ""), ("a", "")], ["a"], id="no address"),
        pytest.param([(f"p{n}", "") for n in range(30)], [f"p{n}" for n in range(20)], id="20"),
    ],
)
def test_an_index_gives_the_parts_worth_polling(parts, polled):
    content = read(an_index(*parts), url=INDEX)

    start = "https://gazette.example/maps/"
    assert content.entries == ()
    assert list(content.parts) == [url if "//" in url else start + url for url in polled]


@pytest.mark.parametrize("url", ["", "https://elsewhere.test/a", "ftp://x/"])
def test_an_index_of_nothing_on_its_site_is_no_feed(url):
    with pytest.raises(FeedError, match="none of this site"):
        read(an_index((url, "")), url=INDEX)


def test_an_external_entity_in_a_sitemap_is_not_read():
    trap = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    news = b"<url><loc>/1</loc><n:news><n:title>&x; 1</n:title></n:news></url>"

    entries = read(trap + b"<urlset>" + news + b"</urlset>").entries

    assert [entry.title for entry in entries] == ["&x; 1"]


def test_a_torn_sitemap_gives_its_whole_entries_or_is_malformed():
    news = b"<url><loc>/%d</loc><n:news><n:title>Title</n:title></n:news></url>"
    body = b"<urlset>" + news % 1 + news % 2

    for end in range(len(b"<urlset>"), len(body)):
        found = entries_or_reason(body[:end])

        whole = body[:end].count(b"</url>")
        assert found == "malformed" if not whole else len(found) == whole, body[:end]


@pytest.mark.parametrize("end", ["></urlset>", "/>"])
def test_a_sitemap_for_news_without_any_is_an_empty_feed(end):
    start = '<urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'

    assert read(f"{start}{end}".encode()).entries == ()


@pytest.mark.parametrize(
    ("pack", "reason"),
    [
        pytest.param(lambda body: gzip.compress(body)[:-9], "malformed", id="torn"),
        pytest.param(lambda body: gzip.compress(body)[:15] + b"x" * 40, "malformed", id="damaged"),
        pytest.param(lambda body: gzip.compress(body + b" " * 20_000_000), "too_large", id="bomb"),
        pytest.param(
            lambda body: gzip.compress(b"") * 100 + gzip.compress(body), "malformed", id="pieces"
        ),
        pytest.param(lambda body: gzip.compress(b" \n"), "empty", id="empty"),
    ],
)
def test_a_packed_file_that_cannot_be_unpacked_says_so(pack, reason):
    assert entries_or_reason(pack(rss("<title>A</title>"))) == reason


def test_a_packed_feed_of_several_members_is_one_feed():
    body = rss("<title>A</title>")

    content = read(gzip.compress(body[:30]) + gzip.compress(body[30:]), "application/x-gzip")

    assert [entry.title for entry in content.entries] == ["A"]


def test_an_unreadable_sitemap_says_so():
    with pytest.raises(FeedError) as caught:
        read(b"<urlset " + b"<" * 50)

    assert caught.value.reason in ("malformed", "not_feed")
