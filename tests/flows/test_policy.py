"""When to ask whom, and what is remembered of an answer."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.records import REASONS, Feed
from flows.policy import (
    FIRST_INTERVAL_S,
    MAX_INTERVAL_S,
    MIN_INTERVAL_S,
    Answered,
    Deferred,
    Failed,
    after_poll,
    fair_order,
    host_key,
    is_due,
    max_age_s,
    next_interval_s,
    next_poll,
    next_try,
    poll_after_failure,
    retry_at,
)

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
URL = "https://example.org/feed"


def a_feed(**changes):
    return Feed(**{"feed_id": "f1", "url": URL, **changes})


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
    ("feed", "due"),
    [
        pytest.param(a_feed(), True, id="never polled"),
        pytest.param(a_feed(next_poll_at=NOW), True, id="just now"),
        pytest.param(a_feed(next_poll_at=NOW + HOUR), False, id="later"),
        pytest.param(a_feed(state="paused"), False, id="paused"),
        pytest.param(a_feed(state="gone"), False, id="gone"),
        pytest.param(a_feed(state="removed"), False, id="removed"),
        pytest.param(a_feed(not_before=NOW + HOUR), False, id="asked for patience"),
        pytest.param(a_feed(not_before=NOW), True, id="patience over"),
    ],
)
def test_a_feed_is_due_when_its_time_has_come(feed, due):
    assert is_due(feed, NOW) is due


@pytest.mark.parametrize(
    ("feed", "due"),
    [
        pytest.param(a_feed(next_poll_at=NOW + HOUR), True, id="later"),
        pytest.param(a_feed(not_before=NOW + HOUR), False, id="asked for patience"),
        pytest.param(a_feed(state="paused"), False, id="paused"),
    ],
)
def test_force_polls_early_but_honours_retry_after(feed, due):
    assert is_due(feed, NOW, force=True) is due


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("120", NOW + timedelta(minutes=2), id="seconds"),
        pytest.param(" 120 ", NOW + timedelta(minutes=2), id="blanks"),
        pytest.param("0", NOW, id="at once"),
        pytest.param("Sun, 01 Mar 2026 13:00:00 GMT", NOW + HOUR, id="date"),
        pytest.param("Sun, 01 Mar 2026 13:00:00", NOW + HOUR, id="date without zone"),
        pytest.param("Sunday, 01-Mar-26 13:00:00 GMT", NOW + HOUR, id="old form of a date"),
        pytest.param("Sun, 01 Mar 2020 13:00:00 GMT", NOW, id="in the past"),
        pytest.param("99999999999999", NOW + timedelta(days=7), id="for ever"),
        pytest.param("Sun, 01 Mar 2099 13:00:00 GMT", NOW + timedelta(days=7), id="far off"),
        pytest.param("soon", None, id="a word"),
        pytest.param("-5", None, id="negative"),
        pytest.param("1.5", None, id="fraction"),
        pytest.param("", None, id="empty"),
        pytest.param(None, None, id="not given"),
    ],
)
def test_retry_after_is_read_in_both_forms(text, expected):
    assert retry_at(text, NOW) == expected


@given(text=st.text())
def test_any_retry_after_is_a_time_within_a_week_or_none(text):
    at = retry_at(text, NOW)

    assert at is None or NOW <= at <= NOW + timedelta(days=7)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("max-age=600", 600),
        ("public, max-age=60, must-revalidate", 60),
        ("Max-Age = 5", 5),
        ('max-age="7"', 7),
        ("s-maxage=900", 0),
        ("no-cache", 0),
        (None, 0),
    ],
)
def test_max_age_is_read_from_cache_control(text, expected):
    assert max_age_s(text) == expected


@pytest.mark.parametrize(
    ("interval_s", "entries", "known", "expected"),
    [
        pytest.param(None, 10, 5, FIRST_INTERVAL_S, id="first poll, half known"),
        pytest.param(1_000, 10, 7, 1_500, id="mostly known: longer"),
        pytest.param(1_000, 0, 0, 1_500, id="unchanged: longer"),
        pytest.param(1_000, 10, 5, 1_000, id="half known: as it is"),
        pytest.param(2_000, 10, 3, 1_000, id="mostly new: shorter"),
        pytest.param(MIN_INTERVAL_S, 10, 0, MIN_INTERVAL_S, id="not under ten minutes"),
        pytest.param(MAX_INTERVAL_S, 0, 0, MAX_INTERVAL_S, id="not over a day"),
    ],
)
def test_the_interval_follows_how_much_of_the_feed_was_known(interval_s, entries, known, expected):
    assert next_interval_s(interval_s, entries=entries, known=known) == expected


@given(
    interval_s=st.none() | st.integers(1, 10**7),
    entries=st.integers(0, 1_000),
    share=st.floats(0, 1),
)
def test_the_interval_is_always_between_ten_minutes_and_a_day(interval_s, entries, share):
    result = next_interval_s(interval_s, entries=entries, known=int(entries * share))

    assert MIN_INTERVAL_S <= result <= MAX_INTERVAL_S


def test_what_a_feed_asks_for_holds_the_next_poll_back_for_a_day_at_most():
    assert next_poll(NOW, interval_s=600) == NOW + timedelta(seconds=600)
    assert next_poll(NOW, interval_s=600, at_least_s=3_600) == NOW + HOUR
    assert next_poll(NOW, interval_s=600, at_least_s=10**9) == NOW + timedelta(days=1)


@pytest.mark.parametrize(
    ("failures", "reason", "expected_s"),
    [
        pytest.param(1, "malformed", 1_200, id="doubled"),
        pytest.param(2, "malformed", 2_400, id="doubled again"),
        pytest.param(4, "http_5xx", 1_200, id="weather counts a quarter"),
        pytest.param(2, "timeout", 1_200, id="a slow host counts half"),
        pytest.param(10_000, "tls", 86_400, id="a day at most"),
    ],
)
def test_failures_put_the_next_poll_off(failures, reason, expected_s):
    at = poll_after_failure(NOW, interval_s=600, failures=failures, reason=reason)

    assert at == NOW + timedelta(seconds=expected_s)


@pytest.mark.parametrize(
    ("reason", "status", "tries_in_all"),
    [
        ("timeout", None, 5),
        ("http_5xx", 503, 5),
        ("dns", None, 5),
        ("robots", None, 5),
        ("http_4xx", 404, 2),
        ("http_4xx", 410, 1),
        ("not_html", 200, 1),
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


def test_hosts_take_turns():
    ordered = fair_order(["a1", "a2", "a3", "b1", "c1", "c2"], key=lambda item: item[0])

    assert list(ordered) == ["a1", "b1", "c1", "a2", "c2", "a3"]


@given(items=st.lists(st.tuples(st.sampled_from("abc"), st.integers())))
def test_fair_order_loses_nothing_and_keeps_each_hosts_order(items):
    ordered = list(fair_order(items, key=lambda item: item[0]))

    assert sorted(ordered) == sorted(items)
    for host in "abc":
        assert [i for i in ordered if i[0] == host] == [i for i in items if i[0] == host]


def test_an_answer_brings_validators_title_and_the_next_time():
    feed = a_feed(failures_in_a_row=3, last_error="dns: x", not_before=NOW)
    answer = Answered(
        url=URL, etag='"b"', last_modified="L", body_hash="h", title="T", entries=10, known=5
    )

    after = after_poll(feed, answer, NOW)

    assert after == a_feed(
        title="T",
        last_polled_at=NOW,
        next_poll_at=NOW + timedelta(seconds=FIRST_INTERVAL_S),
        interval_s=FIRST_INTERVAL_S,
        etag='"b"',
        last_modified="L",
        body_hash="h",
    )


def test_a_304_keeps_the_validators():
    feed = a_feed(etag='"a"', last_modified="L", body_hash="h", interval_s=1_000)

    after = after_poll(feed, Answered(url=URL, is_full=False), NOW)

    assert (after.etag, after.last_modified, after.body_hash) == ('"a"', "L", "h")
    assert after.interval_s == 1_500


def test_a_full_answer_without_validators_forgets_the_old_ones():
    after = after_poll(a_feed(etag='"a"'), Answered(url=URL, body_hash="h"), NOW)

    assert after.etag is None


@pytest.mark.parametrize(("for_good", "url"), [(True, "https://new.example/f"), (False, URL)])
def test_only_a_permanent_redirect_moves_the_url(for_good, url):
    answer = Answered(url="https://new.example/f", moved_for_good=for_good)

    assert after_poll(a_feed(), answer, NOW).url == url


def test_a_deferral_is_no_failure_and_holds_even_against_force():
    until = NOW + HOUR

    after = after_poll(a_feed(failures_in_a_row=1), Deferred(until=until), NOW)

    assert after.failures_in_a_row == 1
    assert after.last_error is None
    assert not is_due(after, NOW, force=True)
    assert is_due(after, until)


def test_a_failure_is_counted_and_keeps_validators():
    feed = a_feed(etag='"a"', failures_in_a_row=1)

    after = after_poll(feed, Failed(reason="dns", detail="no such host"), NOW)

    assert (after.failures_in_a_row, after.last_error) == (2, "dns: no such host")
    assert (after.etag, after.state) == ('"a"', "active")
    assert after.next_poll_at > NOW


def test_a_410_makes_the_feed_gone():
    after = after_poll(a_feed(), Failed(reason="http_4xx", detail="", http_status=410), NOW)

    assert after.state == "gone"


def test_a_feed_that_was_not_asked_because_its_host_is_held_keeps_its_own_time():
    late = NOW + 5 * HOUR
    feed = a_feed(last_polled_at=NOW - HOUR, next_poll_at=late)

    after = after_poll(feed, Deferred(until=NOW + HOUR, was_asked=False), NOW)

    assert (after.last_polled_at, after.next_poll_at) == (NOW - HOUR, late)
    assert after.not_before == NOW + HOUR
