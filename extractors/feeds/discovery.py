"""The feeds that a web page leads to."""

import re
from collections.abc import Iterable
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree, html

from extractors.feeds.bodies import characters_of
from extractors.records import Page
from extractors.urls import absolute_url

_MEDIA_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
        "application/rdf+xml",
        "application/json",
        "application/xml",
        "text/xml",
    }
)
#: More than a site has for its readers.
_MOST_FEEDS = 100
#: How the addresses of feeds end, where a page links to one without saying so.
_FEED_PATH = re.compile(
    r"(?:^|/)(?:rss|feeds?|atom)(?:\.(?:xml|rdf|php|json))?/?$|\.(?:rss|atom|rdf)$", re.IGNORECASE
)
#: What WordPress declares beside its feeds, for programs that edit pages.
_PROGRAM_PATH = "/wp-json/"
#: "/comments/feed/" and "?feed=comments-rss2" (WordPress), "/feeds/42/comments/default" (Blogger).
_OF_COMMENTS = re.compile(r"(?<!/)/comments[/.]|[?&]feed=comments", re.IGNORECASE)
_FEED_QUERY = re.compile(r"(?:^|&)(?:format|feed|type|output)=(?:rss2?|atom|feed)(?:&|$)", re.I)


def feeds_linked(page: Page) -> list[str]:
    """Return the addresses of feeds in a page, the one it names first first, each once.

    Those it declares (`<link rel="alternate">`), wherever they stand, feeds of comments last; if
    there are none, links whose address looks like a feed's.

    Source:
        WHATWG HTML, 4.6.7.1 (alternate); the RSS Advisory Board's autodiscovery.
    """
    try:
        body = characters_of(page.body, page.header("Content-Type") or "").encode(
            "utf-8", "replace"
        )
        tree = html.document_fromstring(body, parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError):
        return []
    base_url = _base_url(tree, page.final_url)
    links = [each for each in tree.iter("link") if _declares_feed(each)]
    declared = (each.get("href") for each in sorted(links, key=_declares_comments))
    linked = (each.get("href") for each in tree.iter("a") if _looks_like_feed(each.get("href")))
    return _absolute(declared, base_url) or _absolute(linked, base_url)


def _base_url(tree: html.HtmlElement, final_url: str) -> str:
    stated = next((each.get("href") for each in tree.iter("base") if each.get("href")), None)
    return absolute_url(stated, final_url) or final_url


def _declares_feed(link: html.HtmlElement) -> bool:
    relations = (link.get("rel") or "").lower().split()
    media_type = (link.get("type") or "").partition(";")[0].strip().lower()
    if _PROGRAM_PATH in (link.get("href") or ""):
        return False
    return "feed" in relations or ("alternate" in relations and media_type in _MEDIA_TYPES)


def _declares_comments(link: html.HtmlElement) -> bool:
    return is_of_comments(link.get("href") or "") or "comment" in (link.get("title") or "").lower()


def is_of_comments(url: str) -> bool:
    """Tell whether the feed at `url` is one of readers' comments, by how blogs call theirs."""
    return bool(_OF_COMMENTS.search(url))


def _looks_like_feed(href: str | None) -> bool:
    try:
        parts = urlsplit(href or "")
    except ValueError:
        return False
    return bool(_FEED_PATH.search(parts.path) or _FEED_QUERY.search(parts.query))


def _absolute(links: Iterable[str | None], base_url: str) -> list[str]:
    urls = (absolute_url(link, base_url) for link in links)
    return list(islice(dict.fromkeys(url for url in urls if url), _MOST_FEEDS))
