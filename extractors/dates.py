"""Times as pages write them."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from extractors.records import Moment

_ISO = re.compile(
    r"(?P<year>\d{4})[-/.]?(?P<month>\d{2})[-/.]?(?P<day>\d{2})"
    r"(?:[T ,]{1,2}(?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2}))?(?:[.,]\d+)?"
    r"(?:\[[^\]]*\])?\s*(?P<zone>.*))?$",
    re.IGNORECASE,
)
#: Any word: in whatever language the day of the week stands before a date.
_WEEKDAY = r"(?:[^\W\d]+(?:-[^\W\d]+)?\.?(?:,\s*|\s+))?"
_NAME = r"(?P<name>[^\W\d]{3,})"
_REST = r"(?P<rest>.*)$"
#: A year of two digits is one only before a clock time, as in RFC 822.
_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|o|\.)?(?:\s+|-|\.\s*)(?:de\s+|d')?"
    rf"{_NAME}\.?,?(?:\s+|-)(?:de\s+)?(?P<year>\d{{4}}|\d\d(?=\s+\d{{1,2}}:\d\d)){_REST}",
    re.DOTALL,
)
_MONTH_FIRST = re.compile(
    rf"{_WEEKDAY}{_NAME}\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){_REST}",
    re.DOTALL,
)
#: As the C library's asctime writes it, with or without a zone.
_YEAR_LAST = re.compile(
    rf"{_WEEKDAY}{_NAME}\s+(?P<day>\d{{1,2}})\s+"
    r"(?P<rest>\d{1,2}:\d\d(?::\d\d)?(?:\s+[A-Za-z]{1,5}|\s+[+-]\d{4})?)\s+(?P<year>\d{4})$"
)
_YEAR_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<year>\d{{4}})"
    r"(?:(?P<mark>[-/.])\s?(?P<month>\d{1,2})(?P=mark)\s?"
    rf"|\.?\s+{_NAME}\.?\s+)(?P<day>\d{{1,2}})(?!\d)\.?{_REST}",
    re.DOTALL,
)
_EAST_ASIAN = re.compile(
    r"(?P<year>\d{4})\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]"
    rf"{_REST}",
    re.DOTALL,
)
_DOTTED = re.compile(
    rf"{_WEEKDAY}(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?(?P<year>\d{{4}}){_REST}",
    re.DOTALL,
)
#: Day and month, or month and day: to be read only where one of them can be no month.
_SLASHED = re.compile(
    rf"{_WEEKDAY}(?P<one>\d{{1,2}})(?P<mark>[-/])(?P<other>\d{{1,2}})(?P=mark)"
    rf"(?P<year>\d{{4}})(?!\d){_REST}",
    re.DOTALL,
)
_TWO_WAYS = re.compile(r"(?<!\d)(?:0?[1-9]|1[0-2])([-/.])(?:0?[1-9]|1[0-2])\1(?:\d{4}|\d{2})(?!\d)")
_PATTERNS = (
    _ISO, _DAY_FIRST, _DOTTED, _SLASHED, _MONTH_FIRST, _YEAR_LAST, _YEAR_FIRST, _EAST_ASIAN,
)  # fmt: skip
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?!\d|\.\d{4})(?::(?P<second>\d{2}))?(?:\.\d+)?\s*"
    r"(?P<half>[ap]\.?m\b\.?)?\s*(?P<zone>.*)$",
    re.IGNORECASE | re.DOTALL,
)
#: "17:41 JST, October 13, 2024", "9.30 am on 3 May 2026"
_CLOCK_FIRST = re.compile(
    r"(?P<clock>\d{1,2}:\d{2}(?:\s*[ap]\.?m\b\.?)?(?:\s*(?:uhr|h)\b)?(?:\s+[A-Z]{2,4}\b)?)"
    r"(?:\s*[,|·•–-]\s*|\s+(?:on|am|le|den)\s+|\s+)(?P<day>.*\d{4})",
    re.IGNORECASE,
)
_OFFSET = re.compile(
    r"(?:GMT|UTC?|Z)?\s*(?P<sign>[+\-−])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?\b.*",
    re.DOTALL | re.IGNORECASE,
)
_FURTHEST_OFFSET = timedelta(hours=14)
_EPOCH = re.compile(r"(?P<seconds>\d{10})(?:\d{3}|\d{6})?(?:\.\d{1,9})?", re.ASCII)
_MOST_CHARS = 100


def _plain_letters(word: str) -> str:
    """Return `word` in lower case and without accents, as some write the months."""
    letters = unicodedata.normalize("NFD", word.lower())
    return "".join(each for each in letters if not unicodedata.combining(each))


#: The names of the months, long, short and as they are declined after a day.
_NAMES_OF_MONTHS = (
    "jan januar janvier enero gennaio januari janeiro ene gen янв января січня sty stycznia"
    " ledna ocak oca ιαν ιανουαρίου ianuarie január tammikuuta",
    "feb februar fév février febrero febbraio februari fevereiro fev фев февраля лютого lut"
    " lutego února şubat şub φεβ φεβρουαρίου februarie február helmikuuta",
    "mar mär märz mars marzo maart março mrz mrt мар марта березня marca března mart μαρ"
    " μαρτίου martie március maaliskuuta",
    "apr april avr avril abril aprile abr апр апреля квітня kwi kwietnia dubna nisan nis"
    " απρ απριλίου aprilie április huhtikuuta",
    "may mai mayo maggio mei maj maio mag май мая травня maja května mayıs μαϊ μαΐου május"
    " toukokuuta",
    "jun juni juin junio giugno junho giu июн июня червня cze czerwca června haziran haz"
    " ιουν ιουνίου iunie június kesäkuuta",
    "jul juli juillet julio luglio julho lug июл июля липня lip lipca července temmuz tem"
    " ιουλ ιουλίου iulie július heinäkuuta",
    "aug august août agosto augustus augusti aoû ago авг августа серпня sie sierpnia srpna"
    " ağustos ağu αυγ αυγούστου augusztus elokuuta",
    "sep sept september septembre septiembre settembre setembro set сен сентября вересня"
    " wrz września září eylül eyl σεπ σεπτεμβρίου septembrie szeptember syyskuuta",
    "oct okt oktober octobre octubre ottobre outubro ott out окт октября жовтня paź"
    " października října ekim eki οκτ οκτωβρίου octombrie október lokakuuta",
    "nov november novembre noviembre novembro ноя ноября листопада lis listopada listopadu"
    " kasım kas νοε νοεμβρίου noiembrie marraskuuta",
    "dec dez dezember décembre diciembre dicembre december desember dezembro déc dic дек"
    " декабря грудня gru grudnia prosince aralık ara δεκ δεκεμβρίου decembrie joulukuuta",
)


def _months() -> dict[str, int]:
    """Return the number of each month by its names and by what can be short for one of them."""
    numbers: dict[str, set[int]] = {}
    whole: dict[str, int] = {}
    for number, names in enumerate(_NAMES_OF_MONTHS, start=1):
        for name in map(_plain_letters, names.split()):
            whole[name] = number
            for end in range(3, len(name)):
                numbers.setdefault(name[:end], set()).add(number)
    return {short: min(found) for short, found in numbers.items() if len(found) == 1} | whole


_MONTHS = _months()
#: With these a month begins in so many languages that the rest of the word does not matter.
_STEMS = {
    stem: _MONTHS[stem]
    for stem in (
        "jan", "feb", "mar", "apr", "may", "mai", "maj", "jun", "jul", "aug", "sep", "oct", "okt",
        "nov", "dec", "dez",
    )
}  # fmt: skip
#: Hours east of UTC of the zone names that mean one zone only where news is written. The letters
#: of the military are not among them: RFC 822 had their signs wrong, so RFC 2822 ignores them.
_ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "ut": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "mez": 1,
    "met": 1, "cest": 2, "mesz": 2, "mest": 2, "eet": 2, "sast": 2, "eest": 3, "msk": 3, "мск": 3,
    "eat": 3, "trt": 3, "hkt": 8, "sgt": 8, "jst": 9, "kst": 9, "aest": 10, "aedt": 11, "nzst": 12,
    "nzdt": 13, "brt": -3, "adt": -3, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7,
    "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "akdt": -8, "hst": -10,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenTime:
    """A time as it was written."""

    moment: Moment
    has_zone: bool  #: False: an instant without offset, of which UTC was assumed


def written_time(text: str | None, zone: tzinfo = UTC) -> WrittenTime | None:
    """Return the time that `text` states, or None if it states none that is plain.

    Reads ISO 8601 with month and day, RFC 822 and its heirs, the C library's form, epoch seconds
    to microseconds, and dates with a month's name in the larger European languages. Where day and
    month are both numbers, 03/02 means two days and is not read; 25/02 is, and so is what is year
    first or with dots.

    Args:
        text: nothing but a time, at most with a weekday before it.
        zone: taken where the text has a clock time but no offset. A bare day is that day's midnight
            in UTC: it is a square of the calendar, on no clock.
    """
    text = _tidy(text)
    if not text or len(text) > _MOST_CHARS:
        return None
    if epoch := _EPOCH.fullmatch(text):
        at = datetime.fromtimestamp(int(epoch["seconds"]), UTC)
        return WrittenTime(moment=Moment(at=at), has_zone=True)
    if turned := _CLOCK_FIRST.fullmatch(text):
        text = f"{turned['day']} {turned['clock']}"
    for pattern in _PATTERNS:
        if match := pattern.match(text):
            try:
                time = _read(match.groupdict(), zone)
            except ValueError:  # a day or hour that does not exist
                continue
            if time:
                return time
    return None


def is_ambiguous(text: str) -> bool:
    """Tell whether `text` gives a day and a month as numbers, in whichever order."""
    return _TWO_WAYS.search(_tidy(text)) is not None and written_time(text) is None


def _tidy(text: str | None) -> str:
    return " ".join(unicodedata.normalize("NFKC", (text or "")[:1000]).split())


def _read(parts: dict[str, str | None], zone: tzinfo) -> WrittenTime | None:
    found = _day(parts)
    if found is None:
        return None
    if parts.get("rest"):
        clock = _CLOCK.search(parts["rest"] or "")
        parts |= clock.groupdict() if clock else {}
    if not parts.get("hour"):
        return WrittenTime(moment=Moment(at=found, precision="day"), has_zone=True)
    second = min(int(parts["second"] or 0), 59)  # a leap second
    at = found.replace(hour=_hour(parts), minute=int(parts["minute"] or 0), second=second)
    stated = _zone(parts["zone"] or "")
    if stated is None and at == found:
        # Midnight without an offset is how templates print a bare day.
        return WrittenTime(moment=Moment(at=found, precision="day"), has_zone=True)
    at = _with_offset(at.replace(tzinfo=stated or zone))
    return WrittenTime(moment=Moment(at=at), has_zone=bool(stated))


def _day(parts: dict[str, str | None]) -> datetime | None:
    """Return the day at midnight UTC; None without a month, or if day and month may be swapped."""
    year, day = _year(parts["year"] or ""), int(parts.get("day") or 0)
    if name := parts.get("name"):
        month = _month(name)
    elif parts.get("month"):
        month = int(parts["month"] or 0)
    else:
        month, day = sorted((int(parts["one"] or 0), int(parts["other"] or 0)))
        if day <= 12 and month != day:
            return None
    return datetime(year, month, day, tzinfo=UTC) if month else None


def _with_offset(at: datetime) -> datetime:
    """Return `at` with the offset that holds then in the place of a zone with summer time."""
    return at.replace(tzinfo=timezone(at.utcoffset() or timedelta(0)))


def _year(digits: str) -> int:
    """Return the year; of two digits, one within 1950 to 2049 (RFC 2822, 4.3)."""
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (2000 if year < 50 else 1900)


def _month(name: str) -> int | None:
    name = name.lower() if name.isascii() else _plain_letters(name)
    return _MONTHS.get(name) or _STEMS.get(name[:3])


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
        if minutes > 59 or east > _FURTHEST_OFFSET:
            return None
        return timezone(-east if offset["sign"] != "+" else east)
    name = re.match(r"[^\W\d]+", text)
    hours_east = _ZONES.get(name[0].lower()) if name else None
    return None if hours_east is None else timezone(timedelta(hours=hours_east))
