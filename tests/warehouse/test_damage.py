"""A warehouse that is lost, cut, garbled or held says what to do; the readers' copy is mended."""

import os
import shutil
import subprocess
import sys

import duckdb
import pytest

from extractors.errors import WarehouseBusyError, WarehouseError
from warehouse.door import Warehouse
from warehouse.published import PublishedCopy
from warehouse.reader import Reader

HOLDS = """
import duckdb, sys
db = duckdb.connect(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
"""


def cut_behind_what_is_read_first(path):
    """Cut off rows that DuckDB reads no earlier than somebody asks for them."""
    with duckdb.connect(str(path)) as db:
        for table in ("dropped", "kept"):
            db.execute(f"create table {table} as select random() as value from range(500000)")
        db.execute("drop table dropped")
    os.truncate(path, path.stat().st_size - 600_000)


def put_a_folder_there(path):
    path.unlink()
    path.mkdir()


DAMAGES = {
    "empty": lambda path: os.truncate(path, 0),
    "cut": lambda path: os.truncate(path, 5000),
    "garbage": lambda path: path.write_bytes(bytes(range(256)) * 80),
    "garbled head": lambda path: path.write_bytes(path.read_bytes()[:4096] + b"\x99" * 100_000),
    "gone": lambda path: path.unlink(),
}
OF_THE_WAREHOUSE = DAMAGES | {
    "cut behind what is read first": cut_behind_what_is_read_first,
    "a folder": put_a_folder_there,
}


@pytest.fixture
def home_of_world(world, tmp_path):
    return shutil.copytree(world, tmp_path / "home")


@pytest.mark.parametrize("damage", OF_THE_WAREHOUSE.values(), ids=OF_THE_WAREHOUSE.keys())
def test_a_damaged_warehouse_is_left_as_it_is_and_the_error_says_what_to_do(home_of_world, damage):
    path = home_of_world / "warehouse.duckdb"
    damage(path)
    left = path.read_bytes() if path.is_file() else None

    with pytest.raises(WarehouseError, match=r"onrecord restore FILE.*reextract --rebuild"):
        Warehouse(home_of_world).load_staged()

    assert (path.read_bytes() if path.is_file() else None) == left
    with Reader(home_of_world) as reader:
        assert len(reader.answer("from articles", timeout_s=10).rows) == 3


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_copy_for_readers_is_made_anew(home_of_world, damage):
    copy = PublishedCopy(home_of_world)
    damage(copy.path)
    was_fit = copy.is_fit()

    Warehouse(home_of_world).prepare()

    assert (was_fit, copy.is_fit()) == (False, True)


def test_a_program_that_has_the_warehouse_open_is_waited_for(home_of_world):
    command = [sys.executable, "-c", HOLDS, home_of_world / "warehouse.duckdb"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        holder.stdout.readline()

        with pytest.raises(WarehouseBusyError, match="another program"):
            Warehouse(home_of_world, lock_wait_s=0.1).run("run-1")

        holder.stdin.close()
        assert Warehouse(home_of_world, lock_wait_s=30).run("run-1") is not None
