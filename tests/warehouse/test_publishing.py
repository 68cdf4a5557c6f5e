"""When the readers' copy is made anew: by its cost, by what changed, and by who asks."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import NOON, a_harvest, a_poll
from warehouse.published import PublishedCopy
from warehouse.publishing import Published, is_due_for_readers, wait_left_s
from warehouse.staging import stage

LAST = Published(at=NOON, took_s=2.0, shares_blocks=False, news="1")
SHARED = replace(LAST, shares_blocks=True)


@pytest.mark.parametrize(
    ("last", "after_s", "has_news", "left_s"),
    [
        (LAST, 0, True, 40),
        (LAST, 39, True, 1),
        (LAST, 40, True, 0),
        (LAST, 40, False, 3560),
        (LAST, 3600, False, 0),
        (SHARED, 0, True, 0),
        (SHARED, 60, False, 3540),
        (LAST, -1, True, 0),
    ],
    ids=["at once", "soon", "20 times", "no news", "an hour", "shared", "shared, no news", "clock"],
)
def test_a_copy_is_made_by_what_the_last_one_cost(last, after_s, has_news, left_s):
    now = NOON + timedelta(seconds=after_s)

    assert wait_left_s(last, now, has_news=has_news) == left_s


@given(took_s=st.floats(0, 1e5), after_s=st.floats(0, 1e7), has_news=st.booleans())
def test_copies_never_take_more_than_a_twentieth_of_the_time(took_s, after_s, has_news):
    left_s = wait_left_s(
        replace(LAST, took_s=took_s), NOON + timedelta(seconds=after_s), has_news=has_news
    )

    assert after_s + left_s >= 20 * took_s - 1e-3


@pytest.mark.parametrize(
    ("last", "is_due"),
    [
        (replace(LAST, is_pending=True), True),
        (LAST, False),
        (replace(LAST, is_pending=True, took_s=30.0), False),
    ],
    ids=["waits", "shown", "takes long"],
)
def test_who_asks_is_shown_what_waits_unless_that_takes_long(last, is_due):
    assert is_due_for_readers(last, NOON + timedelta(hours=2)) == is_due


def test_a_pass_of_polls_alone_is_not_published_before_an_hour(load, warehouse, home, rows):
    load()
    made = PublishedCopy(home).last().at
    load_without_publishing(warehouse, home, a_harvest(polls=(a_poll(),)))

    left_s = warehouse.publish_if_due(made + timedelta(minutes=59))
    polls = rows("from polls")
    later_s = warehouse.publish_if_due(made + timedelta(minutes=61))

    assert (left_s, later_s) == (60, 0)
    assert (len(polls), len(rows("from polls"))) == (0, 1)


def test_a_pass_with_news_is_published_when_its_cost_allows(
    load, warehouse, home, rows, world_parts
):
    load()
    last = PublishedCopy(home).last()
    for part in world_parts:
        load_without_publishing(warehouse, home, part)

    left_s = warehouse.publish_if_due(last.at + timedelta(seconds=20 * last.took_s + 0.001))

    assert left_s == 0
    assert len(rows("from articles")) == 3


def test_a_run_that_ends_waits_to_be_shown_until_it_is(warehouse, home, load):
    load()
    warehouse.finish_run("run-1", ended_at=NOON, outcome="done")
    waits = PublishedCopy(home).last().is_pending

    warehouse.publish()

    assert (waits, PublishedCopy(home).last().is_pending) == (True, False)


@pytest.mark.parametrize("note", [b"", b"{", b"[]", b'{"at": 3}', b"\xff"])
def test_a_broken_note_makes_a_copy_due(warehouse, home, note):
    (home / "locks" / "published.json").write_bytes(note)

    assert warehouse.publish_if_due(NOON) == 0
    assert PublishedCopy(home).last() is not None


def load_without_publishing(warehouse, home, harvest):
    stage(harvest, home / "staging")
    warehouse.load_staged()
