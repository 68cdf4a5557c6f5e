"""The clock of a country's newspapers, for times that are written without an offset."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from extractors.urls import outlet_of

#: Hours east of UTC in winter, for the top-level domains of countries with one clock and summer
#: time by the rule of the European Union.
_EUROPEAN = {
    0: "ie pt uk",
    1: "al at ba be ch cz de dk es fr hr hu it li lu mk mt nl no pl rs se si sk",
    2: "bg cy ee fi gr lt lv ro ua",
}
#: The same without summer time. Left out: what is used for its letters rather than for its
#: country, and where the clock was changed in recent years.
_STEADY = {
    -5: "pe",
    -4: "bo ve",
    -3: "ar uy",
    0: "gh is",
    1: "ng",
    2: "bw ls na za zm zw",
    3: "by et ke sa tr tz ug",
    4: "ae am az ge",
    5: "pk",
    5.5: "in lk",
    6: "bd",
    7: "th vn",
    8: "cn hk my ph sg tw",
    9: "jp kr",
}
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class CountryZone(tzinfo):
    """The clock of a country: so far east of UTC, an hour more in summer where it keeps that."""

    east: timedelta
    has_summer_time: bool

    def utcoffset(self, at: datetime | None) -> timedelta:
        """Return how far east of UTC the clock is; in the hour that comes twice, in summer."""
        return self.east + self.dst(at)

    def dst(self, at: datetime | None) -> timedelta:
        """Return an hour in summer, else nothing.

        Source:
            Directive 2000/84/EC: from 01:00 UTC on the last Sunday of March to that of October.
        """
        if at is None or not self.has_summer_time:
            return timedelta(0)
        begin, end = (_last_sunday(at.year, month) + _HOUR + self.east for month in (3, 10))
        return _HOUR if begin <= at.replace(tzinfo=None) < end + _HOUR else timedelta(0)

    def tzname(self, at: datetime | None) -> None:
        """Return nothing: the zone has no name of its own."""
        return


_ZONES = {
    country: CountryZone(timedelta(hours=hours), has_summer_time)
    for table, has_summer_time in ((_EUROPEAN, True), (_STEADY, False))
    for hours, countries in table.items()
    for country in countries.split()
}


def zone_of_site(url: str) -> tzinfo | None:
    """Return the clock of the country whose top-level domain a site has; None where it has none."""
    return _ZONES.get(outlet_of(url).rpartition(".")[2]) if url else None


def _last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, tzinfo=UTC).replace(tzinfo=None)
    return last - timedelta(days=(last.weekday() + 1) % 7)
