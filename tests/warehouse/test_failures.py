from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import (
    NOON,
    a_failure,
    a_feed,
    a_fetch,
    a_harvest,
    a_poll,
    a_reading,
    an_entry,
)

HOUR = timedelta(hours=1)
FAILED = a_harvest(
    batch_id="failed",
    made_at=NOON,
    entries=(an_entry(),),
    failures=(a_failure(next_try_at=NOON + HOUR),),
)
READ = a_harvest(
    batch_id="read",
    made_at=NOON + HOUR,
    fetches=(a_fetch(started_at=NOON + HOUR),),
    readings=(a_reading(seen_at=NOON + HOUR),),
)
LISTED = "select reason, tries, first_at, last_at, closed_at from failures order by first_at"


def test_a_failure_that_comes_again_is_one_row_with_two_tries(load, rows):
    again = a_failure(reason="dns", at=NOON + HOUR)
    load(FAILED, a_harvest(batch_id="b2", failures=(again,)))

    assert rows(LISTED) == [("dns", 2, NOON, NOON + HOUR, None)]


@pytest.mark.parametrize("late", [False, True], ids=["in order", "the failure arrives late"])
def test_a_failure_is_closed_by_a_later_reading_of_its_page(load, rows, late):
    load(*((READ, FAILED) if late else (FAILED, READ)))

    assert rows("select closed_at from failures") == [(NOON + HOUR,)]


def test_a_failure_after_a_closed_one_is_a_new_row(load, rows):
    later = NOON + 2 * HOUR
    load(FAILED, READ)

    load(a_harvest(batch_id="b3", failures=(a_failure(at=later),)))

    assert [(tries, closed is None) for _, tries, _, _, closed in rows(LISTED)] == [
        (1, False),
        (1, True),
    ]


def test_a_feeds_failure_is_closed_by_a_good_poll(load, rows):
    failure = a_failure(stage="feed", url="https://gazette.example/feed.xml", feed_id="feed-1")
    bad = a_poll(poll_id="bad", status="failed")
    load(
        a_harvest(polls=(bad,), failures=(failure,)),
        a_harvest(batch_id="b2", polls=(a_poll(started_at=NOON + HOUR, status="unchanged"),)),
    )

    assert rows("select closed_at from failures") == [(NOON + HOUR,)]


def test_what_failed_beside_a_reading_stays_open(load, rows):
    quotes_failed = a_failure(stage="quotes", reason="internal", at=NOON + HOUR)

    load(replace(READ, failures=(quotes_failed,)))

    assert rows("select closed_at from failures") == [(None,)]


def test_reading_an_old_page_by_another_extractor_closes_what_had_failed_in_it(load, rows):
    page = a_fetch(started_at=NOON)
    text_failed = a_failure(stage="text", reason="internal", at=NOON + HOUR / 2)
    load(
        a_harvest(fetches=(page,), failures=(text_failed,)),
        a_harvest(batch_id="b2", made_at=NOON + HOUR, readings=(a_reading(seen_at=NOON),)),
    )

    assert rows("select closed_at is not null from failures") == [(True,)]


@pytest.mark.parametrize(
    ("next_try_at", "now", "listed"),
    [
        (NOON + HOUR, NOON, False),
        (NOON + HOUR, NOON + HOUR, True),
        (None, NOON + 1000 * HOUR, False),
    ],
    ids=["waits", "its time has come", "set aside"],
)
def test_the_work_list_leaves_out_pages_whose_failure_waits(
    load, warehouse, next_try_at, now, listed
):
    load(replace(FAILED, failures=(a_failure(next_try_at=next_try_at),)))

    assert bool(warehouse.work_list(now, retry_failed=False)) is listed
    assert [item.tries for item in warehouse.work_list(now, retry_failed=True)] == [1]


@pytest.mark.parametrize(
    "dated",
    [NOON + 2 * HOUR, NOON - HOUR],
    ids=["after it was read", "before it was read, but stated only afterwards"],
)
def test_a_page_is_read_again_when_its_feed_says_it_was_updated(load, warehouse, dated):
    updated = replace(an_entry().published, at=dated)
    seen_at = NOON + 3 * HOUR
    load(a_harvest(entries=(an_entry(),)), READ)
    read_once = warehouse.work_list(seen_at, retry_failed=False)

    load(a_harvest(batch_id="b3", entries=(an_entry(updated=updated, seen_at=seen_at),)))
    after_update = warehouse.work_list(seen_at, retry_failed=False)
    load(
        a_harvest(
            batch_id="b4",
            fetches=(a_fetch(fetch_id="fetch-2", started_at=seen_at),),
            readings=(a_reading(fetch_id="fetch-2", seen_at=seen_at),),
        )
    )
    read_twice = warehouse.work_list(seen_at, retry_failed=False)

    assert (read_once, read_twice) == ([], [])
    assert [item.url for item in after_update] == [an_entry().url]


def test_a_url_that_two_feeds_list_is_one_item_of_the_work_list(load, warehouse):
    other = an_entry(entry_id="entry-2", feed_id="feed-2", seen_at=NOON + HOUR)
    load(
        a_harvest(
            feeds=(a_feed(last_polled_at=NOON),),
            entries=(other, an_entry()),
        )
    )

    items = warehouse.work_list(NOON, retry_failed=False)
    of_second = warehouse.work_list(NOON, retry_failed=False, only=["feed-2"])
    of_third = warehouse.work_list(NOON, retry_failed=False, only=["feed-3"])

    assert [item.url for item in items] == [an_entry().url]
    assert (of_second, of_third) == (items, [])


def test_a_page_that_was_deferred_has_not_failed(load, warehouse, rows):
    deferred = a_failure(reason="deferred", next_try_at=NOON + HOUR)

    load(a_harvest(entries=(an_entry(),), failures=(deferred,)))

    assert rows("select reason, tries from failures") == [("deferred", 0)]
    assert rows("select failures from runs") == [(0,)]
    assert warehouse.work_list(NOON, retry_failed=False) == []
