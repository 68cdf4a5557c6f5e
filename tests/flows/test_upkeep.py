"""Retention removes what `archive_days` says and nothing else; `maintain` clears up, compacts."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from flows.home import Home
from flows.locks import held_alone
from flows.retention import files_to_remove
from tests.press import column, onrecord, rows

NOW = datetime(2026, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "goes"),
    [
        ("2026-03-01-run-a-000.warc.gz", True),
        ("2026-03-02-run-a-000.warc.gz", True),
        ("2026-03-03-run-a-000.warc.gz", False),
        ("2026-03-01-run-b-000.warc.gz", False),
        ("forgotten.warc.gz", False),
        ("2026-03-01.txt", False),
        ("2026-13-77-run-a-000.warc.gz", False),
    ],
    ids=["older", "just so old", "holds younger", "not loaded", "tombstones", "foreign", "no day"],
)
def test_whole_files_go_when_all_they_hold_is_old_enough(name, goes):
    found = files_to_remove([name], now=NOW, days=7, but_not_of={"run-b"})

    assert found == ([name] if goes else [])


@pytest.fixture
def home(tmp_path, read_home) -> Path:
    """A home that read one article ten days ago."""
    home = Path(shutil.copytree(read_home, tmp_path / "home"))
    [archived] = (home / "archive").iterdir()
    day = (datetime.now(UTC) - timedelta(days=10)).date()
    older = archived.rename(archived.with_name(f"{day}{archived.name[10:]}"))
    with duckdb.connect(str(home / "warehouse.duckdb")) as db:
        for table in ("fetches", "polls"):
            db.execute(
                f"update {table} set archive_file = $name where archive_file is not null",
                {"name": older.name},
            )
    return home


def maintain(home: Path, *words: str):
    said = onrecord("maintain", "--limit", "0", "--home", home, *words)
    assert said.code == 0, said.err
    return said


@pytest.mark.parametrize(("days", "left"), [(None, 1), (30, 1), (8, 0)])
def test_the_archive_is_kept_as_long_as_the_setting_says(home, monkeypatch, days, left):
    if days:
        monkeypatch.setenv("ONRECORD_ARCHIVE_DAYS", str(days))

    maintain(home)

    assert len(list((home / "archive").iterdir())) == left
    traced = "select archive_file is not null, archive_removed_at is null from {}"
    assert rows(home, traced.format("fetches")) == rows(home, traced.format("polls"))
    assert set(column(home, traced.format("fetches"))) == {bool(left)}
    assert len(column(home, "select text from articles")) == 1


def test_no_archive_goes_while_a_run_may_read_it(home, monkeypatch):
    monkeypatch.setenv("ONRECORD_ARCHIVE_DAYS", "8")

    Home(home).rebuilding.path.mkdir()  # of a killed rebuild, which would be gone on with

    with held_alone(Home(home).run_lock, "run-that-reads", wait_s=None):
        beside = maintain(home)
    left = list((home / "archive").iterdir())
    maintain(home)

    assert "run-that-reads is active" in beside.err
    assert len(left) == 1
    assert column(home, "select archive_file is not null from fetches") == [False]
    assert list((home / "archive").iterdir()) == []
    assert not Home(home).rebuilding.path.exists()


def test_it_clears_up_after_killed_processes_and_old_upgrades(home):
    left = [
        ".warehouse.duckdb.compacting",
        ".published.duckdb.unfinished",
        "warehouse.before-0004.duckdb",
    ]
    for name in (*left, "warehouse.before-0009.duckdb"):
        (home / name).touch()

    said = maintain(home)

    assert [name for name in left if (home / name).exists()] == []
    assert (home / "warehouse.before-0009.duckdb").exists()
    assert "warehouse.before-0004.duckdb" in said.err


@pytest.mark.parametrize("is_active", [False, True], ids=["alone", "beside a pass"])
def test_it_compacts_where_much_is_free_and_no_pass_is_active(home, is_active):
    path = home / "warehouse.duckdb"
    with duckdb.connect(str(path)) as db:
        db.execute("create table passing as select random() as n from range(3_000_000)")
        db.execute("create table staying as select random() as n from range(200_000)")
        db.execute("drop table passing")
    before = path.stat().st_size

    if is_active:
        with held_alone(Home(home).run_lock, "run-that-runs", wait_s=None):
            maintain(home)
    else:
        maintain(home)

    assert (path.stat().st_size < before / 1.3) is not is_active


def test_it_leaves_a_file_in_which_little_is_free_unless_it_is_told(home):
    unasked = maintain(home)
    asked = maintain(home, "--compact", "--json")

    assert "compacted" not in unasked.err
    assert "compacted" in asked.err
    assert asked.json["outcome"] == "done"
    assert asked.json["upkeep"]["compacted"]["bytes_after"] > 0
