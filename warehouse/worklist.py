"""What there is to do, as the warehouse knows it: feeds, pages and runs to look after."""

import json
from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from extractors.records import Entry, Feed, FeedPart
from warehouse.access import Access
from warehouse.connection import rows_of
from warehouse.health import Health, health_in
from warehouse.rechecks import rechecks_due
from warehouse.results import (
    Archived,
    FailedFeed,
    HostTime,
    Recheck,
    RequestCount,
    Requests,
    Run,
    WorkItem,
)
from warehouse.scripts import statement


class WorkList:
    """What the warehouse of a home asks to be done; nothing here changes it.

    Args:
        home: the folder that holds it all.
        lock_wait_s: seconds a call waits for another process before `WarehouseBusyError`.
    """

    def __init__(self, home: Path, *, lock_wait_s: float = 60) -> None:
        self._access = Access(home, lock_wait_s=lock_wait_s)

    def together(self) -> AbstractContextManager[None]:
        """Share one opening among the short calls that this thread makes within the block.

        An opening costs more than most calls. Each writes in a transaction of its own as ever,
        and a kill leaves what was committed. Others are kept out until the block ends: one load
        may be in it, but no waiting, no network, and nothing that replaces or copies the file.
        """
        return self._access.together()

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
        alike: str,
        urls: Collection[str] | None = None,
        since: datetime | None = None,
        after: str | None = None,
        articles: int | None = None,
    ) -> list[Archived]:
        """Return the archived pages behind stored versions that other extractors have read.

        Texts are compared only as made by the same extractor version: before a page is loaded,
        the pages behind the older versions of its article are read again.

        Args:
            alike: a pattern (RE2) of the extractor versions that need no reading again.
            urls: look alone at articles that were read from these addresses, as asked for or
                in canonical form; None for all.
            since: look at articles alone that were seen then or later.
            after: look at articles alone whose ids come after this one; None for all.
            articles: the pages of so many at most; None for all.

        Returns:
            Pages in the order of their articles' ids, those of one in the order they were seen.
        """
        asked = {
            "alike": alike,
            "urls": None if urls is None else sorted(urls),
            "since": since,
            "after": after,
            "articles": articles,
        }
        with self._access.opened() as db:
            return [
                Archived(**row) for row in rows_of(db.execute(statement("outdated_pages"), asked))
            ]

    def run(self, run_id: str) -> Run | None:
        """Return the row of a pass, None if there is none."""
        with self._access.opened() as db:
            return run_in(db, run_id)

    def requests_of(self, run_id: str, *, hosts: int) -> Requests:
        """Return what a pass has asked for so far, and what came of it.

        Args:
            run_id: the pass; of one that there is not, nothing is known.
            hosts: how many at most, those waited for longest.
        """
        run = {"run_id": run_id}
        with self._access.opened() as db:
            counts = rows_of(db.execute(statement("run_requests"), run))
            slowest = rows_of(db.execute(statement("run_hosts"), run | {"most": hosts}))
            failed = rows_of(db.execute(statement("run_failed_feeds"), run))
        return Requests(
            counts=tuple(RequestCount(**row) for row in counts),
            hosts=tuple(HostTime(**row) for row in slowest),
            failed_feeds=tuple(FailedFeed(**row) for row in failed),
        )

    def health(self, *, silent_days: int, failed_since: datetime) -> Health:
        """Return how the home does.

        Args:
            silent_days: after so many without anything new an active feed counts for silent.
            failed_since: tell of failed runs that ended after that.
        """
        with self._access.opened() as db:
            return health_in(db, silent_days=silent_days, failed_since=failed_since)

    def dead_runs(self, *, is_alive: Callable[[str], bool]) -> list[str]:
        """Return the runs that were killed or cut short and not looked after yet, oldest first.

        Args:
            is_alive: whether the process of the run with this id still works.
        """
        with self._access.opened() as db:
            found = db.execute(statement("unrecovered_runs")).fetchall()
        return [run_id for (run_id,) in found if not is_alive(run_id)]


def _feed_from(row: dict[str, Any]) -> Feed:
    tuples = {name: tuple(row[name]) for name in ("skip_hours", "skip_days", "hourly_rates")}
    parts = tuple(FeedPart(**part) for part in row["parts"])
    return Feed(**row | tuples | {"parts": parts})


def run_in(db: duckdb.DuckDBPyConnection, run_id: str) -> Run | None:
    """Return the row of a pass, None if there is none."""
    rows = rows_of(db.execute(statement("get_run"), {"run_id": run_id}))
    return Run(**rows[0]) if rows else None
