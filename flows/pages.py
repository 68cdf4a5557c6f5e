"""One page: asked and archived, or why not."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Protocol, TypeVar

from extractors.records import Fetch, FetchStatus
from extractors.urls import canonical_url
from flows.archive import ArchiveRef, ArchiveWriter
from flows.exchange import (
    REFUSALS,
    Approach,
    DeferredError,
    Request,
    RequestError,
    attempt_not_made,
)
from flows.fetch import Client
from flows.jobs import Fetched, Trouble, failure_of
from flows.policy import key_or_url
from flows.subscriptions import Subscription
from warehouse.results import WorkItem


class _HasUrl(Protocol):
    @property
    def url(self) -> str: ...


ItemT = TypeVar("ItemT", bound=_HasUrl)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A page to fetch."""

    url: str
    target: str  #: the canonical form of `url`; the address itself where it has none
    tries: int = 0  #: how often it failed in a row before
    approach: Approach = field(default_factory=Approach)
    stand_in: ArchiveRef | None = None  #: a feed body that gives the text, should the page fail


def wanted_from(item: WorkItem, subscription: Subscription | None) -> Wanted:
    """Return the page to fetch for an item of the work list.

    The page is asked for as its feed is, as far as `Approach.to` lets it.

    Args:
        item: what to fetch.
        subscription: the feed that listed it.
    """
    stand_in = None
    if item.content_file is not None and item.content_offset is not None:
        stand_in = ArchiveRef(file=item.content_file, offset=item.content_offset)
    wanted = Wanted(url=item.url, target=item.target, tries=item.tries, stand_in=stand_in)
    if subscription is None:
        return wanted
    return replace(wanted, approach=subscription.approach.to(item.url, meant_for=subscription.url))


async def fetch_page(client: Client, wanted: Wanted, archive: ArchiveWriter) -> Fetched:
    """Fetch one page into the archive; what goes wrong becomes part of what is returned."""
    try:
        response = await client.fetch(
            Request(url=wanted.url, kind="page", approach=wanted.approach)
        )
    except RequestError as error:
        return _not_fetched(wanted, error)
    archived = archive.append(response, kind="page", requested_url=wanted.url)
    fetch = Fetch(
        fetch_id=response.fetch_id,
        url=wanted.url,
        target=wanted.target,
        final_url=response.final_url,
        started_at=response.started_at,
        duration_ms=response.duration_ms,
        status="ok",
        http_status=response.http_status,
        bytes=len(response.raw),
        archive_file=archived.file,
        archive_offset=archived.offset,
    )
    return Fetched(fetch=fetch, tries=wanted.tries)


def _not_fetched(wanted: Wanted, error: RequestError) -> Fetched:
    attempt = error.attempt or attempt_not_made(wanted.url, at=datetime.now(UTC))
    fetch = Fetch(
        fetch_id=attempt.fetch_id,
        url=wanted.url,
        target=wanted.target,
        final_url=attempt.final_url,
        started_at=attempt.started_at,
        duration_ms=attempt.duration_ms,
        status=_status_of(error),
        http_status=attempt.http_status,
        bytes=attempt.received_bytes,
        error=f"{error.reason}: {error.detail}",
    )
    page = Fetched(fetch=fetch, tries=wanted.tries)
    trouble = Trouble(reason=error.reason, detail=error.detail)
    is_put_off = isinstance(error, DeferredError)
    retry_at = error.retry_after if isinstance(error, DeferredError) else None
    return Fetched(
        fetch=fetch,
        tries=wanted.tries,
        failure=failure_of(page, trouble, stage="page", retry_at=retry_at),
        stand_in=None if is_put_off else wanted.stand_in,  # the page will be had soon
        was_asked=error.attempt is not None or not is_put_off,
    )


def _status_of(error: RequestError) -> FetchStatus:
    if isinstance(error, DeferredError):
        return "deferred"
    return "refused" if error.reason in REFUSALS else "failed"


def target_of(url: str) -> str:
    """Return the canonical form of `url`; itself if it has none."""
    try:
        return canonical_url(url)
    except ValueError:
        return url


def lanes_of(items: Sequence[ItemT], *, per_host: int) -> list[list[ItemT]]:
    """Return `items` as lanes to be walked side by side, `per_host` for each host key.

    A slow or huge host fills its own lanes and nobody else's.
    """
    by_host: dict[str, list[ItemT]] = {}
    for each in items:
        by_host.setdefault(key_or_url(each.url), []).append(each)
    return [
        lane
        for queue in by_host.values()
        for first in range(per_host)
        if (lane := queue[first::per_host])
    ]
