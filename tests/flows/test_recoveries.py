"""What a killed run left is loaded by one run, though several begin at once."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from flows.home import Home
from flows.locks import held_alone
from tests.archived import all_records
from tests.fakes import Reply, ScriptedSite
from tests.press import BUDGET, RAIN, a_feed_of, a_page, column, onrecord, rows, set_up
from tests.rechecking import NOT_MODIFIED, copied, maintain

RAINY = a_page("Rain closes the harbour", RAIN)
KILLED = "select outcome from runs order by started_at limit 1"


@pytest.fixture(scope="module")
def site():
    """A site with a feed of two stories, `/rain` and `/slow`."""
    with ScriptedSite() as site:
        links = [site.url("/rain"), site.url("/slow")]
        rain = replace(RAINY, headers={**RAINY.headers, "ETag": '"rain"'})
        site.routes |= {"/feed": a_feed_of(links), "/rain": rain, "/slow": Reply(delay_s=30.0)}
        yield site


@pytest.fixture(scope="module")
def killed_home(tmp_path_factory, site, model) -> Path:
    home = set_up(
        tmp_path_factory.mktemp("killed") / "home", site.url("/feed"), site=site, model=model
    )
    process = started("ingest", home)
    _wait_until(lambda: "page" in kinds(home) and site.count("/slow") == 1)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    shutil.rmtree(home / "staging")  # should the page have been read by then
    return home


@pytest.fixture
def home(tmp_path, site, killed_home) -> Path:
    """A home whose only pass was killed when `/rain` was archived and not read yet."""
    site.routes["/slow"] = a_page("Council adopts its budget", BUDGET)
    return copied(killed_home, tmp_path, site)


def started(command: str, home: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "flows", command, "--home", str(home)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def kinds(home: Path) -> list[str]:
    return [record.kind for record in all_records(home / "archive")]


def damage_a_further_file(home: Path) -> None:
    """Put a file of the killed run beside its first one, damaged before its last record."""
    [whole] = (home / "archive").glob("*.warc.gz")
    content = whole.read_bytes()
    further = whole.with_name(whole.name.replace("-000.", "-001."))
    further.write_bytes(content[:20] + bytes(20) + content[40:])


def test_two_runs_that_begin_at_once_load_it_once_and_fetch_it_never(home, site):
    damage_a_further_file(home)
    both = [started("ingest", home), started("maintain", home)]

    codes = [process.wait(120) for process in both]

    assert codes == [0, 0]
    assert Counter(seen.path for seen in site.seen)["/rain"] == 0
    assert kinds(home).count("page") == 2
    [killed, *_] = rows(home, "from runs order by started_at")
    assert killed["outcome"] == "interrupted"
    assert [killed[name] for name in ("pages_fetched", "articles_new", "failures")] == [1, 1, 1]
    assert column(home, "select fetch_id from fetches group by all having count(*) > 1") == []
    assert column(home, "select tries from failures where stage = 'load'") == [1]


def test_a_run_goes_on_without_it_while_another_is_at_it_for_long(home, monkeypatch):
    monkeypatch.setenv("ONRECORD_LOCK_WAIT_S", "0.3")
    with held_alone(Home(home).recovery_lock, "run-that-recovers", wait_s=0):
        beside = maintain(home)
        outcome_beside = column(home, KILLED)

    after = maintain(home)

    assert (beside.code, after.code) == (0, 0)
    assert (outcome_beside, column(home, KILLED)) == ([None], ["interrupted"])


def test_a_recovered_page_is_asked_for_again_with_its_validators(home, site):
    onrecord("maintain", "--limit", 0, "--home", home)
    site.routes["/rain"] = NOT_MODIFIED

    maintain(home)

    assert [seen.headers.get("if-none-match") for seen in site.asked("/rain")] == ['"rain"']
    assert column(home, "select status from fetches order by started_at") == ["ok", "unchanged"]


def _wait_until(is_so) -> None:
    deadline = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.01)
