import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from extractors.errors import QueryError, SettingsError, WarehouseError
from tests.builders import NOON
from warehouse.dictionary import data_dictionary, dictionary_rows
from warehouse.reader import Reader

ESCAPES = {
    "a file as a table": "select * from '/etc/passwd'",
    "read_csv": "select * from read_csv('/etc/passwd')",
    "read_text": "select * from read_text('/etc/passwd')",
    "a list of files": "select * from glob('/*')",
    "an address": "select * from read_csv('https://example.org/x.csv')",
    "secrets": "select * from duckdb_secrets()",
    "copy to a file": "copy (select 1) to '/tmp/onrecord-escape.csv'",
    "copy from a file": "copy feeds from '/etc/passwd'",
    "attach": "attach '/tmp/onrecord-escape.duckdb'",
    "install": "install httpfs",
    "load": "load httpfs",
    "pragma": "pragma enable_profiling",
    "set": "set enable_external_access = true",
    "reset": "reset memory_limit",
    "call": "call enable_logging()",
    "create": "create table memory.main.x as select 1",
    "insert": "insert into published.feeds select * from feeds",
    "import": "import database '/tmp'",
    "export": "export database '/tmp/onrecord-escape'",
    "two statements": "select 1; select 2",
    "none": "-- nothing",
    "explained writing": "explain analyze copy (select 1) to '/tmp/onrecord-escape.csv'",
    "a variable of Python": "select * from frame_of_rows",
    "a wrong statement": "selekt 1",
}


@pytest.mark.parametrize("sql", ESCAPES.values(), ids=ESCAPES)
def test_a_question_can_do_nothing_but_read_the_published_copy(world, sql):
    frame_of_rows = duckdb.connect().execute("select 1")

    with Reader(world) as reader, pytest.raises(QueryError):
        reader.answer(sql, timeout_s=10)

    assert frame_of_rows.fetchall() == [(1,)]
    assert not Path("/tmp/onrecord-escape.csv").exists()  # noqa: S108 (must not be there)


def test_unsafe_lets_a_question_open_a_file_but_not_write(world, tmp_path):
    given = tmp_path / "given.csv"
    given.write_text("a\n1\n")

    with Reader(world, unsafe=True) as reader:
        found = reader.answer(f"select a from '{given}'", timeout_s=10)
        with pytest.raises(QueryError):
            reader.answer(f"copy feeds to '{given}'", timeout_s=10)

    assert found.rows == ((1,),)


def test_an_answer_has_names_types_and_typed_parameters(world):
    with Reader(world) as reader:
        found = reader.answer(
            "select $since::timestamptz as since, $top::integer as top",
            {"since": "2026-03-01T13:00:00+01:00", "top": "7"},
            timeout_s=10,
        )

    assert (found.columns, found.rows) == (("since", "top"), ((NOON, 7),))
    assert found.types == ("TIMESTAMP WITH TIME ZONE", "INTEGER")


@pytest.mark.parametrize(
    ("name", "params"),
    [("who_knows", {}), ("quotes_of", {}), ("most_quoted", {"speaker": "x"})],
    ids=["no such question", "a parameter is missing", "no such parameter"],
)
def test_a_saved_question_asked_wrongly_is_an_error(world, name, params):
    with Reader(world) as reader, pytest.raises(SettingsError):
        reader.ask(name, params, timeout_s=10)


def test_a_question_that_takes_too_long_is_given_up(world):
    endless = "select sum(a.range * b.range) from range(10000000) as a, range(10000000) as b"

    with Reader(world) as reader:
        with pytest.raises(QueryError, match="no answer within"):
            reader.answer(endless, timeout_s=0.2)
        after = reader.answer("select 1", timeout_s=10)

    assert after.rows == ((1,),)


@pytest.mark.parametrize("as_of", [None, NOON], ids=["now", "as of a time"])
def test_an_answer_shows_no_progress_and_spills_outside_the_current_folder(
    world, tmp_path, monkeypatch, as_of
):
    monkeypatch.chdir(tmp_path)

    with Reader(world, as_of=as_of) as reader:
        [(shows_progress, spill_folder)] = reader.answer(
            "select current_setting('enable_progress_bar'), current_setting('temp_directory')",
            timeout_s=10,
        ).rows

    assert not shows_progress
    assert Path(spill_folder).is_absolute()
    assert not Path(spill_folder).is_relative_to(tmp_path)


def test_an_answer_goes_to_a_parquet_file(world, tmp_path):
    target = tmp_path / "it's.parquet"

    with Reader(world) as reader:
        rows = reader.write_parquet(
            target, "select text from quotes where speaker = $who; -- é", {"who": "Bo Lind"},
            timeout_s=10,
        )  # fmt: skip

    escaped = str(target).replace("'", "''")
    assert rows == 1
    assert duckdb.execute(f"select * from '{escaped}'").fetchall() == [("I disagree with that",)]
    assert [path.name for path in tmp_path.iterdir()] == ["it's.parquet"]


@pytest.mark.parametrize(
    ("hours", "seen"),
    [(-1, (0, 0, 0, 0)), (1, (1, 1, 1, 2)), (30, (3, 4, 3, 2)), (60, (3, 4, 4, 2))],
    ids=["before", "first article", "before the edit", "after it"],
)
def test_as_of_shows_what_was_known_then(world, hours, seen):
    sql = """
        select
            (select count(*) from articles),
            (select count(*) from quotes),
            (select count(*) from article_versions),
            (select count(*) from entries)
    """
    with Reader(world, as_of=NOON + timedelta(hours=hours)) as reader:
        found = reader.answer(sql, timeout_s=10)

    assert found.rows == (seen,)


def test_as_of_shows_the_version_that_was_current(world):
    with Reader(world, as_of=NOON + timedelta(hours=30)) as reader:
        found = reader.answer("select text from quotes where text like 'I say%'", timeout_s=10)
        edited = reader.answer("from edited_articles", timeout_s=10)

    assert (found.rows, edited.rows) == ((("I say no",),), ())


def test_as_of_is_as_shut_in_as_any_question(world):
    with Reader(world, as_of=NOON) as reader, pytest.raises(QueryError):
        reader.answer("set variable as_of = now()", timeout_s=10)


def test_as_of_the_end_every_relation_is_as_published(world):
    with Reader(world) as now, Reader(world, as_of=NOON + timedelta(days=36500)) as then:
        relations = {row.relation for row in dictionary_rows(now) if row.kind != "macro"}
        differing = [
            relation
            for relation in relations
            if sorted(map(repr, now.answer(f"from {relation}", timeout_s=10).rows))
            != sorted(map(repr, then.answer(f"from {relation}", timeout_s=10).rows))
        ]

    assert differing == []


def test_every_relation_and_column_is_described(world):
    with Reader(world) as reader:
        rows = dictionary_rows(reader)
        markdown = data_dictionary(rows)

    undescribed = [row for row in rows if not (row.relation_comment and row.column_comment)]
    assert undescribed == []
    assert "| quotes_attributed | BIGINT | of these, with a speaker |" in markdown


def test_reading_before_anything_was_published_says_what_to_do(tmp_path):
    with pytest.raises(WarehouseError, match="onrecord ingest"):
        Reader(tmp_path)


def test_workers_that_stage_do_not_load_duckdb():
    code = "import sys, warehouse.staging; sys.exit('duckdb' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
