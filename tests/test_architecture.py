"""The house keeps its shape: which file may import what, and a few rules more.

Each rule is tried twice: on this project, where it must find nothing, and on a small tree with a
violation in it, which it must find.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.modules import PACKAGES, imports_of, is_within, modules_of
from tests.rules import (
    HOMES,
    MOST_LINES,
    files_too_long,
    forbidden_arrows,
    imports_of_training,
    impure_extractors,
    is_at_home,
    libraries_away_from_home,
    relative_imports,
    sql_outside_the_warehouse,
    swallowed_errors,
    words_not_to_be_committed,
)

ROOT = Path(__file__).parents[1]
Rule = Callable[[Path], Iterator[str]]
#: A rule, and files that break it: each alone must be found.
RULES: Mapping[Rule, Mapping[str, str]] = {
    forbidden_arrows: {
        "extractors/quotes.py": "from warehouse.load import load",
        "extractors/naming/names.py": "import flows",
        "warehouse/load.py": "from extractors import quotes",
        "warehouse/read.py": "def now():\n    from flows.settings import Settings",
        "warehouse/scripts.py": "import extractors",
        "flows/steps.py": "from warehouse.scripts import statement",
    },
    imports_of_training: {
        "extractors/registry.py": "from extractors.training import speakers",
        "flows/steps.py": "import extractors.training.speakers",
    },
    libraries_away_from_home: {
        "flows/steps.py": "import duckdb",
        "flows/cli/serve.py": "def run():\n    from prefect import serve",
        "flows/polling.py": "from aiohttp import ClientSession",
        "flows/robots.py": "import urllib.request",
        "extractors/entities.py": "from spacy.tokens import Doc",
        "extractors/naming/names.py": "from importlib import import_module\nimport_module('spacy')",
        "flows/archive.py": "from warcio.archiveiterator import ArchiveIterator",
    },
    relative_imports: {
        "flows/steps.py": "from . import desk",
        "extractors/quotes.py": "from .marks import scan",
    },
    impure_extractors: {
        "extractors/naming/names.py": "import os",
        "extractors/dates.py": "from datetime import UTC, datetime\nTODAY = datetime.now(UTC)",
        "extractors/feeds/jsonfeed.py": "words = open('words.txt').read()",
        "extractors/feeds/sitemap.py": "import time\nSTART = time.time()",
    },
    sql_outside_the_warehouse: {
        "flows/steps.py": "ask('select count(*) from articles')",
        "flows/report.py": "ask(f'''\n    with newest as (\n  select 1) select * from {table}''')",
        "flows/desk.py": "run('INSERT OR REPLACE INTO feeds values (1)')",
        "flows/cli/status.py": "ask('from runs order by started_at')",
    },
    files_too_long: {"flows/steps.py": "x = 1\n" * (MOST_LINES + 1)},
    swallowed_errors: {
        "flows/steps.py": "try:\n    run()\nexcept Exception:\n    pass",
        "flows/desk.py": "try:\n    run()\nexcept:\n    x = 1",
        "flows/jobs.py": "def other():\n try:\n  run()\n except (OSError, Exception):\n  return",
        "flows/gate.py": "def go():\n try:\n  run()\n except Exception as error:\n"
        "  if x: return 1\n  raise",
    },
    words_not_to_be_committed: {
        "flows/steps.py": "HOME = '/" + "work/main'",
        "requirements.lock": "--index-url" + " https://wheels.example" + "/simple",
        "README.md": "A " + "TO" + "DO for later",
    },
}  # fmt: skip
#: What must not be mistaken for a violation.
FINE: Mapping[Rule, Mapping[str, str]] = {
    forbidden_arrows: {
        "warehouse/load.py": "from extractors.records import Quote\nfrom extractors import errors",
        "flows/steps.py": "from extractors import quotes\nfrom warehouse.door import Warehouse",
    },
    libraries_away_from_home: {
        "warehouse/load.py": "import duckdb",
        "flows/steps.py": "from urllib.parse import urlsplit\nimport richer",
    },
    sql_outside_the_warehouse: {
        "flows/steps.py": '"""Select the feeds from the list."""\nsay("from start to start")',
        "flows/cli/questions.py": "examples = '  onrecord sql \"select 1 from quotes\"'",
        "flows/cli/feeds.py": "say('update the list', 'from here on', 'copy it to a file')",
    },
    swallowed_errors: {
        "flows/steps.py": "try:\n    run()\nexcept Exception as error:\n    note(error)\n    raise",
        "flows/jobs.py": "def at_boundary():\n try:\n  run()\n except Exception:\n  return 1",
    },
    words_not_to_be_committed: {"README.md": "See https://example.org/work/simple-things/"},
}


def _ids(cases: list[tuple[Rule, str, str]]) -> list[str]:
    return [f"{rule.__name__}-{path}" for rule, path, _ in cases]


PLANTED = [(rule, path, text) for rule, files in RULES.items() for path, text in files.items()]
HARMLESS = [(rule, path, text) for rule, files in FINE.items() for path, text in files.items()]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_project_breaks_no_rule_of_the_house(rule: Rule):
    found = list(rule(ROOT))

    assert found == []


@pytest.mark.parametrize(("rule", "path", "text"), PLANTED, ids=_ids(PLANTED))
def test_a_rule_finds_what_breaks_it(rule: Rule, path: str, text: str, tmp_path: Path):
    _plant(tmp_path / path, text)

    found = list(rule(tmp_path))

    assert len(found) == 1
    assert found[0].startswith(path)


@pytest.mark.parametrize(("rule", "path", "text"), HARMLESS, ids=_ids(HARMLESS))
def test_a_rule_lets_pass_what_only_looks_like_a_breach(
    rule: Rule, path: str, text: str, tmp_path: Path
):
    _plant(tmp_path / path, text)

    found = list(rule(tmp_path))

    assert found == []


@pytest.mark.parametrize("library", HOMES)
def test_a_library_that_has_a_home_is_used_there(library: str):
    users = {
        module.path
        for module in modules_of(ROOT)
        for each in imports_of(module)
        if is_within(each.name, library)
    }

    unused = {home for home in HOMES[library] if not any(is_at_home(u, {home}) for u in users)}

    assert unused == set()


def test_the_packages_are_where_the_rules_look_for_them():
    counts = dict.fromkeys(PACKAGES, 0)

    for module in modules_of(ROOT):
        counts[module.package] += 1

    assert min(counts.values()) > 5


def _plant(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text + "\n", encoding="utf-8")
