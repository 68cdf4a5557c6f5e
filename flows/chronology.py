"""The archive in the order of time, as a rebuild goes through it."""

import heapq
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from flows.archive import ArchivedRecord, archive_files, records_in

_Waiting = tuple[datetime, int, ArchivedRecord, Iterator[ArchivedRecord]]


def chronological(archive: Path) -> Iterator[ArchivedRecord]:
    """Yield all responses of the archive in the order in which they came in.

    The order within a file stays, which is that of arrival; files whose times overlap, since runs
    went on side by side, are merged by when requests began. Only such files are open at a time.
    """
    begun = sorted(
        (first.started_at, number, path)
        for number, path in enumerate(archive_files(archive))
        if (first := next(records_in(path), None))
    )
    begun.reverse()
    waiting: list[_Waiting] = []
    while begun or waiting:
        while begun and (not waiting or begun[-1][0] <= waiting[0][0]):
            at, number, path = begun.pop()
            _push(waiting, at, number, records_in(path))
        at, number, record, rest = heapq.heappop(waiting)
        yield record
        _push(waiting, at, number, rest)


def _push(
    waiting: list[_Waiting], not_before: datetime, number: int, records: Iterator[ArchivedRecord]
) -> None:
    if record := next(records, None):
        heapq.heappush(waiting, (max(not_before, record.started_at), number, record, records))


def slices_of(records: Iterable[ArchivedRecord], *, size: int) -> Iterator[list[ArchivedRecord]]:
    """Yield `records` in slices that can be loaded one after the other, each as a whole.

    In none is a feed polled twice, since which entry an item under a new guid is depends on what
    the poll before has left; and what was fetched between two polls lies between them.

    Args:
        records: in the order of time.
        size: records in a slice at most.
    """
    held: list[ArchivedRecord] = []
    asked: dict[str, set[str]] = {}  # of each feed: its run, and what of it was asked for
    for record in records:
        polled = asked.get(record.feed_id or "", set())
        is_asked_anew = bool(polled) and (record.url in polled or record.run_id not in polled)
        if is_asked_anew or len(held) >= size:
            yield held
            held, asked = [], {}
        held.append(record)
        if record.feed_id:
            asked.setdefault(record.feed_id, set()).update((record.run_id, record.url))
    if held:
        yield held
