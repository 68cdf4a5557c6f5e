"""Prefect for real: `onrecord serve`, its schedule, an ad hoc run and its rows."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from flows.demo.server import serve_newsroom
from flows.home import Home
from flows.settings import load_settings
from flows.steps import Order, run_pass
from warehouse.door import Warehouse
from warehouse.reader import Reader

pytestmark = pytest.mark.server

WATCHED = ("--watch", "--watch-timeout", "240")
#: What a pass leaves, without ids of runs and fetches and times of observation.
ROWS = {
    "entries": "select entry_id, feed_id, url, title, published_at, article_id",
    "articles": "select article_id, url, title, published_at, lang, words, text, version",
    "article_versions": "select article_id, version, title, text, change",
    "quotes": "select article_id, version, start_char, end_char, text, kind, speaker, speaker_id",
    "mentions": "select article_id, version, start_char, end_char, label, entity_id",
    "entities": "select entity_id, name, label, articles, quotes",
}


@dataclass(frozen=True)
class Served:
    home: Home
    api_url: str
    process: subprocess.Popen
    environment: dict[str, str]

    def ask(self, path: str, body: dict) -> list[dict]:
        request = urllib.request.Request(
            self.api_url + path,
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def run(self, deployment: str, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run a deployment as a person does who waits for its end."""
        return subprocess.run(
            [sys.executable, "-m", "prefect", "deployment", "run", deployment, *words, *WATCHED],
            check=False,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
        )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def rows_in(home: Home) -> dict[str, list]:
    with Reader(home.path) as reader:
        return {
            table: sorted(reader.answer(f"{select} from {table}", timeout_s=60).rows, key=repr)
            for table, select in ROWS.items()
        }


def write_settings(folder: Path, newsroom) -> None:
    folder.mkdir()
    feeds = "".join(f'[[feeds]]\nurl = "{url}"\n' for url in newsroom.feed_urls)
    hosts = json.dumps(list(newsroom.addresses))
    (folder / "onrecord.toml").write_text(
        f"pause_s = 0\nworkers = 1\nallow_hosts = {hosts}\n{feeds}"
    )


def wait_until(is_so, *, within_s: float):
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        if found := is_so():
            return found
        time.sleep(0.5)
    raise AssertionError(f"not so within {within_s} s")


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    home = Home(folder)
    environment = {name: value for name, value in os.environ.items() if "PREFECT" not in name}
    environment |= {"ONRECORD_SERVE_PORT": str(free_port()), "ONRECORD_HOME": str(folder)}
    with (folder / "serve.out").open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "flows", "serve"], env=environment, stdout=out, stderr=out
        )
    try:
        wait_until(lambda: home.serve_file.exists() or process.poll() is not None, within_s=120)
        assert process.poll() is None, (folder / "serve.out").read_text()
        api_url = json.loads(home.serve_file.read_text())["api_url"]
        yield Served(home, api_url, process, environment | {"PREFECT_API_URL": api_url})
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


@pytest.fixture(scope="module")
def newsroom():
    with serve_newsroom() as room:
        yield room


@pytest.fixture(scope="module")
def served(tmp_path_factory, newsroom):
    folder = tmp_path_factory.mktemp("served") / "home"
    write_settings(folder, newsroom)
    with serving(folder) as served:
        yield served


def test_the_schedule_really_creates_runs(served):
    scheduled = {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}}

    def minutes() -> set[str]:
        runs = served.ask("/flow_runs/filter", scheduled)
        assert all(run["auto_scheduled"] for run in runs)
        return {run["expected_start_time"][14:16] for run in runs}

    passes, rechecks, nightly = {"00", "15", "30", "45"}, {"07", "22", "37", "52"}, {"40"}
    every = passes | rechecks | nightly
    assert wait_until(lambda: minutes() >= every, within_s=120)
    assert minutes() == every


def test_a_run_that_somebody_asks_for_leaves_the_rows_of_the_plain_path(served, newsroom, tmp_path):
    write_settings(tmp_path / "plain", newsroom)
    plain = Home(tmp_path / "plain")
    run_pass(plain, load_settings(plain.path, {}), Order())

    done = served.run("ingest/ingest-now", "-p", "force=true")

    assert done.returncode == 0, done.stdout + done.stderr
    assert rows_in(served.home) == rows_in(plain)
    summaries = served.ask("/artifacts/filter", {"artifacts": {"key": {"any_": ["run-summary"]}}})
    assert any("| new articles | 44 |" in each["data"] for each in summaries)


def test_a_re_check_that_somebody_asks_for_completes_and_leaves_its_row(served):
    done = served.run("maintain/maintain")

    assert done.returncode == 0, done.stdout + done.stderr
    of_the_flow = {"flows": {"name": {"any_": ["maintain"]}}}
    states = {run["id"]: run["state_type"] for run in served.ask("/flow_runs/filter", of_the_flow)}
    Warehouse(served.home.path).publish()  # a run without news leaves the readers' copy as it is
    with Reader(served.home.path) as reader:
        runs = reader.answer("select flow_run_id, outcome from runs", timeout_s=60).rows
    rechecks = [(states[each], outcome) for each, outcome in runs if each in states]
    assert rechecks
    assert set(rechecks) == {("COMPLETED", "done")}


def test_a_second_server_on_the_same_port_is_refused_as_bad_settings(served):
    done = subprocess.run(
        [sys.executable, "-m", "flows", "serve"],
        check=False,
        env=served.environment | {"PREFECT_API_URL": ""},
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.returncode == 2
    assert "is taken" in done.stderr


def test_stopping_it_ends_the_server_too(served):
    served.process.send_signal(signal.SIGTERM)

    assert served.process.wait(60) == 128 + signal.SIGTERM
    assert not served.home.serve_file.exists()
    with pytest.raises(urllib.error.URLError):
        served.ask("/flow_runs/filter", {})
