"""The bundled newsroom: what it holds, how it answers, and what its second edition changes."""

import gzip
import json
import re
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import feedparser
import pytest

from flows.demo.newsroom import resources_of
from flows.demo.pages import path_of
from flows.demo.server import Newsroom, serve_newsroom
from flows.demo.stories import Outlet, Story, outlets, stories_in

ORIGIN = "http://127.0.0.1:1"
EDITED = "/2026/11/09/dock-strike-enters-second-week"
ADDED = "/news/first-grain-train-leaves.html"
GOLD = Path(__file__).parent.parent / "accuracy" / "gold" / "newsroom.jsonl"
#: Names of standards, which are written as addresses but never visited.
NAMESPACES = {"schema.org", "www.w3.org", "purl.org"}
ENTRIES = {"courier": 12, "klaxon": 12, "ledger": 12, "messenger": 11}

OUTLETS = {outlet.key: outlet for outlet in outlets()}
STORIES = [
    pytest.param(outlet, story, id=f"{outlet.key}/{story.slug}-{story.edition}")
    for outlet in OUTLETS.values()
    for story in outlet.stories
]


@pytest.fixture(scope="module")
def room() -> Iterator[Newsroom]:
    with serve_newsroom() as newsroom:
        yield newsroom


def reading_text(story: Story) -> str:
    shown = ("paragraph", "standfirst", "heading", "moment")
    return "\n\n".join([story.title, *(b.text for b in story.blocks if b.kind in shown)])


def answer(url: str, **headers: str) -> tuple[int, Message, bytes]:
    request = Request(url, headers={key.replace("_", "-"): v for key, v in headers.items()})
    try:
        with urlopen(request, timeout=10) as response:
            return response.status, response.headers, response.read()
    except HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def bodies(outlet: Outlet, edition: int) -> dict[str, bytes]:
    return {p: r.body for p, r in resources_of(outlet, ORIGIN, edition).items()}


def changed_paths(outlet: Outlet) -> set[str]:
    first, second = bodies(outlet, 1), bodies(outlet, 2)
    return {path for path in first.keys() | second.keys() if first.get(path) != second.get(path)}


@pytest.mark.parametrize(("edition", "articles"), [(1, 44), (2, 45)])
def test_four_outlets_carry_more_than_forty_articles(edition, articles):
    carried = {key: len(stories_in(outlet, edition)) for key, outlet in OUTLETS.items()}

    assert carried.keys() == ENTRIES.keys()
    assert sum(carried.values()) == articles


@pytest.mark.parametrize(("outlet", "story"), STORIES)
def test_a_story_has_the_length_of_a_news_report(outlet, story):
    words = len(reading_text(story).split())

    assert 150 <= words <= 450


@pytest.mark.parametrize(("outlet", "story"), STORIES)
def test_everybody_a_story_lists_as_speaker_stands_in_its_text(outlet, story):
    text = reading_text(story).lower()

    assert story.speakers
    assert [speaker for speaker in story.speakers if speaker.lower() not in text] == []


@pytest.mark.parametrize(("outlet", "story"), STORIES)
def test_every_paragraph_of_a_story_stands_on_its_page(outlet, story):
    page = resources_of(outlet, ORIGIN, story.edition)[path_of(story, outlet)].body.decode()

    text = page.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    assert [block.text for block in story.blocks if block.text not in text] == []


@pytest.mark.parametrize("key", ENTRIES)
def test_a_feed_gives_every_article_and_stray_as_an_entry(key):
    outlet = OUTLETS[key]

    feed = feedparser.parse(bodies(outlet, 1)[outlet.feed_path])

    assert not feed.bozo
    assert len(feed.entries) == ENTRIES[key] == len(stories_in(outlet, 1)) + len(outlet.strays)
    assert all(entry.link.startswith(ORIGIN) for entry in feed.entries)


def test_the_feeds_are_of_every_kind_promised():
    feeds = {k: feedparser.parse(bodies(o, 1)[o.feed_path]) for k, o in OUTLETS.items()}

    assert feeds["courier"].version == "atom10"
    assert feeds["ledger"].version == "rss20"
    assert all("content" in entry for entry in feeds["klaxon"].entries)
    assert all(entry.id.startswith("klaxon:post:") for entry in feeds["klaxon"].entries)
    assert all("utm_source" in entry.link for entry in feeds["klaxon"].entries)
    assert any(entry.get("published_parsed") is None for entry in feeds["messenger"].entries)


def test_one_feed_is_an_error_page_and_gives_no_entry(room):
    status, headers, body = answer(room.feed_urls[-1])

    assert (status, headers.get_content_type()) == (200, "text/html")
    assert feedparser.parse(body).entries == []


def test_every_link_of_a_feed_is_answered_and_one_is_dead(room):
    feeds = [feedparser.parse(answer(url)[2]) for url in room.feed_urls]
    statuses = [answer(entry.link)[0] for feed in feeds for entry in feed.entries]

    assert (statuses.count(200), statuses.count(404)) == (46, 1)


@pytest.mark.parametrize("validator", [("ETag", "If_None_Match"), ("Last-Modified",) * 2])
def test_a_reader_who_has_the_feed_gets_304_and_no_body(room, validator):
    url = room.feed_urls[0]
    given, asked = validator
    known = answer(url)[1][given]

    header = "If_Modified_Since" if asked == given else asked
    status, _, body = answer(url, **{header: known})

    assert (status, body) == (304, b"")


def test_another_etag_counts_more_than_a_fitting_date(room):
    url = room.feed_urls[0]
    date = answer(url)[1]["Last-Modified"]

    status, _, _ = answer(url, If_None_Match='"other"', If_Modified_Since=date)

    assert status == 200


def test_a_body_is_gzipped_for_those_who_accept_it(room):
    url = room.feed_urls[0]

    _, headers, body = answer(url, Accept_Encoding="gzip, deflate")

    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == answer(url)[2]


def test_robots_may_read_the_articles(room):
    status, headers, body = answer(f"http://{room.addresses[0]}/robots.txt")

    assert (status, headers.get_content_type()) == (200, "text/plain")
    assert b"Disallow: /\n" not in body


def test_a_second_newsroom_beside_the_first_takes_other_ports(room):
    with serve_newsroom() as other:
        taken = set(other.addresses)

        status, _, body = answer(other.feed_urls[0])

    assert status == 200
    assert taken.isdisjoint(room.addresses)
    assert other.addresses[0].encode() in body


def test_the_second_edition_edits_one_article_and_adds_one():
    changed = {key: changed_paths(outlet) for key, outlet in OUTLETS.items()}

    assert changed == {
        "courier": {"/feeds/all.atom", EDITED},
        "klaxon": set(),
        "ledger": {"/", "/rss.xml", ADDED},
        "messenger": set(),
    }


def test_the_second_edition_moves_updated_of_the_edited_entry_alone():
    outlet = OUTLETS["courier"]
    first, second = (feedparser.parse(bodies(outlet, n)["/feeds/all.atom"]) for n in (1, 2))

    moved = [b.link for a, b in zip(first.entries, second.entries, strict=True) if a != b]

    assert moved == [ORIGIN + EDITED]
    assert [e.published for e in first.entries] == [e.published for e in second.entries]


def test_the_edit_alters_one_quotation_and_removes_another():
    first, second = (bodies(OUTLETS["courier"], n)[EDITED].decode() for n in (1, 2))

    assert "‘the last coin in the purse’" in first
    assert "‘the last coin in the purse for this year’" in second
    assert "I can hear the silence from my office." in first
    assert "I can hear the silence from my office." not in second


def test_a_served_newsroom_turns_to_its_second_edition():
    with serve_newsroom() as newsroom:
        ledger = next(url for url in newsroom.feed_urls if url.endswith("/rss.xml"))
        before = answer(ledger)[1]["ETag"]

        newsroom.publish_second_edition()

        status, _, body = answer(ledger, If_None_Match=before)
    assert status == 200
    assert ADDED.encode() in body


def test_the_wire_story_runs_in_two_outlets_with_its_agency_named():
    wires = [s for o in OUTLETS.values() for s in stories_in(o, 1) if s.agency]

    texts = [{b.text.translate(str.maketrans("‘’", "“”")) for b in s.blocks} for s in wires]

    assert len(wires) == 2
    assert len(texts[0] & texts[1]) >= 6
    assert all("Meridian" in story.blocks[0].text for story in wires)


@pytest.mark.parametrize(
    "words",
    [
        "We did not go to sea to drown in paperwork",
        "I am not a magician and I have never owned the hat",
        "A harbour that is shut feeds nobody at all",
    ],
)
def test_a_quotation_is_seen_in_more_than_one_outlet(words):
    holding = [
        key
        for key, outlet in OUTLETS.items()
        if any(words in reading_text(story) for story in stories_in(outlet, 1))
    ]

    assert len(holding) >= 2


def test_at_least_twelve_people_speak_in_more_than_one_outlet():
    spoken: dict[str, set[str]] = {}
    for key, outlet in OUTLETS.items():
        for story in stories_in(outlet, 1):
            for speaker in story.speakers:
                spoken.setdefault(speaker, set()).add(key)

    shared = {speaker for speaker, keys in spoken.items() if len(keys) > 1}

    assert len(shared) >= 12, shared


def test_pages_describe_themselves_to_machines_in_three_ways():
    described = {(o.key, s.described) for o in OUTLETS.values() for s in stories_in(o, 1)}

    assert {way for _, way in described} == {"json-ld", "meta", "none"}
    assert {key for key, way in described if way == "none"} == {"messenger"}


@pytest.mark.parametrize("key", ENTRIES)
def test_no_page_names_a_domain_that_somebody_may_own(key):
    everything = b"\n".join(bodies(OUTLETS[key], 2).values()).decode()

    hosts = set(re.findall(r"https?://([^/\"'<>\s:]+)", everything)) - NAMESPACES
    mail = set(re.findall(r"@([\w-]+\.[\w.-]+)", everything))

    assert hosts == {"127.0.0.1"}
    assert all(domain.endswith(".example") for domain in mail)


def test_the_gold_quotes_stand_in_their_texts():
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        for quote in gold["quotes"]:
            assert gold["text"][quote["start"] : quote["end"]] == quote["quote"]
            assert quote["kind"] in {"direct", "mixed", "indirect"}
            assert quote["speaker"] is None or quote["speaker"].lower() in gold["text"].lower()


def test_the_gold_texts_are_those_of_the_stories():
    stories = {
        f"{key}/{story.slug}": reading_text(story)
        for key, outlet in OUTLETS.items()
        for story in (*stories_in(outlet, 2), *stories_in(outlet, 1))
    }
    gold = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]

    assert len(gold) >= 12
    assert [g["id"] for g in gold if stories[g["id"]] != g["text"]] == []
