"""What is written about the program is true, and nothing is left undescribed."""

import json
import re
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from flows.settings import Settings
from tests.commands import every_command
from tests.readme import RUN_KINDS, Command, blocks_of, commands_of
from warehouse.questions import questions

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = list(commands_of(README))
#: The order of the README, by a word of each heading.
ORDER = ("offline", "feeds", "sql", "schedule", "folders", "test", "limits")
#: So many blocks may stand in the README without being run.
MOST_NOT_RUN = 5
#: What the views are made from and what the program notes for itself; not for people to query.
INNER_TABLES = {
    "article_heads",
    "batches",
    "entity_rows",
    "failed_pages",
    "invalid_sightings",
    "mention_rows",
    "merging_entities",
    "quote_rows",
    "schema_history",
    "sketches",
    "story_links",
    "search_terms",
    "search_texts",
    "shown_mentions",
    "shown_quotes",
    "unsearched_versions",
    "unsketched_versions",
    "view_history",
}
#: Settings whose line in the sample shows a value that is not the default.
SHOWN_OTHERWISE = {"workers", "archive_days"}


def test_the_readme_has_commands_for_every_step_of_the_way():
    told = " ".join(command.text for command in COMMANDS)

    missing = [
        step
        for step in ("make demo", "onrecord init", "feeds add", "onrecord ingest", "make test")
        if step not in told
    ]

    assert missing == []


def test_the_readme_asks_a_question_in_sql():
    asked = [each for each in COMMANDS if each.kind == "sql" or "onrecord sql" in each.text]

    assert asked


def test_a_block_that_is_not_run_says_why_and_there_are_few():
    reasons = [block.not_run for block in blocks_of(README) if block.not_run is not None]

    assert "" not in reasons
    assert len(reasons) <= MOST_NOT_RUN


def test_no_command_of_the_readme_escapes_by_the_kind_of_its_block():
    kinds = {block.kind for block in blocks_of(README)}

    assert kinds <= {*RUN_KINDS, "text", "toml", "json", "cron"}


def test_the_readme_keeps_its_order():
    headings = [line.lower() for line in README.splitlines() if line.startswith("## ")]

    places = [
        next((at for at, heading in enumerate(headings) if word in heading), -1) for word in ORDER
    ]

    assert -1 not in places, dict(zip(ORDER, places, strict=True))
    assert places == sorted(places)


def test_the_last_thing_continuous_integration_does_is_the_tests_of_the_readme():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    last = [line for line in script.splitlines() if line.strip() and not line.startswith("#")][-1]

    shown = [each.text for each in COMMANDS if "test" in each.section.lower()]

    assert last in shown


@pytest.mark.parametrize("words", every_command(), ids=" ".join)
def test_a_command_is_named_in_the_readme(words: tuple[str, ...]):
    """As `onrecord feeds add …`, `feeds add …`, or in a list after the first: `list`, `remove`."""
    forms = {" ".join(["onrecord", *words]), " ".join(words), words[-1]}

    in_code = re.findall(r"`([^`\n]+)`", README) + [each.text for each in COMMANDS]

    assert any(code == form or code.startswith(f"{form} ") for code in in_code for form in forms)


@pytest.mark.parametrize(
    "name", [each.name for each in fields(Settings) if each.name not in ("feeds", "aliases")]
)
def test_a_setting_is_named_in_the_readme(name: str):
    assert re.search(rf"`({name}|ONRECORD_{name.upper()})`", README)


def test_the_sample_settings_are_settings_with_their_defaults():
    sample = (ROOT / "flows" / "onrecord.sample.toml").read_text(encoding="utf-8")
    lines = re.findall(r"^# (\w+ = .+)$", sample, re.MULTILINE)
    shown = tomllib.loads("\n".join(lines))

    defaults = {each.name: getattr(Settings(), each.name) for each in fields(Settings)}

    assert len(shown) > 10
    assert shown.keys() <= defaults.keys()
    for name in shown.keys() - SHOWN_OTHERWISE:
        assert shown[name] == defaults[name], name


@pytest.fixture(scope="module")
def dictionary(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Return a row for each column of the warehouse, as `onrecord schema` tells it."""
    home = tmp_path_factory.mktemp("home")
    (home / "onrecord.toml").touch()
    told = subprocess.run(
        [sys.executable, "-m", "flows", "schema", "--json", "--home", str(home)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    rows: list[dict[str, Any]] = json.loads(told.stdout)
    return rows


def test_every_relation_people_query_is_named_in_the_readme(dictionary: list[dict[str, Any]]):
    relations = {row["relation"] for row in dictionary} - INNER_TABLES

    missing = {name for name in relations if f"`{name}`" not in README}

    assert missing == set()


def test_every_relation_and_column_says_what_it_is(dictionary: list[dict[str, Any]]):
    silent = [
        (row["relation"], row["column"])
        for row in dictionary
        if not row["relation_comment"] or not row["column_comment"]
    ]

    assert silent == []


def test_every_view_file_makes_a_view_that_the_dictionary_tells(
    dictionary: list[dict[str, Any]],
):
    files = (ROOT / "warehouse" / "views").glob("*.sql")
    made = {
        name
        for file in files
        for name in re.findall(r"^create or replace view (\w+)", file.read_text(), re.MULTILINE)
    }

    told = {row["relation"] for row in dictionary if row["kind"] == "view"}

    assert made == told


@pytest.mark.parametrize("question", questions(), ids=lambda each: each.name)
def test_a_saved_question_says_what_it_asks_and_what_it_needs(question: Any):
    needed = set(re.findall(r"\$(\w+)", re.sub(r"--.*", "", question.sql)))

    assert question.question.endswith("?")
    assert {parameter.name for parameter in question.parameters} == needed
    assert all(parameter.meaning for parameter in question.parameters)


def test_the_readme_names_only_questions_there_are():
    asked = set(re.findall(r"onrecord ask (\w+)", README))

    assert asked
    assert asked <= {question.name for question in questions()}


# How README.md is read: a mistake here would let commands go unrun.

A_PAGE = """
## A way

```console
$ first --now
said by it
$ second "a
> b"
$ third \\
    --more
```

<!-- not run: needs the web -->
```console
$ fourth
```

```sql
select 1
```
"""


def test_commands_are_read_with_their_further_lines_and_without_output():
    found = list(commands_of(A_PAGE))

    assert found == [
        Command("console", "first --now", "A way"),
        Command("console", 'second "a\nb"', "A way"),
        Command("console", "third \\\n    --more", "A way"),
        Command("sql", "select 1", "A way"),
    ]


def test_a_block_that_is_not_run_is_counted_with_its_reason():
    reasons = [block.not_run for block in blocks_of(A_PAGE)]

    assert reasons == [None, "needs the web", None]
    assert {block.kind for block in blocks_of(A_PAGE)} <= set(RUN_KINDS)


@pytest.mark.parametrize("folder", ["naming", "speech", "training"])
def test_every_file_that_makes_quotations_is_in_the_tables_of_contributing(folder: str):
    part = GUIDE.partition("## How an article becomes quotations")[2].partition("\n## ")[0]
    described = set(re.findall(r"`(\w+\.py)`", part))

    files = {file.name for file in (ROOT / "extractors" / folder).glob("*.py")} - {"__init__.py"}

    assert files <= described
