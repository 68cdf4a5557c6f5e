"""A single document from outside, made into a Page without a warehouse."""

from datetime import UTC, datetime

from extractors.records import Page
from flows.exchange import Request, page_of
from flows.home import Home
from flows.network import asked_once
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
    """Fetch `url` with the manners of `home`; nothing of it is kept.

    Raises:
        FetchError: it cannot be had.
    """
    request = Request(url=url, kind="page")
    return page_of(asked_once(home, settings, lambda client: client.fetch(request)))
