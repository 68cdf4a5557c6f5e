"""`sql`, `ask`, `schema` and `status` over a home that a pass has filled."""

import csv
import io
import json
import subprocess
import sys
from datetime import datetime

import duckdb
import pytest

from flows.home import Home
from flows.locks import held_alone
from tests.press import onrecord, set_up
from warehouse.lock import held_lock

TITLES = [
    "Council adopts its budget",
    "Fahrer legen die Arbeit nieder",
    "Rain closes the harbour",
]
BY_TITLE = "select title from articles order by title"


@pytest.fixture(scope="module")
def home(tmp_path_factory, standing_press, model):
    folder = tmp_path_factory.mktemp("asked") / "home"
    home = set_up(folder, standing_press.url("/feed"), site=standing_press, model=model)
    assert onrecord("ingest", "--home", home).code == 0
    return home


def test_json_is_an_array_of_row_objects(home):
    said = onrecord("sql", BY_TITLE, "--home", home, "--json")

    assert (said.code, said.json) == (0, [{"title": title} for title in TITLES])
    assert said.err == ""


def test_an_answer_without_rows_is_an_empty_array(home):
    assert onrecord("sql", "from quotes where false", "--home", home, "--json").json == []


def test_format_json_is_the_same_as_json(home):
    said = onrecord("sql", BY_TITLE, "--home", home, "--format", "json")

    assert said.json == [{"title": title} for title in TITLES]


def test_times_are_in_utc_and_lists_are_lists(home):
    sql = "select timestamptz '2026-03-01 12:00:00+02' as t, ['a', null] as l, 1.5::decimal as d"

    [row] = onrecord("sql", sql, "--home", home, "--json").json

    assert row == {"t": "2026-03-01T10:00:00Z", "l": ["a", None], "d": 1.5}


def test_csv_has_a_header_and_quotes_what_needs_it(home):
    sql = "select 'a, \"b\"' as x, null as y, ['ü'] as z"

    said = onrecord("sql", sql, "--home", home, "--format", "csv")

    assert list(csv.reader(io.StringIO(said.out))) == [["x", "y", "z"], ['a, "b"', "", '["ü"]']]


def test_a_table_shows_nothing_that_steers_a_terminal(home):
    said = onrecord("sql", "select 'a' || chr(27) || '[2J' || chr(155) || 'b' as x", "--home", home)

    assert said.code == 0
    assert "a\ufffd[2J\ufffdb" in said.out


def test_parquet_goes_to_a_file(home, tmp_path):
    file = tmp_path / "titles.parquet"

    said = onrecord("sql", BY_TITLE, "--home", home, "--format", "parquet", "--output", file)

    assert (said.code, said.out) == (0, "")
    found = duckdb.execute(f"select title from '{file}' order by title").fetchall()
    assert [title for (title,) in found] == TITLES


def test_parquet_can_be_piped(home, tmp_path):
    command = [sys.executable, "-m", "flows", "sql", BY_TITLE, "--home", home]

    done = subprocess.run([*command, "--format", "parquet"], capture_output=True, check=True)

    (tmp_path / "piped").write_bytes(done.stdout)
    found = duckdb.execute(f"select count(*) from read_parquet('{tmp_path / 'piped'}')").fetchall()
    assert found == [(3,)]


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_output_goes_to_the_file_and_not_to_stdout(home, tmp_path, form):
    file = tmp_path / "answer"

    said = onrecord("sql", BY_TITLE, "--home", home, "--format", form, "--output", file)

    assert (said.code, said.out) == (0, "")
    assert all(title in file.read_text(encoding="utf-8") for title in TITLES)
    assert [each.name for each in tmp_path.iterdir()] == ["answer"]


def test_a_question_that_fails_leaves_the_old_file_as_it_was(home, tmp_path):
    file = tmp_path / "answer"
    file.write_text("of yesterday", encoding="utf-8")

    said = onrecord("sql", "select nothing", "--home", home, "--output", file)

    assert said.code == 1
    assert file.read_text(encoding="utf-8") == "of yesterday"
    assert [each.name for each in tmp_path.iterdir()] == ["answer"]


def test_parameters_are_numbers_where_they_are_written_as_numbers(home):
    sql = "select $a + 1 as a, $b as b, $c as c, $d as d"
    given = ["a=2", "b=007", "c=it's; drop", "d="]

    said = onrecord(
        "sql",
        sql,
        "--home",
        home,
        "--json",
        *(word for each in given for word in ("--param", each)),
    )

    assert said.json == [{"a": 3, "b": "007", "c": "it's; drop", "d": ""}]


@pytest.mark.parametrize(
    "sql",
    [
        "selec 1",
        "from no_such_table",
        "select $missing",
        "select 1; select 2",
        "",
        "drop table feeds",
        "insert into feeds (feed_id) values ('x')",
        "copy feeds to '/tmp/never.csv'",
        "from '/etc/passwd'",
        "from read_csv('/etc/passwd')",
        "attach '/tmp/never.duckdb'",
        "install httpfs",
        "set threads = 1",
    ],
)
def test_sql_that_is_wrong_or_does_more_than_read_is_1_with_nothing_on_stdout(home, sql):
    said = onrecord("sql", sql, "--home", home, "--json")

    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("onrecord: ")


def test_functions_that_read_files_need_unsafe(home, tmp_path):
    (tmp_path / "mine.csv").write_text("n\n41\n", encoding="utf-8")
    sql = f"select n + 1 as n from read_csv('{tmp_path / 'mine.csv'}')"

    refused = onrecord("sql", sql, "--home", home, "--json")
    allowed = onrecord("sql", sql, "--home", home, "--json", "--unsafe")

    assert (refused.code, allowed.code, allowed.json) == (1, 0, [{"n": 42}])


def test_a_question_that_takes_too_long_is_given_up(home):
    endless = "select count(*) from range(1000000000) a, range(1000) b where a.range % 7 = b.range"

    said = onrecord("sql", endless, "--home", home, "--timeout", "0.3")

    assert (said.code, "0.3" in said.err) == (1, True)


@pytest.mark.parametrize(
    ("as_of", "articles"),
    [("2001-01-01", 0), ("2001-01-01T00:00:00+02:00", 0), ("2999-12-31", 3)],
)
def test_as_of_shows_what_was_known_then(home, as_of, articles):
    said = onrecord(
        "sql", "select count(*) as n from articles", "--home", home, "--json", "--as-of", as_of
    )

    assert said.json == [{"n": articles}]


def test_ask_without_a_name_lists_the_saved_questions(home):
    said = onrecord("ask", "--json")

    assert said.code == 0
    assert {"name", "question", "parameters"} == said.json[0].keys()
    assert "what_failed" in {each["name"] for each in said.json}


def test_every_saved_question_without_needs_can_be_asked_in_every_format(home, tmp_path):
    from warehouse.questions import questions

    ready = [
        each.name for each in questions() if all(p.default is not None for p in each.parameters)
    ]
    codes = {
        (name, form): onrecord(
            "ask", name, "--home", home, "--format", form, "--output", tmp_path / "answer"
        ).code
        for name in ready
        for form in ("table", "json", "csv", "parquet")
    }

    assert len(ready) >= 3
    assert set(codes.values()) == {0}, codes


def test_a_saved_question_takes_its_parameters_by_name(home):
    by_word = onrecord("ask", "most_quoted", "--top", "1", "--home", home, "--json")
    by_sign = onrecord("ask", "most_quoted", "--top=1", "--home", home, "--json")

    assert (by_word.code, by_sign.code) == (0, 0)
    assert by_word.json == by_sign.json


def test_the_schema_describes_every_relation(home):
    said = onrecord("schema", "--home", home)
    as_json = onrecord("schema", "--home", home, "--json")

    assert (said.code, as_json.code) == (0, 0)
    for relation in ("feeds", "articles", "quotes", "failures", "quotes_by_speaker_day"):
        assert f"## {relation} " in said.out
        assert relation in json.dumps(as_json.json)


def test_status_has_an_array_for_each_of_its_tables(home):
    status = onrecord("status", "--home", home, "--json").json

    assert status.keys() == {"runs", "feeds", "due", "failures", "published"}
    assert [run["outcome"] for run in status["runs"]] == ["done"]
    assert datetime.fromisoformat(status["runs"][0]["started_at"]).utcoffset() is not None
    due = {each["what"]: each["due"] for each in status["due"]}
    assert due == {"feeds": 0, "pages": 0, "rechecks": 0}


def test_a_new_home_answers_every_question_with_nothing(tmp_path):
    onrecord("init", "--home", tmp_path)

    status = onrecord("status", "--home", tmp_path, "--json")
    asked = onrecord("ask", "what_failed", "--home", tmp_path, "--json")

    assert (status.code, status.json["runs"]) == (0, [])
    assert (asked.code, asked.json) == (0, [])


def test_questions_are_answered_while_a_pass_runs_and_the_warehouse_is_written(home):
    writing = held_lock(home / "locks" / "warehouse.lock", wait_s=1)
    with held_alone(Home(home).run_lock, "run-that-runs", wait_s=None), writing:
        answers = [
            onrecord("sql", BY_TITLE, "--home", home, "--json"),
            onrecord("status", "--home", home, "--json"),
            onrecord("feeds", "list", "--home", home, "--json"),
        ]

    assert [said.code for said in answers] == [0, 0, 0]
    assert len(answers[0].json) == 3


def test_a_warehouse_that_stays_busy_is_1_after_the_wait(home, standing_press, monkeypatch):
    monkeypatch.setenv("ONRECORD_LOCK_WAIT_S", "0.3")

    with held_lock(home / "locks" / "warehouse.lock", wait_s=1):
        said = onrecord("add", standing_press.url("/rain"), "--home", home)

    assert (said.code, "try again" in said.err) == (1, True)


def test_the_published_copy_opens_in_any_client_of_duckdb(home):
    with duckdb.connect(str(home / "published.duckdb"), read_only=True) as db:
        found = db.execute(BY_TITLE).fetchall()

    assert [title for (title,) in found] == TITLES
