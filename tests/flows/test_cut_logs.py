"""A load that was killed, and its log cut: the next pass reads from the archive what is missing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes import ScriptedSite
from tests.press import BUDGET, RAIN, a_feed_of, a_page, column, onrecord, set_up

#: Runs a command, and kills it when pages are loaded, but stand in the log of the warehouse alone.
KILLED = """
import os, signal, sys, threading

def kill(frame, event, called):
    if event == "return" and frame.f_code.co_name == "load_folder":
        [(articles,)] = frame.f_locals["db"].execute("select count(*) from articles").fetchall()
        if articles:
            os.kill(os.getpid(), signal.SIGKILL)

from flows.cli import main

threading.setprofile(kill)
sys.setprofile(kill)
main(sys.argv[1:])
"""


@pytest.fixture(scope="module")
def killed_home(tmp_path_factory, model):
    """A home whose first pass was killed so, and the site that it reads."""
    with ScriptedSite() as site:
        site.routes |= {
            "/feed": a_feed_of([site.url("/rain"), site.url("/budget")]),
            "/rain": a_page("Rain closes the harbour", RAIN),
            "/budget": a_page("Council adopts its budget", BUDGET),
        }
        folder = tmp_path_factory.mktemp("killed")
        home = set_up(folder / "home", site.url("/feed"), site=site, model=model)
        command = [sys.executable, "-c", KILLED, "ingest", "--home", str(home)]
        subprocess.run(command, check=False, capture_output=True, timeout=120)
        yield home, site


@pytest.mark.parametrize("kept", [0.0, 0.99, 1.0])
def test_what_was_cut_off_the_log_is_read_again_from_the_archive(tmp_path, killed_home, kept):
    killed, site = killed_home
    home = Path(shutil.copytree(killed, tmp_path / "home"))
    log = home / "warehouse.duckdb.wal"
    assert list((home / "staging").glob("*.json.gz")) == []
    os.truncate(log, int(log.stat().st_size * kept))

    said = onrecord("ingest", "--home", home)

    assert said.code == 0, said.err
    assert sorted(column(home, "select title from articles")) == [
        "Council adopts its budget",
        "Rain closes the harbour",
    ]
    assert column(home, "select count(*) from quotes") == [3]
    assert (site.count("/rain"), site.count("/budget")) == (1, 1)
