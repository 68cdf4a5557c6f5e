"""Broken feeds without number: entries that hold what records promise, or a FeedError.

The inputs are mutations of the pairs in tests/data/feeds and of pages that lead to feeds, drawn
with a fixed seed, so that a failure can be had again.
"""

import random
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from extractors.errors import FeedError
from extractors.feeds import FeedContent, content_page, entries_in
from extractors.feeds.discovery import feeds_linked
from extractors.reasons import REASONS
from tests.extractors.feed_pages import FEEDS, SEEN_AT, a_page
from tests.extractors.mutations import mutations

ROUNDS = 16
INPUTS_A_ROUND = 700
MOST_BYTES = 3_000
PAGES = (
    b'<base href="/x/"><link rel="alternate" type="application/rss+xml" href="/rss"><a href="/f">',
    b'<html><body><a href="/feed/">a</a><a href="?feed=atom">b</a><link rel=feed href="http://[">',
)
TOKENS = (
    b"<", b">", b"&", b"&#", b"&#0;", b"&#55296;", b"&#x110000;", b"&nbsp;", b"&amp;amp;", b"]]>",
    b"<![CDATA[", b"<!--", b"-->", b"<?", b"?>", b"<!DOCTYPE x [<!ENTITY a '&a;'>]>", b"<item>",
    b"</item>", b"<entry>", b"</entry>", b"</channel>", b"</rss>", b"<channel>", b"<source>",
    b"<author>", b"<title type='xhtml'>", b"<content type='application/octet-stream'>", b"<svg>",
    b"<content src='x'>", b"<gml:pos srsDimension='x'>1</gml:pos>", b"<georss:point>", b"<img/>",
    b"<x srsName='EPSG:abc'>", b"xmlns='http://www.w3.org/2005/Atom'", b"<itunes:image href=''/>",
    b"xml:base='http://['", b"xml:lang=''", b"<psc:chapter start='x'/>", b"<textInput>", b"<image>",
    b"<media:rating>", b"<media:thumbnail/>", b"<media:content url='/m'/>", b"<guid>", b"<link>",
    b"<category term='a' label='b'/>", b"<tags>a,b</tags>", b"<dcterms:valid>start=1;end",
    b"<cc:license/>", b"<width>x</width>", b"<media:player/>", b"<creativeCommons:license>",
    b"href='javascript:x'", b"http://[::1", b"https://a.example:99999/", b"//x", b"0001-01-01",
    b"9999-12-31T23:59:59-14:00", b"Mon, 01 Jan 0001 00:00:00 +1400", b"1e400", b"NaN", b"\0",
    b"\xff\xfe", b"\xef\xbb\xbf", b"\x1f\x8b\x08", b"\xe2\x80\xa8", b"\xed\xa0\x80", b"\x85",
    b'{"items":[', b"}]}", b'"id":[]', b'"url":{}', b"\\ud83d", b"\\ude00", b"null",
    b'"tags":[1,{}]', b"<urlset>", b"<sitemapindex>", b"<news:news>", b"<sitemap>", b"<loc>",
    b"<lastmod>", b"<deleted-entry ref=",
)  # fmt: skip
MEDIA_TYPES = (
    "application/rss+xml", "text/xml", "text/html; charset=utf-8", "", "x; charset=utf-16",
    "text/xml; charset=idna", "text/xml; charset=utf-7", "text/xml; charset=shift_jis",
    "text/xml; charset=\"", "text/xml; charset=unicode_escape", "application/json; charset=koi8-r",
)  # fmt: skip


def the_corpus() -> list[bytes]:
    paths = [path for path in sorted(FEEDS.iterdir()) if "expected" not in path.name]
    return [*(path.read_bytes()[:MOST_BYTES] for path in paths), *PAGES]


def check(content) -> None:
    ids = [entry.entry_id for entry in content.entries]
    assert len(set(ids)) == len(ids)
    assert content.ttl_s >= 0
    assert all(0 <= hour <= 23 for hour in content.skip_hours)
    assert all(1 <= day <= 7 for day in content.skip_days)
    assert len(content.parts) <= 20
    for url in (content.link, *content.parts):
        assert url is None or is_http(url)
    for entry in content.entries:
        check_entry(entry)


def check_entry(entry) -> None:
    assert entry.entry_id
    for url in (entry.url, entry.target, *(each.url for each in entry.enclosures)):
        assert url is None or is_http(url)
    for moment in (entry.published, entry.updated):
        assert moment is None or 1970 <= moment.at.year <= (SEEN_AT + timedelta(days=2)).year
    for listed in (entry.authors, entry.categories, entry.enclosures):
        assert len(set(listed)) == len(listed) <= 50
    texts = (entry.guid, entry.title, entry.date_problem, *entry.authors, *entry.categories)
    assert all(text is None or text.encode("utf-8") for text in texts)
    assert all(each.size_bytes is None or each.size_bytes >= 0 for each in entry.enclosures)


def is_http(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def outcome_of(page) -> FeedContent | FeedError:
    try:
        return entries_in(page, feed_id="f1", seen_at=SEEN_AT)
    except FeedError as error:
        return error


def check_outcome(page) -> None:
    outcome = outcome_of(page)
    if isinstance(outcome, FeedError):
        assert outcome.reason in REASONS
        assert outcome.detail
        return
    check(outcome)
    targets = (entry.target for entry in outcome.entries if entry.has_content and entry.target)
    if target := next(targets, None):
        assert content_page(page, url=target).body


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_mutated_feed_gives_sound_entries_or_a_feed_error(seed):
    chance = random.Random(seed)  # noqa: S311
    bodies = mutations(chance, the_corpus(), TOKENS)

    for number in range(INPUTS_A_ROUND):
        page = a_page(next(bodies), chance.choice(MEDIA_TYPES))

        try:
            check_outcome(page)
            assert isinstance(feeds_linked(page), list)
        except Exception as error:
            error.add_note(f"input {number}: {page.headers} {page.body!r}")
            raise
