from datetime import UTC, datetime, timedelta, timezone

import pytest

from extractors.dates import written_time

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
}


@pytest.mark.parametrize("text", INSTANTS.values(), ids=INSTANTS.keys())
def test_an_instant_is_read_in_every_spelling(text):
    time = written_time(text)

    assert time
    assert time.moment.at == INSTANT
    assert time.moment.precision == "instant"
    assert time.has_zone


@pytest.mark.parametrize(
    "text", ["2026-03-02", "2. März 2026", "2 de marzo de 2026", "March 2, 2026", "2.3.2026",
             "2026-03-02T00:00:00", "2 mars 2026", "20260302"],
)  # fmt: skip
def test_a_day_stays_a_day(text):
    time = written_time(text)

    assert time
    assert time.moment.precision == "day"
    assert time.moment.at.date() == INSTANT.date()


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
             "1", "2026-03-02T25:00:00Z"],
)  # fmt: skip
def test_what_is_no_plain_time_is_none(text):
    assert written_time(text) is None
