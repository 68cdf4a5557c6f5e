"""The disk is full while something is written: nothing is lost, and the next command goes on.

A process may write files of so many bytes and no more, which a file system without room comes to.
"""

import shutil
import subprocess
import sys

import pytest

from tests.upgrading import make_earlier
from warehouse.door import Warehouse
from warehouse.reader import Reader
from warehouse.staging import stage, staged

LIMITED = """
import pathlib, resource, signal, sys
from extractors.errors import WarehouseError
from warehouse.door import Warehouse

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
home, work, room = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
try:
    getattr(Warehouse(home), work)()
except WarehouseError as error:
    sys.exit(f"told: {error}")
"""


def in_little_room(home, work, room):
    """Do `work`; return what the error said."""
    command = [sys.executable, "-c", LIMITED, home, work, str(room)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stderr


@pytest.mark.parametrize("room", [1_000, 30_000, 1_000_000])
def test_a_load_without_room_is_done_by_the_next(prepared_home, world, world_parts, tmp_path, room):
    home = shutil.copytree(prepared_home, tmp_path / "home")
    for part in world_parts:
        stage(part, home / "staging")

    said = in_little_room(home, "load_staged", room)
    left = len(staged(home / "staging"))
    warehouse = Warehouse(home)
    warehouse.load_staged()
    warehouse.publish()

    assert said.startswith("told: ")
    assert "run the command again" in said
    assert "invalidated" not in said  # what DuckDB says of all that follows
    assert left == len(world_parts)
    for table in ("articles", "quotes", "mentions", "entries", "fetches"):
        assert counted(home, table) == counted(world, table)


def test_a_copy_without_room_leaves_the_old_one(world, tmp_path):
    home = shutil.copytree(world, tmp_path / "home")
    was = (home / "published.duckdb").read_bytes()

    said = in_little_room(home, "publish", 500_000)

    assert "as old as before" in said
    assert (home / "published.duckdb").read_bytes() == was
    assert list(home.glob(".*")) == []


def test_an_upgrade_without_room_leaves_the_warehouse_and_is_done_by_the_next(tmp_path):
    make_earlier(tmp_path / "warehouse.duckdb", upto=3)
    was = (tmp_path / "warehouse.duckdb").read_bytes()

    said = in_little_room(tmp_path, "prepare", 500_000)
    left = (tmp_path / "warehouse.duckdb").read_bytes()
    Warehouse(tmp_path).prepare()

    assert said.startswith("told: ")
    assert left == was
    assert counted(tmp_path, "articles") == 1


def counted(home, table):
    with Reader(home) as reader:
        return reader.answer(f"select count(*) from {table}", timeout_s=10).rows[0][0]
