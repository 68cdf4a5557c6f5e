"""A load killed at any step, and run again, leaves what an unkilled one does."""

import shutil
import subprocess
import sys

import pytest

from warehouse.door import Warehouse
from warehouse.reader import Reader
from warehouse.staging import stage, staged

#: Loads and publishes, and kills itself as it is about to take a step of a kind the n-th time.
KILLED = """
import os, pathlib, signal, sys

from extractors.versions import judge_change
from warehouse.door import Warehouse

step, left = sys.argv[2], int(sys.argv[3])

def count(frame, event, called):
    global left
    if event == "c_call" and called.__name__ == step:
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

warehouse = Warehouse(pathlib.Path(sys.argv[1]), judge=judge_change)
sys.setprofile(count)
warehouse.load_staged()
warehouse.publish()
"""
RELATIONS = (
    "feeds", "polls", "entries", "fetches", "articles", "article_versions", "quote_versions",
    "mention_versions", "entities", "failures", "runs",
)  # fmt: skip


def content(home):
    with Reader(home) as reader:
        return {
            relation: sorted(map(repr, reader.answer(f"from {relation}", timeout_s=10).rows))
            for relation in RELATIONS
        }


@pytest.mark.parametrize(
    ("step", "time"),
    [
        ("execute", 2),
        ("execute", 20),
        ("execute", 32),  # the last of the transaction: commit
        ("unlink", 1),
        ("unlink", 3),
        ("close", 1),
        ("ioctl", 1),
        ("replace", 1),
        ("fsync", 2),
    ],
)
def test_a_killed_load_is_finished_by_the_next(
    prepared_home, world, world_parts, tmp_path, step, time
):
    home = shutil.copytree(prepared_home, tmp_path / "home")
    for harvest in world_parts:
        stage(harvest, home / "staging")

    command = [sys.executable, "-c", KILLED, str(home), step, str(time)]
    killed = subprocess.run(command, check=False)
    warehouse = Warehouse(home)
    warehouse.load_staged()
    warehouse.publish()

    assert killed.returncode == -9
    assert staged(home / "staging") == []
    assert content(home) == content(world)
