"""`export`: what is in the files, that they are the same bytes, and that nothing is left half."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from extractors.errors import SettingsError, WarehouseBusyError, WarehouseError
from extractors.versions import judge_change
from tests.builders import NOON
from warehouse.door import Warehouse
from warehouse.export import export
from warehouse.lock import held_lock
from warehouse.reader import Reader
from warehouse.scripts import scripts_in
from warehouse.staging import stage

PROMISED = {
    "feeds", "polls", "entries", "fetches", "articles", "article_versions", "quotes", "mentions",
    "quote_versions", "mention_versions", "entities", "failures", "runs",
}  # fmt: skip


def contents(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def names_in(folder: Path) -> list[str]:
    return [entry.name for entry in folder.iterdir()]


@pytest.fixture(scope="module")
def exported(world, tmp_path_factory):
    folder = tmp_path_factory.mktemp("exported") / "figures"
    export(world, folder)
    return folder


def test_every_promised_relation_is_exported():
    assert {script.name for script in scripts_in("exports")} == PROMISED


@pytest.mark.parametrize("relation", sorted(PROMISED))
def test_a_relation_reads_back_as_it_is_in_the_warehouse(world, exported, relation):
    asked = f"select * from {relation} order by all"
    with Reader(world) as reader:
        expected = reader.answer(asked, timeout_s=20)

    with duckdb.connect() as db:
        db.execute("set timezone = 'UTC'")
        files = f"read_parquet('{exported}/{relation}/**/*.parquet', hive_partitioning = false)"
        found = db.execute(f"select * from {files} order by all")

        assert tuple(column[0] for column in found.description) == expected.columns
        assert tuple(str(column[1]) for column in found.description) == expected.types
        assert tuple(found.fetchall()) == expected.rows


def test_what_belongs_to_an_article_lies_in_the_month_of_its_publication(exported):
    folders = {file.parent.name for file in exported.glob("*/*/*.parquet")}

    assert folders == {"month=2026-03"}
    assert (exported / "feeds" / "feeds.parquet").exists()


def test_the_schema_and_the_dictionary_stand_beside_it(world, exported):
    schema = json.loads((exported / "schema.json").read_text())
    with Reader(world) as reader:
        [(version,)] = reader.answer("select version from schema_version", timeout_s=20).rows

    assert schema["schema_version"] == version
    assert {each["relation"] for each in schema["relations"]} == PROMISED
    assert all(each["comment"] for each in schema["relations"])
    assert all(c["type"] and c["comment"] for each in schema["relations"] for c in each["columns"])
    assert "## quotes (view)" in (exported / "dictionary.md").read_text()


def test_the_same_content_gives_the_same_bytes_in_whatever_order_it_was_loaded(
    prepared_home, world_parts, exported, tmp_path
):
    home = shutil.copytree(prepared_home, tmp_path / "home")
    warehouse = Warehouse(home, judge=judge_change)
    polls, *pages = world_parts
    for number, harvest in enumerate((polls, *reversed(pages))):
        path = stage(harvest, home / "staging")
        path.rename(path.with_name(f"{number:02}-{path.name}"))
    warehouse.load_staged()
    warehouse.publish()

    export(home, tmp_path / "other")

    ours, others = contents(exported), contents(tmp_path / "other")
    runs = {name for name in ours if name.startswith("runs/")} | {"manifest.json"}
    assert ours.keys() == others.keys()
    assert [name for name in ours.keys() - runs if ours[name] != others[name]] == []


def test_an_export_as_of_a_time_has_what_was_known_then(world, tmp_path):
    files = export(world, tmp_path / "early", as_of=NOON.replace(hour=13))

    assert {each.relation: each.rows for each in files}["article_versions"] == 1


def test_a_former_export_is_replaced_whole(world, exported, tmp_path):
    folder = tmp_path / "figures"
    export(world, folder, as_of=NOON)
    (folder / "quotes" / "stray.parquet").write_bytes(b"")

    export(world, folder)

    assert contents(folder) == contents(exported)
    assert names_in(tmp_path) == ["figures"]


def test_an_empty_folder_is_filled(world, exported, tmp_path):
    folder = tmp_path / "figures"
    folder.mkdir()

    export(world, folder)

    assert contents(folder) == contents(exported)


@pytest.mark.parametrize("name", ["letter.txt", "manifest.json"])
def test_another_folder_is_left_as_it_is(world, tmp_path, name):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / name).write_text('{"made_by": "me"}')

    with pytest.raises(SettingsError, match="neither empty nor an earlier export"):
        export(world, folder)

    assert contents(folder) == {name: b'{"made_by": "me"}'}
    assert names_in(tmp_path) == ["mine"]


def test_a_file_in_its_place_is_left_as_it_is(world, tmp_path):
    target = tmp_path / "figures"
    target.write_text("mine")

    with pytest.raises(SettingsError, match="is a file"):
        export(world, target)

    assert target.read_text() == "mine"


def test_what_killed_exports_left_is_cleared_away(world, exported, tmp_path):
    folder, unfinished, before = (
        tmp_path / name for name in ("figures", ".figures.unfinished", ".figures.before")
    )
    shutil.copytree(exported, before)  # killed after the old one was moved away
    unfinished.mkdir()
    (unfinished / "half.parquet").write_bytes(b"PAR1")

    export(world, folder)

    assert contents(folder) == contents(exported)
    assert names_in(tmp_path) == ["figures"]


def test_a_folder_that_cannot_be_written_leaves_nothing(world, tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(WarehouseError, match="could not be written"):
        export(world, tmp_path / "file" / "figures")

    assert names_in(tmp_path) == ["file"]


def test_two_exports_of_a_home_do_not_mix(world, tmp_path):
    with (
        held_lock(world / "locks" / "export.lock", wait_s=0),
        pytest.raises(WarehouseBusyError, match="another export"),
    ):
        export(world, tmp_path / "figures")

    assert names_in(tmp_path) == []
