"""What holds of the schedule whatever a feed has been through and whatever a poll gives."""

import math
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from extractors.reasons import REASONS
from flows.rhythm import MAX_INTERVAL_S, MIN_INTERVAL_S
from flows.schedule import Answered, Deferred, Failed, after_poll
from tests.builders import NOON, a_feed

DAY = timedelta(days=1)
URL, NEW_URL = a_feed().url, "https://herald.example/feed.xml"

MOMENTS = st.integers(6 * 10**8, 4 * 10**9).map(lambda at_s: datetime.fromtimestamp(at_s, UTC))
ANY_DATES = st.datetimes(timezones=st.just(UTC))
HOURS = st.sets(st.integers(0, 23)).map(tuple)
DAYS = st.sets(st.integers(1, 7)).map(tuple)
RATES = st.just(()) | st.tuples(*[st.floats(0, 1e6)] * 24)
FEEDS = st.builds(
    a_feed,
    state=st.sampled_from(["active", "paused", "gone", "removed"]),
    added_at=st.none() | ANY_DATES,
    last_polled_at=st.none() | ANY_DATES | MOMENTS,
    next_poll_at=st.none() | MOMENTS,
    not_before=st.none() | MOMENTS,
    interval_s=st.none() | st.integers(0, 10**9),
    failures_in_a_row=st.integers(0, 10**6),
    backoff=st.floats(0, 1e6),
    not_modified_in_a_row=st.integers(0, 100),
    moving_to=st.sampled_from([None, URL, NEW_URL]),
    asks_s=st.integers(0, 10**12),
    skip_hours=HOURS,
    skip_days=DAYS,
    hourly_rates=RATES,
)
ANSWERS = st.builds(
    Answered,
    url=st.sampled_from([URL, NEW_URL]),
    moved_for_good=st.booleans(),
    is_whole=st.booleans(),
    entries=st.integers(0, 20_000),
    known=st.integers(0, 20_000),
    arrivals=st.lists(ANY_DATES | MOMENTS, max_size=10).map(tuple),
    asks_s=st.none() | st.integers(0, 10**12),
    skip_hours=st.none() | HOURS,
    skip_days=st.none() | DAYS,
    fresh_s=st.integers(0, 10**12),
)
FAILURES = st.builds(
    Failed,
    reason=st.sampled_from(sorted(REASONS)),
    detail=st.just("It failed."),
    http_status=st.sampled_from([None, 200, 403, 404, 410, 429, 500]),
)


def longest_skip(feed) -> timedelta:
    return 7 * DAY if feed.skip_hours or feed.skip_days else timedelta(0)


def is_skipped(feed, at: datetime) -> bool:
    if len(feed.skip_hours) == 24 or len(feed.skip_days) == 7:
        return False
    return at.hour in feed.skip_hours or at.isoweekday() in feed.skip_days


@given(feed=FEEDS, answer=ANSWERS, now=MOMENTS)
def test_after_any_answer_the_next_poll_is_in_ten_minutes_to_a_day_and_a_tenth(feed, answer, now):
    after = after_poll(feed, answer, now)

    assert MIN_INTERVAL_S <= after.interval_s <= MAX_INTERVAL_S
    assert after.next_poll_at >= now + timedelta(seconds=MIN_INTERVAL_S)
    assert after.next_poll_at <= now + 1.1 * DAY + longest_skip(after)
    assert all(0 <= rate < math.inf for rate in after.hourly_rates)
    assert len(after.hourly_rates) in (0, 24)


@given(feed=FEEDS, failure=FAILURES, now=MOMENTS)
def test_after_any_failure_the_next_poll_is_in_ten_minutes_to_a_month_and_a_tenth(
    feed, failure, now
):
    after = after_poll(feed, failure, now)

    assert after.next_poll_at >= now + timedelta(seconds=MIN_INTERVAL_S)
    assert after.next_poll_at <= now + 33 * DAY + longest_skip(after)


@given(feed=FEEDS, outcome=ANSWERS | FAILURES, now=MOMENTS)
def test_no_poll_falls_into_an_hour_or_day_to_skip(feed, outcome, now):
    after = after_poll(feed, outcome, now)

    assert not is_skipped(after, after.next_poll_at)


@given(feed=FEEDS, until=MOMENTS, was_asked=st.booleans(), now=MOMENTS)
def test_a_deferral_is_never_a_failure_and_never_shortens_the_wait(feed, until, was_asked, now):
    after = after_poll(feed, Deferred(until=until, was_asked=was_asked), now)

    assert (after.failures_in_a_row, after.backoff) == (feed.failures_in_a_row, feed.backoff)
    assert after.next_poll_at >= after.not_before == until


@given(failures=st.lists(FAILURES, min_size=2, max_size=40), interval_s=st.integers(600, 86_400))
def test_the_wait_never_shrinks_from_failure_to_failure(failures, interval_s):
    feed, waits = a_feed(interval_s=interval_s), []

    for failure in failures:
        feed = after_poll(feed, failure, NOON)
        waits.append(feed.next_poll_at - NOON)

    assert all(later >= earlier / 1.1 for earlier, later in pairwise(waits))
