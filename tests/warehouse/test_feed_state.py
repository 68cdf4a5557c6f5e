"""What the warehouse remembers of a feed between two polls."""

from dataclasses import replace
from datetime import timedelta

import pytest

from extractors.records import Feed, FeedPart
from tests.builders import NOON, a_feed, a_harvest

HOUR = timedelta(hours=1)
OLD, NEW = "https://gazette.example/feed.xml", "https://gazette.example/new.xml"


def polled(feed: Feed, *, number=1):
    return a_harvest(batch_id=f"poll-{number}", feeds=(feed,))


def test_a_feed_comes_back_with_all_that_was_remembered_of_it(load, warehouse):
    feed = a_feed(
        added_at=NOON,
        last_polled_at=NOON,
        next_poll_at=NOON + HOUR,
        interval_s=1800,
        failures_in_a_row=2,
        backoff=0.75,
        last_error="dns: unknown",
        etag='W/"a\\b"',
        last_modified="yesterday",
        body_hash="abc",
        not_modified_in_a_row=3,
        moving_to=NEW,
        asks_s=900,
        skip_hours=(1, 2),
        skip_days=(7,),
        hourly_rates=tuple(hour / 10 for hour in range(24)),
        parts=(FeedPart(url="https://gazette.example/part.xml", etag='"p"', body_hash="def"),),
    )
    load(polled(feed))

    (held,) = warehouse.feeds_due(NOON + HOUR, only=None, force=False)

    assert held == feed


def test_a_feed_that_was_only_subscribed_has_the_state_of_a_new_one(warehouse):
    warehouse.sync_feeds([a_feed()], now=NOON)

    (held,) = warehouse.feeds_due(NOON, only=None, force=False)

    assert held == a_feed(added_at=NOON)


def test_a_feed_that_moves_leaves_a_row_of_its_history(load, rows):
    feed = a_feed(last_polled_at=NOON)
    load(polled(feed))

    load(polled(replace(feed, url=NEW, last_polled_at=NOON + HOUR), number=2))

    assert rows("select url from feeds") == [(NEW,)]
    assert rows("select feed_id, from_url, to_url, moved_at from feed_moves") == [
        ("feed-1", OLD, NEW, NOON + HOUR)
    ]


def test_a_late_batch_neither_moves_a_feed_nor_tells_of_a_move(load, rows):
    load(polled(a_feed(last_polled_at=NOON + HOUR)))

    load(polled(a_feed(url=NEW, last_polled_at=NOON), number=2))

    assert rows("select url from feeds") == [(OLD,)]
    assert rows("select count(*) from feed_moves") == [(0,)]


def test_a_feed_that_was_put_off_before_its_first_poll_stays_put_off(load, warehouse):
    warehouse.sync_feeds([a_feed()], now=NOON)

    load(polled(a_feed(next_poll_at=NOON + HOUR, not_before=NOON + HOUR)))

    assert warehouse.feeds_due(NOON, only=None, force=True) == []


@pytest.mark.parametrize(
    ("after", "force", "is_due"),
    [
        pytest.param(HOUR, False, False, id="before its time"),
        pytest.param(HOUR, True, False, id="before its time, forced"),
        pytest.param(3 * HOUR, False, True, id="in time"),
    ],
)
def test_a_feed_that_is_gone_is_asked_for_now_and_then(load, warehouse, after, force, is_due):
    load(polled(a_feed(state="gone", last_polled_at=NOON, next_poll_at=NOON + 2 * HOUR)))

    due = warehouse.feeds_due(NOON + after, only=None, force=force)

    assert bool(due) is is_due


def test_a_feed_that_a_person_resumes_is_due_at_once(load, warehouse):
    load(polled(a_feed(last_polled_at=NOON, next_poll_at=NOON + 720 * HOUR)))
    warehouse.sync_feeds([a_feed(state="paused")], now=NOON)

    warehouse.sync_feeds([a_feed(state="active")], now=NOON)

    assert [feed.feed_id for feed in warehouse.feeds_due(NOON, only=None, force=False)] == [
        "feed-1"
    ]
