"""One page: asked and archived, or why not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from extractors.records import Fetch, FetchStatus
from flows.archive import ArchiveWriter
from flows.exchange import REFUSALS, DeferredError, Request, RequestError, attempt_not_made
from flows.fetch import Client
from flows.jobs import Fetched, Trouble, failure_of
from flows.policy import host_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A page to fetch."""

    url: str
    tries: int = 0  #: how often it failed in a row before


async def fetch_page(client: Client, wanted: Wanted, archive: ArchiveWriter) -> Fetched:
    """Fetch one page into the archive; what goes wrong becomes part of what is returned."""
    try:
        response = await client.fetch(Request(url=wanted.url, kind="page"))
    except RequestError as error:
        return _not_fetched(wanted, error)
    archived = archive.append(response, kind="page", requested_url=wanted.url)
    fetch = Fetch(
        fetch_id=response.fetch_id,
        url=wanted.url,
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
    retry_at = error.retry_after if isinstance(error, DeferredError) else None
    return Fetched(
        fetch=fetch,
        tries=wanted.tries,
        failure=failure_of(page, trouble, stage="page", retry_at=retry_at),
        was_asked=error.attempt is not None or not isinstance(error, DeferredError),
    )


def _status_of(error: RequestError) -> FetchStatus:
    if isinstance(error, DeferredError):
        return "deferred"
    return "refused" if error.reason in REFUSALS else "failed"


def lanes_of(wanted: Sequence[Wanted], *, per_host: int) -> list[list[Wanted]]:
    """Return `wanted` as lanes to be walked side by side, `per_host` for each host key.

    A slow or huge host fills its own lanes and nobody else's.
    """
    by_host: dict[str, list[Wanted]] = {}
    for each in wanted:
        by_host.setdefault(_key(each.url), []).append(each)
    return [
        lane
        for queue in by_host.values()
        for first in range(per_host)
        if (lane := queue[first::per_host])
    ]


def _key(url: str) -> str:
    try:
        return host_key(url)
    except ValueError:
        return url  # unusable: the client says so when asked for it
