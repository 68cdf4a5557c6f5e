"""From a feed's body to its entries, in every format and however broken.

Whole documents are pairs in tests/data/feeds: NAME.xml (.json, .xml.gz) as a server sends it, and
NAME.expected.json with what is to be read from it.
"""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.errors import FeedError
from extractors.feeds.items import markup_of, plain_text
from extractors.reasons import REASONS
from tests.extractors.feed_pages import FEEDS, URL, entries_or_reason, read, rss, shown

NAMES = sorted(path.name.removesuffix(".expected.json") for path in FEEDS.glob("*.expected.json"))
WORDS = "<p>" + "rain " * 30 + "</p>"


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
        pytest.param(b"<urlset><url><loc>/a</loc></url></urlset>", "not_feed", id="sitemap"),
        pytest.param(b"[1, 2]", "not_feed", id="JSON array"),
        pytest.param(b'{"error": {"code": 403}}', "not_feed", id="JSON error"),
        pytest.param(b"<opml><body><outline/></body></opml>", "not_feed", id="OPML"),
        pytest.param(b"\xff\xfe", "empty", id="nothing but a byte order mark"),
        pytest.param(rss("") + b"<item/>" * 50_000, "too_large", id="more items than can be"),
        pytest.param(rss("") + b"<a>" * 1_000_000, "too_large", id="more tags than can be"),
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
    assert caught.value.detail


def test_a_torn_feed_gives_its_whole_entries_or_is_malformed():
    body = rss("<title>A</title><link>/a</link>", "<title>Bee</title><link>/bee</link>")
    first, last = "https://gazette.example/a", "https://gazette.example/bee"
    whole = {body.find(b"</item>") + 7: [first], body.rfind(b"</item>") + 7: [first, last]}

    for end in range(body.index(b"<item>"), len(body) - len("</rss>")):
        found = entries_or_reason(body[:end])

        expected = [urls for at, urls in whole.items() if at <= end]
        urls = found if found == "malformed" else [entry.url for entry in found]
        assert urls == (expected[-1] if expected else "malformed"), body[:end]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(rss(), id="RSS"),
        pytest.param(rss().removesuffix(b"</rss>"), id="without the end of its root"),
        pytest.param(b'<feed xmlns="http://www.w3.org/2005/Atom"></feed>', id="Atom"),
        pytest.param(b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', id="JSON"),
    ],
)
def test_an_honest_feed_without_items_has_no_entries(body):
    assert read(body).entries == ()


@pytest.mark.parametrize("media_type", ["text/html; charset=utf-8", "application/octet-stream", ""])
def test_a_feed_is_told_by_its_body_whatever_its_media_type(media_type):
    assert len(read(rss("<title>A</title>"), media_type).entries) == 1


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


@pytest.mark.parametrize(
    ("body", "title"),
    [
        pytest.param(b"Caf\xc3\xa9 \xff", "Café \N{REPLACEMENT CHARACTER}", id="one bad byte"),
        pytest.param(b"Caf\xe9", "Café", id="Windows' charset"),
        pytest.param("Café".encode("utf-8-sig"), "Café", id="a mark in the middle"),
    ],
)
def test_bytes_that_do_not_fit_their_charset_cost_as_little_as_can_be(body, title):
    declared = b'<?xml version="1.0" encoding="utf-8"?>'

    content = read(declared + rss("<title>?</title>").replace(b"?", body))

    assert content.entries[0].title.lstrip("\ufeff") == title


@pytest.mark.parametrize("charset", ["idna", "unicode_escape", "utf-7", "rot13", "no-such", "x\0"])
def test_a_charset_that_is_none_is_passed_over(charset):
    content = read(rss("<title>+AGE-\\d\xe9</title>"), f"text/xml; charset={charset}")

    assert content.entries[0].title == "+AGE-\\dé"


@pytest.mark.parametrize(
    ("item", "has_content"),
    [
        pytest.param(f"<content:encoded><![CDATA[{WORDS}]]></content:encoded>", True, id="full"),
        pytest.param("<content:encoded>Too short.</content:encoded>", False, id="a few words"),
        pytest.param(f"<description><![CDATA[{WORDS}]]></description>", False, id="summary"),
        pytest.param(
            f"<description>{'rain ' * 30}</description>"
            f"<content:encoded><![CDATA[{WORDS}]]></content:encoded>",
            False,
            id="the summary again",
        ),
        pytest.param(
            f"<description>x</description><media:description>{'rain ' * 30}</media:description>",
            False,
            id="a second summary",
        ),
        pytest.param(f"<content:encoded>{'&lt;img&gt;' * 30}</content:encoded>", False, id="tags"),
    ],
)
def test_content_is_the_text_itself_and_not_a_summary(item, has_content):
    body = rss(f"<title>A</title>{item}").replace(
        b"<rss ",
        b'<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        b' xmlns:media="http://search.yahoo.com/mrss/" ',
    )

    assert read(body).entries[0].has_content is has_content


def test_what_an_item_lists_is_bounded():
    names = [f"<author>a{n}</author><category>c{n}</category>" for n in range(60)]
    files = [f'<enclosure url="/{n}.mp3" length="1" type="audio/mpeg"/>' for n in range(60)]

    (entry,) = read(rss("<title>A</title>" + "".join(names + files))).entries

    assert [len(entry.authors), len(entry.categories), len(entry.enclosures)] == [50, 50, 50]


@pytest.mark.parametrize(
    ("item", "most"),
    [
        pytest.param("<author>" + "a" * 100_000 + "</author>", 1_000, id="a name like a book"),
        pytest.param("<x " + "a=b " * 20_000 + "/>", 0, id="a tag without an end"),
    ],
)
def test_what_takes_feedparser_the_square_of_its_length_is_cut(item, most):
    (entry,) = read(rss(f"<title>A</title>{item}")).entries

    assert sum(map(len, entry.authors)) <= most


@pytest.mark.parametrize(
    ("escapes", "title"),
    [
        (r"\ud83d\ude00", "\N{GRINNING FACE}"),
        (r"\ud83d", "\N{REPLACEMENT CHARACTER}"),
        (r"x\ude00", "x\N{REPLACEMENT CHARACTER}"),
    ],
    ids=["a pair", "its first half", "its second half"],
)
def test_half_a_character_of_json_is_replaced(escapes, title):
    body = '{"items": [{"id": "1", "title": "%s"}]}' % escapes  # noqa: UP031

    assert read(body.encode()).entries[0].title == title


@given(markup=st.text(alphabet="<>/!-&;#x1p abré\n", max_size=80))
def test_plain_text_is_one_line_without_blanks_around_it(markup):
    text = plain_text(markup)

    assert text is None or (text == " ".join(text.split()) and text)


@given(text=st.text(max_size=80))
def test_text_made_markup_and_back_has_the_same_words(text):
    words = " ".join(text.replace("\0", "").split())

    assert (plain_text(markup_of(words)) or "") == words
