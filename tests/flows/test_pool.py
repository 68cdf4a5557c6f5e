"""Two workers of one pool share the batches of a pass, with a real server."""

import threading
from contextlib import suppress

import pytest
import yaml

from flows.home import Home
from flows.prefectapi import PrefectError
from flows.settings import load_settings
from flows.steps import Order, run_pass
from tests.assisting import rain_on
from tests.fakes import ScriptedSite
from tests.pool import ROOT, Pool, pool_of
from tests.press import set_up
from tests.served import post, rows_in, wait_until

pytestmark = pytest.mark.server

#: For what takes a busy machine long: three runs that import Prefect at the same time.
_WITHIN_S = 180


@pytest.fixture(scope="module")
def gate():
    """What the feed waits for before it answers."""
    gate = threading.Event()
    yield gate
    gate.set()


@pytest.fixture(scope="module")
def site(gate):
    with ScriptedSite() as site:
        rain_on(site, days=60)
        feed = site.routes["/feed"]

        def answer(_seen):
            gate.wait(_WITHIN_S)
            return feed

        site.routes["/feed"] = answer
        yield site


def a_home(folder, site, model) -> Home:
    return Home(
        set_up(folder, site.url("/feed"), site=site, model=model, timeout_s=float(_WITHIN_S))
    )


@pytest.fixture(scope="module")
def pool(tmp_path_factory, site, model):
    """Two workers, neither of which can do a pass and two assistants alone."""
    home = a_home(tmp_path_factory.mktemp("pool") / "home", site, model)
    with pool_of(home, 2, 1) as pool:
        pool.deploy("ingest-now", "assist")
        yield pool


def answered(ask):
    """Return what a server answers, in its own time: a small machine's is busy for a while."""

    def asked():
        with suppress(PrefectError):
            return ask()

    return wait_until(asked, within_s=_WITHIN_S, between_s=3)


def log_of(home: Home) -> str:
    file = home.log / "onrecord.log"
    return file.read_text() if file.exists() else ""


def test_the_server_takes_the_automation_that_frees_places(pool):
    automation = yaml.safe_load((ROOT / "deploy" / "automation.yaml").read_text("utf-8"))

    post(f"{pool.api.url}/automations/", automation)

    (kept,) = post(f"{pool.api.url}/automations/filter", {})
    assert kept["enabled"]
    assert (kept["trigger"]["posture"], kept["actions"][0]["state"]) == ("Proactive", "CRASHED")


def test_two_workers_share_a_pass_whose_rows_are_those_of_one_alone(
    pool: Pool, site, gate, model, tmp_path
):
    home = pool.home
    asked = pool.ask_for("ingest-now", assistants=3)
    wait_until(lambda: log_of(home).count("assistant joined") == 2, within_s=_WITHIN_S)
    gate.set()
    # By the log, as a small machine's server has enough to do.
    wait_until(lambda: "run ended" in log_of(home), within_s=_WITHIN_S)
    alone = a_home(tmp_path / "alone", site, model)
    run_pass(alone, load_settings(alone.path, {}), Order())
    done = answered(lambda: (run := pool.api.flow_run(asked.flow_run_id)).has_ended and run)
    helped = answered(
        lambda: (runs := pool.runs("assist")) and all(run.has_ended for run in runs) and runs
    )

    assert (done.state_type, done.message) == ("COMPLETED", "done: 60 new articles")
    told = sorted((run.state_type, run.message or "") for run in helped)
    assert told[0] == ("CANCELLED", "the pass is over")  # for which there was no place
    assert [state for state, _ in told[1:]] == ["COMPLETED", "COMPLETED"]
    assert all(int(message.split()[0]) > 0 for _, message in told[1:])
    assert rows_in(home) == rows_in(alone)
