"""One page: asked and archived, or why not."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http import HTTPStatus
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
    Response,
    attempt_not_made,
    body_hash_of,
)
from flows.fetch import Client
from flows.jobs import Fetched, Trouble, failure_of
from flows.policy import key_or_url
from flows.redaction import is_of_forgotten
from flows.subscriptions import Subscription
from warehouse.results import WorkItem


class _HasUrl(Protocol):
    @property
    def url(self) -> str: ...


ItemT = TypeVar("ItemT", bound=_HasUrl)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a page that is asked for again gave before."""

    fetch_id: str  #: of the request that gave the body
    body_hash: str | None  #: SHA-256 of it, decoded
    etag: str | None = None  #: byte for byte as received; None: ask for the whole page
    last_modified: str | None = None  #: byte for byte as received; None: ask for the whole page


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A page to fetch."""

    url: str
    target: str  #: the canonical form of `url`; the address itself where it has none
    tries: int = 0  #: how often it failed in a row before
    approach: Approach = field(default_factory=Approach)
    stand_in: ArchiveRef | None = None  #: a feed body that gives the text, should the page fail
    held: Held | None = None  #: what it is compared with; None: it is read whatever comes
    feed_id: str | None = None  #: of a subscribed feed that lists it

    @property
    def request(self) -> Request:
        """The request to make, which is conditional on what is held."""
        return Request(
            url=self.url,
            kind="page",
            etag=self.held.etag if self.held else None,
            last_modified=self.held.last_modified if self.held else None,
            approach=self.approach,
        )


def wanted_from(item: WorkItem, subscription: Subscription | None) -> Wanted:
    """Return the page to fetch for an item of the work list.

    Args:
        item: what to fetch.
        subscription: the feed that listed it.
    """
    stand_in = None
    if item.content_file is not None and item.content_offset is not None:
        stand_in = ArchiveRef(file=item.content_file, offset=item.content_offset)
    wanted = Wanted(url=item.url, target=item.target, tries=item.tries, stand_in=stand_in)
    return asked_as(wanted, subscription)


def asked_as(wanted: Wanted, subscription: Subscription | None) -> Wanted:
    """Return `wanted`, asked for as the feed that listed it is, as far as `Approach.to` lets it."""
    if subscription is None:
        return wanted
    approach = subscription.approach.to(wanted.url, meant_for=subscription.url)
    return replace(wanted, approach=approach, feed_id=subscription.feed_id)


async def fetch_page(client: Client, wanted: Wanted, archive: ArchiveWriter) -> Fetched:
    """Fetch one page into the archive, unless it is what it was when last asked for.

    What goes wrong becomes part of what is returned.
    """
    tombstones = archive.tombstones
    if tombstones.covers(wanted.url):
        return _kept_out(wanted)
    try:
        response = await client.fetch(replace(wanted.request, is_barred=tombstones.covers))
    except RequestError as error:
        if error.reason == "forgotten":
            return _buried(wanted, archive)
        failed = _not_fetched(wanted, error)
        if failed.stand_in:
            archive.note_stand_in(failed.fetch, failed.stand_in)
        return failed
    if is_of_forgotten(response, archive.tombstones):
        return _buried(wanted, archive)
    fetch = _fetch_of(wanted, response)
    if wanted.held and _is_unchanged(fetch, wanted.held):
        fetch = replace(fetch, status="unchanged", repeats=wanted.held.fetch_id)
        return Fetched(fetch=fetch, tries=wanted.tries, feed_id=wanted.feed_id)
    archived = archive.append(response, kind="page", requested_url=wanted.url)
    fetch = replace(fetch, archive_file=archived.file, archive_offset=archived.offset)
    return Fetched(fetch=fetch, tries=wanted.tries, feed_id=wanted.feed_id)


def _fetch_of(wanted: Wanted, response: Response) -> Fetch:
    is_whole = response.http_status != HTTPStatus.NOT_MODIFIED
    return Fetch(
        fetch_id=response.fetch_id,
        url=wanted.url,
        target=wanted.target,
        final_url=response.final_url,
        started_at=response.started_at,
        duration_ms=response.duration_ms,
        status="ok",
        http_status=response.http_status,
        bytes=len(response.raw),
        etag=response.header("etag") if is_whole else None,
        last_modified=response.header("last-modified") if is_whole else None,
        body_hash=body_hash_of(response.body) if is_whole else None,
    )


def _is_unchanged(fetch: Fetch, held: Held) -> bool:
    return fetch.http_status == HTTPStatus.NOT_MODIFIED or fetch.body_hash == held.body_hash


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
    page = Fetched(fetch=fetch, tries=wanted.tries, feed_id=wanted.feed_id)
    trouble = Trouble(reason=error.reason, detail=error.detail)
    is_put_off = isinstance(error, DeferredError)
    retry_at = error.retry_after if isinstance(error, DeferredError) else None
    return Fetched(
        fetch=fetch,
        tries=wanted.tries,
        feed_id=wanted.feed_id,
        failure=failure_of(page, trouble, stage="page", retry_at=retry_at),
        stand_in=None if is_put_off else wanted.stand_in,  # the page will be had soon
        was_asked=error.attempt is not None or not is_put_off,
    )


def _buried(wanted: Wanted, archive: ArchiveWriter) -> Fetched:
    """Bury the address too: it leads to what was forgotten, and would be asked for for ever."""
    archive.forget(wanted.url)
    return _kept_out(wanted)


def _kept_out(wanted: Wanted) -> Fetched:
    """Return what stands for a forgotten article: whoever asks is told, and nothing is stored."""
    error = RequestError(wanted.url, "forgotten", "the article at this address was forgotten")
    return replace(_not_fetched(wanted, error), stand_in=None, was_asked=False)


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
