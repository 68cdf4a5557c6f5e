"""Copies of a home that tell of a forgotten article: set aside by the program, or in a backup."""

import shutil
import zlib
from pathlib import Path

import duckdb
import pytest

from flows.home import Home
from flows.tombstones import forgotten
from tests.fakes import ScriptedSite
from tests.press import BUDGET, RAIN, a_feed_of, a_page, column, ingest, onrecord, set_up

SECRET = ("The quokka of Larkhaven swam away on Monday, said the keepers of the zoo.", *RAIN)
TITLES = "select title from articles order by title"


@pytest.fixture(scope="module")
def site():
    with ScriptedSite() as site:
        site.routes |= {
            "/feed": a_feed_of([site.url("/quokka-swims"), site.url("/budget")]),
            "/quokka-swims": a_page("The quokka swims", SECRET),
            "/budget": a_page("Council adopts its budget", BUDGET),
        }
        yield site


@pytest.fixture
def secret(site) -> str:
    return site.url("/quokka-swims")


@pytest.fixture(scope="module")
def read_home(tmp_path_factory, site, model) -> Path:
    home = set_up(
        tmp_path_factory.mktemp("read") / "home", site.url("/feed"), site=site, model=model
    )
    assert ingest(home).code == 0
    assert onrecord("backup", home.parent / "backup.tar", "--home", home).code == 0
    return home


@pytest.fixture(scope="module")
def backup(read_home) -> Path:
    """A backup of a home that tells of the quokka."""
    return read_home.parent / "backup.tar"


@pytest.fixture
def home(read_home, tmp_path) -> Path:
    return Path(shutil.copytree(read_home, tmp_path / "home"))


def telling(home: Path) -> list[str]:
    """Return the files of a home that tell of the quokka, however they are packed."""
    found = [path for path in home.rglob("*") if path.is_file() and path.name != "onrecord.toml"]
    return [str(path.relative_to(home)) for path in found if b"quokka" in told_by(path).lower()]


def told_by(path: Path) -> bytes:
    content = path.read_bytes()
    if path.name.endswith(".duckdb"):
        return content + rows_of(path)
    pieces, rest = [content], content
    while rest.startswith(b"\x1f\x8b"):
        member = zlib.decompressobj(31)
        pieces.append(member.decompress(rest))
        rest = member.unused_data
    return b"".join(pieces)


def rows_of(path: Path) -> bytes:
    with duckdb.connect(str(path), read_only=True) as db:
        tables = db.execute("select table_name from duckdb_tables()").fetchall()
        return repr([db.execute(f'from "{name}"').fetchall() for (name,) in tables]).encode()


def test_a_restore_leaves_out_what_was_forgotten_since_the_backup(home, secret, backup):
    assert onrecord("forget", secret, "--home", home).code == 0

    said = onrecord("restore", backup, "--home", home, "--json")

    assert (said.code, said.json["left_out"]) == (0, 1)
    assert "left out what was forgotten" in said.err
    assert telling(home) == []
    assert column(home, TITLES) == ["Council adopts its budget"]
    assert ingest(home).code == 0
    assert telling(home) == []


def test_a_new_home_is_restored_as_the_backup_has_it(tmp_path, backup):
    said = onrecord("restore", backup, "--home", tmp_path / "new", "--json")

    assert (said.code, said.json["left_out"], "left out" in said.err) == (0, 0, False)
    assert len(column(tmp_path / "new", TITLES)) == 2


def test_a_restore_keeps_the_tombstones_of_home_and_backup(home, secret, backup, site, tmp_path):
    onrecord("forget", site.url("/budget"), "--home", home)
    later = tmp_path / "later.tar"
    onrecord("backup", later, "--home", home)
    onrecord("restore", backup, "--home", home)
    onrecord("forget", secret, "--home", home)

    onrecord("restore", later, "--home", home)

    tombstones = forgotten(home / "archive")
    assert all(tombstones.covers(site.url(path)) for path in ("/budget", "/quokka-swims"))
    assert column(home, TITLES) == []


def test_a_home_whose_tombstones_are_damaged_is_not_replaced(home, secret, backup):
    onrecord("forget", secret, "--home", home)
    path = home / "archive" / "forgotten.warc.gz"
    path.write_bytes(path.read_bytes()[:-3])

    said = onrecord("restore", backup, "--home", home)

    assert said.code == 1
    assert "forgotten.warc.gz is damaged" in said.err
    assert "move that file away" in said.err
    assert list(home.glob("replaced-*")) == []
    assert [path.name for path in home.glob(".*")] == []


def test_forgetting_reaches_all_copies_that_the_program_has_left_in_the_home(home, secret, backup):
    onrecord("restore", backup, "--home", home)
    onrecord("reextract", "--rebuild", "--home", home)
    for left in (".backup-snapshot", ".restore-unpacked", "rebuilding"):
        (home / left).mkdir()
        shutil.copy(home / "warehouse.duckdb", home / left)
    for left in ("warehouse.before-0009.duckdb", ".warehouse.duckdb.compacting"):
        shutil.copy(home / "warehouse.duckdb", home / left)
    assert len(telling(home)) > 8

    said = onrecord("forget", secret, "--home", home, "--json")

    assert (said.code, said.json["unsearched"]) == (0, [])
    assert telling(home) == []
    [aside] = Home(home).former
    assert column(aside.path, TITLES) == ["Council adopts its budget"]


def test_a_former_home_that_cannot_be_read_is_named_to_be_deleted(home, secret, backup):
    onrecord("restore", backup, "--home", home)
    [aside] = Home(home).former
    aside.warehouse.write_bytes(b"not a database" * 1000)

    said = onrecord("forget", secret, "--home", home)

    assert said.code == 1
    assert f"{aside.path.name}/ cannot be read" in said.err
    assert "delete that folder" in said.err
    assert column(home, TITLES) == ["Council adopts its budget"]
