"""A single document from outside, made into a Page without a warehouse."""

import asyncio
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from extractors.records import Page
from flows.exchange import Request
from flows.home import Home
from flows.network import opened_client
from flows.settings import Settings


def page_of(body: bytes, *, url: str | None) -> Page:
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
    return Page(
        fetch_id=response.fetch_id,
        url=url,
        final_url=response.final_url,
        fetched_at=response.started_at,
        http_status=response.http_status,
        headers=response.headers,
        body=response.body,
    )
