"""What somebody must see is worth telling once, and once more when it is mended."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from flows.alerts import STALLED_AFTER, Alert, Told, alert_of, told_at_first
from flows.alerttext import document_of, text_of
from tests.builders import NOON, a_feed, a_harvest
from warehouse.door import Warehouse
from warehouse.health import FailedRun, FailingFeed, Health, RunCount, SilentFeed, Totals
from warehouse.staging import stage

QUIET = SilentFeed(
    feed_id="f1",
    url="https://quiet.example/feed",
    title="The Quiet Gazette",
    last_new_entry_at=NOON - timedelta(days=9),
    last_error=None,
)
BROKEN = FailedRun(run_id="run-1", started_at=NOON, ended_at=NOON, note="the disk is full")
ENDED = RunCount(outcome="done", runs=3, last_started_at=NOON, last_ended_at=NOON)
NOTHING = Totals(
    feeds_polled=0,
    entries_new=0,
    pages_fetched=0,
    articles_new=0,
    articles_changed=0,
    quotes=0,
    mentions=0,
    pages_waiting=0,
    stored_articles=0,
    stored_quotes=0,
    stored_mentions=0,
    schema_version=1,
    extractor_version=None,
)
WELL = Health(totals=NOTHING, runs=(ENDED,), active_feeds=frozenset({"f1"}))
ILL = replace(WELL, silent_feeds=(QUIET,), failed_runs=(BROKEN,))


def test_what_failed_and_who_fell_silent_is_told_once():
    first, told = alert_of(ILL, told_at_first(NOON), NOON)
    second, _ = alert_of(replace(ILL, failed_runs=()), told, NOON)

    assert (first.failed_runs, first.silent_feeds) == ((BROKEN,), (QUIET,))
    assert second.is_empty
    assert told.runs_until == BROKEN.ended_at


def test_at_first_what_failed_in_the_last_day_is_to_be_told_and_nothing_older():
    assert told_at_first(NOON) == Told(runs_until=NOON - timedelta(days=1))


def test_a_feed_that_speaks_again_is_told_and_may_fall_silent_anew():
    _, told = alert_of(ILL, told_at_first(NOON), NOON)
    heard, told = alert_of(WELL, told, NOON)
    again, _ = alert_of(ILL, told, NOON)

    assert heard == Alert(heard_again=("The Quiet Gazette",))
    assert again.silent_feeds == (QUIET,)


def test_a_schedule_at_which_no_run_ends_is_told_and_that_it_goes_on():
    late = NOON + STALLED_AFTER + timedelta(minutes=1)

    stalled, told = alert_of(WELL, told_at_first(NOON), late)
    still, told = alert_of(WELL, told, late)
    goes_on, _ = alert_of(replace(WELL, runs=(replace(ENDED, last_ended_at=late),)), told, late)

    assert (stalled.stalled_since, still.is_empty, goes_on.runs_again) == (NOON, True, True)


def test_a_home_that_never_ran_does_not_stand_still():
    alert, _ = alert_of(Health(totals=NOTHING), told_at_first(NOON), NOON)

    assert alert.is_empty


def test_very_many_silent_feeds_make_a_text_that_can_be_read():
    feeds = tuple(replace(QUIET, feed_id=str(number)) for number in range(500))

    text = text_of(alert_of(replace(WELL, silent_feeds=feeds), Told(runs_until=NOON), NOON)[0])

    assert text.count("\n") == 20
    assert text.endswith("and 480 more")


FAILING = FailingFeed(
    feed_id="f2",
    url="https://down.example/feed",
    title=None,
    failures_in_a_row=3,
    last_error="http_5xx",
)


def test_a_feed_that_fails_is_told_once_and_when_it_answers_again():
    down = replace(WELL, failing_feeds=(FAILING,), active_feeds=frozenset({"f1", "f2"}))
    first, told = alert_of(down, told_at_first(NOON), NOON)
    second, told = alert_of(down, told, NOON)
    mended, told = alert_of(replace(down, failing_feeds=()), told, NOON)

    assert (first.failing_feeds, second.is_empty) == ((FAILING,), True)
    assert mended == Alert(answering_again=("https://down.example/feed",))


def test_a_feed_that_somebody_removed_is_not_said_to_be_well_again():
    both = replace(ILL, failing_feeds=(FAILING,), failed_runs=())
    _, told = alert_of(both, told_at_first(NOON), NOON)

    alert, _ = alert_of(replace(WELL, active_feeds=frozenset()), told, NOON)

    assert alert.is_empty


def test_a_run_that_goes_well_after_one_that_failed_is_told_once():
    _, told = alert_of(ILL, told_at_first(NOON), NOON)
    later = replace(ENDED, last_ended_at=NOON + timedelta(hours=1))
    well = replace(ILL, failed_runs=(), runs=(later,))

    first, told = alert_of(well, told, NOON)
    second, _ = alert_of(well, told, NOON)

    assert (first, second) == (Alert(succeeds_again=True), Alert())


def test_what_a_site_says_is_no_markup_and_calls_nobody():
    hostile = replace(QUIET, title="<!channel> @all\n\x1b[31mOn Record: all is well" + "x" * 5000)

    text = text_of(alert_of(replace(WELL, silent_feeds=(hostile,)), told_at_first(NOON), NOON)[0])

    assert "\n" not in text
    assert [word for word in ("<!", "@all", "\x1b") if word in text] == []
    assert "&lt;!channel&gt;" in text
    assert len(text) < 400


def test_the_document_of_a_home_with_very_many_silent_feeds_is_bounded():
    feeds = tuple(replace(QUIET, feed_id=str(number)) for number in range(5000))

    document = document_of(
        alert_of(replace(WELL, silent_feeds=feeds), Told(runs_until=NOON), NOON)[0], NOON
    )

    assert (len(document["silent_feeds"]), document["more"]["silent_feeds"]) == (100, 4900)
    assert len(json.dumps(document)) < 100_000


@pytest.mark.parametrize(
    ("end", "notes"),
    [
        ("failed", ["no room"]),
        ("killed", ["it was killed"]),
        ("interrupted", []),
        ("invalid", []),
    ],
)
def test_failed_and_killed_runs_are_told_and_not_those_that_somebody_stopped(tmp_path, end, notes):
    warehouse = Warehouse(tmp_path)
    warehouse.start_run("run-1", started_at=NOON, flow_run_id=None, extractor_version="x1")
    if end == "killed":
        warehouse.settle_run("run-1", at=NOON)
    else:
        outcome = "interrupted" if end == "interrupted" else "failed"
        note = "no room" if outcome == "failed" else None
        warehouse.finish_run("run-1", ended_at=NOON, outcome=outcome, note=note, is_complete=False)
        warehouse.settle_run("run-1", at=NOON + timedelta(hours=1))
    if end == "invalid":
        warehouse.judge_run("run-1", invalid=True, note="a test")

    found = warehouse.health(silent_days=7, failed_since=NOON - timedelta(days=1)).failed_runs

    assert [run.note for run in found] == notes


def test_feeds_fail_from_the_third_poll_in_a_row_on(tmp_path):
    warehouse = Warehouse(tmp_path)
    counts = {"twice": 2, "thrice": 3, "paused": 9}
    warehouse.sync_feeds(
        [
            a_feed(
                feed_id=name,
                url=f"https://{name}.example/feed",
                state="paused" if name == "paused" else "active",
            )
            for name in counts
        ],
        now=NOON,
    )
    feeds = [
        replace(feed, failures_in_a_row=counts[feed.feed_id])
        for feed in warehouse.feeds_due(NOON, only=None, force=True)
    ]
    warehouse.start_run("run-1", started_at=NOON, flow_run_id=None, extractor_version="x1")
    stage(a_harvest(feeds=tuple(feeds)), tmp_path / "staging")
    warehouse.load_staged()

    health = warehouse.health(silent_days=7, failed_since=NOON)

    assert [feed.feed_id for feed in health.failing_feeds] == ["thrice"]
    assert health.active_feeds == {"twice", "thrice"}
