"""When the readers' copy of the warehouse is made anew. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

#: Seconds that people wait at most, at the end of a run or before an answer, to see what is new.
MOST_WAIT_S = 5.0
#: A copy that shares no blocks costs its whole size: so many times its duration lies between two.
_COPY_TIMES = 20
_WITHOUT_NEWS = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The last copy that was made for readers."""

    at: datetime
    took_s: float  #: to copy it and have it safe on disk
    shares_blocks: bool  #: the file system copied nothing: it does so when either is written to
    news: str  #: what `news.sql` gave; equal if no entry, article, failure or feed has changed
    is_pending: bool = False  #: a run has ended since, and its state is not shown yet


def wait_left_s(last: Published, now: datetime, *, has_news: bool) -> float:
    """Return in how many seconds another copy may be made after `last`; 0 if it may be now.

    Args:
        last: the copy there is.
        now: the time to judge by; before `last` if the clock was set back, which counts for due.
        has_news: more has changed than polls, schedules and runs.
    """
    if now < last.at:
        return 0
    between = timedelta() if last.shares_blocks else _COPY_TIMES * timedelta(seconds=last.took_s)
    if not has_news:
        between = max(between, _WITHOUT_NEWS)
    return max((last.at + between - now).total_seconds(), 0)


def is_due_for_readers(last: Published, now: datetime) -> bool:
    """Return whether somebody who asks is shown what a run has left, before the answer.

    Not while another copy may not be made, and not where making it takes long: they would wait.
    Whether there is news does not matter, since the number of copies is that of their questions.
    """
    return (
        last.is_pending
        and last.took_s <= MOST_WAIT_S
        and wait_left_s(last, now, has_news=True) <= MOST_WAIT_S
    )
