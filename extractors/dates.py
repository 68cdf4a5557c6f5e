"""Times as pages write them."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from extractors.records import Moment

_ISO = re.compile(
    r"(?P<year>\d{4})[-/.]?(?P<month>\d{2})[-/.]?(?P<day>\d{2})"
    r"(?:[T ,]{1,2}(?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2}))?(?:[.,]\d+)?"
    r"(?:\[[^\]]*\])?\s*(?P<zone>.*))?$",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(
    r"(?:[^\W\d]+\.?,?\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?(?:\s+|-|\.\s*)(?:de\s+)?"
    r"(?P<name>[^\W\d]{3,})\.?,?(?:\s+|-)(?:de\s+)?(?P<year>\d{4})(?P<rest>.*)$",
    re.DOTALL,
)
_MONTH_FIRST = re.compile(
    r"(?:[^\W\d]+\.?,?\s+)?(?P<name>[^\W\d]{3,})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+"
    r"(?P<year>\d{4})(?P<rest>.*)$",
    re.DOTALL,
)
_DOTTED = re.compile(
    r"(?:[^\W\d]+\.?,?\s+)?(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})(?P<rest>.*)$",
    re.DOTALL,
)
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:\.\d+)?\s*"
    r"(?P<half>[ap]\.?m\b\.?)?\s*(?P<zone>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_OFFSET = re.compile(
    r"(?:GMT|UTC|Z)?\s*(?P<sign>[+\-−])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?\b.*", re.DOTALL
)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januar janvier enero gennaio januari janeiro",
            "feb februar fév février febrero febbraio februari fevereiro",
            "mar mär märz mars marzo maart março mrz",
            "apr april avr avril abril aprile",
            "may mai mayo maggio mei maj maio",
            "jun juni juin junio giugno junho",
            "jul juli juillet julio luglio julho",
            "aug august août agosto augustus augusti",
            "sep sept september septembre septiembre settembre setembro",
            "oct okt oktober octobre octubre ottobre outubro",
            "nov november novembre noviembre novembro",
            "dec dez dezember décembre diciembre dicembre december desember dezembro",
        ),
        start=1,
    )
    for name in names.split()
}
#: Hours east of UTC of the zone names that mean one zone only where news is written.
_ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "ut": 0, "wet": 0, "bst": 1, "cet": 1, "mez": 1, "cest": 2,
    "mesz": 2, "eet": 2, "sast": 2, "eest": 3, "msk": 3, "eat": 3, "jst": 9, "kst": 9,
    "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13, "est": -5, "edt": -4,
    "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenTime:
    """A time as it was written."""

    moment: Moment
    has_zone: bool  #: False: an instant without offset, of which UTC was assumed


def written_time(text: str | None, zone: tzinfo = UTC) -> WrittenTime | None:
    """Return the time that `text` states, or None if it states none that is plain.

    Reads ISO 8601 in its variants, RFC 5322, epoch seconds and milliseconds, and dates with a
    month's name in the larger European languages. All-numeric dates are read only year first
    or with dots, for 03/02 means two days.

    Args:
        text: nothing but a time, at most with a weekday before it.
        zone: taken where the text has a clock time but no offset.
    """
    text = " ".join((text or "").split())
    if not text or len(text) > 100:
        return None
    if _EPOCH.fullmatch(text):
        seconds = int(text[:10])
        return WrittenTime(moment=Moment(at=datetime.fromtimestamp(seconds, UTC)), has_zone=True)
    for pattern in (_ISO, _DOTTED, _DAY_FIRST, _MONTH_FIRST):
        if match := pattern.match(text):
            try:
                return _read(match, zone)
            except ValueError:  # a day or hour that does not exist
                continue
    return None


def _read(match: re.Match[str], zone: tzinfo) -> WrittenTime | None:
    parts = match.groupdict()
    month = int(parts["month"]) if parts.get("month") else _month(parts["name"])
    if month is None:
        return None
    day = datetime(int(parts["year"]), month, int(parts["day"]), tzinfo=zone)
    if parts.get("rest"):
        clock = _CLOCK.search(parts["rest"])
        parts |= clock.groupdict() if clock else {}
    if not parts.get("hour"):
        return WrittenTime(moment=Moment(at=day, precision="day"), has_zone=True)
    second = min(int(parts["second"] or 0), 59)  # a leap second
    at = day.replace(hour=_hour(parts), minute=int(parts["minute"]), second=second)
    stated = _zone(parts["zone"] or "")
    if stated is None and at == day:
        # Midnight without an offset is how templates print a bare day.
        return WrittenTime(moment=Moment(at=day, precision="day"), has_zone=True)
    return WrittenTime(moment=Moment(at=at.replace(tzinfo=stated or zone)), has_zone=bool(stated))


def _month(name: str) -> int | None:
    name = name.lower()
    return _MONTHS.get(name) or _MONTHS.get(name[:3])


def _hour(parts: dict[str, str | None]) -> int:
    hour = int(parts["hour"] or 0)
    half = (parts.get("half") or "").lower()
    if not half:
        return hour
    return hour % 12 + (12 if half.startswith("p") else 0)


def _zone(text: str) -> tzinfo | None:
    text = text.strip().lstrip("(")
    if offset := _OFFSET.match(text):
        hours, minutes = int(offset["hours"]), int(offset["minutes"] or 0)
        east = timedelta(hours=hours, minutes=minutes)
        if east > timedelta(hours=14):
            return None
        return timezone(-east if offset["sign"] != "+" else east)
    name = re.match(r"[A-Za-z]+", text)
    hours_east = _ZONES.get(name[0].lower()) if name else None
    return None if hours_east is None else timezone(timedelta(hours=hours_east))
