"""When an article appeared and was changed, judged from all that its page says."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta, tzinfo

from lxml.html import HtmlElement

from extractors.dates import WrittenTime, written_time
from extractors.pages.claims import Claims, Source
from extractors.pages.sourced import Sourced
from extractors.pages.titles import parts_of_title
from extractors.pages.visible import dates_shown

#: Before this no page was on the web; a date before it is the epoch or a slip.
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=2)
_MAX_TITLE_CHARS = 300
_MAX_DATE_CHARS = 30
_DATE_IN_PATH = re.compile(
    r"[/_-](?P<year>(?:19|20)\d\d)(?P<mark>[/-]?)(?P<month>\d\d)(?P=mark)(?P<day>\d\d)(?!\d)"
)
#: Two spellings of one time differ by their zones, at most.
_SAME_TIME = timedelta(hours=26)


def stated_zone(layers: Sequence[Claims]) -> tzinfo | None:
    """Return the offset from UTC in which the page gives its other times, if it gives any."""
    stated = Counter(
        time.moment.at.tzinfo
        for layer in layers
        for text in (*layer.published, *layer.modified)
        if (time := written_time(text)) and time.has_zone and time.moment.precision == "instant"
        if time.moment.at.utcoffset()
    )
    return stated.most_common(1)[0][0] if stated else None


def first_time(
    told: Iterable[tuple[Source, Iterable[str]]], now: datetime, zone: tzinfo | None
) -> Sourced[WrittenTime] | None:
    """Return the first time told, in its most exact spelling; None if none is told.

    Args:
        told: best first, each with what tells it.
        now: when the page was fetched; later times are slips.
        zone: of times without an offset; UTC if None.
    """
    times = [
        Sourced(value=time, source=source)
        for source, texts in told
        for text in texts
        if (time := written_time(text, zone or UTC))
        if _EARLIEST <= time.moment.at <= now + _AHEAD
    ]
    if not times:
        return None
    first = _begin(times[0], zone or UTC)
    same = [time for time in times if abs(_begin(time, zone or UTC) - first) <= _SAME_TIME]
    return max(same, key=_exactness)  # the first of equals


def times_told(
    layers: Sequence[Claims], url: str, tree: HtmlElement
) -> Iterator[tuple[Source, Iterable[str]]]:
    """Yield what may be the date of publication where no layer states it, the likeliest first.

    Args:
        layers: what the page states; their titles may end with a date.
        url: where the page was in the end; many addresses have the date in them.
        tree: whole.
    """
    yield "address", _dates_in_address(url)
    yield from ((layer.source, _dates_in_titles(layer)) for layer in layers)
    yield "page", dates_shown(tree)


def _dates_in_address(url: str) -> Iterator[str]:
    for found in _DATE_IN_PATH.finditer(url.partition("?")[0]):
        yield f"{found['year']}-{found['month']}-{found['day']}"


def _dates_in_titles(layer: Claims) -> Iterator[str]:
    """Yield the short parts of titles, the first left out: "Rain in Oslo | Gazette | 3.5.2026"."""
    for title in layer.titles:
        parts = parts_of_title(title[:_MAX_TITLE_CHARS])[1:]
        yield from (part for part in parts if len(part) <= _MAX_DATE_CHARS)


def _begin(time: Sourced[WrittenTime], zone: tzinfo) -> datetime:
    """Return a time, or when the day that it is began where the page was written."""
    moment = time.value.moment
    return moment.at.replace(tzinfo=zone) if moment.precision == "day" else moment.at


def is_unsure(time: Sourced[WrittenTime] | None) -> bool:
    """Return whether a time was given without an offset."""
    return time is not None and not time.value.has_zone


def is_exact(time: Sourced[WrittenTime]) -> bool:
    """Return whether a time has a time of day and its offset."""
    return all(_exactness(time))


def _exactness(time: Sourced[WrittenTime]) -> tuple[bool, bool]:
    return time.value.moment.precision == "instant", time.value.has_zone
