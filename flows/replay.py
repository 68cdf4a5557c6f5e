"""The archive gone through in the order of time, into a warehouse that knows nothing yet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from extractors.records import Failure, Feed, Harvest
from flows.archive import ArchivedRecord, archive_files
from flows.chronology import chronological, slices_of
from flows.desk import Desk, new_batch, version_of
from flows.hosting import Stand
from flows.recovery import batches_from, harvest_of_bodies
from flows.reextraction import read_side_by_side
from flows.steps import outcome_of
from flows.subscriptions import feed_from
from flows.tombstones import Tombstones
from flows.torntails import damage_in

#: Responses that are read, and loaded, at a time: the memory they take, whatever there is.
_SLICE_RECORDS = 1_000
_NOTE = "made anew from the archive, which has no answers but those with something new in them"


@dataclass(slots=True, kw_only=True)
class Past:
    """What was found in the archive."""

    feeds: int = 0  #: bodies
    pages: int = 0
    damaged: int = 0  #: files


class Replay:
    """One way through the archive.

    What the warehouse has already is passed over, so that a replay that was killed is gone on
    with by beginning it again.

    Args:
        desk: of the new warehouse.
        tombstones: what was forgotten, and is passed over.
    """

    def __init__(self, desk: Desk, tombstones: Tombstones) -> None:
        self._desk = desk
        self._tombstones = tombstones
        self._past = Past()
        self._ends: dict[str, datetime] = {}  # of each run, so far
        self._read_to: dict[str, int] = {}  # of each file of the archive: a byte
        self._listed = set(desk.subscriptions)  # ids of feeds that the warehouse has a row of

    def run(self) -> Past:
        """Load all that is in the archive; return what that was."""
        desk, now = self._desk, datetime.now(UTC)
        version = version_of(desk.settings)
        desk.warehouse.sync_feeds([feed_from(each) for each in desk.settings.feeds], now=now)
        desk.warehouse.sync_aliases(desk.settings.aliases, now=now)
        if self._tombstones.keys:
            desk.warehouse.keep_out(self._tombstones.keys, at=now)
        desk.warehouse.start_run(
            desk.run_id, started_at=now, flow_run_id=None, extractor_version=version
        )
        archive_bytes = sum(path.stat().st_size for path in archive_files(desk.home.archive))
        for records in slices_of(chronological(desk.home.archive), size=_SLICE_RECORDS):
            desk.check_space()
            desk.watch(self._stand(records, archive_bytes))
            self._begin_runs(records, version)
            self._load(records)
        self._tell_of_damage()
        self._end_runs()
        return self._past

    def _stand(self, records: Sequence[ArchivedRecord], archive_bytes: int) -> Stand:
        """Return how far it has come, by the places of the records that are to be loaded next."""
        self._read_to |= {record.ref.file: record.ref.offset for record in records}
        share = min(1.0, sum(self._read_to.values()) / max(1, archive_bytes))
        return Stand(share=share, told=f"{self._past.pages:,} pages read")

    def _begin_runs(self, records: Sequence[ArchivedRecord], version: str) -> None:
        for record in records:
            ended_at = record.started_at + timedelta(milliseconds=record.duration_ms)
            if record.run_id not in self._ends:
                self._desk.warehouse.start_run(
                    record.run_id,
                    started_at=record.started_at,
                    flow_run_id=None,
                    extractor_version=version,
                )
            self._ends[record.run_id] = max(ended_at, self._ends.get(record.run_id, ended_at))

    def _load(self, records: Sequence[ArchivedRecord]) -> None:
        bodies = [record for record in records if record.kind == "feed"]
        pages = [
            record
            for record in records
            if record.kind != "feed" and not self._is_forgotten(record.url, record.final_url)
        ]
        self._past.feeds += len(bodies)
        self._past.pages += sum(record.kind == "page" for record in pages)
        unknown = self._desk.warehouse.unknown_fetches([record.fetch_id for record in records])
        for run_id in dict.fromkeys(record.run_id for record in records):
            self._stage_bodies(run_id, [each for each in bodies if each.run_id == run_id], unknown)
            self._read_pages(run_id, [each for each in pages if each.run_id == run_id], unknown)
        self._desk.load()

    def _stage_bodies(
        self, run_id: str, bodies: Sequence[ArchivedRecord], unknown: set[str]
    ) -> None:
        left = [record for record in bodies if record.fetch_id in unknown]
        if left:
            batch = new_batch(run_id)
            harvest = harvest_of_bodies(self._desk, left, batch=batch)
            self._desk.stage(self._without_forgotten(replace(harvest, feeds=self._new(left))))

    def _new(self, bodies: Sequence[ArchivedRecord]) -> tuple[Feed, ...]:
        """Return the feeds that are no longer subscribed, when their first bodies are met."""
        feeds = []
        for record in bodies:
            if record.feed_id and record.feed_id not in self._listed:
                self._listed.add(record.feed_id)
                added_at = record.started_at
                feeds.append(Feed(feed_id=record.feed_id, url=record.url, added_at=added_at))
        return tuple(feeds)

    def _without_forgotten(self, harvest: Harvest) -> Harvest:
        kept = (each for each in harvest.entries if not (each.url and self._is_forgotten(each.url)))
        return replace(harvest, entries=tuple(kept))

    def _is_forgotten(self, *urls: str) -> bool:
        return any(self._tombstones.covers(url) for url in urls)

    def _read_pages(self, run_id: str, pages: Sequence[ArchivedRecord], unknown: set[str]) -> None:
        left = [
            record
            for record in pages
            if record.fetch_id in unknown and not self._has_lost_text(record)
        ]
        batches = list(batches_from(left, self._desk.home.archive))
        read_side_by_side(self._desk, batches, run_id=run_id)

    def _has_lost_text(self, record: ArchivedRecord) -> bool:
        """Tell whether retention has removed the feed body that gave the text."""
        text_at = record.text_at
        return text_at is not None and not (self._desk.home.archive / text_at.file).is_file()

    def _tell_of_damage(self) -> None:
        """Leave a failure for each file that is damaged before its end, which nobody can read."""
        for path in archive_files(self._desk.home.archive):
            if (damaged_at := damage_in(path)) is not None:
                self._past.damaged += 1
                failure = Failure(
                    stage="load",
                    url=path.as_uri(),
                    reason="malformed",
                    detail=f"{path} is damaged at {damaged_at}; restore it from a backup and "
                    "rebuild again. What stands before the damage was loaded.",
                    at=datetime.now(UTC),
                )
                self._desk.stage(replace(new_batch(self._desk.run_id), failures=(failure,)))
        self._desk.load()

    def _end_runs(self) -> None:
        for run_id, ended_at in self._ends.items():
            if run := self._desk.warehouse.run(run_id):
                self._desk.warehouse.finish_run(
                    run_id, ended_at=ended_at, outcome=outcome_of(run), note=_NOTE
                )
