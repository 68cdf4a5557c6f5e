"""The feeds at an address: the feed itself, those its page links to, else those commonly there."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from extractors.errors import FeedError, FetchError
from extractors.feeds import FeedContent, entries_in
from extractors.feeds.discovery import feeds_linked, is_of_comments
from extractors.feeds.links import is_same_owner
from extractors.records import Page
from extractors.urls import feed_id_of
from flows.exchange import REFUSALS, Kind, Request, RequestError, page_of
from flows.fetch import Client
from flows.home import Home
from flows.hops import wire_url
from flows.network import asked_once
from flows.settings import Settings

#: Where sites commonly have a feed that their pages do not name.
_COMMON_PLACES = (
    "/feed",
    "/rss",
    "/feed.xml",
    "/rss.xml",
    "/atom.xml",
    "/index.xml",
    "/sitemap_news.xml",
    "/news-sitemap.xml",
)
_HTML = re.compile(rb"<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
_HTML_WITHIN = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is at an address that somebody gave as a feed or site."""

    url: str  #: as given
    feeds: tuple[str, ...] = ()  #: addresses of feeds: its own, or those of the site
    left_out: tuple[str, ...] = ()  #: addresses of feeds that only have readers' comments
    title: str | None = None  #: only where one feed was looked at
    doubt: str | None = None  #: why no feed was found there
    is_front_page: bool = False  #: a site's front page that names no feed was read


def found_at(urls: Sequence[str], home: Home, settings: Settings, *, kind: Kind) -> list[Found]:
    """Look at each of `urls`, all at once; what cannot be had becomes a doubt.

    Where a site's front page names no feed, the common places are asked, one after another. Any
    other address is left at that: it may be of a feed that does not work just now.

    Args:
        urls: addresses of feeds or of sites.
        home: whose manners hold.
        settings: of that home.
        kind: "feed" if feeds are expected there, "page" if a site: robots.txt governs pages.
    """

    async def look(client: Client) -> list[Found]:
        return list(await asyncio.gather(*(_look(client, url, kind) for url in urls)))

    return asked_once(home, settings, look)


async def _look(client: Client, url: str, kind: Kind) -> Found:
    try:
        page = page_of(await client.fetch(Request(url=url, kind=kind)))
    except FetchError as error:
        return Found(url=url, doubt=f"{error.reason}: {error.detail}")
    found = _found_on(page)
    if kind == "feed" and (found.is_front_page or found.feeds not in ((), (url,))):
        return await _look(client, url, "page")  # a site after all, so robots.txt has a say
    if found.is_front_page and (common := await _common_feed(client, page)):
        return common
    return found


def _found_on(page: Page) -> Found:
    """Return the feed that `page` is, else the feeds it links to, those of comments left out."""
    try:
        content = _content_of(page)
    except FeedError as error:
        linked = feeds_linked(page)
        chosen = tuple(url for url in linked if not is_of_comments(url)) or tuple(linked)
        if chosen:
            left_out = tuple(url for url in linked if url not in chosen)
            return Found(url=page.url, feeds=chosen, left_out=left_out)
        return Found(
            url=page.url,
            doubt=f"{error.reason}: {error.detail}",
            is_front_page=_is_front_page(page),
        )
    return Found(url=page.url, feeds=(page.url,), title=content.title)


def _is_front_page(page: Page) -> bool:
    is_html = bool(_HTML.search(page.body[:_HTML_WITHIN]))
    return is_html and urlsplit(wire_url(page.url)).path == "/"


async def _common_feed(client: Client, page: Page) -> Found | None:
    """Return the first feed of the site of `page` in a common place.

    A feed counts if it is on the site or says that it is of there: a host may serve many.
    """
    for place in _COMMON_PLACES:
        url = urljoin(page.final_url, place)
        try:
            there = page_of(await client.fetch(Request(url=url, kind="page")))
            content = _content_of(there)
        except FeedError:
            continue
        except RequestError as error:
            if error.http_status is None and error.reason not in REFUSALS:
                return None  # the server has had enough, or is gone
            continue
        if any(is_same_owner(page.final_url, its) for its in (there.final_url, content.link or "")):
            return Found(url=page.url, feeds=(url,), title=content.title)
    return None


def _content_of(page: Page) -> FeedContent:
    return entries_in(page, feed_id=feed_id_of(page.url), seen_at=page.fetched_at)
