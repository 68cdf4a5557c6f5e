"""Items are cut out of feeds in every format, and nothing else changes."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.feeds import entries_in
from extractors.feeds.cutting import without_items
from extractors.records import Page
from tests.builders import NOON

SITE = "https://gazette.example/"
GONE = f"{SITE}gone?a=1&b=2"
RSS = (
    "<rss version='2.0'><channel><title>Gazette</title><image><url>{site}logo.png</url></image>"
    "<item><title>one</title><link>{site}one</link></item>{item}"
    "<item><title>two</title><link>{site}two</link></item></channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>G</title><id>x</id>'
    '<entry><id>1</id><title>one</title><link href="{site}one"/>'
    '<link rel="related" href="{site}gone?a=1&amp;b=2"/></entry>{item}'
    '<entry><id>3</id><title>two</title><link href="{site}two"/></entry></feed>'
)
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns="http://purl.org/rss/1.0/"><channel rdf:about="{site}"><title>G</title></channel>'
    '<item rdf:about="{site}one"><title>one</title><link>{site}one</link></item>{item}'
    '<item rdf:about="{site}two"><title>two</title><link>{site}two</link></item></rdf:RDF>'
)
SITEMAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
    "<url><loc>{site}one</loc><news:news><news:title>one</news:title>"
    "<news:publication_date>2026-03-01</news:publication_date></news:news></url>{item}"
    "<url><loc>{site}two</loc><news:news><news:title>two</news:title>"
    "<news:publication_date>2026-03-01</news:publication_date></news:news></url></urlset>"
)
ADDRESS = "{site}gone?a=1&amp;b=2"
ITEMS = {
    "rss": (RSS, f"<item><title>gone</title><link>{ADDRESS}</link></item>"),
    "rss with a relative link": (RSS, "<item><link>/gone?a=1&amp;b=2</link></item>"),
    "rss with a guid alone": (RSS, f"<item><title>gone</title><guid>{ADDRESS}</guid></item>"),
    "rss in CDATA": (
        RSS,
        "<item><description><![CDATA[gone </item> <item>]]></description>"
        "<link><![CDATA[{site}gone?a=1&b=2]]></link><!-- </item> --></item>",
    ),
    "atom": (ATOM, f'<entry><id>2</id><title>gone</title><link href="{ADDRESS}"/></entry>'),
    "atom with a prefix": (
        ATOM,
        f"<a:entry xmlns:a='http://www.w3.org/2005/Atom'><a:id>2</a:id>"
        f"<a:link rel='alternate' href='{ADDRESS}'/></a:entry>",
    ),
    "rdf": (RDF, f'<item rdf:about="{ADDRESS}"><title>gone</title></item>'),
    "sitemap": (
        SITEMAP,
        f"<url><loc>{ADDRESS}</loc><news:news><news:title>gone</news:title>"
        "<news:publication_date>2026-03-01</news:publication_date></news:news></url>",
    ),
}


def cut(body: bytes) -> bytes:
    return without_items(body, base_url=f"{SITE}feed", covers=GONE.__eq__)


@pytest.mark.parametrize(("feed", "item"), ITEMS.values(), ids=ITEMS)
def test_the_item_goes_and_every_other_byte_stays(feed, item):
    whole = feed.format(site=SITE, item=item.format(site=SITE)).encode()

    kept = cut(whole)

    assert kept == feed.format(site=SITE, item="").encode()
    assert [entry.title for entry in listed(kept)] == ["one", "two"]


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-be", "utf-32", "latin-1"])
def test_the_charset_does_not_matter(charset):
    head = f'<?xml version="1.0" encoding="{charset}"?>'
    item = f"<item><title>gone</title><link>{ADDRESS}</link></item>".format(site=SITE)
    feed = head + RSS.replace("two<", "zwölf<").format(site=SITE, item=item)

    kept = cut(feed.encode(charset))

    assert [entry.title for entry in listed(kept)] == ["one", "zwölf"]


def test_a_packed_file_comes_back_unpacked():
    feed, item = ITEMS["sitemap"]
    whole = gzip.compress(feed.format(site=SITE, item=item.format(site=SITE)).encode())

    kept = cut(whole)

    assert kept == feed.format(site=SITE, item="").encode()


def test_an_item_of_a_json_feed_goes():
    items = [{"id": "1", "url": f"{SITE}one"}, {"id": "2", "external_url": GONE}, {"id": 3}]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "G", "items": items}

    kept = cut(json.dumps(feed).encode())

    assert json.loads(kept) == feed | {"items": [items[0], items[2]]}


def test_the_last_item_of_a_torn_feed_goes_too():
    whole = RSS.format(site=SITE, item="").encode().removesuffix(b"</channel></rss>")

    kept = cut(whole + f"<item><link>{ADDRESS}</link><title>go".format(site=SITE).encode())

    assert kept == whole


@given(st.binary(max_size=60) | st.text(alphabet="<item>/ url{}[]\"'", max_size=60).map(str.encode))
def test_a_document_without_it_is_returned_itself(body):
    kept = cut(body)

    assert kept is body


def listed(body: bytes):
    page = Page(
        fetch_id="f",
        url=f"{SITE}feed",
        final_url=f"{SITE}feed",
        fetched_at=NOON,
        http_status=200,
        headers=(),
        body=body,
    )
    return entries_in(page, feed_id="f", seen_at=NOON).entries
