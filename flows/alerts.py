"""What is worth telling a person of a home, once: failed runs, feeds in trouble, a still schedule.

Pure, but for the note of what was told.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from warehouse.durably import write_durably
from warehouse.health import FailedRun, FailingFeed, Health, SilentFeed

#: A schedule at which no run has ended for so long stands still.
STALLED_AFTER = timedelta(hours=6)
#: At the first time what failed since then is told, and nothing older.
_AT_FIRST = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was told so far."""

    runs_until: datetime  #: end of the last run that was looked at
    is_failing: bool = False  #: no run has come to a good end since one that was told
    silent: Mapping[str, str] = field(default_factory=dict)  #: feed id: its title or address
    failing: Mapping[str, str] = field(default_factory=dict)  #: the same
    stalled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What there is to tell."""

    failed_runs: tuple[FailedRun, ...] = ()
    succeeds_again: bool = False  #: a run came to a good end after one that failed and was told
    silent_feeds: tuple[SilentFeed, ...] = ()  #: that were not silent when it was last told
    heard_again: tuple[str, ...] = ()  #: titles or addresses of feeds that were
    failing_feeds: tuple[FailingFeed, ...] = ()  #: that did not fail when it was last told
    answering_again: tuple[str, ...] = ()  #: titles or addresses of feeds that did
    stalled_since: datetime | None = None  #: end of the last run
    runs_again: bool = False  #: after a time in which none did

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return self == Alert()


def told_at_first(now: datetime) -> Told:
    """Return what counts for told before anything was."""
    return Told(runs_until=now - _AT_FIRST)


def alert_of(health: Health, told: Told, now: datetime) -> tuple[Alert, Told]:
    """Return what is new since it was last told, and what has been told then.

    Args:
        health: of the home, with the runs that failed since `told.runs_until`.
        told: what was told so far.
        now: the time to judge by.
    """
    last_end = max((run.last_ended_at for run in health.runs), default=None)
    is_stalled = last_end is not None and now - last_end > STALLED_AFTER
    until = max((run.ended_at for run in health.failed_runs), default=told.runs_until)
    was_failing = told.is_failing or bool(health.failed_runs)
    is_failing = was_failing and not _has_good_end(health, after=until)
    silent = {feed.feed_id: _name(feed) for feed in health.silent_feeds}
    failing = {feed.feed_id: _name(feed) for feed in health.failing_feeds}
    alert = Alert(
        failed_runs=health.failed_runs,
        succeeds_again=was_failing and not is_failing,
        silent_feeds=tuple(each for each in health.silent_feeds if each.feed_id not in told.silent),
        heard_again=_mended(told.silent, silent, health),
        failing_feeds=tuple(
            each for each in health.failing_feeds if each.feed_id not in told.failing
        ),
        answering_again=_mended(told.failing, failing, health),
        stalled_since=last_end if is_stalled and not told.stalled else None,
        runs_again=told.stalled and not is_stalled,
    )
    return alert, Told(
        runs_until=until, is_failing=is_failing, silent=silent, failing=failing, stalled=is_stalled
    )


def _has_good_end(health: Health, *, after: datetime) -> bool:
    good = (run for run in health.runs if run.outcome in ("done", "partial"))
    return any(run.last_ended_at > after for run in good)


def _mended(told: Mapping[str, str], now: Mapping[str, str], health: Health) -> tuple[str, ...]:
    """Return the names of feeds that are well again; of one that nobody polls none is told."""
    well = health.active_feeds - now.keys()
    return tuple(name for feed_id, name in told.items() if feed_id in well)


def _name(feed: SilentFeed | FailingFeed) -> str:
    return feed.title or feed.url


def read_told(note: Path, now: datetime) -> Told:
    """Return what was told, as noted; as at first where nothing that can be read is."""
    try:
        noted = json.loads(note.read_bytes())
        return Told(
            runs_until=datetime.fromisoformat(noted["runs_until"]),
            is_failing=bool(noted.get("is_failing")),
            silent=_names_in(noted["silent"]),
            failing=_names_in(noted.get("failing", {})),
            stalled=bool(noted["stalled"]),
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return told_at_first(now)


def _names_in(noted: Mapping[str, object]) -> dict[str, str]:
    return {str(key): str(name) for key, name in noted.items()}


def write_told(note: Path, told: Told) -> None:
    """Note what was told; a kill leaves this note or the one before."""
    content = {
        "runs_until": told.runs_until.isoformat(),
        "is_failing": told.is_failing,
        "silent": dict(told.silent),
        "failing": dict(told.failing),
        "stalled": told.stalled,
    }
    note.parent.mkdir(parents=True, exist_ok=True)
    write_durably(note, json.dumps(content).encode())
