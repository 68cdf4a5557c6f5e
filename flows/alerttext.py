"""An alert as it is posted: words for people, as chats show them, and lists for programs."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime

from flows.alerts import Alert
from warehouse.health import FailedRun, FailingFeed, SilentFeed

_MOST_NAMED = 20  #: in the text, of one kind
_MOST_LISTED = 100  #: in a list of the document
_MOST_LETTERS = 200  #: of what a site says
#: What chat services take for markup or for a call to everybody (Slack, "Formatting text").
_HARMLESS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "@\u200b"})


def document_of(alert: Alert, now: datetime) -> dict[str, object]:
    """Return what is posted: `text` for people, and the lists behind it, of 100 each at most.

    `more` says how many each list left out. Times are ISO 8601 with an offset.
    """
    lists: dict[str, Sequence[object]] = {
        "failed_runs": alert.failed_runs,
        "silent_feeds": alert.silent_feeds,
        "failing_feeds": alert.failing_feeds,
        "heard_again": alert.heard_again,
        "answering_again": alert.answering_again,
    }
    return {
        "source": "onrecord",
        "at": now.isoformat(),
        "text": text_of(alert),
        **{name: [_plain(each) for each in found[:_MOST_LISTED]] for name, found in lists.items()},
        "more": {name: max(len(found) - _MOST_LISTED, 0) for name, found in lists.items()},
        "succeeds_again": alert.succeeds_again,
        "stalled_since": _plain(alert.stalled_since),
        "runs_again": alert.runs_again,
    }


def _plain(value: object) -> object:
    """Return a record as an object of JSON, and a time as text."""
    if isinstance(value, FailedRun | SilentFeed | FailingFeed):
        return {name: _plain(each) for name, each in asdict(value).items()}
    return value.isoformat() if isinstance(value, datetime) else value


def text_of(alert: Alert) -> str:
    """Return an alert in words, a line each; nothing a site says is markup in it."""
    lines = [
        *_some([_failure(run) for run in alert.failed_runs]),
        *_some([_silence(feed) for feed in alert.silent_feeds]),
        *_some([_trouble(feed) for feed in alert.failing_feeds]),
        *_some([f"feed is heard again: {_shown(name)}" for name in alert.heard_again]),
        *_some([f"feed answers again: {_shown(name)}" for name in alert.answering_again]),
    ]
    if alert.succeeds_again:
        lines.append("a run has come to a good end again")
    if alert.stalled_since:
        lines.append(f"no run has ended since {alert.stalled_since.isoformat(timespec='minutes')}")
    if alert.runs_again:
        lines.append("runs end again")
    return "\n".join(f"On Record: {line}" for line in lines)


def _failure(run: FailedRun) -> str:
    return f"run {run.run_id} failed: {_shown(run.note or 'every feed failed')}"


def _silence(feed: SilentFeed) -> str:
    since = feed.last_new_entry_at
    told = f"nothing new since {since.date().isoformat()}" if since else "nothing, ever"
    error = f" ({_shown(feed.last_error)})" if feed.last_error else ""
    return f"feed is silent: {_shown(feed.title or feed.url)}: {told}{error}"


def _trouble(feed: FailingFeed) -> str:
    error = f" ({_shown(feed.last_error)})" if feed.last_error else ""
    name = _shown(feed.title or feed.url)
    return f"feed fails: {name}: {feed.failures_in_a_row} times in a row{error}"


def _shown(text: str) -> str:
    """Return what a site says on one line, not too long, and without a meaning to a chat."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    cut = line if len(line) <= _MOST_LETTERS else f"{line[:_MOST_LETTERS]}…"
    return cut.translate(_HARMLESS)


def _some(lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:_MOST_NAMED]
    if len(lines) > _MOST_NAMED:
        yield f"and {len(lines) - _MOST_NAMED:,} more"
