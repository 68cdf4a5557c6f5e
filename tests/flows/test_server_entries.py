"""What feeds do to the identity of their items, and which pages are read for it."""

import pytest

from tests.fakes import Reply, ScriptedSite, in_turn
from tests.press import (
    BUDGET,
    RAIN,
    a_page,
    an_item,
    column,
    entries_of,
    ingest,
    rss,
    set_up,
    told,
)

STORY = a_page("Rain", RAIN)
EVENING = "2024-03-05T18:00:00Z"


def atom(*entries, more=""):
    xml = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"'
        f"><title>Press</title>{''.join(entries)}{more}</feed>"
    )
    return Reply(body=xml.encode(), headers={"Content-Type": "application/atom+xml"})


def an_entry(guid, link, updated):
    return (
        f'<entry><id>{guid}</id><title>Rain</title><link href="{link}"/>'
        f"<updated>{updated}</updated></entry>"
    )


#: What each feed gives in the first poll and in the second.
FEEDS = {
    "one guid for all": [
        rss(*(an_item(f"/shared-{n}", guid="story", title=f"Story {n}") for n in range(3)))
    ],
    "a guid a poll": [rss(an_item("/stable", guid=f"made-up-{n}", title="Rain")) for n in range(2)],
    "a guid a poll for two": [
        rss(
            an_item("/twin-1", guid=f"made-up-{n}-1", title="Rain"),
            an_item("/twin-2", guid=f"made-up-{n}-2", title="Budget"),
        )
        for n in range(2)
    ],
    "published again": [
        rss(an_item("/again-1", guid="again", title="Rain")),
        rss(an_item("/again-2", guid="again", title="Rain, at last")),
    ],
    "retitled": [
        rss(an_item("/retitled", guid="r", title="Rian")),
        rss(an_item("/retitled", guid="r", title="Rain")),
    ],
    "no guid": [
        rss(an_item("/linked", title="Rain")),
        rss(an_item("/linked", title="Rain, again")),
    ],
    "no guid or link": [
        rss(an_item(title="Rain"), an_item(title="Rain"), an_item(title="Budget")),
        rss(an_item(title="Budget"), an_item(title="Rain")),
    ],
    "an item twice": [rss(*[an_item("/doubled", guid="d", title="Rain")] * 2)],
    "a guid for a link": [rss("<item><guid>{site}/by-guid</guid><title>Rain</title></item>")],
    "a guid that is no link": [rss(an_item(guid="story 7 of 9", title="Rain"))],
    "tracked": [rss(an_item("/tracked?utm_source=rss&id=7&fbclid=x#top", guid="t", title="Rain"))],
    "tracked elsewhere": [rss(an_item("/tracked?id=7&utm_source=mail", guid="u", title="Rain"))],
    "listed as elsewhere": [rss(an_item("/stable", guid="other", title="Rain"))],
    "listed later": [
        rss(),
        rss(an_item("/stable?utm_source=later", guid="later", title="Rain, they say")),
    ],
    "by way of a counter": [rss(an_item("/count?to=/stable", guid="c", title="Rain"))],
    "with a base": [
        Reply(
            body=b'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{site}/below/"><entry>'
            b'<id>urn:b</id><title>Rain</title><link href="./based#top"/></entry></feed>'
        )
    ],
    "updated": [
        atom(an_entry("urn:a", "/updated", "2024-03-05T07:00:00Z")),
        atom(an_entry("urn:a", "/updated", EVENING)),
    ],
    "withdrawn": [
        atom(
            an_entry("urn:kept", "/kept", EVENING),
            an_entry("urn:gone", "/withdrawn-later", EVENING),
        ),
        atom(
            an_entry("urn:kept", "/kept", EVENING),
            more=f'<at:deleted-entry ref="urn:gone" when="{EVENING}"/>',
        ),
    ],
    "withdrawn unread": [
        atom(
            an_entry("urn:unread", "/unread", EVENING),
            more=f'<at:deleted-entry ref="urn:unread" when="{EVENING}"/>',
        )
    ],
    "with everything": [
        rss(
            an_item(
                "/everything",
                guid="e",
                title="<b>Rain</b> &amp; wind",
                more="<dc:creator>Ines Okafor</dc:creator><dc:creator>Tomas Brekke</dc:creator>"
                "<category>Weather</category><category>Harbour</category>"
                '<enclosure url="/rain.mp3" type="audio/mpeg" length="700"/>'
                '<enclosure url="/rain.jpg" type="image/jpeg"/>',
            )
        )
    ],
}


@pytest.fixture(scope="module")
def site():
    with ScriptedSite() as site:
        for number, polls in enumerate(FEEDS.values()):
            replies = [
                Reply(body=reply.body.replace(b"{site}", site.url("").encode())) for reply in polls
            ]
            site.routes[f"/{number}/feed"] = in_turn(*replies)
        paths = [
            "/stable", "/twin-1", "/twin-2", "/again-1", "/retitled", "/linked", "/doubled",
            "/by-guid", "/tracked", "/below/based", "/updated", "/kept", "/withdrawn-later",
            "/everything",
            *(f"/shared-{number}" for number in range(3)),
        ]  # fmt: skip
        site.routes |= dict.fromkeys(paths, STORY)
        site.routes["/again-2"] = a_page("Budget", BUDGET)
        site.routes["/count"] = Reply(status=302, headers={"Location": "/stable?from=count"})
        yield site


def feed_at(site, name):
    return site.url(f"/{list(FEEDS).index(name)}/feed")


@pytest.fixture(scope="module")
def home(tmp_path_factory, site, model):
    """A home that has read all feeds and their pages twice."""
    feeds = [feed_at(site, name) for name in FEEDS]
    home = set_up(tmp_path_factory.mktemp("entries"), *feeds, site=site, model=model)
    for _ in range(2):
        assert ingest(home).code == 0
    return home


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("one guid for all", ["Story 0", "Story 1", "Story 2"]),
        ("a guid a poll", ["Rain"]),
        ("a guid a poll for two", ["Budget", "Rain"]),
        ("published again", ["Rain, at last"]),
        ("retitled", ["Rain"]),
        ("no guid", ["Rain, again"]),
        ("no guid or link", ["Budget", "Rain"]),
        ("an item twice", ["Rain"]),
        ("a guid for a link", ["Rain"]),
        ("a guid that is no link", ["Rain"]),
        ("with everything", ["Rain & wind"]),
    ],
)
def test_an_item_is_one_entry_through_all_polls(home, site, name, titles):
    entries = entries_of(home, feed_at(site, name))

    assert [entry["title"] for entry in entries] == titles
    assert len({entry["entry_id"] for entry in entries}) == len(entries)


@pytest.mark.parametrize(
    ("path", "times"),
    [
        pytest.param("/stable", 1, id="new guids, and another feed"),
        pytest.param("/twin-1", 1, id="new guids for two"),
        pytest.param("/again-1", 1, id="published again, first link"),
        pytest.param("/again-2", 1, id="published again, new link"),
        pytest.param("/retitled", 1, id="retitled"),
        pytest.param("/linked", 1, id="no guid"),
        pytest.param("/doubled", 1, id="an item twice"),
        pytest.param("/by-guid", 1, id="a guid for a link"),
        pytest.param("/updated", 2, id="updated, says the feed"),
        pytest.param("/below/based", 1, id="with a base"),
        pytest.param("/withdrawn-later", 1, id="withdrawn later"),
        pytest.param("/unread", 0, id="withdrawn unread"),
        *[pytest.param(f"/shared-{n}", 1, id=f"one guid for all {n}") for n in range(3)],
    ],
)
def test_a_page_is_asked_for_when_there_is_something_to_read(home, site, path, times):
    assert home.exists()
    assert site.count(path) == times


def test_a_guid_is_a_link_only_if_it_is_one(home, site):
    (by_guid,) = entries_of(home, feed_at(site, "a guid for a link"))
    (no_link,) = entries_of(home, feed_at(site, "a guid that is no link"))

    assert by_guid["url"] == site.url("/by-guid")
    assert (no_link["guid"], no_link["url"]) == ("story 7 of 9", None)


def test_links_that_differ_in_tracking_alone_lead_to_one_article_asked_for_once(home, site):
    entries = [
        *entries_of(home, feed_at(site, "tracked")),
        *entries_of(home, feed_at(site, "tracked elsewhere")),
    ]

    (article,) = told(home, "articles", article_id=entries[0]["article_id"])
    assert entries[0]["article_id"] == entries[1]["article_id"]
    assert article["url"] == site.url("/tracked?id=7")
    assert sum(seen.path.startswith("/tracked") for seen in site.seen) == 1


def test_two_feeds_that_list_one_article_share_it(home, site):
    (one,) = entries_of(home, feed_at(site, "a guid a poll"))
    (other,) = entries_of(home, feed_at(site, "listed as elsewhere"))

    assert one["article_id"] == other["article_id"] is not None
    assert one["entry_id"] != other["entry_id"]


def test_a_feed_that_lists_a_known_article_later_makes_nobody_ask_for_it_again(home, site):
    (one,) = entries_of(home, feed_at(site, "a guid a poll"))
    (later,) = entries_of(home, feed_at(site, "listed later"))

    assert later["article_id"] == one["article_id"]
    assert site.count("/stable?utm_source=later") == 0


def test_a_link_by_way_of_a_counter_leads_to_the_article_behind_it(home, site):
    (counted,) = entries_of(home, feed_at(site, "by way of a counter"))

    (article,) = told(home, "articles", article_id=counted["article_id"])
    assert article["url"].startswith(site.url("/stable"))
    assert site.count("/count?to=/stable") == 1


def test_an_item_that_is_published_again_leads_to_what_it_links_to_now(home, site):
    (entry,) = entries_of(home, feed_at(site, "published again"))

    (article,) = told(home, "articles", article_id=entry["article_id"])
    assert entry["url"] == article["url"] == site.url("/again-2")
    assert len(told(home, "articles", url=site.url("/again-1"))) == 1


def test_an_item_that_its_feed_takes_back_is_marked_and_its_article_stays(home, site):
    entries = {entry["guid"]: entry for entry in entries_of(home, feed_at(site, "withdrawn"))}

    assert entries["urn:kept"]["withdrawn_at"] is None
    assert entries["urn:gone"]["withdrawn_at"] is not None
    assert len(told(home, "articles", url=site.url("/withdrawn-later"))) == 1


def test_all_that_an_item_comes_with_is_kept(home, site):
    (entry,) = entries_of(home, feed_at(site, "with everything"))

    assert entry["authors"] == ["Ines Okafor", "Tomas Brekke"]
    assert entry["categories"] == ["Weather", "Harbour"]
    assert entry["enclosures"] == [
        {"url": site.url("/rain.mp3"), "media_type": "audio/mpeg", "size_bytes": 700},
        {"url": site.url("/rain.jpg"), "media_type": "image/jpeg", "size_bytes": None},
    ]


def test_the_second_pass_found_nothing_new_but_what_is(home):
    assert column(home, "select entries_new from runs order by started_at")[1:] == [1]
