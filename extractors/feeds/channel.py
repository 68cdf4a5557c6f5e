"""What a feed says of itself besides its items: when to come again, what it has taken back.

Read from the markup, for feedparser keeps the last of several elements of one name.
"""

import html
import re
from collections.abc import Iterable

from extractors.feeds.items import whole_number

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HOUR = re.compile(r"<hour>\s{0,20}(\d{1,2})\s{0,20}</hour>", re.IGNORECASE)
_DAY = re.compile(r"<day>\s{0,20}([a-z]{6,9})\s{0,20}</day>", re.IGNORECASE)
_MOST_CHARS = 4_000  #: of a list of hours or days, blanks included

_TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
_TOMBSTONE = re.compile(r"<(?:[\w.-]{1,40}:)?deleted-entry\s([^<>]{0,2000})>")
_REF = re.compile(r"(?:^|\s)ref\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)')")
_MOST_WITHDRAWN = 5_000

_PERIODS_S = {
    "hourly": 3_600,
    "daily": 86_400,
    "weekly": 604_800,
    "monthly": 2_592_000,
    "yearly": 31_536_000,
}
_MOST_S = 31_536_000


def time_to_live_s(ttl: object, period: object, frequency: object) -> int:
    """Return how many seconds a channel asks to be left alone, 0 if it does not say.

    A year at most, which is the longest period there is a word for.

    Args:
        ttl: its `ttl`, in minutes.
        period: its `sy:updatePeriod`, a word.
        frequency: its `sy:updateFrequency`, updates in that period.

    Source:
        RSS 2.0; the syndication module of RSS 1.0, by whose word no period is a day.
    """
    unit_s = _PERIODS_S.get(str(period or "").strip().lower(), 0)
    asks_s = max(whole_number(ttl) * 60, unit_s // (whole_number(frequency) or 1))
    return min(asks_s, _MOST_S)


def skipped_hours(markup: str) -> tuple[int, ...]:
    """Return the hours of the day, in UTC, in which a channel asks not to be polled, sorted.

    A channel that asks for all of them asks for nothing that can be meant.

    Source:
        RSS 0.91 counts hours from 1 to 24, RSS 2.0 from 0 to 23.
    """
    hours = (int(digits) for digits in _HOUR.findall(_within(markup, "skiphours")))
    return _unless_all((hour % 24 for hour in hours if hour <= 24), 24)


def skipped_days(markup: str) -> tuple[int, ...]:
    """Return the days of the week, 1 for Monday, in which it asks the same, sorted."""
    names = (name.lower() for name in _DAY.findall(_within(markup, "skipdays")))
    return _unless_all((_DAYS.index(name) + 1 for name in names if name in _DAYS), 7)


def withdrawn_guids(markup: str) -> tuple[str, ...]:
    """Return the ids of the entries that a feed has taken back, each once, at most 5,000.

    Source:
        RFC 6721.
    """
    if _TOMBSTONES not in markup:
        return ()
    refs = (_REF.search(found[1]) for found in _TOMBSTONE.finditer(markup))
    guids = (html.unescape(ref[1] or ref[2] or "").strip() for ref in refs if ref)
    return tuple(dict.fromkeys(filter(None, guids)))[:_MOST_WITHDRAWN]


def _within(markup: str, name: str) -> str:
    """Return what stands in the channel's first element called `name`, in lower case."""
    opening = re.search(f"<{name}\\s{{0,9}}>", markup, re.IGNORECASE)
    if opening is None:
        return ""
    inside = markup[opening.end() : opening.end() + _MOST_CHARS].lower()
    return inside.partition(f"</{name}")[0]


def _unless_all(numbers: Iterable[int], all_of_them: int) -> tuple[int, ...]:
    found = sorted(set(numbers))
    return tuple(found) if len(found) < all_of_them else ()
