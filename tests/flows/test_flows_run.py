"""Prefect for real: `onrecord serve`, its schedule, an ad hoc run and its rows."""

import json
import re
import signal
from contextlib import suppress
from pathlib import Path

import pytest
from prefect import flow
from prefect.settings import PREFECT_API_URL, temporary_settings

from flows.demo.server import serve_newsroom
from flows.home import Home
from flows.hosting import Stand
from flows.prefecthost import shown_run
from flows.settings import load_settings
from flows.steps import Order, RunFailedError, run_pass
from tests.builders import NOON
from tests.canaries import CANARIES, found_in, set_up_troubled, trouble
from tests.fakes import ScriptedSite
from tests.served import rows_in, serving, wait_until
from warehouse.door import Warehouse
from warehouse.reader import Reader
from warehouse.results import Run

pytestmark = pytest.mark.server


def write_settings(folder: Path, newsroom) -> None:
    folder.mkdir()
    feeds = "".join(f'[[feeds]]\nurl = "{url}"\n' for url in newsroom.feed_urls)
    hosts = json.dumps(list(newsroom.addresses))
    (folder / "onrecord.toml").write_text(
        f"pause_s = 0\nworkers = 1\nallow_hosts = {hosts}\n{feeds}"
    )


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


@pytest.fixture(scope="module")
def plain_rows(tmp_path_factory, newsroom):
    folder = tmp_path_factory.mktemp("plain") / "home"
    write_settings(folder, newsroom)
    run_pass(Home(folder), load_settings(folder, {}), Order())
    return rows_in(Home(folder))


def test_a_pass_begins_with_the_server_and_leaves_the_rows_of_the_plain_path(served, plain_rows):
    (first,) = wait_until(lambda: [run for run in served.runs() if run.has_ended])

    assert (first.state_type, first.message) == ("COMPLETED", "partial: 44 new articles")
    assert rows_in(served.home) == plain_rows


def test_what_came_of_a_run_stands_in_the_page(served):
    (first, *_) = wait_until(lambda: [run for run in served.runs() if run.has_ended])

    page = served.page_of(first.flow_run_id)

    assert "### Funnel\n" in page
    assert "| requests for pages | 47 | 46 ok, 1 failed |" in page
    assert re.search(r"\| \[.*sports.*\]\(http://127\.0\.0\.1:\d+/rss/sports\.xml\) \| not", page)
    assert "### Hosts, those waited for longest first" in page


def test_the_schedule_really_creates_runs(served):
    def minutes() -> set[int]:
        waiting = served.runs(type={"any_": ["SCHEDULED"]})
        return {run.expected_at.minute for run in waiting if run.is_of_schedule}

    passes, rechecks, nightly = {0, 15, 30, 45}, {7}, {40}
    every = passes | rechecks | nightly
    assert wait_until(lambda: minutes() >= every)
    assert minutes() == every


def test_a_run_that_somebody_asks_for_beside_the_schedule_is_followed_to_its_end(
    served, plain_rows
):
    done = served.run("trigger", "ingest-now", "--param", "force=true", "--watch", "--json")

    assert done.returncode == 0, done.stdout + done.stderr
    shown = json.loads(done.stdout)
    assert (shown["deployment"], shown["state"]) == ("ingest-now", "Completed")
    assert shown["parameters"] == {"force": True}
    assert "run ended" in done.stderr
    assert re.search(r"page failed feed=\w+ url=http://127\.0\.0\.1:\S+ reason=", done.stderr)
    assert re.search(r"feed failed feed=\w+ url=http://127\.0\.0\.1:\S+ reason=", done.stderr)
    assert rows_in(served.home) == plain_rows


def test_a_re_check_that_somebody_asks_for_completes_and_leaves_its_row(served):
    done = served.run("trigger", "maintain", "--watch", "--json")

    assert done.returncode == 0, done.stdout + done.stderr
    flow_run_id = json.loads(done.stdout)["flow_run_id"]
    Warehouse(served.home.path).publish()  # a run without news leaves the readers' copy as it is
    with Reader(served.home.path) as reader:
        runs = reader.answer("select flow_run_id, outcome from runs", timeout_s=60).rows
    assert (flow_run_id, "done") in runs
    page = served.page_of(flow_run_id)
    assert re.match(r"## Run \S+: done in [\d.]+ s\n", page)
    assert "### Funnel\n" in page


def test_a_run_that_fails_is_told_by_whoever_watches_it(served):
    done = served.run("trigger", "ingest-now", "--param", "feed=https://none.example/", "--watch")

    assert done.returncode == 1
    assert done.stdout.startswith("Failed")


def test_how_far_a_run_has_come_is_shown_while_it_goes_on_in_one_place(served, tmp_path):
    @flow
    def lasting() -> str:
        with shown_run(Home(tmp_path), between_s=0) as host:
            host.watch(Stand(share=0.25, told="1 of 4 pages fetched"))
            host.watch(Stand(share=0.5, told="2 of 4 pages fetched"))
        return str(host.flow_run_id)

    with temporary_settings({PREFECT_API_URL: served.api.url}):
        flow_run_id = lasting()

    told = [
        (each["type"], each["data"], each["description"]) for each in served.artifacts(flow_run_id)
    ]
    assert told == [("progress", 50.0, "2 of 4 pages fetched")]


def test_a_run_that_ends_soon_shows_no_progress_and_one_that_fails_has_a_page(served, tmp_path):
    run = Run(run_id="run-1", started_at=NOON, outcome="failed", note="no room")

    @flow
    def failing() -> str:
        with suppress(RunFailedError), shown_run(Home(tmp_path)) as host:
            host.watch(Stand(share=0.5, told="1 of 2 pages fetched"))
            raise RunFailedError("no room", run)
        return str(host.flow_run_id)

    with temporary_settings({PREFECT_API_URL: served.api.url}):
        flow_run_id = failing()

    (page,) = served.artifacts(flow_run_id)
    assert page["data"].startswith("## Run run-1: failed\n\nNote: no room\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("no-such",), "there is no deployment 'no-such'; there are: add-urls, assist, ingest"),
        (("ingest-now", "--param", "limit=-1"), "less than the minimum of 0"),
        (("ingest-now", "--param", "limit=few"), "'few' is not a whole number"),
        (("ingest-now", "--param", "speed=9"), "there is no parameter 'speed'"),
        (("add-urls",), "'urls' is a required property"),
        (("add-urls", "--param", "url=ftp://example.org/a"), "ftp://example.org/a"),
    ],
    ids=lambda case: " ".join(case) if isinstance(case, tuple) else None,
)
def test_what_cannot_be_run_is_refused_before_anything_runs(served, words, told):
    before = asked_for(served)

    done = served.run("trigger", *words)

    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert asked_for(served) == before


def asked_for(served):
    """Return how many runs somebody has asked for; the schedule makes others all the time."""
    return sum(not run.is_of_schedule for run in served.runs())


def test_prefect_is_told_no_secret(served, tmp_path, model):
    with ScriptedSite() as site:
        trouble(site)
        home = set_up_troubled(tmp_path / "troubled", site, model)
        done = served.run("trigger", "ingest-now", "--param", f"home={home}", "--watch", "--json")
        told = site.count("/hook/" + CANARIES["alert"])
    flow_run_id = json.loads(done.stdout)["flow_run_id"]

    kept = {
        path.name: path.read_bytes()
        for path in (*served.home.prefect.rglob("*"), *served.home.path.glob("*.out"))
        if path.is_file()
    }
    said = {"stdout": done.stdout, "stderr": done.stderr}
    page = served.page_of(flow_run_id)
    leaks = {
        name: found
        for name, content in (kept | said | {"page": page}).items()
        if (found := found_in(content))
    }
    assert leaks == {}, repr(leaks)
    assert told >= 1
    assert "/echo" in page
    assert any(flow_run_id.encode() in content for content in kept.values())


def test_every_parameter_is_described_in_the_page(served):
    undescribed = [
        (offer.name, name)
        for offer in served.api.offers()
        for name, schema in offer.parameters.items()
        if not schema.get("description")
    ]

    assert undescribed == []


def test_a_second_server_for_a_home_is_refused(served):
    done = served.run("serve")

    assert done.returncode == 2
    assert f"is served already, by process {served.process.pid}" in done.stderr


def test_a_port_that_is_taken_is_refused_as_bad_settings(served, tmp_path, newsroom):
    write_settings(tmp_path / "other", newsroom)

    done = served.run("serve", "--home", str(tmp_path / "other"))

    assert done.returncode == 2
    assert "is taken" in done.stderr


def test_stopping_it_ends_the_server_and_leaves_no_run_at_work(served):
    api = served.api
    served.run("trigger", "ingest-now", "--param", "force=true")

    served.process.send_signal(signal.SIGTERM)

    assert served.process.wait(60) == 128 + signal.SIGTERM
    assert not served.home.serve_file.exists()
    assert not api.answers
