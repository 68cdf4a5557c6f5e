"""What is remembered of a feed after a poll, and when it is polled next."""

import math
from dataclasses import replace
from datetime import timedelta

import pytest

from extractors.records import FeedPart
from flows.rhythm import FIRST_INTERVAL_S, MAX_INTERVAL_S, MIN_INTERVAL_S
from flows.schedule import Answered, Deferred, Failed, after_poll, wants_whole_feed
from tests.builders import NOON, a_feed

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
URL, NEW_URL = a_feed().url, "https://herald.example/feed.xml"
STEADY = (1.0,) * 24


def an_answer(**fields) -> Answered:
    return Answered(**{"url": URL} | fields)


def a_failure(reason="not_feed", status=None) -> Failed:
    return Failed(reason=reason, detail="It is a page.", http_status=status)


def wait_of(feed, now=NOON) -> timedelta:
    return feed.next_poll_at - now


def is_within_jitter(wait: timedelta, expected_s: float) -> bool:
    return expected_s <= wait.total_seconds() <= expected_s * 1.1 + 1e-6


def test_an_answer_brings_validators_title_and_the_next_time():
    feed = a_feed(failures_in_a_row=3, backoff=2.5, last_error="dns: x", not_before=NOON)
    answer = an_answer(etag='"b"', last_modified="L", body_hash="h", title="T")

    after = after_poll(feed, answer, NOON)

    assert after == a_feed(
        title="T",
        last_polled_at=NOON,
        next_poll_at=after.next_poll_at,
        interval_s=FIRST_INTERVAL_S,
        etag='"b"',
        last_modified="L",
        body_hash="h",
    )
    assert is_within_jitter(wait_of(after), FIRST_INTERVAL_S)


def test_a_304_keeps_validators_and_all_that_the_last_body_said():
    part = FeedPart(url="https://gazette.example/map-1.xml")
    said = {"asks_s": 7_200, "skip_hours": (3,), "skip_days": (7,), "parts": (part,)}
    feed = a_feed(etag='"a"', last_modified="L", body_hash="h", title="T", **said)

    after = after_poll(feed, an_answer(is_whole=False), NOON)

    assert (after.etag, after.last_modified, after.body_hash) == ('"a"', "L", "h")
    assert after.title == "T"
    assert {name: getattr(after, name) for name in said} == said
    assert after.not_modified_in_a_row == 1


def test_a_body_that_was_read_replaces_all_that_the_last_one_said():
    feed = a_feed(asks_s=7_200, skip_hours=(3,), skip_days=(7,), parts=(FeedPart(url=URL),))

    after = after_poll(feed, an_answer(asks_s=0, skip_hours=(), skip_days=(), parts=()), NOON)

    assert (after.asks_s, after.skip_hours, after.skip_days, after.parts) == (0, (), (), ())


def test_a_whole_answer_without_validators_forgets_the_old_ones():
    after = after_poll(a_feed(etag='"a"'), an_answer(body_hash="h"), NOON)

    assert after.etag is None


def test_after_eight_answers_of_304_the_whole_feed_is_asked_for_until_it_comes():
    feed, wanted = a_feed(), []

    for _ in range(9):
        feed = after_poll(feed, an_answer(is_whole=False), NOON)
        wanted.append(wants_whole_feed(feed))
    feed = after_poll(feed, an_answer(body_hash="h"), NOON)

    assert wanted == [False] * 7 + [True] * 2
    assert not wants_whole_feed(feed)


MOVED = an_answer(url=NEW_URL, moved_for_good=True)


@pytest.mark.parametrize(
    ("outcomes", "url"),
    [
        pytest.param([MOVED], URL, id="once"),
        pytest.param([MOVED, MOVED], NEW_URL, id="twice"),
        pytest.param([MOVED, replace(MOVED, is_whole=False)], NEW_URL, id="then unchanged"),
        pytest.param([replace(MOVED, moved_for_good=False)] * 3, URL, id="never for good"),
        pytest.param([MOVED, replace(MOVED, moved_for_good=False)], URL, id="then for now"),
        pytest.param([MOVED, an_answer(), MOVED], URL, id="back in between"),
        pytest.param([MOVED, replace(MOVED, url="https://x.test/"), MOVED], URL, id="elsewhere"),
        pytest.param([MOVED, a_failure(), MOVED], NEW_URL, id="failed in between"),
        pytest.param([MOVED, Deferred(until=NOON), MOVED], NEW_URL, id="deferred in between"),
        pytest.param([MOVED, MOVED, an_answer(url=NEW_URL)], NEW_URL, id="and stays"),
    ],
)
def test_a_feed_moves_when_it_is_sent_to_one_place_for_good_twice_running(outcomes, url):
    feed = a_feed()

    for outcome in outcomes:
        feed = after_poll(feed, outcome, NOON)

    assert feed.url == url


@pytest.mark.parametrize(
    ("feed", "answer", "wait_s"),
    [
        pytest.param(a_feed(), an_answer(asks_s=7_200), 7_200, id="the body asks for more"),
        pytest.param(a_feed(asks_s=7_200), an_answer(), 7_200, id="the last body did"),
        pytest.param(a_feed(), an_answer(fresh_s=9_000), 9_000, id="the headers do"),
        pytest.param(a_feed(), an_answer(asks_s=60, fresh_s=9), FIRST_INTERVAL_S, id="for less"),
        pytest.param(a_feed(), an_answer(asks_s=10**9), MAX_INTERVAL_S, id="a day at most"),
    ],
)
def test_what_a_feed_asks_for_holds_its_next_poll_back_for_a_day_at_most(feed, answer, wait_s):
    after = after_poll(feed, answer, NOON)

    assert is_within_jitter(wait_of(after), wait_s)
    assert after.interval_s == FIRST_INTERVAL_S


@pytest.mark.parametrize(
    ("skip", "begin", "end"),
    [
        pytest.param({"skip_hours": (13, 14)}, NOON + 3 * HOUR, NOON + 4 * HOUR, id="hours"),
        pytest.param({"skip_days": (7,)}, NOON + 12 * HOUR, NOON + 13 * HOUR, id="Sunday"),
        pytest.param(
            {"skip_days": (7, 1), "skip_hours": (0,)}, NOON + 37 * HOUR, NOON + 38 * HOUR, id="both"
        ),
        pytest.param(
            {"skip_hours": tuple(range(24))}, NOON + HOUR, NOON + 2 * HOUR, id="all hours: ignored"
        ),
        pytest.param(
            {"skip_days": tuple(range(1, 8))}, NOON + HOUR, NOON + 2 * HOUR, id="all days: ignored"
        ),
    ],
)
def test_a_poll_waits_until_the_hours_and_days_to_skip_are_over(skip, begin, end):
    after = after_poll(a_feed(), an_answer(**skip), NOON)  # noon of a Sunday

    assert begin <= after.next_poll_at < end


def test_feeds_that_were_added_at_once_do_not_stay_together():
    feeds = [a_feed(feed_id=f"feed-{number}") for number in range(1_000)]

    minutes = {
        math.floor(wait_of(after_poll(each, an_answer(), NOON)) / HOUR * 60) for each in feeds
    }

    assert minutes == set(range(60, 66))


def test_when_nearly_a_whole_list_is_new_the_next_poll_is_sooner_whatever_the_rates_say():
    feed = a_feed(hourly_rates=(0.0,) * 24, interval_s=40_000, last_polled_at=NOON - 9 * HOUR)
    long_ago = (NOON - 900 * DAY,) * 7

    after = after_poll(feed, an_answer(entries=10, known=3, arrivals=long_ago), NOON)

    assert after.interval_s <= 20_000


@pytest.mark.parametrize(
    ("feed", "shown"),
    [
        pytest.param(a_feed(failures_in_a_row=1), {}, id="failures"),
        pytest.param(a_feed(not_before=NOON - HOUR), {}, id="deferrals"),
        pytest.param(a_feed(), {"last_polled_at": None}, id="no poll before"),
        pytest.param(a_feed(), {"last_polled_at": NOON + HOUR}, id="a clock set back"),
    ],
)
def test_a_time_that_nobody_watched_teaches_no_rates(feed, shown):
    feed = replace(feed, **{"hourly_rates": STEADY, "last_polled_at": NOON - DAY} | shown)

    after = after_poll(feed, an_answer(entries=30, known=20, arrivals=(NOON - HOUR,) * 10), NOON)

    assert after.hourly_rates == STEADY


@pytest.mark.parametrize(
    ("failure", "times", "wait_s"),
    [
        pytest.param(a_failure("malformed"), 1, 1_200, id="doubled"),
        pytest.param(a_failure("tls"), 2, 2_400, id="doubled again"),
        pytest.param(a_failure("http_5xx", 502), 4, 1_200, id="weather counts a quarter"),
        pytest.param(a_failure("http_4xx", 429), 4, 1_200, id="too many requests: weather"),
        pytest.param(a_failure("timeout"), 2, 1_200, id="a slow host counts half"),
        pytest.param(a_failure("http_4xx", 404), 2, 1_200, id="404 counts half"),
        pytest.param(a_failure("http_4xx", 403), 2, 2_400, id="403 counts in full"),
        pytest.param(a_failure("not_feed"), 9, 86_400, id="a day while there is hope"),
        pytest.param(a_failure("not_feed"), 12, 4 * 86_400, id="then days"),
        pytest.param(a_failure("not_feed"), 99, 27 * 86_400, id="a month at most"),
        pytest.param(a_failure("http_4xx", 410), 1, 27 * 86_400, id="gone: a month at once"),
    ],
)
def test_failures_put_the_next_poll_off_by_their_weight(failure, times, wait_s):
    feed = a_feed(interval_s=MIN_INTERVAL_S)

    for _ in range(times):
        feed = after_poll(feed, failure, NOON)

    assert is_within_jitter(wait_of(feed), wait_s)
    assert feed.failures_in_a_row == times


def test_a_failing_feed_is_not_asked_more_often_than_it_wants():
    after = after_poll(a_feed(interval_s=600, asks_s=9_000), a_failure("dns"), NOON)

    assert wait_of(after) > timedelta(seconds=9_000)


def test_a_failure_is_counted_and_keeps_validators():
    feed = a_feed(etag='"a"', failures_in_a_row=1, backoff=1.0, hourly_rates=STEADY)

    after = after_poll(feed, a_failure("dns"), NOON)

    assert (after.failures_in_a_row, after.backoff) == (2, 1.25)
    assert after.last_error == "dns: It is a page."
    assert (after.etag, after.state, after.hourly_rates) == ('"a"', "active", STEADY)


def test_a_410_makes_a_feed_gone_until_it_answers_again():
    gone = after_poll(a_feed(), a_failure("http_4xx", 410), NOON)
    still = after_poll(gone, a_failure("dns"), NOON)
    back = after_poll(still, an_answer(), NOON)

    assert [feed.state for feed in (gone, still, back)] == ["gone", "gone", "active"]
    assert is_within_jitter(wait_of(still), 27 * 86_400)
    assert (back.failures_in_a_row, back.backoff) == (0, 0.0)


def test_a_paused_feed_that_a_person_has_polled_stays_paused():
    assert after_poll(a_feed(state="paused"), an_answer(), NOON).state == "paused"


def test_a_deferral_sets_the_time_and_is_no_failure():
    feed = a_feed(failures_in_a_row=1, backoff=0.5, last_error="dns: x")

    after = after_poll(feed, Deferred(until=NOON + HOUR), NOON)

    assert after == replace(
        feed, last_polled_at=NOON, next_poll_at=NOON + HOUR, not_before=NOON + HOUR
    )


def test_a_feed_that_was_not_asked_because_its_host_is_held_keeps_its_own_time():
    feed = a_feed(last_polled_at=NOON - HOUR, next_poll_at=NOON + 5 * HOUR)

    after = after_poll(feed, Deferred(until=NOON + HOUR, was_asked=False), NOON)

    assert after == replace(feed, not_before=NOON + HOUR)


@pytest.mark.parametrize(("status", "etag"), [(400, None), (412, None), (404, '"v"')])
def test_a_server_that_may_not_like_its_own_validators_gets_them_no_more(status, etag):
    after = after_poll(a_feed(etag='"v"'), a_failure("http_4xx", status), NOON)

    assert after.etag == etag
