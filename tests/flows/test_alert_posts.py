"""What somebody must see is posted at the end of a run, and by the next if it was not taken."""

import json
from datetime import UTC, datetime

import pytest

from flows.aftermath import told_outside
from flows.home import Home
from flows.locks import held_alone
from flows.settings import load_settings
from tests.builders import NOON
from tests.fakes import Reply, in_turn
from tests.press import RAIN, a_feed_of, a_page, onrecord, rows, set_up
from warehouse.door import Warehouse


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


def test_a_run_that_a_bug_of_ours_ends_is_told_and_one_that_somebody_stops_is_not(watched, press):
    home, settings = Home(watched), load_settings(watched, {})
    warehouse = Warehouse(watched)
    warehouse.start_run("run-1", started_at=NOON, flow_run_id=None, extractor_version="x1")
    warehouse.finish_run("run-1", ended_at=datetime.now(UTC), outcome="failed", note="a bug")

    with pytest.raises(KeyboardInterrupt), told_outside(home, settings):
        raise KeyboardInterrupt
    assert posted(press) == []
    with pytest.raises(ZeroDivisionError), told_outside(home, settings):
        raise ZeroDivisionError

    assert [each["failed_runs"][0]["note"] for each in posted(press)] == ["a bug"]


def test_an_alert_that_hangs_elsewhere_fails_no_run_and_is_told_as_such(
    watched, press, monkeypatch
):
    monkeypatch.setenv("ONRECORD_LOCK_WAIT_S", "0.1")
    with held_alone(Home(watched).alerts_lock, "alert", wait_s=None):
        ingested = onrecord("ingest", "--home", watched)
        said = onrecord("alert", "--home", watched)

    assert "another alert is on its way still" in ingested.err
    assert "Traceback" not in ingested.err + said.err
    assert (said.code, said.err) == (1, "onrecord: another alert is on its way still\n")
    assert posted(press) == []


def test_a_name_and_password_in_the_address_of_the_receiver_are_sent_as_a_header(watched, press):
    address = press.url("/hook/KEY").replace("http://", "http://ann:s3cret@")
    onrecord("ingest", "--home", watched)
    Home(watched).alerts_note.unlink()

    said = onrecord("alert", "--home", watched, "--to", address)

    assert said.code == 0
    assert press.asked("/hook/KEY")[-1].headers["authorization"] == "Basic YW5uOnMzY3JldA=="
