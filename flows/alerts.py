"""What is worth telling a person of a home, once: failed runs, silent feeds, a schedule at rest.

Pure, but for the note of what was told.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from warehouse.durably import write_durably
from warehouse.health import FailedRun, Health, SilentFeed

#: A schedule at which no run has ended for so long stands still.
STALLED_AFTER = timedelta(hours=6)
#: At the first time what failed since then is told, and nothing older.
_AT_FIRST = timedelta(days=1)
_MOST_NAMED = 20  #: in the text, of one kind; the lists of the document have all


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was told so far."""

    runs_until: datetime  #: end of the last run that was looked at
    silent: Mapping[str, str] = field(default_factory=dict)  #: feed id: its title or address
    stalled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What there is to tell."""

    failed_runs: tuple[FailedRun, ...] = ()
    silent_feeds: tuple[SilentFeed, ...] = ()  #: that were not silent when it was last told
    heard_again: tuple[str, ...] = ()  #: titles or addresses of feeds that were
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
    ends = [run.last_ended_at for run in health.runs]
    last_end = max(ends, default=None)
    is_stalled = last_end is not None and now - last_end > STALLED_AFTER
    silent = {feed.feed_id: _name(feed) for feed in health.silent_feeds}
    alert = Alert(
        failed_runs=health.failed_runs,
        silent_feeds=tuple(each for each in health.silent_feeds if each.feed_id not in told.silent),
        heard_again=tuple(name for key, name in told.silent.items() if key not in silent),
        stalled_since=last_end if is_stalled and not told.stalled else None,
        runs_again=told.stalled and not is_stalled,
    )
    until = max((run.ended_at for run in health.failed_runs), default=told.runs_until)
    return alert, Told(runs_until=until, silent=silent, stalled=is_stalled)


def document_of(alert: Alert, now: datetime) -> dict[str, object]:
    """Return what is posted: `text` for people, as chat services show it, and the lists behind it.

    Times are ISO 8601 with an offset.
    """
    return {
        "source": "onrecord",
        "at": now.isoformat(),
        "text": text_of(alert),
        "failed_runs": [
            {
                "run_id": run.run_id,
                "started_at": run.started_at.isoformat(),
                "ended_at": run.ended_at.isoformat(),
                "note": run.note,
            }
            for run in alert.failed_runs
        ],
        "silent_feeds": [
            {
                "feed_id": feed.feed_id,
                "url": feed.url,
                "title": feed.title,
                "last_new_entry_at": _iso(feed.last_new_entry_at),
                "last_error": feed.last_error,
            }
            for feed in alert.silent_feeds
        ],
        "heard_again": list(alert.heard_again),
        "stalled_since": _iso(alert.stalled_since),
        "runs_again": alert.runs_again,
    }


def text_of(alert: Alert) -> str:
    """Return an alert in words, a line each."""
    lines = [
        *_some([_failure(run) for run in alert.failed_runs]),
        *_some([_silence(feed) for feed in alert.silent_feeds]),
        *_some([f"feed is heard again: {name}" for name in alert.heard_again]),
    ]
    if alert.stalled_since:
        lines.append(f"no run has ended since {alert.stalled_since.isoformat(timespec='minutes')}")
    if alert.runs_again:
        lines.append("runs end again")
    return "\n".join(f"On Record: {line}" for line in lines)


def _failure(run: FailedRun) -> str:
    return f"run {run.run_id} failed: {run.note or 'every feed failed'}"


def _silence(feed: SilentFeed) -> str:
    since = feed.last_new_entry_at
    told = f"nothing new since {since.date().isoformat()}" if since else "nothing, ever"
    error = f" ({feed.last_error})" if feed.last_error else ""
    return f"feed is silent: {_name(feed)}: {told}{error}"


def _some(lines: list[str]) -> Iterable[str]:
    yield from lines[:_MOST_NAMED]
    if len(lines) > _MOST_NAMED:
        yield f"and {len(lines) - _MOST_NAMED:,} more"


def _name(feed: SilentFeed) -> str:
    return feed.title or feed.url


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def read_told(note: Path, now: datetime) -> Told:
    """Return what was told, as noted; as at first where nothing that can be read is."""
    try:
        noted = json.loads(note.read_bytes())
        until = datetime.fromisoformat(noted["runs_until"])
        silent = {str(key): str(name) for key, name in noted["silent"].items()}
        return Told(runs_until=until, silent=silent, stalled=bool(noted["stalled"]))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return told_at_first(now)


def write_told(note: Path, told: Told) -> None:
    """Note what was told; a kill leaves this note or the one before."""
    content = {
        "runs_until": told.runs_until.isoformat(),
        "silent": dict(told.silent),
        "stalled": told.stalled,
    }
    note.parent.mkdir(parents=True, exist_ok=True)
    write_durably(note, json.dumps(content).encode())
