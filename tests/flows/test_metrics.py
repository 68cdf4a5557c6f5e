"""The metrics of a home, as Prometheus reads them."""

from dataclasses import replace
from datetime import timedelta

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from flows.home import Home
from flows.metrics import metrics_text
from tests.builders import NOON, a_feed, a_harvest, a_poll, an_entry
from tests.press import onrecord
from tests.test_deploy import DEPLOY
from warehouse.door import Warehouse
from warehouse.lock import held_lock
from warehouse.reader import Reader
from warehouse.staging import stage


def samples(text):
    """Return the value of each sample, by name and label values."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.fixture(scope="module")
def told(read_home):
    return samples(onrecord("metrics", "--home", read_home).out)


def test_the_numbers_are_those_of_the_home(told, read_home):
    assert told["onrecord_feeds", "active"] == 1
    assert told["onrecord_runs_total", "done"] == 1
    assert told["onrecord_articles_new_total",] == 1
    assert told["onrecord_pages_waiting",] == 0
    assert told["onrecord_staged_batches",] == 0
    assert told["onrecord_last_run_count", "done", "pages_fetched"] == 1
    assert told["onrecord_stored_quotes",] >= 1
    assert "onrecord_build_info" in {name for name, *_ in told}
    assert (
        told["onrecord_home_bytes", "warehouse"] == (read_home / "warehouse.duckdb").stat().st_size
    )
    assert told["onrecord_last_run_end_timestamp_seconds", "done"] > 1.7e9


def test_every_metric_says_what_it_is_and_is_called_after_us(read_home):
    families = list(text_string_to_metric_families(onrecord("metrics", "--home", read_home).out))

    assert [each.name for each in families if not each.documentation] == []
    assert {each.name.split("_")[0] for each in families} == {"onrecord"}


def test_the_rules_for_alerts_name_metrics_that_there_are(told):
    rules = yaml.safe_load((DEPLOY / "alerts.yaml").read_text())["groups"][0]["rules"]
    words = {
        word.strip("(){}") for rule in rules for word in rule["expr"].replace("{", " ").split()
    }

    named = {word.split("(")[-1].split("[")[0] for word in words if "onrecord_" in word}
    assert len(named) >= 4
    assert named <= {name for name, *_ in told}


def test_a_file_of_metrics_is_written_whole(tmp_path, read_home):
    said = onrecord("metrics", "--output", tmp_path / "onrecord.prom", "--home", read_home)

    assert (said.code, said.out) == (0, "")
    assert [each.name for each in tmp_path.iterdir()] == ["onrecord.prom"]
    assert samples((tmp_path / "onrecord.prom").read_text())["onrecord_feeds", "active"] == 1


def test_a_home_that_did_nothing_yet_has_metrics(tmp_path):
    onrecord("init", "--home", tmp_path)

    said = onrecord("metrics", "--home", tmp_path)

    told = samples(said.out)
    outcomes = ("done", "partial", "failed", "interrupted")
    assert told["onrecord_articles_new_total",] == 0
    # A series that begins at 1 with the first failed run has no increase to be alarmed by.
    assert [told["onrecord_runs_total", outcome] for outcome in outcomes] == [0, 0, 0, 0]
    assert told["onrecord_feeds", "gone"] == 0


def test_while_somebody_writes_the_numbers_are_those_of_the_readers_copy(read_home, monkeypatch):
    monkeypatch.setenv("ONRECORD_LOCK_WAIT_S", "0.1")
    with held_lock(read_home / "locks" / "warehouse.lock", wait_s=1):
        said = onrecord("metrics", "--home", read_home)

    assert said.code == 0, said.err
    assert samples(said.out)["onrecord_stored_articles",] == 1


def test_no_feed_makes_a_series_or_breaks_the_format(tmp_path):
    warehouse = Warehouse(tmp_path)
    hostile = 'x"} 1\n# TYPE onrecord_feeds counter\nonrecord_feeds{state="active"} 99\n\\'
    feeds = [
        a_feed(feed_id=str(n), url=f"https://{n}.example/f", title=f"{n} {hostile}")
        for n in range(50)
    ]
    warehouse.sync_feeds(feeds, now=NOON)

    text = onrecord("metrics", "--home", tmp_path).out

    assert samples(text)["onrecord_feeds", "active"] == 50
    assert "99" not in text.split()
    assert len(text.splitlines()) < 120


def test_the_reason_of_a_failure_is_escaped_as_the_format_wants_it(read_home):
    odd = 'a "b" \\ c\nd'
    health = Warehouse(read_home).health(silent_days=7, failed_since=NOON)

    text = metrics_text(Home(read_home), replace(health, failures=((odd, 3),)), NOON)

    assert samples(text)["onrecord_failures_open", odd] == 3


def test_silent_are_the_feeds_that_the_saved_question_names(tmp_path):
    warehouse = Warehouse(tmp_path)
    feeds = [
        a_feed(feed_id=name, url=f"https://{name}.example/feed", state=state)
        for name, state in (("old", "active"), ("new", "active"), ("no", "active"), ("p", "paused"))
    ]
    warehouse.sync_feeds(feeds, now=NOON)
    listed = [
        an_entry(entry_id="1", feed_id="old", seen_at=NOON - timedelta(days=8)),
        an_entry(entry_id="2", feed_id="new", seen_at=NOON - timedelta(days=6)),
    ]
    warehouse.start_run("run-1", started_at=NOON, flow_run_id=None, extractor_version="x1")
    stage(a_harvest(polls=(a_poll(),), entries=tuple(listed)), tmp_path / "staging")
    warehouse.load_staged()
    warehouse.publish()

    silent = warehouse.health(silent_days=7, failed_since=NOON).silent_feeds

    with Reader(tmp_path) as reader:
        asked = reader.ask("silent_feeds", {"days": "7"}, timeout_s=60).rows
    assert [each.url for each in silent] == [row[0] for row in asked]
    assert {each.feed_id for each in silent} == {"old", "no"}
