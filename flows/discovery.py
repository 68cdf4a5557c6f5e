"""The feeds at an address: the feed itself, or those that the page there links to."""

import asyncio
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors.errors import FeedError, FetchError
from extractors.feeds import entries_in
from extractors.feeds.discovery import feeds_linked
from extractors.records import Page
from extractors.urls import feed_id_of
from flows.exchange import Kind, Request, page_of
from flows.fetch import Client
from flows.home import Home
from flows.network import opened_client
from flows.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is at an address that somebody gave as a feed or site."""

    url: str  #: as given
    feeds: tuple[str, ...] = ()  #: addresses of feeds: its own, or those it links to
    title: str | None = None  #: only where the address is a feed itself
    doubt: str | None = None  #: why no feed was found there


def found_at(urls: Sequence[str], home: Home, settings: Settings, *, kind: Kind) -> list[Found]:
    """Look at each of `urls`, all at once; what cannot be had becomes a doubt.

    Args:
        urls: addresses of feeds or of sites.
        home: whose manners hold.
        settings: of that home.
        kind: "feed" if feeds are expected there, "page" if a site: robots.txt governs pages.
    """
    with tempfile.TemporaryDirectory() as folder:
        locks = home.locks if home.exists else Path(folder)
        return asyncio.run(_looked(urls, locks, settings, kind))


async def _looked(urls: Sequence[str], locks: Path, settings: Settings, kind: Kind) -> list[Found]:
    async with opened_client(settings, locks) as client:
        return list(await asyncio.gather(*(_look(client, url, kind) for url in urls)))


async def _look(client: Client, url: str, kind: Kind) -> Found:
    try:
        response = await client.fetch(Request(url=url, kind=kind))
    except FetchError as error:
        return Found(url=url, doubt=f"{error.reason}: {error.detail}")
    found = found_on(page_of(response))
    if kind == "feed" and found.feeds and found.feeds != (url,):
        return await _look(client, url, "page")  # a site after all, so robots.txt has a say
    return found


def found_on(page: Page) -> Found:
    """Return the feed that `page` is, else the feeds it links to."""
    try:
        content = entries_in(page, feed_id=feed_id_of(page.url), seen_at=page.fetched_at)
    except FeedError as error:
        if linked := feeds_linked(page):
            return Found(url=page.url, feeds=tuple(linked))
        return Found(url=page.url, doubt=f"{error.reason}: {error.detail}")
    return Found(url=page.url, feeds=(page.url,), title=content.title)
