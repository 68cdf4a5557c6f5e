"""How often an article is looked at again, for what its publisher changes. Pure.

Source:
    newsdiffs (the four rungs): most edits come in the first hours, and few after a month.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from flows.policy import wants_whole

#: How long to wait from one look to the next at an article under each age; older ones rest.
LADDER: Mapping[timedelta, timedelta] = {
    timedelta(hours=3): timedelta(minutes=15),
    timedelta(days=1): timedelta(hours=1),
    timedelta(days=7): timedelta(hours=3),
    timedelta(days=30): timedelta(days=3),
}
_AHEAD = timedelta(minutes=1)
_MOST_NOT_MODIFIED = 3


def due_by(now: datetime) -> datetime:
    """Return until when what comes due is looked at `now`.

    Looks that come round by the clock are never exactly on time: a page asked for a second later
    than last time would wait for a whole turn more.
    """
    return now + _AHEAD


def wants_whole_page(*, not_modified_in_a_row: int, tries: int) -> bool:
    """Tell whether a page must be asked for without its validators.

    Args:
        not_modified_in_a_row: answers of 304 since its body last came.
        tries: how often it failed since; some servers fail over validators they sent themselves.
    """
    return tries > 0 or wants_whole(not_modified_in_a_row, most=_MOST_NOT_MODIFIED)
