"""The times that servers name in headers."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.httptimes import fresh_for_s, retry_at

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
NOON, ONE = "Sun, 01 Mar 2026 12:00:00 GMT", "Sun, 01 Mar 2026 13:00:00 GMT"

#: What is nearly a header: the letters that dates, numbers and directives are made of.
HEADERS = st.none() | st.text() | st.text(alphabet="0123456789 ,:;=-+\"'.()SunMarGTmaxge²٣")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("120", NOW + timedelta(minutes=2), id="seconds"),
        pytest.param(" 120 ", NOW + timedelta(minutes=2), id="blanks"),
        pytest.param("0", NOW, id="at once"),
        pytest.param(ONE, NOW + HOUR, id="date"),
        pytest.param("Sun, 01 Mar 2026 13:00:00", NOW + HOUR, id="date without zone"),
        pytest.param("Sunday, 01-Mar-26 13:00:00 GMT", NOW + HOUR, id="old form of a date"),
        pytest.param("Sun, 01 Mar 2020 13:00:00 GMT", NOW, id="in the past"),
        pytest.param("9" * 5_000, NOW + timedelta(days=7), id="for ever"),
        pytest.param("Sun, 01 Mar 2099 13:00:00 GMT", NOW + timedelta(days=7), id="far off"),
        pytest.param("soon", None, id="a word"),
        pytest.param("-5", None, id="negative"),
        pytest.param("1.5", None, id="fraction"),
        pytest.param("²", None, id="a digit that is no number"),
        pytest.param("", None, id="empty"),
        pytest.param(None, None, id="not given"),
    ],
)
def test_retry_after_is_read_in_both_forms(text, expected):
    assert retry_at(text, NOW) == expected


@given(text=HEADERS)
def test_any_retry_after_is_a_time_within_a_week_or_none(text):
    at = retry_at(text, NOW)

    assert at is None or NOW <= at <= NOW + timedelta(days=7)


@pytest.mark.parametrize(
    ("cache_control", "expires", "date", "age", "expected"),
    [
        pytest.param("max-age=600", None, None, None, 600, id="max-age"),
        pytest.param("public, Max-Age = 60 ,must-revalidate", None, None, None, 60, id="in a list"),
        pytest.param('max-age="7"', None, None, None, 7, id="quoted"),
        pytest.param("max-age=600", None, None, "100", 500, id="less its age"),
        pytest.param("max-age=600", None, None, "900", 0, id="too old already"),
        pytest.param("max-age=600", None, None, "old", 600, id="age that is no number"),
        pytest.param("max-age=600, max-age=9", None, None, None, 600, id="first of two"),
        pytest.param("max-age=soon", ONE, NOON, None, 0, id="bad max-age is stale"),
        pytest.param("max-age=-5", None, None, None, 0, id="negative"),
        pytest.param("s-maxage=900", None, None, None, 0, id="s-maxage is for shared caches"),
        pytest.param("x-max-age=900", None, None, None, 0, id="another directive"),
        pytest.param("no-cache, max-age=600", None, None, None, 0, id="no-cache"),
        pytest.param("max-age=600, no-store", None, None, None, 0, id="no-store"),
        pytest.param("max-age=60", ONE, NOON, None, 60, id="max-age before Expires"),
        pytest.param(None, ONE, NOON, None, 3_600, id="Expires less Date"),
        pytest.param("public", ONE, NOON, "600", 3_000, id="Expires less Date and age"),
        pytest.param(None, NOON, ONE, None, 0, id="expired"),
        pytest.param(None, "0", NOON, None, 0, id="Expires that is no date"),
        pytest.param(None, ONE, None, None, 7_200, id="no Date: when it was received"),
        pytest.param(None, None, NOON, None, 0, id="nothing said"),
    ],
)
def test_freshness_is_read_from_the_headers(cache_control, expires, date, age, expected):
    fresh_s = fresh_for_s(
        cache_control, expires=expires, date=date, age=age, received_at=NOW - HOUR
    )

    assert fresh_s == expected


@given(HEADERS, HEADERS, HEADERS, HEADERS)
def test_any_headers_give_a_number_of_seconds(cache_control, expires, date, age):
    given_headers = {"expires": expires, "date": date, "age": age}

    assert fresh_for_s(cache_control, **given_headers, received_at=NOW) >= 0
