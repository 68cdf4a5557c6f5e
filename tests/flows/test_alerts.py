"""What somebody must see is told once, to a receiver that took it."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from flows.alerts import STALLED_AFTER, Alert, Told, alert_of, text_of, told_at_first
from tests.builders import NOON
from tests.fakes import Reply, in_turn
from tests.press import RAIN, a_feed_of, a_page, onrecord, rows, set_up
from warehouse.health import FailedRun, Health, RunCount, SilentFeed, Totals

QUIET = SilentFeed(
    feed_id="f1",
    url="https://quiet.example/feed",
    title="The Quiet Gazette",
    last_new_entry_at=NOON - timedelta(days=9),
    last_error=None,
)
BROKEN = FailedRun(run_id="run-1", started_at=NOON, ended_at=NOON, note="the disk is full")
ENDED = RunCount(outcome="done", runs=3, last_ended_at=NOON, last_took_s=2.0)
NOTHING = Totals(
    feeds_polled=0,
    entries_new=0,
    pages_fetched=0,
    articles_new=0,
    articles_changed=0,
    quotes=0,
    mentions=0,
    pages_waiting=0,
)
WELL = Health(totals=NOTHING, runs=(ENDED,))
ILL = replace(WELL, silent_feeds=(QUIET,), failed_runs=(BROKEN,))


def test_what_failed_and_who_fell_silent_is_told_once():
    first, told = alert_of(ILL, told_at_first(NOON), NOON)
    second, _ = alert_of(replace(ILL, failed_runs=()), told, NOON)

    assert (first.failed_runs, first.silent_feeds) == ((BROKEN,), (QUIET,))
    assert second.is_empty
    assert told.runs_until == BROKEN.ended_at


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


@pytest.fixture
def watched(tmp_path, press, model):
    """A home whose only feed is an error, and the address that wants to know."""
    press.routes["/feed"] = Reply(status=500)
    press.routes["/hook/KEY"] = Reply(status=204)
    return set_up(
        tmp_path / "home",
        press.url("/feed"),
        site=press,
        model=model,
        alert_url=press.url("/hook/KEY"),
        metrics_file="home.prom",
    )


def posted(press):
    return [json.loads(seen.body) for seen in press.asked("/hook/KEY")]


def test_a_run_that_fails_is_told_at_its_end(watched, press):
    said = onrecord("ingest", "--home", watched)
    onrecord("alert", "--home", watched)

    [told] = posted(press)
    [run] = rows(watched, "select run_id, outcome from runs")
    assert (said.code, run["outcome"]) == (1, "failed")
    assert [each["run_id"] for each in told["failed_runs"]] == [run["run_id"]]
    assert f"run {run['run_id']} failed" in told["text"]
    assert press.asked("/hook/KEY")[0].headers["content-type"] == "application/json"


def test_what_the_receiver_did_not_take_is_told_by_the_next(watched, press):
    press.routes["/hook/KEY"] = in_turn(
        Reply(status=503), Reply(status=302, headers={"Location": "/taken"}), Reply(status=200)
    )

    ingested = onrecord("ingest", "--home", watched)
    refused = onrecord("alert", "--home", watched)
    taken = onrecord("alert", "--home", watched)

    assert "the receiver of alerts answered 503" in ingested.err
    assert (refused.code, taken.code) == (1, 0)
    assert refused.err == "onrecord: the receiver of alerts answered 302\n"
    assert [len(each["failed_runs"]) for each in posted(press)] == [1, 1, 1]
    assert press.count("/taken") == 0


def test_a_receiver_that_is_not_there_fails_no_run_and_is_not_named(watched, press):
    press.routes["/feed"] = a_feed_of([press.url("/rain")])
    press.routes["/rain"] = a_page("Rain closes the harbour", RAIN)
    (watched / "onrecord.toml").write_text(
        (watched / "onrecord.toml")
        .read_text()
        .replace(press.url("/hook/KEY"), "http://127.0.0.1:9/hook/KEY")
    )

    good = onrecord("ingest", "--home", watched)
    press.routes["/feed"] = Reply(status=500)
    bad = onrecord("ingest", "--force", "--home", watched)
    told = onrecord("alert", "--home", watched, "--to", "http://127.0.0.1:9/hook/KEY")

    assert (good.code, good.err, bad.code, told.code) == (0, "", 1, 1)
    assert "the receiver of alerts cannot be reached (ConnectionRefusedError)" in bad.err
    assert "KEY" not in bad.err + told.err


def test_a_dry_run_posts_and_notes_nothing(watched, press):
    press.routes["/hook/KEY"] = Reply(status=500)
    onrecord("ingest", "--home", watched)
    before = press.count("/hook/KEY")

    first = onrecord("alert", "--dry-run", "--home", watched)
    second = onrecord("alert", "--dry-run", "--json", "--home", watched)

    assert press.count("/hook/KEY") == before
    assert first.out.startswith("On Record: run ")
    assert first.out.strip() == second.json["text"]


def test_no_receiver_is_a_mistake_in_the_usage(tmp_path, press, model):
    home = set_up(tmp_path / "home", press.url("/feed"), site=press, model=model)

    said = onrecord("alert", "--home", home)
    wrong = onrecord("alert", "--to", "gopher://x/KEY", "--home", home)

    assert (said.code, "alert_url" in said.err) == (2, True)
    assert (wrong.code, "KEY" in wrong.err) == (2, False)
