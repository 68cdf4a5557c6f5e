"""What works beside a pass, and what a pass killed on the way leaves to others: real processes."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from tests.fakes import Reply, ScriptedSite
from tests.press import BUDGET, RAIN, a_feed_of, a_page, column, onrecord, set_up

PATIENCE_S = 60.0
#: Of one state: what has an article has its first version, and quotations are of articles.
COUNTS = """
    select
        (select count(*) from articles),
        (select count(*) from article_versions where version = 1),
        (select count(*) from quotes semi join articles using (article_id)),
        (select count(*) from quotes)
"""

#: A first command that is killed before its load has ended.
KILLED_AT_ITS_FIRST_TABLES = """
import os, sys
from pathlib import Path
from warehouse.migrate import current_warehouse
with current_warehouse(Path(sys.argv[1])):
    os._exit(9)
"""


class Turnstile:
    """A page that is not given out before it is let through."""

    def __init__(self) -> None:
        self._is_open = threading.Event()
        self._is_asked_for = threading.Event()

    def answer(self, _seen: object) -> Reply:
        self._is_asked_for.set()
        self._is_open.wait(PATIENCE_S)
        return a_page("Council adopts its budget", BUDGET)

    def wait_until_asked_for(self) -> None:
        assert self._is_asked_for.wait(PATIENCE_S), "the pass never asked for the page"

    def open(self) -> None:
        self._is_open.set()


@pytest.fixture
def turnstile(site) -> Iterator[Turnstile]:
    turnstile = Turnstile()
    site.routes |= {
        "/feed": a_feed_of([site.url("/rain"), site.url("/budget")]),
        "/rain": a_page("Rain closes the harbour", RAIN),
        "/alone": a_page("The harbour, on its own", RAIN),
        "/budget": turnstile.answer,
    }
    yield turnstile
    turnstile.open()


@pytest.fixture
def home(tmp_path, site, model) -> Path:
    feed = site.url("/feed")
    return set_up(tmp_path / "home", feed, site=site, model=model, timeout_s=2 * PATIENCE_S)


def started(home: Path, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "flows", *words, "--home", str(home)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@contextmanager
def active_pass(home: Path, turnstile: Turnstile) -> "Iterator[subprocess.Popen[str]]":
    """Run a pass that waits for its last page; kill what is left of it."""
    process = started(home, "ingest", "--json")
    try:
        turnstile.wait_until_asked_for()
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def exit_codes(home: Path, site: ScriptedSite, folder: Path) -> dict[str, int]:
    """Return how commands end that may run beside a pass."""
    commands = {
        "add": ("add", site.url("/alone")),
        "feeds pause": ("feeds", "pause", site.url("/feed")),
        "sql": ("sql", "from entries"),
        "export": ("export", folder / "export"),
        "backup": ("backup", folder / "home.tar"),
        "reextract": ("reextract",),
        "maintain": ("maintain", "--compact"),
    }
    return {name: onrecord(*words, "--home", home).code for name, words in commands.items()}


def doubled(home: Path, table: str, key: str) -> list[str]:
    return column(home, f"select {key} from {table} group by all having count(*) > 1")


def test_a_second_pass_leaves_at_once_and_one_that_waits_asks_for_nothing_twice(
    home, site, turnstile
):
    with active_pass(home, turnstile) as first:
        second = onrecord("ingest", "--home", home, "--json")
        impatient = onrecord("ingest", "--home", home, "--wait", 0.2)
        waiting = started(home, "ingest", "--json", "--wait", str(PATIENCE_S))
        turnstile.open()
        out, err = first.communicate(timeout=PATIENCE_S)
        _, err_of_waiting = waiting.communicate(timeout=PATIENCE_S)

    assert (first.returncode, waiting.returncode) == (0, 0), err + err_of_waiting
    assert (second.code, impatient.code) == (0, 1)
    assert second.json["active"] in out
    assert [site.count(path) for path in ("/rain", "/budget")] == [1, 1]
    assert column(home, "select count(*) from articles") == [2]


def test_everything_else_works_beside_a_pass_and_the_pass_loses_nothing_by_it(
    tmp_path, home, site, turnstile
):
    with active_pass(home, turnstile) as running:
        forgotten = onrecord("forget", site.url("/rain"), "--home", home)
        codes = exit_codes(home, site, tmp_path)
        was_active = running.poll() is None
        turnstile.open()
        _, err = running.communicate(timeout=PATIENCE_S)

    assert was_active
    assert codes == dict.fromkeys(codes, 0)
    assert (forgotten.code, "is active" in forgotten.err) == (1, True)
    assert running.returncode == 0, err
    assert sorted(column(home, "select url from articles")) == sorted(
        site.url(path) for path in ("/alone", "/budget", "/rain")
    )
    assert doubled(home, "fetches", "url") == []
    assert doubled(home, "quotes", "(article_id, start_char)") == []


def test_a_killed_pass_keeps_nobody_waiting(home, site, turnstile):
    with active_pass(home, turnstile) as killed:
        os.killpg(killed.pid, signal.SIGKILL)
        killed.wait()
    turnstile.open()
    asked = site.count("/rain")

    forgotten = onrecord("forget", site.url("/rain"), "--home", home)
    again = onrecord("ingest", "--home", home)

    assert [said.code for said in (forgotten, again)] == [0, 0]
    assert column(home, "select url from articles") == [site.url("/budget")]
    assert site.count("/rain") == asked


def test_a_kill_before_the_first_load_has_ended_leaves_a_home_that_works(home, turnstile):
    turnstile.open()
    warehouse = home / "warehouse.duckdb"
    for made in (warehouse, home / "published.duckdb"):
        made.unlink()
    killed = [sys.executable, "-c", KILLED_AT_ITS_FIRST_TABLES, str(warehouse)]
    assert subprocess.run(killed, check=False).returncode == 9

    said = onrecord("ingest", "--home", home)

    assert said.code == 0, said.err
    assert column(home, "select count(*) from articles") == [2]


def test_a_plain_client_sees_one_state_for_as_long_as_it_looks_while_others_write(
    home, site, turnstile
):
    turnstile.open()
    assert onrecord("ingest", "--home", home).code == 0
    writers = [
        started(home, "ingest", "--force"),
        started(home, "add", site.url("/alone")),
        started(home, "maintain", "--compact"),
    ]
    seen = []

    while any(writer.poll() is None for writer in writers):
        with duckdb.connect(home / "published.duckdb", read_only=True) as client:
            first = client.execute(COUNTS).fetchone()
            time.sleep(0.05)
            seen.append((first, client.execute(COUNTS).fetchone()))

    ends = [(writer.communicate()[1], writer.returncode) for writer in writers]
    assert [code for _, code in ends] == [0, 0, 0], ends
    assert seen
    assert all(first == second for first, second in seen)
    assert all(
        articles == firsts and of_articles == quotes
        for (articles, firsts, of_articles, quotes), _ in seen
    )
