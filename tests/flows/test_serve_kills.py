"""Three kills and restarts of `onrecord serve`, each in the middle of a pass."""

import os
import signal
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.home import Home
from flows.settings import load_settings
from flows.steps import Order, run_pass
from tests.fakes import Reply, ScriptedSite, Seen
from tests.press import BUDGET, a_page, set_up
from tests.served import Served, free_port, rows_in, serving, wait_until

pytestmark = pytest.mark.server


class Gate:
    """A page that is not answered before it is opened."""

    def __init__(self, page: Reply) -> None:
        self.opened = threading.Event()
        self._page = page

    def __call__(self, _seen: Seen) -> Reply:
        self.opened.wait(200)
        return self._page


@pytest.fixture(scope="module")
def gate(standing_press):
    gate = Gate(a_page("Council adopts its budget", BUDGET))
    standing_press.routes["/budget"] = gate
    yield gate
    gate.opened.set()


@pytest.fixture(scope="module")
def folder(tmp_path_factory, standing_press, model) -> Path:
    folder = tmp_path_factory.mktemp("killed") / "home"
    return set_up(folder, standing_press.url("/feed"), site=standing_press, model=model)


@pytest.fixture
def plain_rows(tmp_path, standing_press, model) -> Callable[[], dict[str, list[Any]]]:
    """Return the rows of an unkilled pass without Prefect, when the gate is open."""

    def read() -> dict[str, list[Any]]:
        press = standing_press
        plain = Home(set_up(tmp_path / "plain", press.url("/feed"), site=press, model=model))
        run_pass(plain, load_settings(plain.path, {}), Order())
        return rows_in(plain)

    return read


def command_of(pid: int) -> str:
    told = subprocess.run(
        ["ps", "-o", "command=", "-p", str(pid)], check=False, capture_output=True, text=True
    )
    return told.stdout


def pid_with(served: Served, words: str) -> int:
    """Return the one process of a served home that was started with `words`."""
    (pid,) = [pid for pid in served.processes() if words in command_of(pid)]
    return pid


def are_gone(pids: list[int]) -> bool:
    told = subprocess.run(["ps", "-A", "-o", "pid=,stat="], check=True, capture_output=True)
    rows = [line.split() for line in told.stdout.decode().splitlines()]
    return not {int(pid) for pid, stat in rows if stat[0] != "Z"} & set(pids)


def states(served: Served) -> list[str]:
    return sorted(run.state_type for run in served.runs() if not run.is_of_schedule)


def tasks_at_work(served: Served) -> list[str]:
    return served.api.tasks_at_work([offer.deployment_id for offer in served.api.offers()])


def kill_its_run(served: Served, site: ScriptedSite) -> None:
    wait_until(lambda: site.count("/budget") == 1)

    os.kill(pid_with(served, "prefect.engine"), signal.SIGKILL)


def kill_serve_itself(served: Served, site: ScriptedSite) -> list[int]:
    """Kill it in the middle of a second pass; return what it had started."""
    asked = served.run("trigger", "ingest-now")
    assert asked.returncode == 0, asked.stderr
    wait_until(lambda: site.count("/budget") == 2)
    started = served.processes()

    served.process.kill()

    return started


def kill_what_runs_the_deployments(served: Served, site: ScriptedSite) -> list[int]:
    """Kill it in the middle of a third pass; return what there was, itself included."""
    wait_until(lambda: site.count("/budget") == 3)
    started = served.processes()

    os.kill(pid_with(served, "flows.deployments"), signal.SIGKILL)

    return started


def test_three_kills_leave_no_stuck_run_and_no_lost_or_doubled_row(
    folder, gate, standing_press, plain_rows
):
    port = free_port()

    with serving(folder, port=port) as served:
        kill_its_run(served, standing_press)
        wait_until(lambda: states(served) == ["CRASHED"])
        started = kill_serve_itself(served, standing_press)
        wait_until(lambda: are_gone(started))
    with serving(folder, port=port) as served:
        started = kill_what_runs_the_deployments(served, standing_press)
        assert states(served) == ["CRASHED", "CRASHED", "RUNNING"]
        assert served.process.wait(60) == 1
        assert are_gone(started)
    gate.opened.set()
    with serving(folder, port=port) as served:
        last = served.run("trigger", "ingest-now", "--watch")
        wait_until(lambda: states(served)[:2] == ["COMPLETED", "COMPLETED"])
        assert states(served)[2:] == ["CRASHED", "CRASHED", "CRASHED"]
        wait_until(lambda: tasks_at_work(served) == [])

    assert last.returncode == 0, last.stderr
    assert rows_in(served.home) == plain_rows()
