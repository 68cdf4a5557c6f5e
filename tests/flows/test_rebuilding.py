"""A warehouse made anew from archive and settings tells what the one before told."""

import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.home import Home
from flows.hosting import Host, Stand
from flows.locks import live_runs, shown_alive
from flows.rebuilding import rebuild as rebuild_watched
from flows.reextraction import Manner
from flows.settings import load_settings
from tests.fakes import ScriptedSite
from tests.press import column, onrecord, set_up
from tests.rebuilt import KEPT, kept_by, live_through
from warehouse.door import Warehouse
from warehouse.lock import held_lock


@pytest.fixture(scope="module")
def lived(tmp_path_factory, model) -> Path:
    with ScriptedSite() as site:
        return live_through(tmp_path_factory.mktemp("lived"), site, model)


@pytest.fixture(scope="module")
def before_and_after(tmp_path_factory, lived):
    """What a home tells before and after it is rebuilt from archive and settings alone."""
    home = Path(shutil.copytree(lived, tmp_path_factory.mktemp("rebuilt") / "home"))
    before = kept_by(home)
    (home / "warehouse.duckdb").write_bytes(b"not a database" * 1000)
    tear_last_record(home)
    said = rebuild(home)
    assert said.code == 0, said.err
    assert said.json["outcome"] == "done"
    return before, kept_by(home)


def tear_last_record(home: Path) -> None:
    """Leave half a record at the end of a file, as a kill does."""
    *_, last = sorted((home / "archive").glob("*.warc.gz"))
    content = last.read_bytes()
    last.write_bytes(content + content[: len(content) // 3])


def rebuild(home: Path, *words: object):
    return onrecord("reextract", "--rebuild", "--home", home, "--json", *words)


def rebuilding(home: Path) -> subprocess.Popen[bytes]:
    """Rebuild in a process of its own, as one whose signals are its own must."""
    return subprocess.Popen(
        [sys.executable, "-m", "flows", "reextract", "--rebuild", "--home", str(home)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def wait_until(is_so) -> None:
    deadline = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize("relation", KEPT)
def test_a_rebuild_gives_back(before_and_after, relation):
    before, after = before_and_after

    assert after[relation] == before[relation]
    assert after[relation]


def test_a_rebuild_that_is_killed_leaves_what_was_there_and_loses_nothing_when_repeated(
    tmp_path, lived
):
    home = Path(shutil.copytree(lived, tmp_path / "home"))
    before, held = kept_by(home), (home / "warehouse.duckdb").read_bytes()
    process = rebuilding(home)
    wait_until((home / "rebuilding" / "warehouse.duckdb").exists)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert (home / "warehouse.duckdb").read_bytes() == held
    assert kept_by(home) == before

    _rebuild_while_an_addition_goes_on(home)

    assert kept_by(home) == before
    assert (home / "warehouse.before-rebuild.duckdb").read_bytes() == held
    assert not (home / "rebuilding").exists()
    ended = Warehouse(home).finish_run("beside", ended_at=datetime.now(UTC), outcome="done")
    assert ended.run_id == "beside"


def _rebuild_while_an_addition_goes_on(home: Path) -> None:
    """Rebuild, and archive something when all was read but the old warehouse is still there."""
    [late] = [path for path in (home / "archive").iterdir() if path.name == _first_addition(home)]
    hidden = late.rename(home / late.name)
    with shown_alive(Home(home), "beside"):
        with held_lock(home / "locks" / "warehouse.lock", wait_s=0):
            process = rebuilding(home)
            wait_until(lambda: live_runs(Home(home).rebuilding))
            wait_until(lambda: not live_runs(Home(home).rebuilding))
            hidden.rename(late)
        assert process.wait(60) == 0


def _first_addition(home: Path) -> str:
    [name] = column(
        home,
        """
        select archive_file from fetches where url like '%/alone' and archive_file is not null
        """,
    )
    return name


def test_whoever_looks_on_is_told_how_far_a_rebuild_has_come(tmp_path, read_home):
    home = Path(shutil.copytree(read_home, tmp_path / "home"))
    stands: list[Stand] = []

    rebuild_watched(Home(home), load_settings(home, {}), Manner(host=Host(watch=stands.append)))

    assert stands
    assert all(0 < stand.share <= 1 for stand in stands)
    assert stands[-1].told.endswith("pages read")


def test_with_an_empty_archive_the_warehouse_stays_as_it_is(tmp_path, site, model):
    home = set_up(tmp_path / "home", site=site, model=model)
    Warehouse(home).prepare()
    held = (home / "warehouse.duckdb").read_bytes()

    said = rebuild(home)

    assert said.code == 1
    assert "nothing is archived" in said.err
    assert said.json["outcome"] == "failed"
    assert (home / "warehouse.duckdb").read_bytes() == held


@pytest.mark.parametrize("words", [("--stage", "quotes"), ("--since", "2026-01-01")], ids=" ".join)
def test_a_rebuild_reads_everything_or_nothing(tmp_path, words):
    said = rebuild(tmp_path, *words)

    assert said.code == 2
    assert "--rebuild" in said.err
