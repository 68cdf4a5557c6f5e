"""Which of the dates that an item states can be, and why the others cannot."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from extractors.dates import is_ambiguous, written_time
from extractors.records import Moment

#: Before this a date is a default of some program: year 1, 1601, 1899, 1970.
_EARLIEST = datetime(1970, 1, 3, tzinfo=UTC)
#: A wrong zone makes a date this far in the future; what is further ahead is no date of a text.
_MOST_AHEAD = timedelta(days=1)
_SHOWN_CHARS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """What became of the dates that an item states for one purpose."""

    stated: Moment | None = None  #: the first that can be read, possible or not
    moment: Moment | None = None  #: the first that can be
    problem: str | None = None  #: why none of them was taken


def dated(texts: Iterable[str], seen_at: datetime) -> Dated:
    """Return the first of the dates in `texts` that can be.

    Args:
        texts: as written, the most wanted first.
        seen_at: when they were seen; what is over a day later is no date.
    """
    stated: Moment | None = None
    problems: list[str] = []
    for text in texts:
        time = written_time(text)
        stated = stated or (time.moment if time else None)
        problem = _unreadable(text) if time is None else _impossible(time.moment, seen_at)
        if time and not problem:
            return Dated(stated=stated, moment=time.moment)
        problems += [problem] if problem else []
    return Dated(stated=stated, problem=problems[0] if problems else None)


def _unreadable(text: str) -> str | None:
    shown = " ".join(text.split())
    if len(shown) > _SHOWN_CHARS:
        shown = f"{shown[:_SHOWN_CHARS]}…"
    if not shown:
        return None
    if is_ambiguous(text):
        return f"'{shown}' is ambiguous: day or month first"
    return f"'{shown}' cannot be read as a date"


def _impossible(moment: Moment, seen_at: datetime) -> str | None:
    if moment.at > seen_at + _MOST_AHEAD:
        return f"{moment.at.date()} is in the future"
    if moment.at < _EARLIEST:
        return f"{moment.at.date()} is what programs write that know no date"
    return None
