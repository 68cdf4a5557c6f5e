"""The one door to the warehouse for whoever fills it."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from extractors.errors import WarehouseError
from extractors.identity import Alias
from extractors.records import Entry, Feed, FeedPart, Outcome
from warehouse.access import Access
from warehouse.connection import rows_of
from warehouse.identities import replace_aliases
from warehouse.load import Judge, load_folder
from warehouse.migrate import current_warehouse, is_published_behind
from warehouse.publish import publish
from warehouse.rechecks import rechecks_due
from warehouse.results import Archived, Change, Loaded, Recheck, Run, WorkItem
from warehouse.scripts import statement


def _all_substantive(_before: str, _after: str) -> Change:
    return "substantive"


class Warehouse:
    """The warehouse of a home, for one call at a time.

    Each call takes `locks/warehouse.lock`, opens `warehouse.duckdb` (made and migrated where
    that is needed), acts, checkpoints and closes, so that nobody is kept out for longer than one
    call. A call that is killed leaves what was there before it; `load_staged` alone, which acts
    in several transactions, leaves those that were finished.

    Args:
        home: the folder that holds it all.
        lock_wait_s: seconds a call waits for another process before `WarehouseBusyError`.
        judge: says of two texts of an article, each title and text, how they differ; without
            one every change is substantive.
    """

    def __init__(self, home: Path, *, lock_wait_s: float = 60, judge: Judge | None = None) -> None:
        self._access = Access(home, lock_wait_s=lock_wait_s)
        self._published = home / "published.duckdb"
        self._staging = home / "staging"
        self._judge = judge or _all_substantive

    def prepare(self) -> None:
        """Make or upgrade the warehouse, and publish a copy where there is none or an older one."""
        with self._access.held() as path:
            with current_warehouse(path):
                pass
            if not self._published.exists() or is_published_behind(self._published):
                publish(path, self._published)

    def start_run(
        self,
        run_id: str,
        *,
        started_at: datetime,
        flow_run_id: str | None,
        extractor_version: str,
    ) -> None:
        """Write the row of a pass that begins; a second call for the same does nothing."""
        run = {
            "run_id": run_id,
            "started_at": started_at,
            "flow_run_id": flow_run_id,
            "extractor_version": extractor_version,
        }
        with self._access.writing() as db:
            db.execute(statement("start_run"), run)

    def finish_run(
        self,
        run_id: str,
        *,
        ended_at: datetime,
        outcome: Outcome,
        note: str | None = None,
        is_complete: bool = True,
    ) -> Run:
        """Write how a pass ended and return its row.

        Args:
            run_id: the pass.
            ended_at: when.
            outcome: how it went.
            note: why, where it failed.
            is_complete: False if it was cut short, so that a later pass looks after what it left.

        Raises:
            WarehouseError: no such run was started.
        """
        end = {
            "run_id": run_id,
            "ended_at": ended_at,
            "outcome": outcome,
            "note": note,
            "is_complete": is_complete,
        }
        with self._access.writing() as db:
            db.execute(statement("finish_run"), end)
            run = _run(db, run_id)
        if run is None:
            raise WarehouseError(f"no run {run_id} was started")
        return run

    def dead_runs(self, *, is_alive: Callable[[str], bool]) -> list[str]:
        """Return the runs that were killed or cut short and not looked after yet, oldest first.

        Args:
            is_alive: whether the process of the run with this id still works.
        """
        with self._access.opened() as db:
            found = db.execute(statement("unrecovered_runs")).fetchall()
        return [run_id for (run_id,) in found if not is_alive(run_id)]

    def settle_run(self, run_id: str, *, at: datetime) -> None:
        """Note that all a dead run had fetched is loaded; one without an end was interrupted."""
        with self._access.writing() as db:
            db.execute(statement("settle_run"), {"run_id": run_id, "at": at})

    def sync_feeds(self, feeds: Sequence[Feed], *, now: datetime) -> None:
        """Make `feeds` the list of feeds: new ones are added, missing ones become removed.

        What polling has left to remember is kept, also the address a feed has moved to.
        """
        listed = [
            {
                "feed_id": feed.feed_id,
                "url": feed.url,
                "title": feed.title,
                "outlet": feed.outlet,
                "state": feed.state,
                "added_at": feed.added_at.isoformat() if feed.added_at else None,
            }
            for feed in feeds
        ]
        with self._access.writing() as db:
            db.execute(statement("sync_feeds"), {"feeds": json.dumps(listed), "now": now})

    def sync_aliases(self, aliases: Sequence[Alias], *, now: datetime) -> None:
        """Make `aliases` the user's table of names that mean the same, each form once."""
        with self._access.writing() as db:
            replace_aliases(db, aliases, at=now)

    def load_staged(self) -> Loaded:
        """Load every staged file, oldest first, each whole or not at all, and remove it.

        A batch that was loaded before is a replay, and changes nothing.
        """
        with self._access.opened() as db:
            return load_folder(db, self._staging, judge=self._judge)

    def publish(self) -> None:
        """Replace the published copy by the present state; readers at work keep the old one."""
        with self._access.held() as path:
            with current_warehouse(path):
                pass  # whatever a killed process left in the log is in the file now
            publish(path, self._published)

    def feeds_due(self, now: datetime, *, only: Collection[str] | None, force: bool) -> list[Feed]:
        """Return the feeds to poll at `now`, the longest due first.

        Those that are gone are asked now and then: some come back.

        Args:
            now: the time to judge by.
            only: ids of feeds; None for all.
            force: also active ones whose time has not come, but none before its `Retry-After`.
        """
        asked = {"now": now, "only": None if only is None else sorted(only), "force": force}
        with self._access.opened() as db:
            return [_feed_from(row) for row in rows_of(db.execute(statement("feeds_due"), asked))]

    def work_list(
        self,
        now: datetime,
        *,
        retry_failed: bool,
        only: Collection[str] | None = None,
        but_not: Collection[str] = (),
        limit: int | None = None,
    ) -> list[WorkItem]:
        """Return the pages to fetch at `now`, one item a URL, first seen first.

        Args:
            now: the time to judge by.
            retry_failed: also those whose last failure waits or was set aside.
            only: ids of feeds; what none of them lists is left out. None for all.
            but_not: targets that are left out.
            limit: so many items at most; None for all.
        """
        asked = {
            "now": now,
            "retry_failed": retry_failed,
            "only": None if only is None else sorted(only),
            "but_not": sorted(but_not),
            "limit": limit,
        }
        with self._access.opened() as db:
            return [WorkItem(**row) for row in rows_of(db.execute(statement("work_list"), asked))]

    def rechecks_due(
        self, now: datetime, *, ladder: Mapping[timedelta, timedelta], limit: int | None = None
    ) -> list[Recheck]:
        """Return the pages of known articles to ask for again, the longest overdue first.

        Pages that the work list has, those of removed feeds alone and those that failed and wait
        are left out.

        Args:
            now: the time to judge by.
            ladder: how long to wait from one look to the next at an article under each age.
            limit: so many pages at most; None for all.
        """
        with self._access.opened() as db:
            return rechecks_due(db, now, ladder=ladder, limit=limit)

    def known_entries(self, entries: Collection[Entry]) -> set[str]:
        """Return the ids of those `entries` that their feed has listed before.

        An item that comes under a new guid with the link and title of a known one is that one.
        """
        given = [
            {
                "entry_id": entry.entry_id,
                "feed_id": entry.feed_id,
                "target": entry.target,
                "title": entry.title,
            }
            for entry in entries
        ]
        with self._access.opened() as db:
            found = db.execute(statement("known_entries"), {"entries": json.dumps(given)})
            return {entry_id for (entry_id,) in found.fetchall()}

    def unknown_fetches(self, fetch_ids: Collection[str]) -> set[str]:
        """Return those of `fetch_ids` that no row of fetches or polls names."""
        with self._access.opened() as db:
            found = db.execute(statement("unknown_fetches"), {"fetch_ids": sorted(fetch_ids)})
            return {fetch_id for (fetch_id,) in found.fetchall()}

    def outdated_pages(
        self,
        *,
        extractor_version: str,
        urls: Collection[str] | None = None,
        since: datetime | None = None,
    ) -> list[Archived]:
        """Return the archived pages behind stored versions that other extractors have read.

        Texts are compared only as made by the same extractor version: before a page is loaded,
        the pages behind the older versions of its article are read again.

        Args:
            extractor_version: the one that needs no reading again.
            urls: look alone at articles that were read from these addresses, as asked for or
                in canonical form; None for all.
            since: look at pages seen then or later alone.

        Returns:
            Pages in the order they were seen.
        """
        asked = {
            "extractor_version": extractor_version,
            "urls": None if urls is None else sorted(urls),
            "since": since,
        }
        with self._access.opened() as db:
            return [
                Archived(**row) for row in rows_of(db.execute(statement("outdated_pages"), asked))
            ]

    def run(self, run_id: str) -> Run | None:
        """Return the row of a pass, None if there is none."""
        with self._access.opened() as db:
            return _run(db, run_id)


def _feed_from(row: dict[str, Any]) -> Feed:
    tuples = {name: tuple(row[name]) for name in ("skip_hours", "skip_days", "hourly_rates")}
    parts = tuple(FeedPart(**part) for part in row["parts"])
    return Feed(**row | tuples | {"parts": parts})


def _run(db: duckdb.DuckDBPyConnection, run_id: str) -> Run | None:
    rows = rows_of(db.execute(statement("get_run"), {"run_id": run_id}))
    return Run(**rows[0]) if rows else None
