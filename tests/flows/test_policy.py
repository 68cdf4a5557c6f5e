"""Whom to ask in what order, how long an answer holds, when to try a page again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.records import REASONS
from flows.policy import fresh_for_s, host_key, next_try, retry_at

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
NOON, ONE = "Sun, 01 Mar 2026 12:00:00 GMT", "Sun, 01 Mar 2026 13:00:00 GMT"

#: What is nearly a header: the letters that dates, numbers and directives are made of.
HEADERS = st.none() | st.text() | st.text(alphabet="0123456789 ,:;=-+\"'.()SunMarGTmaxge²٣")


@pytest.mark.parametrize(
    ("url", "key"),
    [
        pytest.param("https://news.example.co.uk/a", "example.co.uk", id="registrable domain"),
        pytest.param("https://NEWS.Example.org:8443/a", "example.org", id="port left out"),
        pytest.param("https://example.org./", "example.org", id="final dot"),
        pytest.param("https://user:pw@example.org/", "example.org", id="user left out"),
        pytest.param("http://127.0.0.1:8000/a", "127.0.0.1:8000", id="IPv4"),
        pytest.param("http://127.0.0.1/a", "127.0.0.1:80", id="default port"),
        pytest.param("https://[::1]/a", "[::1]:443", id="IPv6"),
        pytest.param("http://localhost:81/", "localhost:81", id="single label"),
    ],
)
def test_politeness_is_owed_to_the_registrable_domain_or_the_host_and_port(url, key):
    assert host_key(url) == key


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
        pytest.param(None, ONE, None, None, 0, id="no Date"),
        pytest.param(None, None, NOON, None, 0, id="nothing said"),
    ],
)
def test_freshness_is_read_from_the_headers(cache_control, expires, date, age, expected):
    assert fresh_for_s(cache_control, expires, date, age) == expected


@given(HEADERS, HEADERS, HEADERS, HEADERS)
def test_any_headers_give_a_number_of_seconds(cache_control, expires, date, age):
    assert fresh_for_s(cache_control, expires, date, age) >= 0


@pytest.mark.parametrize(
    ("reason", "status", "tries_in_all"),
    [
        ("timeout", None, 5),
        ("http_5xx", 503, 5),
        ("dns", None, 5),
        ("robots", None, 5),
        ("disk_full", None, 5),
        ("http_4xx", 429, 5),
        ("http_4xx", 408, 5),
        ("tls", None, 3),
        ("empty", 200, 3),
        ("http_4xx", 404, 2),
        ("paywall", 200, 2),
        ("internal", 200, 2),
        ("http_4xx", 410, 1),
        ("not_html", 200, 1),
        ("crashed", 200, 1),
        ("private_address", None, 1),
        ("scheme", None, 1),
    ],
)
def test_a_page_is_tried_so_often_and_then_set_aside(reason, status, tries_in_all):
    tried = [next_try(NOW, reason=reason, tries=n, http_status=status) for n in range(1, 7)]

    assert [at is not None for at in tried] == [n < tries_in_all for n in range(1, 7)]
    assert tried[: tries_in_all - 1] == sorted(tried[: tries_in_all - 1])


@given(reason=st.sampled_from(sorted(REASONS)), tries=st.integers(0, 100))
def test_the_next_try_is_later_or_never(reason, tries):
    at = next_try(NOW, reason=reason, tries=tries)

    assert at is None or NOW < at <= NOW + timedelta(days=3)
