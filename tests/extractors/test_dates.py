from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.dates import is_ambiguous, written_time
from extractors.records import Moment

CET = timezone(timedelta(hours=1))
INSTANT = datetime(2026, 3, 2, 14, 5, tzinfo=UTC)

INSTANTS = {
    "ISO with Z": "2026-03-02T14:05:00Z",
    "ISO with offset": "2026-03-02T15:05:00+01:00",
    "ISO with offset without colon": "2026-03-02T09:05:00-0500",
    "ISO with blank and fraction": "2026-03-02 14:05:00.123 +0000",
    "basic ISO": "20260302T140500Z",
    "mail": "Mon, 02 Mar 2026 14:05:00 GMT",
    "browser": "Mon Mar 02 2026 15:05:00 GMT+0100 (CET)",
    "American": "March 2, 2026 9:05 AM EST",
    "epoch seconds": "1772460300",
    "epoch milliseconds": "1772460300000",
    "epoch microseconds": "1772460300000000",
    "epoch with a fraction": "1772460300.25",
    "mail without weekday and seconds": "2 Mar 2026 14:05 UT",
    "mail with a year of two digits": "Mon, 02 Mar 26 14:05:00 Z",
    "mail on a wrong weekday": "Fri, 02 Mar 2026 14:05:00 GMT",
    "mail with a summer zone": "Mon, 02 Mar 2026 16:05:00 CEST",
    "mail with a zone of California": "Mon, 02 Mar 2026 07:05:00 PDT",
    "mail with an offset from GMT": "Mon, 02 Mar 2026 16:05:00 GMT+2",
    "mail from India": "Mon, 02 Mar 2026 19:35:00 +0530",
    "news": "Monday, 02-Mar-26 14:05:00 GMT",
    "C": "Mon Mar  2 06:05:00 PST 2026",
    "C with an offset": "Mon Mar 02 14:05:00 +0000 2026",
    "Russian": "Пн, 02 мар 2026 17:05:00 +0300",
    "Russian in full": "2 марта 2026 г. в 17:05 МСК",
    "Greek": "Δευ, 02 Μαρ 2026 16:05:00 +0200",
    "Turkish": "2 Mart 2026 Pazartesi 17:05 +03",
    "Polish": "pon., 2 marca 2026, 15:05 CET",
    "Hungarian": "2026. március 2. 15:05 CET",
    "Portuguese": "segunda-feira, 2 de março de 2026 às 14h05 UTC",
    "mail without blanks": "Mon,02 Mar 2026 14:05:00GMT",
    "ISO on a weekday": "Mon, 2026/03/02 09:05:00 EST",
    "full width": "２０２６-03-02T14:05:00Z",
    "minus sign": "2026-03-02T09:05:00−05:00",
    "clock first": "23:05 JST, March 2, 2026",
    "clock and preposition": "9:05 am EST on 2 March 2026",
}


@pytest.mark.parametrize("text", INSTANTS.values(), ids=INSTANTS.keys())
def test_an_instant_is_read_in_every_spelling(text):
    time = written_time(text)

    assert time
    assert time.moment.at == INSTANT
    assert time.moment.precision == "instant"
    assert time.has_zone


@pytest.mark.parametrize(
    "text", ["2026-03-02", "2026-3-2", "2026/03/02", "2. März 2026", "2 marca 2026",
             "2 Μαρτίου 2026", "2026年3月2日", "02 MRT 2026", "2 mar. 2026", "2 de marzo de 2026",
             "March 2, 2026", "2.3.2026", "2026-03-02T00:00:00", "2 mars 2026", "20260302"],
)  # fmt: skip
def test_a_day_stays_a_day(text):
    time = written_time(text)

    assert time
    assert time.moment.precision == "day"
    assert time.moment.at.date() == INSTANT.date()


@pytest.mark.parametrize("hours", [-10, 0, 2, 14])
@pytest.mark.parametrize("text", ["2026-03-02", "2. März 2026", "2026-03-02T00:00:00"])
def test_a_day_is_midnight_in_utc_whatever_the_zone(text, hours):
    time = written_time(text, timezone(timedelta(hours=hours)))

    assert time
    assert time.moment == Moment(at=datetime(2026, 3, 2, tzinfo=UTC), precision="day")
    assert time.moment.at.utcoffset() == timedelta()


def test_the_offset_is_kept_as_written():
    time = written_time("2026-03-02T15:05:00+01:00")

    assert time
    assert time.moment.at.utcoffset() == timedelta(hours=1)


def test_a_clock_time_without_offset_is_taken_in_the_zone_given():
    time = written_time("2. März 2026, 15:05 Uhr", CET)

    assert time
    assert time.moment.at == INSTANT
    assert not time.has_zone


@pytest.mark.parametrize(
    "text", [None, "", "yesterday", "03/02/2026", "2026-13-40", "2026-02-30T10:00:00Z", "x" * 200,
             "1", "2026-03-02T25:00:00Z", "2026-W10-1", "2026-03", "2026", "177246030",
             "0000-00-00", "31 Feb 2026", "02 Mar 26", "2 Mar 126 10:00", "12 jui 2026"],
)  # fmt: skip
def test_what_is_no_plain_time_is_none(text):
    assert written_time(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [("25/02/2026", 25), ("02/25/2026 10:00", 25), ("25-02-2026", 25), ("02/02/2026", 2)],
)
def test_day_and_month_as_numbers_are_read_where_there_is_one_way_to(text, day):
    time = written_time(text)

    assert time
    assert (time.moment.at.month, time.moment.at.day) == (2, day)


@pytest.mark.parametrize(
    ("text", "ambiguous"),
    [("03/02/2026", True), ("Mon, 3-2-26 10:00", True), ("25/02/2026", False), ("3.2.2026", False),
     ("2026-03-02", False), ("13/13/2026", False), ("soon", False)],
)  # fmt: skip
def test_day_and_month_as_numbers_are_ambiguous_where_there_are_two_ways(text, ambiguous):
    assert is_ambiguous(text) is ambiguous


def test_the_clock_time_is_not_read_out_of_a_second_date():
    time = written_time("02.03.2026 - changed: 05.03.2026")

    assert time
    assert time.moment == Moment(at=datetime(2026, 3, 2, tzinfo=UTC), precision="day")


@pytest.mark.parametrize("zone", ["A", "K", "XYZ", "+25:00", "+0275", "America/New_York"])
def test_a_zone_that_means_nothing_is_taken_for_none(zone):
    time = written_time(f"Mon, 02 Mar 2026 14:05:00 {zone}")

    assert time
    assert time.moment.at == INSTANT
    assert not time.has_zone


@given(
    text=st.one_of(
        st.text(max_size=60),
        st.text(alphabet="0123456789-/.: T+ZGMTjanfeb", max_size=40),
        st.datetimes().map(str),
        st.datetimes(timezones=st.timezones()).map(lambda at: at.isoformat()),
        st.datetimes().map(lambda at: at.strftime("%a, %d %b %y %H:%M:%S -1400")),
    )
)
def test_any_text_is_a_time_on_the_calendar_or_none(text):
    time = written_time(text)

    offset = time.moment.at.utcoffset() if time else timedelta()
    assert time is None or 1 <= time.moment.at.year <= 9999
    assert offset is not None
    assert abs(offset) <= timedelta(hours=14)


@given(at=st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2049, 12, 31)))  # noqa: DTZ001
def test_a_time_is_the_same_in_every_spelling(at):
    at = at.replace(microsecond=0, tzinfo=CET)
    spellings = ("%Y-%m-%dT%H:%M:%S%z", "%a, %d %b %y %H:%M:%S %z", "%A, %d-%B-%Y %H:%M:%S CET")

    times = [written_time(at.strftime(spelling)) for spelling in spellings]

    assert [time and time.moment.at for time in times] == [at] * 3
