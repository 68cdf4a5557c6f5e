"""A single document from outside, made into a Page without a warehouse."""

import asyncio
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from extractors.records import Page
from flows.exchange import Request, page_of
from flows.home import Home
from flows.network import opened_client
from flows.settings import Settings


def page_given(body: bytes, *, url: str | None) -> Page:
    """Return the page that `body` would be had it been fetched from `url`."""
    return Page(
        fetch_id="",
        url=url or "",
        final_url=url or "",
        fetched_at=datetime.now(UTC),
        http_status=200,
        headers=(),
        body=body,
    )


def fetched_page(url: str, home: Home, settings: Settings) -> Page:
    """Fetch `url` with the manners of `home` and without leaving a trace in it.

    Raises:
        FetchError: it cannot be had.
    """
    with tempfile.TemporaryDirectory() as folder:
        locks = home.locks if home.exists else Path(folder)
        return asyncio.run(_fetched(url, locks, settings))


async def _fetched(url: str, locks: Path, settings: Settings) -> Page:
    async with opened_client(settings, locks) as client:
        response = await client.fetch(Request(url=url, kind="page"))
    return page_of(response)
