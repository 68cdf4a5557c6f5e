"""How a home does, in a few numbers and three lists: for metrics and alerts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import duckdb

from warehouse.connection import rows_of
from warehouse.scripts import statement


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedCount:
    """The feeds of one state."""

    state: str  #: active, paused or gone
    feeds: int
    failing: int  #: of these, their last poll failed
    due_since: datetime | None  #: of active ones, when the first is or was due; None: now


@dataclass(frozen=True, slots=True, kw_only=True)
class RunCount:
    """The runs that ended in one way."""

    outcome: str
    runs: int
    last_started_at: datetime
    last_ended_at: datetime
    last_counts: Mapping[str, int] = field(default_factory=dict)  #: by column of `runs`


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What all runs have brought, and what waits."""

    feeds_polled: int
    entries_new: int
    pages_fetched: int
    articles_new: int
    articles_changed: int
    quotes: int  #: of all versions
    mentions: int  #: of all versions
    pages_waiting: int
    stored_articles: int
    stored_quotes: int  #: of all versions
    stored_mentions: int  #: of all versions
    schema_version: int
    extractor_version: str | None  #: of the last run


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedRun:
    """A run that failed, or was killed."""

    run_id: str
    started_at: datetime
    ended_at: datetime
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentFeed:
    """An active feed that has listed nothing new for days."""

    feed_id: str
    url: str
    title: str | None
    last_new_entry_at: datetime | None
    last_error: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FailingFeed:
    """An active feed whose last polls failed."""

    feed_id: str
    url: str
    title: str | None
    failures_in_a_row: int
    last_error: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a home does."""

    totals: Totals
    feeds: tuple[FeedCount, ...] = ()
    runs: tuple[RunCount, ...] = ()
    failures: tuple[tuple[str, int], ...] = ()  #: reason, and how many are open
    active_feeds: frozenset[str] = frozenset()  #: ids
    silent_feeds: tuple[SilentFeed, ...] = ()
    failing_feeds: tuple[FailingFeed, ...] = ()
    failed_runs: tuple[FailedRun, ...] = ()


#: So many polls in a row are more than a bad hour of a feed's server.
_FAILING_AFTER = 3


def health_in(db: duckdb.DuckDBPyConnection, *, silent_days: int, failed_since: datetime) -> Health:
    """Return how the home does whose warehouse this is.

    Args:
        db: the warehouse.
        silent_days: after so many days without anything new an active feed counts for silent.
        failed_since: tell of failed runs that ended after that.
    """
    failures = db.execute(statement("health_failures")).fetchall()
    (totals,) = rows_of(db.execute(statement("health_totals")))
    feeds = rows_of(db.execute(statement("health_feeds")))
    runs = rows_of(db.execute(statement("health_runs")))
    silent = rows_of(db.execute(statement("health_silent"), {"days": silent_days}))
    failing = rows_of(db.execute(statement("health_failing"), {"polls": _FAILING_AFTER}))
    watched = db.execute(statement("health_watched")).fetchall()
    failed = rows_of(db.execute(statement("health_failed_runs"), {"since": failed_since}))
    return Health(
        totals=Totals(**totals),
        feeds=tuple(FeedCount(**row) for row in feeds),
        runs=tuple(RunCount(**row) for row in runs),
        failures=tuple((str(reason), int(count)) for reason, count in failures),
        active_feeds=frozenset(str(feed_id) for (feed_id,) in watched),
        failing_feeds=tuple(FailingFeed(**row) for row in failing),
        silent_feeds=tuple(SilentFeed(**row) for row in silent),
        failed_runs=tuple(FailedRun(**row) for row in failed),
    )
