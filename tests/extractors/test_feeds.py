"""From a feed's body to its entries.

Whole documents are pairs in tests/data/feeds: NAME.xml (or .json) as a server sends it, and
NAME.expected.json with what is to be read from it.
"""

import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.errors import FeedError
from extractors.feeds import entries_in
from extractors.records import REASONS, Page

FEEDS = Path(__file__).parents[1] / "data" / "feeds"
NAMES = sorted(path.name.removesuffix(".expected.json") for path in FEEDS.glob("*.expected.json"))
SEEN_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
URL = "https://gazette.example/feeds/news.xml"


def a_page(body, media_type="application/rss+xml"):
    return Page(
        fetch_id="0" * 32,
        url=URL,
        final_url=URL,
        fetched_at=SEEN_AT,
        http_status=200,
        headers=(("Content-Type", media_type),),
        body=body,
    )


def read(body, media_type="application/rss+xml"):
    return entries_in(a_page(body, media_type), feed_id="f1", seen_at=SEEN_AT)


def rss(*items, head=""):
    inner = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0"><channel><title>T</title>{head}{inner}</channel></rss>'.encode()


def entries_or_reason(body):
    try:
        return read(body).entries
    except FeedError as error:
        return error.reason


def shown(content):
    """Return what a pair states, with what is not there left out."""
    entries = [
        {
            "guid": entry.guid,
            "url": entry.url,
            "title": entry.title,
            "published": shown_moment(entry.published),
            "updated": shown_moment(entry.updated),
            "authors": list(entry.authors),
        }
        for entry in content.entries
    ]
    found = {"title": content.title, "link": content.link, "ttl_s": content.ttl_s}
    return found | {"entries": [{k: v for k, v in each.items() if v} for each in entries]}


def shown_moment(moment):
    if moment is None:
        return None
    return moment.at.isoformat() if moment.precision == "instant" else str(moment.at.date())


@pytest.mark.parametrize("name", NAMES)
def test_a_feed_is_read_as_expected(name):
    (path,) = (each for each in FEEDS.glob(f"{name}.*") if not each.name.endswith("expected.json"))
    expected = json.loads((FEEDS / f"{name}.expected.json").read_text(encoding="utf-8"))

    assert shown(read(path.read_bytes())) == expected


@pytest.mark.parametrize(
    "trap",
    [
        pytest.param(b"&#1114112;", id="reference past Unicode"),
        pytest.param(b"&#x110000;", id="the same in hexadecimal"),
        pytest.param(b"&#55296;", id="surrogate"),
        pytest.param(b"&#99999999999999999999;", id="endless reference"),
        pytest.param(b'<x srsName="EPSG:abc">1 2</x>', id="srsName"),
        pytest.param(b'<gml:pos srsDimension="x">1 2</gml:pos>', id="a place out of place"),
        pytest.param(b"a & b &nbsp; &unknown;", id="bare ampersand, HTML entity"),
        pytest.param(b"\0", id="NUL"),
        pytest.param(b"\x0b\x1f", id="control characters"),
        pytest.param(b"\xe9\xff", id="bytes that are not UTF-8"),
        pytest.param(b"<b>", id="unclosed tag"),
    ],
)
def test_a_trap_in_one_item_costs_no_other_item(trap):
    body = rss("<title>TRAP</title><link>/a</link>", "<title>B</title><link>/b</link>")

    content = read(body.replace(b"TRAP", trap))

    assert [entry.url for entry in content.entries][-1] == "https://gazette.example/b"


@pytest.mark.parametrize(
    "start",
    [b"\n\n  ", b"\xef\xbb\xbf", b"<!-- x -->", b"PHP Notice: undefined variable\n"],
    ids=["blanks", "BOM", "comment", "noise"],
)
def test_what_stands_before_a_feed_does_not_hide_it(start):
    body = start + b'<?xml version="1.0"?>' + rss("<title>A</title><link>/a</link>")

    assert len(read(body).entries) == 1


@pytest.mark.parametrize(
    "doctype",
    [
        b'<!DOCTYPE rss [<!ENTITY a "\\x">]>',
        b'<!DOCTYPE rss SYSTEM "file:///etc/hostname">',
        b'<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
        b"<!DOCTYPE rss [<!ENTITY",
    ],
    ids=["backslash", "external", "nested entities", "unclosed"],
)
def test_a_doctype_does_no_harm(doctype):
    entries = entries_or_reason(doctype + rss("<title>x &c; y</title><link>/a</link>"))

    assert entries in REASONS or len(entries) <= 1


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b" \n", "empty", id="blank"),
        pytest.param(b"<!DOCTYPE html><html><head></head></html>", "not_feed", id="page"),
        pytest.param(b"<?xml version='1.0'?><html><body>x</body></html>", "not_feed", id="XHTML"),
        pytest.param(b"<urlset><url><loc>https://a.example/</loc></url></urlset>", "not_feed"),
        pytest.param(b"Not found", "not_feed", id="text"),
        pytest.param(b"%PDF-1.4\xe2", "not_feed", id="PDF"),
        pytest.param(b"/etc/hostname", "not_feed", id="the name of a file"),
        pytest.param(b"https://gazette.example/", "not_feed", id="an address"),
        pytest.param(b'{"items": [', "malformed", id="torn JSON"),
        pytest.param(b'{"a":' * 100_000, "malformed", id="JSON without a bottom"),
        pytest.param(b'{"errors": []}', "not_feed", id="other JSON"),
    ],
)
def test_what_is_not_a_feed_says_so(body, reason):
    with pytest.raises(FeedError) as caught:
        read(body)

    assert caught.value.reason == reason
    assert caught.value.url == URL


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("Sun, 01 Mar 2026 10:00:00 +0200", "2026-03-01T10:00:00+02:00"),
        ("Sun, 01 Mar 2026 10:00:00 EST", "2026-03-01T10:00:00-05:00"),
        ("Sunday, 1 March 2026 10:00 GMT", "2026-03-01T10:00:00+00:00"),
        ("01 Mar 26 10:00 GMT", "2026-03-01T10:00:00+00:00"),
        ("2026-03-01T10:00:00Z", "2026-03-01T10:00:00+00:00"),
        ("2026-03-01", "2026-03-01"),
        ("1772359200", "2026-03-01T10:00:00+00:00"),
        ("Mon, 02 Mar 2026 10:00:00 GMT", "2026-03-02T10:00:00+00:00"),
        ("Tue, 03 Mar 2026 10:00:00 GMT", None),
        ("Mon, 01 Jan 0001 00:00:00 GMT", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("0", None),
        ("03/02/2026", None),
        ("99999999999999999999", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_date_is_what_it_says_or_nothing(date, published):
    content = read(rss(f"<title>A</title><link>/a</link><pubDate>{date}</pubDate>"))

    assert shown_moment(content.entries[0].published) == published


def test_a_half_entry_at_a_torn_end_is_left_out():
    whole = rss("<title>A</title><link>/a</link>", "<title>Bee</title><link>/bee</link>")

    for end in range(whole.index(b"<item>") + 6, len(whole)):
        urls = [entry.url for entry in read(whole[:end]).entries]

        assert urls in (
            [],
            ["https://gazette.example/a"],
            ["https://gazette.example/a", "https://gazette.example/bee"],
        ), whole[:end]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        pytest.param("<guid>x</guid><link>/a</link>", "<guid>x</guid><link>/b</link>", True),
        pytest.param("<guid>x</guid><link>/a</link>", "<guid>y</guid><link>/a</link>", False),
        pytest.param("<link>/a</link><title>A</title>", "<link>/a</link><title>B</title>", True),
        pytest.param("<title>A</title>", "<title>A</title>", True),
        pytest.param("<title>A</title>", "<title>B</title>", False),
    ],
)
def test_an_item_is_known_by_guid_else_link_else_title(first, second, same):
    (earlier,), (later,) = read(rss(first)).entries, read(rss(second)).entries

    assert (earlier.entry_id == later.entry_id) is same


def test_items_that_share_a_guid_are_told_apart_by_their_links():
    guid = '<guid isPermaLink="false">news</guid>'

    content = read(rss(f"{guid}<link>/a</link>", f"{guid}<link>/b</link>"))

    assert len({entry.entry_id for entry in content.entries}) == 2


def test_an_item_listed_twice_is_one_entry():
    assert len(read(rss("<link>/a</link>", "<link>/a</link>")).entries) == 1


def test_an_item_with_nothing_in_it_is_no_entry():
    assert read(rss("", "<description>x</description>")).entries == ()


def test_a_utf8_feed_is_read_as_such_whatever_its_header_claims():
    body = rss("<title>Café Ærø</title><link>/a</link>")

    content = read(body, media_type="text/xml; charset=iso-8859-1")

    assert content.entries[0].title == "Café Ærø"


def test_another_charset_is_read_by_its_declaration():
    declared = b'<?xml version="1.0" encoding="windows-1252"?>'

    content = read(declared + rss("<title>Caf?</title>").replace(b"?", b"\xe9"), "text/xml")

    assert content.entries[0].title == "Café"


@pytest.mark.parametrize("charset", ["utf-16", "utf-32", "shift_jis", "koi8-r"])
def test_a_feed_in_a_rare_charset_is_read(charset):
    declared = f'<?xml version="1.0" encoding="{charset}"?>'
    body = (declared + rss("<title>A</title><link>/a</link>").decode()).encode(charset)

    assert [entry.title for entry in read(body, "text/xml").entries] == ["A"]


def test_the_same_body_gives_the_same_entries():
    body = rss("<title>A</title><link>/a</link>")

    assert read(body) == read(body)


def test_mutated_feeds_give_entries_or_a_feed_error():
    sources = [
        path.read_bytes() for path in sorted(FEEDS.glob("*.*")) if "expected" not in str(path)
    ]
    pieces = [b"<", b">", b"&", b"&#", b"]]>", b"<![CDATA[", b"<item>", b"</item>", b"\0", b"\xff"]
    chance = random.Random(7)  # noqa: S311

    for _ in range(400):
        body = bytearray(chance.choice(sources))
        for _ in range(chance.randint(1, 8)):
            start = chance.randrange(len(body))
            body[start : start + chance.randint(0, 30)] = chance.choice(pieces)

        entries = entries_or_reason(bytes(body))

        assert entries in REASONS or all(entry.entry_id for entry in entries)


@given(text=st.text(max_size=40))
def test_any_text_as_a_date_is_a_moment_or_nothing(text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")

    content = read(rss(f"<title>A</title><pubDate>{escaped}</pubDate>"))

    published = content.entries[0].published
    assert published is None or published.at <= SEEN_AT + timedelta(days=1)
