"""Sitemaps of news, and the indexes that list them.

Source:
    sitemaps.org/protocol; Google's news sitemaps, sitemap-news/0.9. Elements are known by their
    local names, for the prefixes and even the namespaces of real ones vary.
"""

import re
from collections import deque
from collections.abc import Iterator

from lxml import etree

from extractors.errors import FeedError
from extractors.feeds.items import MOST_ITEMS, Item, ParsedFeed, Part, plain_text
from extractors.records import Page

_ROOT = re.compile(rb"<(?:[a-z0-9]{1,20}:)?(?:urlset|sitemapindex)[\s>]", re.IGNORECASE)
_ROOT_END = re.compile(
    rb"</(?:[a-z0-9]{1,20}:)?(?:urlset|sitemapindex)\s{0,99}>"
    rb"|<(?:[a-z0-9]{1,20}:)?(?:urlset|sitemapindex)(?:\s[^<>]{0,2000})?/>",
    re.IGNORECASE,
)
_LISTED_END = re.compile(rb"</(?:[a-z0-9]{1,20}:)?(?:url|sitemap)\s{0,99}>", re.IGNORECASE)
_NEWS = b"sitemap-news"  #: in the name of its namespace, whatever its version
_SNIFFED = 4_096


def looks_like_sitemap(page: Page) -> bool:
    """Tell whether the body begins as a sitemap or an index of them does."""
    return bool(_ROOT.search(page.body, 0, _SNIFFED))


def parse_sitemap(page: Page) -> ParsedFeed:
    """Return the news in a sitemap, or the parts that an index lists.

    Addresses without news (`news:news`) are left out: a sitemap also lists pages of ten years ago.

    Raises:
        FeedError: `not_feed` for a sitemap without any news, `malformed` if it cannot be read.
    """
    root, is_whole = _root(page), bool(_ROOT_END.search(page.body))
    if _name(root) == "sitemapindex":
        parts = tuple(_part(each) for each in _children(root, "sitemap"))
        return ParsedFeed(parts=parts, is_whole=is_whole)
    urls = list(_children(root, "url"))
    pairs = [(url, news) for url in urls if (news := _child(url, "news")) is not None]
    if not urls and _NEWS in page.body:
        return ParsedFeed()  # no news for two days
    if not pairs:
        detail = "the sitemap lists pages but no news: subscribe to the site's news sitemap or feed"
        raise FeedError(page.url, "not_feed", detail)
    return ParsedFeed(
        title=_publication(pairs[0][1]),
        items=tuple(_item(url, news) for url, news in pairs),
        is_whole=is_whole,
    )


def _root(page: Page) -> etree._Element:
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(_whole(page), parser)
    except etree.XMLSyntaxError as error:
        raise FeedError(page.url, "malformed", f"the sitemap cannot be read: {error}") from error
    if root is None or _name(root) not in ("urlset", "sitemapindex"):
        raise FeedError(page.url, "malformed", "the sitemap cannot be read beyond its beginning")
    return root


def _whole(page: Page) -> bytes:
    """Return the document from its root on, up to the last whole thing it lists if it is torn.

    Raises:
        FeedError: `malformed` if it ends before there is one.
    """
    start = _ROOT.search(page.body)
    body = page.body[start.start() :] if start else page.body
    if _ROOT_END.search(body):
        return body
    ends = deque(_LISTED_END.finditer(body), maxlen=1)
    if not ends:
        detail = (
            "the sitemap breaks off before its first whole entry; the next poll asks for it again"
        )
        raise FeedError(page.url, "malformed", detail)
    return body[: ends[0].end()]


def _item(url: etree._Element, news: etree._Element) -> Item:
    published = _text(news, "publication_date")
    keywords = (_text(news, "keywords") or "").split(",")
    return Item(
        link=_text(url, "loc"),
        title=plain_text(_text(news, "title")),
        published=(published,) if published else (),
        updated=_text(url, "lastmod"),
        categories=tuple(word.strip() for word in keywords if word.strip()),
    )


def _publication(news: etree._Element) -> str | None:
    publication = _child(news, "publication")
    return None if publication is None else plain_text(_text(publication, "name"))


def _part(listed: etree._Element) -> Part:
    return Part(url=_text(listed, "loc"), changed=_text(listed, "lastmod"))


def _children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    found = 0
    for each in parent:
        if _name(each) == name and found < MOST_ITEMS:
            found += 1
            yield each


def _child(parent: etree._Element, name: str) -> etree._Element | None:
    return next((each for each in parent if _name(each) == name), None)


def _text(parent: etree._Element, name: str) -> str | None:
    child = _child(parent, name)
    return None if child is None else "".join(map(str, child.itertext())).strip() or None


def _name(element: etree._Element) -> str:
    """Return the local name in lower case; what is no element, as a reference, has none."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()
