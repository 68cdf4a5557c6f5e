"""The server's file gives back what retention has freed."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from flows.prefectfile import compact


@pytest.fixture
def file(tmp_path) -> Path:
    """Return a database with 200 rows of 10,000 bytes."""
    file = tmp_path / "prefect.db"
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("create table log (number integer, message text)")
        lines = ((number, "x" * 10_000) for number in range(200))
        database.executemany("insert into log values (?, ?)", lines)
    return file


def keep(file: Path, rows: int) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("delete from log where number >= ?", (rows,))


@pytest.mark.parametrize(("rows", "shrinks"), [(20, True), (190, False)])
def test_a_file_shrinks_if_much_of_it_is_free(file, rows, shrinks):
    before = file.stat().st_size
    keep(file, rows)

    compact(file)

    assert (file.stat().st_size < before) == shrinks


def test_a_home_that_was_never_served_gets_no_file(tmp_path):
    compact(tmp_path / "prefect.db")

    assert list(tmp_path.iterdir()) == []
