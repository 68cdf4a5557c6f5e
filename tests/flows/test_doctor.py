"""A check of a home finds what is wrong, says what to do, and changes nothing."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from flows.home import Home
from flows.locks import held_alone, shown_alive
from tests.press import onrecord

#: Writes a row and is killed before it comes into the file.
KILLED = """
import os, sys, duckdb

db = duckdb.connect(sys.argv[1])
db.execute("update runs set note = 'killed'")
os.kill(os.getpid(), 9)
"""

#: Rows of a damaged file lead to nothing, and broken settings do not name the model.
FOLLOWS = {"references", "model"}


@pytest.fixture
def home(tmp_path, read_home) -> Path:
    """A home that has read one article."""
    return Path(shutil.copytree(read_home, tmp_path / "home"))


def contents(home: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in home.rglob("*") if path.is_file()}


def found(home: Path, *words: str) -> dict[str, str]:
    """Return what is not well, with what to do, by the name of the check."""
    said = onrecord("doctor", "--home", home, "--json", *words)
    findings = said.json
    assert said.code == int(any(each["state"] == "problem" for each in findings))
    assert all(bool(each["remedy"]) == (each["state"] != "ok") for each in findings)
    return {each["check"]: each["state"] for each in findings if each["state"] != "ok"}


def archived(home: Path) -> Path:
    [path] = (home / "archive").iterdir()
    return path


def cut_warehouse(home: Path) -> None:
    path = home / "warehouse.duckdb"
    path.write_bytes(path.read_bytes()[:5000])


def garble_warehouse(home: Path) -> None:
    path = home / "warehouse.duckdb"
    path.write_bytes(path.read_bytes()[:4096] + b"\x99" * 100_000)


def cut_the_end_of_warehouse(home: Path) -> None:
    path = home / "warehouse.duckdb"
    with duckdb.connect(str(path)) as db:
        for table in ("dropped", "kept"):
            db.execute(f"create table {table} as select random() as value from range(500000)")
        db.execute("drop table dropped")
    os.truncate(path, path.stat().st_size - 600_000)


def cut_published(home: Path) -> None:
    (home / "published.duckdb").write_bytes(b"no database")


def kill_a_writer(home: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(home / "warehouse.duckdb")], check=False)


def tear(home: Path) -> None:
    with archived(home).open("ab") as file:
        file.write(b"\x1f\x8b\x08 torn")


def damage(home: Path) -> None:
    content = bytearray(archived(home).read_bytes())
    content[20:60] = bytes(40)
    archived(home).write_bytes(content)


def stage_nonsense(home: Path) -> None:
    (home / "staging").mkdir(exist_ok=True)
    (home / "staging" / "20260301T120000.000000Z-b.json.gz").write_bytes(b"nonsense")


def set_aside(home: Path) -> None:
    (home / "staging" / "bad").mkdir(parents=True)
    (home / "staging" / "bad" / "b.json.gz").write_bytes(b"nonsense")


def misspell(home: Path) -> None:
    with (home / "onrecord.toml").open("a") as file:
        file.write("colour = 'blue'\n")


def name_a_dead_server(home: Path) -> None:
    told = {"api_url": "http://127.0.0.1:1/api"}
    (home / "serve.json").write_text(json.dumps(told), encoding="utf-8")


def kill_a_run(home: Path) -> None:
    Home(home).liveness_lock("run-killed").touch()


@pytest.mark.parametrize(
    ("harm", "expected"),
    [
        (lambda _: None, {}),
        (cut_warehouse, {"warehouse": "problem"}),
        (garble_warehouse, {"warehouse": "problem"}),
        (cut_the_end_of_warehouse, {"warehouse": "problem"}),
        (lambda home: (home / "warehouse.duckdb").unlink(), {"warehouse": "problem"}),
        (kill_a_writer, {"warehouse": "warning"}),
        (cut_published, {"published": "problem"}),
        (lambda home: (home / "published.duckdb").unlink(), {"published": "warning"}),
        (tear, {"archive": "warning"}),
        (damage, {"archive": "problem"}),
        (lambda home: archived(home).unlink(), {"references": "problem"}),
        (stage_nonsense, {"staging": "warning"}),
        (set_aside, {"staging": "warning"}),
        (misspell, {"settings": "problem"}),
        (name_a_dead_server, {"server": "problem"}),
        (kill_a_run, {"runs": "warning"}),
        (lambda home: (home / ".restore-checked").mkdir(), {"runs": "problem"}),
    ],
    ids=[
        "well", "cut warehouse", "garbled warehouse", "no end of warehouse", "no warehouse",
        "log left", "cut copy", "no copy", "torn record", "damaged file", "lost file", "bad batch",
        "batch set aside", "unknown setting", "dead server", "killed run", "half a restore",
    ],
)  # fmt: skip
def test_what_is_wrong_is_found_and_nothing_is_changed(home, harm, expected):
    harm(home)
    before = contents(home)

    said = found(home)

    assert {name: said.get(name) for name in expected} == expected
    assert said.keys() <= expected.keys() | FOLLOWS
    assert contents(home) == before


def test_all_of_the_archive_is_looked_at_if_asked(home):
    for number in range(1, 25):
        damaged = archived(home).with_name(f"2020-01-01-run-{number:03d}.warc.gz")
        (home / "archive-of-old").mkdir(exist_ok=True)
        shutil.copy(archived(home), home / "archive-of-old" / damaged.name)
    damage(home)
    [newest] = (home / "archive").iterdir()
    oldest = newest.rename(newest.with_name("2019-01-01-run-000.warc.gz"))
    for path in (home / "archive-of-old").iterdir():
        path.rename(oldest.with_name(path.name))

    assert "archive" not in found(home)
    assert found(home, "--full")["archive"] == "problem"


def test_who_is_at_work_is_told_and_is_no_trouble(home):
    with (
        held_alone(Home(home).run_lock, "run-that-runs", wait_s=None),
        shown_alive(Home(home), "run-that-runs"),
    ):
        said = onrecord("doctor", "--home", home)

    assert said.code == 0
    assert "run-that-runs" in said.out


def test_a_folder_that_is_no_home_is_bad_usage(tmp_path):
    said = onrecord("doctor", "--home", tmp_path)

    assert said.code == 2
    assert list(tmp_path.iterdir()) == []
