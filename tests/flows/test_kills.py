"""Passes that are killed at any instant and run again: the rows are those of an unkilled pass."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.archived import all_records
from tests.fakes import Reply, ScriptedSite
from tests.press import BUDGET, RAIN, STREIK, a_feed_of, a_page, column, onrecord, rows, set_up

PATIENCE_S = 60.0
STORIES = ("/rain", "/budget", "/streik", "/gone")
TABLES = ("entries", "articles", "article_versions", "quotes", "mentions", "entities")
#: Ids of fetches. Times of observation end in `seen_at`.
OF_THE_RUN = {"fetch_id"}


@pytest.fixture(scope="module")
def site():
    with ScriptedSite() as site:
        site.routes |= {
            "/feed": a_feed_of([site.url(path) for path in STORIES]),
            "/rain": slowly(a_page("Rain closes the harbour", RAIN)),
            "/budget": slowly(a_page("Council adopts its budget", BUDGET)),
            "/streik": slowly(a_page("Fahrer legen die Arbeit nieder", STREIK, lang="de")),
        }
        yield site


def slowly(reply: Reply) -> Reply:
    """Return `reply` after a moment, so that there are instants between two pages."""
    return Reply(body=reply.body, headers=reply.headers, delay_s=0.2)


@pytest.fixture(scope="module")
def unkilled(tmp_path_factory, site, model):
    home = a_home(tmp_path_factory.mktemp("unkilled"), site, model)
    assert onrecord("ingest", "--home", home).code == 0
    return content(home)


def a_home(folder: Path, site: ScriptedSite, model: Path, **settings: object) -> Path:
    return set_up(folder / "home", site.url("/feed"), site=site, model=model, **settings)


def content(home: Path) -> dict[str, list[str]]:
    """Return what the warehouse holds, without what tells of the passes."""
    return {
        table: sorted(
            str({key: value for key, value in row.items() if not _tells_of_the_pass(key)})
            for row in rows(home, f"from {table}")
        )
        for table in TABLES
    }


def _tells_of_the_pass(name: str) -> bool:
    return name in OF_THE_RUN or name.endswith("seen_at")


@dataclass(frozen=True)
class Instants:
    """What a home and its site show from outside; an instant is that one of these moves."""

    home: Path
    site: ScriptedSite

    def locked(self) -> object:
        return _text(self.home / "locks" / "run.lock")

    def run_written(self) -> object:
        return _stamp(self.home / "warehouse.duckdb")

    def feed_asked(self) -> object:
        return self.site.count("/feed")

    def archived(self) -> object:
        return sum(path.stat().st_size for path in self.home.glob("archive/*.warc.gz"))

    def staged(self) -> object:
        return {path.name for path in self.home.glob("staging/*.json.zst")}

    def page_asked(self) -> object:
        return sum(self.site.count(path) for path in STORIES)

    def published(self) -> object:
        return _stamp(self.home / "published.duckdb")


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _stamp(path: Path) -> int:
    return path.stat().st_mtime_ns if path.exists() else 0


def started(home: Path, *words: str) -> "subprocess.Popen[bytes]":
    """Start a pass in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "flows", "ingest", "--home", str(home), *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def until_moved(watched: Callable[[], object], before: object, process) -> bool:
    """Wait until what is watched moves; tell whether the process was still at work then."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and process.poll() is None:
        if watched() != before:
            return True
        time.sleep(0.001)
    return False


def kill_at(home: Path, site: ScriptedSite, instant: str, *, later_s: float) -> None:
    """Start a pass and kill it, with its workers, at the instant."""
    watched = getattr(Instants(home, site), instant)
    before = watched()
    process = started(home)
    was_at_work = until_moved(watched, before, process)
    time.sleep(later_s)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert was_at_work, f"the pass ended before the instant {instant!r}"


#: One home each: what is watched for, and how many seconds after it moved the kill comes.
KILLS = {
    "before it polls": [("locked", 0.0), ("run_written", 0.0), ("feed_asked", 0.0)],
    "around what a feed gave": [("archived", 0.0), ("staged", 0.0)],
    "around the pages": [("page_asked", 0.0), ("archived", 0.1), ("staged", 0.0)],
    "while recovering": [("page_asked", 0.7), ("run_written", 0.1), ("staged", 0.0)],
    "while publishing": [("staged", 0.1), ("published", 0.0)],
}


@pytest.mark.parametrize("instants", KILLS.values(), ids=KILLS.keys())
def test_a_pass_killed_again_and_again_loads_what_an_unkilled_one_does(
    tmp_path, site, model, unkilled, instants
):
    home = a_home(tmp_path, site, model)
    for instant, later_s in instants:
        kill_at(home, site, instant, later_s=later_s)

    said = onrecord("ingest", "--home", home, "--json")

    assert said.code == 0, said.err
    assert content(home) == unkilled
    killed = f"select distinct outcome from runs where run_id <> '{said.json['run_id']}'"
    assert set(column(home, killed)) <= {"interrupted", "partial"}
    assert column(home, "select fetch_id from fetches group by all having count(*) > 1") == []
    assert column(home, "select poll_id from polls group by all having count(*) > 1") == []
    pages = [record for record in all_records(home / "archive") if record.kind == "page"]
    assert set(Counter(record.url for record in pages).values()) == {1}
    assert {record.fetch_id for record in pages} <= set(
        column(home, "select fetch_id from fetches")
    )
    assert list((home / "staging").glob("*.json.gz")) == []


@pytest.mark.parametrize(
    ("sent", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)], ids=["SIGTERM", "SIGINT"]
)
def test_a_pass_told_to_end_does_so_while_a_page_is_slow_and_loses_nothing(
    tmp_path, site, model, sent, code
):
    links = [site.url("/rain"), site.url("/slow")]
    site.routes |= {"/slow": Reply(delay_s=90.0), "/slow-feed": a_feed_of(links)}
    home = set_up(tmp_path / "home", site.url("/slow-feed"), site=site, model=model)
    before = site.count("/slow")
    process = started(home)
    assert until_moved(lambda: site.count("/slow"), before, process)
    time.sleep(0.5)  # the other page arrives

    began = time.monotonic()
    process.send_signal(sent)
    _, err = process.communicate(timeout=60)
    took_s = time.monotonic() - began
    ended = rows(home, "from runs")
    asked = site.count("/rain")
    site.routes["/slow"] = a_page("Council adopts its budget", BUDGET)
    again = onrecord("ingest", "--home", home)

    assert process.returncode == code, err
    assert took_s < 20
    assert b"Traceback" not in err
    assert [run["outcome"] for run in ended] == ["interrupted"]
    assert again.code == 0
    assert site.count("/rain") == asked
    assert column(home, "select count(*) from articles") == [2]
