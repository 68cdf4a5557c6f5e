"""A command that is told to end while it loads ends, and the next has all of it, once."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.press import onrecord
from tests.warehouse.kills import RELATIONS
from warehouse.reader import Reader
from warehouse.staging import stage

#: Runs a command, and ends it as `warehouse.load` is about to run its n-th statement.
TOLD_TO_END = """
import os, signal, sys, threading

left = int(sys.argv[1])

def count(frame, event, called):
    global left
    if event == "call" and frame.f_code.co_name == "statement":
        if frame.f_back.f_globals["__name__"] == "warehouse.load":
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGTERM)

from flows.cli import main

threading.setprofile(count)
sys.setprofile(count)
sys.exit(main(sys.argv[2:]))
"""
#: Nothing but what the run that ended, or the one after it, tells of itself.
OF_THE_WORLD = sorted(set(RELATIONS) - {"runs", "batches", "feeds"})


@pytest.fixture
def home(prepared_home, world_parts, tmp_path) -> Path:
    """A home without feeds to poll, in which the small known world is staged."""
    home = Path(shutil.copytree(prepared_home, tmp_path / "home"))
    (home / "onrecord.toml").write_text("min_free_gb = 0.0\n")
    for harvest in world_parts:
        stage(harvest, home / "staging")
    return home


def counted(home: Path) -> dict[str, int]:
    with Reader(home) as reader:
        return {
            name: reader.answer(f"select count(*) from {name}", timeout_s=20).rows[0][0]
            for name in OF_THE_WORLD
        }


@pytest.mark.parametrize("statement", [1, 20])
def test_a_load_told_to_end_does_so_and_the_next_command_has_it_all_once(home, world, statement):
    command = [sys.executable, "-c", TOLD_TO_END, str(statement), "ingest", "--home", home]
    ended = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)

    again = onrecord("ingest", "--home", home)

    assert (ended.returncode, "Traceback" in ended.stderr) == (143, False), ended.stderr
    assert again.code == 0, again.err
    assert counted(home) == counted(world)
    assert list((home / "staging").glob("*.json.*")) == []
