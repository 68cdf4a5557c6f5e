"""What a killed run left behind: staged batches, and archived responses that nothing tells of."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from extractors.feeds import FeedContent
from extractors.records import Failure, Fetch, Harvest, Poll, Withdrawal
from flows.archive import (
    ArchivedRecord,
    ArchiveError,
    ArchiveRef,
    files_of_run,
    read_page,
    records_of_run,
)
from flows.desk import BATCH_PAGES, Desk, new_batch
from flows.exchange import body_hash_of
from flows.jobs import ArchivedFeed, Fetched, Trouble
from flows.locks import RunActiveError, held_alone, is_alive
from flows.pages import target_of
from flows.torntails import mend_tail

logger = logging.getLogger(__name__)


def recover(desk: Desk) -> None:
    """Load all that killed runs had fetched.

    Nothing is fetched again. The rows carry the id of the run that made the request. Of runs that
    start together one does it, and the others wait, lest they fetch what it is about to load; but
    no longer than for the warehouse.
    """
    with desk.warehouse.together():
        desk.load()
        if not _dead_runs(desk):  # those that another run is at work on are among them
            return
    try:
        wait_s = desk.settings.lock_wait_s
        with held_alone(desk.home.recovery_lock, desk.run_id, wait_s=wait_s):
            for run_id in _dead_runs(desk):
                _recover_run(desk, run_id)
    except RunActiveError as error:
        logger.info("recovery is left to run=%s", error.run_id)


def _dead_runs(desk: Desk) -> list[str]:
    return desk.warehouse.dead_runs(is_alive=partial(is_alive, desk.home))


def _recover_run(desk: Desk, run_id: str) -> None:
    for path in files_of_run(desk.home.archive, run_id):
        _mend(desk, run_id, path)
    records = list(records_of_run(desk.home.archive, run_id))
    unknown = desk.warehouse.unknown_fetches([record.fetch_id for record in records])
    left = [record for record in records if record.fetch_id in unknown]
    _recover_feeds(desk, run_id, [record for record in left if record.kind == "feed"])
    pages = [record for record in left if record.kind != "feed"]
    for batch in batches_from(pages, desk.home.archive):
        desk.extract(batch, run_id=run_id)
    desk.load()
    desk.warehouse.settle_run(run_id, at=datetime.now(UTC))
    desk.home.liveness_lock(run_id).unlink(missing_ok=True)
    logger.info("recovered run=%s responses=%d", run_id, len(left))


def _mend(desk: Desk, run_id: str, path: Path) -> None:
    """Cut off a torn last record; what is damaged before that becomes a failure."""
    try:
        mend_tail(path)
    except ArchiveError as error:
        failure = Failure(
            stage="load",
            url=path.as_uri(),
            reason="malformed",
            detail=f"{error}. What stands before the damage was loaded.",
            at=datetime.now(UTC),
        )
        desk.stage(replace(new_batch(run_id), failures=(failure,)))


def batches_from(records: Sequence[ArchivedRecord], archive: Path) -> Iterator[list[Fetched]]:
    """Yield archived pages in batches, each page as what the request for it gave."""
    for first in range(0, len(records), BATCH_PAGES):
        batch = records[first : first + BATCH_PAGES]
        yield [_fetched_from(record, archive) for record in batch]


def _fetched_from(record: ArchivedRecord, archive: Path) -> Fetched:
    """Return an archived page, or what stands in for one, as what the request for it gave."""
    fetch = Fetch(
        fetch_id=record.fetch_id,
        url=record.url,
        target=target_of(record.url),
        final_url=record.final_url,
        started_at=record.started_at,
        duration_ms=record.duration_ms,
        status="ok",
        http_status=record.http_status,
        bytes=record.received_bytes,
        archive_file=record.ref.file,
        archive_offset=record.ref.offset,
    )
    if record.text_at:
        return Fetched(fetch=_read_elsewhere(fetch, record.text_at, record.error))
    try:
        page = read_page(archive, record.ref.file, record.ref.offset)
    except ArchiveError:  # whoever reads it makes a failure of that
        return Fetched(fetch=fetch)
    return Fetched(
        fetch=replace(
            fetch,
            etag=page.header("etag"),
            last_modified=page.header("last-modified"),
            body_hash=body_hash_of(page.body),
        )
    )


def _read_elsewhere(fetch: Fetch, text_at: ArchiveRef, error: str | None) -> Fetch:
    """Return the request that failed with the feed body from which its page was read."""
    return replace(
        fetch,
        final_url=None,
        status="failed",
        archive_file=text_at.file,
        archive_offset=text_at.offset,
        text_source="feed",
        error=error,
    )


def _recover_feeds(desk: Desk, run_id: str, records: Sequence[ArchivedRecord]) -> None:
    """Load the entries of unread feed bodies. The feeds' validators stay: they are asked again."""
    if records:
        desk.stage(harvest_of_bodies(desk, records, batch=new_batch(run_id)))


def harvest_of_bodies(desk: Desk, records: Sequence[ArchivedRecord], *, batch: Harvest) -> Harvest:
    """Return `batch` with what is in archived feed bodies, of each item the first that lists it.

    Args:
        desk: whose workers read them.
        records: of feeds, in the order of time.
        batch: of the run that asked.
    """
    by_poll = {record.fetch_id: record for record in records}
    contents = desk.read_feeds(
        [
            ArchivedFeed(
                poll_id=poll_id,
                feed_id=record.feed_id or "",
                url=record.url,
                file=record.ref.file,
                offset=record.ref.offset,
            )
            for poll_id, record in by_poll.items()
        ]
    )
    polled = [(record, contents[poll_id]) for poll_id, record in by_poll.items()]
    read = [(record, each) for record, each in polled if isinstance(each, FeedContent)]
    listed = {entry.entry_id: entry for _, each in reversed(read) for entry in each.entries[::-1]}
    return replace(
        batch,
        polls=tuple(_poll(record, content) for record, content in polled),
        entries=tuple(reversed(listed.values())),
        withdrawals=tuple(
            Withdrawal(feed_id=record.feed_id or "", guid=guid, at=record.started_at)
            for record, content in read
            for guid in content.withdrawn
        ),
    )


def _poll(record: ArchivedRecord, content: FeedContent | Trouble) -> Poll:
    poll = Poll(
        poll_id=record.fetch_id,
        feed_id=record.feed_id or "",
        url=record.url,
        started_at=record.started_at,
        duration_ms=record.duration_ms,
        status="new",
        http_status=record.http_status,
        bytes=record.received_bytes,
        archive_file=record.ref.file,
        archive_offset=record.ref.offset,
    )
    if isinstance(content, Trouble):
        return replace(poll, status="failed", error=f"{content.reason}: {content.detail}")
    return replace(poll, entries_seen=len(content.entries))
