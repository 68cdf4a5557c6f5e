"""Warehouses that earlier versions have made, with rows in every table, brought up to date."""

from pathlib import Path

import duckdb
import pytest

from extractors.errors import WarehouseError
from tests.upgrading import make_earlier, tables_of
from warehouse.door import Warehouse
from warehouse.migrate import upgrade
from warehouse.published import PublishedCopy
from warehouse.reader import Reader
from warehouse.scripts import scripts_in

EARLIER = [int(script.name[:4]) for script in scripts_in("migrations")][:-1]


@pytest.fixture(params=EARLIER, ids=lambda number: f"made by migration {number}")
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    make_earlier(tmp_path / "warehouse.duckdb", upto=request.param)
    return tmp_path


def _schema(path: Path) -> list[tuple[object, ...]]:
    with duckdb.connect(str(path), read_only=True) as db:
        return db.execute(
            "select table_name, column_name, data_type, column_default, comment "
            "from duckdb_columns() where not internal order by all"
        ).fetchall()


def test_an_earlier_warehouse_gets_the_schema_of_a_new_one(home, tmp_path_factory):
    new = tmp_path_factory.mktemp("new")
    Warehouse(new).prepare()

    Warehouse(home).prepare()

    assert _schema(home / "warehouse.duckdb") == _schema(new / "warehouse.duckdb")


def test_an_upgrade_keeps_every_row(home):
    with duckdb.connect(str(home / "warehouse.duckdb")) as db:
        tables = list(tables_of(db))

    Warehouse(home).prepare()

    with duckdb.connect(str(home / "warehouse.duckdb")) as db:
        counts = {len(db.execute(f"from {table}").fetchall()) for table in tables}
    assert counts == {1}


def test_an_upgrade_leaves_a_copy_of_what_was_before(tmp_path):
    make_earlier(tmp_path / "warehouse.duckdb", upto=3)
    was = _schema(tmp_path / "warehouse.duckdb")

    Warehouse(tmp_path).prepare()

    assert _schema(tmp_path / "warehouse.before-0004.duckdb") == was


def test_what_a_killed_upgrade_left_does_no_harm(tmp_path):
    make_earlier(tmp_path / "warehouse.duckdb", upto=3)
    for name in (".warehouse.duckdb.upgrading", ".warehouse.duckdb.upgrading.wal"):
        (tmp_path / name).write_bytes(b"half" * 1000)

    Warehouse(tmp_path).prepare()

    assert Warehouse(tmp_path).run("x") is not None
    assert not list(tmp_path.glob(".warehouse*"))


def test_an_upgrade_that_fails_leaves_the_warehouse_as_it_was(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    make_earlier(path, upto=3)
    with duckdb.connect(str(path)) as db:
        db.execute("alter table polls add column url varchar")  # which 0004 adds
    was = _schema(path)

    with pytest.raises(WarehouseError, match="url"):
        upgrade(path)

    assert _schema(path) == was


def test_a_copy_that_an_earlier_version_published_is_made_anew(tmp_path):
    make_earlier(tmp_path / "warehouse.duckdb", upto=3)
    make_earlier(tmp_path / "published.duckdb", upto=3)
    was_fit = PublishedCopy(tmp_path).is_fit()

    Warehouse(tmp_path).prepare()

    with Reader(tmp_path) as reader:
        answer = reader.answer("select count(*) from articles", timeout_s=10)
    assert (was_fit, answer.rows) == (False, ((1,),))
