"""A warehouse written anew holds what it held, in less room, whatever is killed."""

import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.killing import killed
from warehouse.dictionary import dictionary_rows
from warehouse.door import Warehouse
from warehouse.reader import Reader

#: Compacts where no file may grow over a megabyte.
CRAMPED = """
import pathlib, resource, sys

from extractors.errors import WarehouseError
from warehouse.compaction import compact

resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
try:
    compact(pathlib.Path(sys.argv[1]))
except WarehouseError:
    sys.exit(7)
"""


@pytest.fixture
def full(world, tmp_path) -> Path:
    """A home of its own with the rows of the small known world, and room left by a deletion."""
    home = Path(shutil.copytree(world, tmp_path / "home"))
    with duckdb.connect(str(home / "warehouse.duckdb")) as db:
        db.execute("create table passing as select random() as n from range(1_000_000)")
        db.execute("create table staying as select random() as n from range(200_000)")
        db.execute("drop table passing")
        db.execute("update search_texts set is_sorted = true")  # compacting would sort first
    return home


def everything_in(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with duckdb.connect(str(path), read_only=True) as db:
        db.execute("set timezone = 'UTC'")
        names = db.execute(
            "select table_name from information_schema.tables order by all"
        ).fetchall()
        return {name: db.execute(f'from "{name}" order by all').fetchall() for (name,) in names}


def test_it_holds_what_it_held_in_less_room(full):
    path = full / "warehouse.duckdb"
    before = everything_in(path)

    compacted = Warehouse(full).compact()

    assert everything_in(path) == before
    assert compacted.bytes_after < compacted.bytes_before / 1.3
    assert path.stat().st_size == compacted.bytes_after


def test_the_dictionary_macros_and_storage_version_are_as_before(full):
    path = full / "warehouse.duckdb"
    with duckdb.connect(str(path)) as db:
        db.execute("create or replace macro twice(n) as 2 * n")
        db.execute("comment on macro twice is 'n and n again'")
    warehouse = Warehouse(full)
    warehouse.publish()
    before = described(full)

    warehouse.compact()
    warehouse.publish()

    assert described(full) == before


def described(home: Path) -> tuple[object, ...]:
    macros = (
        "select function_name, comment, macro_definition from duckdb_functions() where not internal"
    )
    version = "select tags from duckdb_databases() where database_name = 'published'"
    with Reader(home) as reader:
        return (
            dictionary_rows(reader),
            *(reader.answer(sql, timeout_s=20).rows for sql in (macros, version)),
        )


@pytest.mark.parametrize(
    "step",
    ["compaction:_copy", "compaction:_copy:return", "durably:put", "durably:put:return"],
    ids=["begun", "copied", "checked", "replaced"],
)
def test_a_kill_leaves_it_whole_and_the_next_clears_up(full, step):
    path = full / "warehouse.duckdb"
    before = everything_in(path)

    code = killed(f"warehouse.{step}", full, work="compact")
    left = everything_in(path)
    Warehouse(full).compact()

    assert code == -9
    assert left == before == everything_in(path)
    assert [each.name for each in full.glob(".*")] == []


def test_without_room_for_a_second_file_the_first_stays(full):
    path = full / "warehouse.duckdb"
    before = everything_in(path)

    refused = subprocess.run([sys.executable, "-c", CRAMPED, str(path)], check=False)

    assert refused.returncode == 7
    assert everything_in(path) == before
    assert [each.name for each in full.glob(".*")] == []
