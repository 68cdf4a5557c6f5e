"""A work killed at any step, and done again, leaves what an unkilled one does."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from extractors.versions import judge_change
from tests.upgrading import make_earlier
from warehouse.door import Warehouse
from warehouse.scripts import scripts_in
from warehouse.staging import stage

REPO = Path(__file__).parents[2]
#: The work, the home it begins with, and at how many steps, evenly spread, it is killed.
KILLS = [
    ("load", "home_with_work", 10),
    ("load", "home_half_loaded", 8),
    ("compact", "world", 7),
    ("archive_and_stage", "prepared_home", 17),
    ("bring_up_to_date", "earlier_home", 6),
    ("bring_up_to_date", "no_home", 3),
]


@pytest.fixture(scope="module")
def home_with_work(prepared_home, world_parts, tmp_path_factory) -> Path:
    """A home that holds nothing yet, with all of the small known world staged."""
    home = Path(shutil.copytree(prepared_home, tmp_path_factory.mktemp("full") / "home"))
    for harvest in world_parts:
        stage(harvest, home / "staging")
    return home


@pytest.fixture(scope="module")
def home_half_loaded(prepared_home, world_parts, tmp_path_factory) -> Path:
    """A home that holds two batches of that world, with the others staged."""
    home = Path(shutil.copytree(prepared_home, tmp_path_factory.mktemp("half") / "home"))
    for harvest in world_parts[:2]:
        stage(harvest, home / "staging")
    Warehouse(home, judge=judge_change).load_staged()
    for harvest in world_parts[2:]:
        stage(harvest, home / "staging")
    return home


@pytest.fixture(scope="module")
def earlier_home(tmp_path_factory) -> Path:
    """A home that an earlier version has left, with a row in every table."""
    home = tmp_path_factory.mktemp("earlier")
    make_earlier(home / "warehouse.duckdb", upto=len(scripts_in("migrations")) - 3)
    return home


@pytest.fixture(scope="module")
def no_home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("none")


@pytest.mark.parametrize(("work", "start", "kills"), KILLS)
def test_what_was_killed_at_any_step_is_finished_by_the_next(request, work, start, kills):
    home = request.getfixturevalue(start)

    command = [sys.executable, "-m", "tests.warehouse.kills", work, home, str(kills)]
    told = subprocess.run(command, capture_output=True, cwd=REPO, check=True, text=True).stdout

    (_, unkilled), *killed = [json.loads(line) for line in told.splitlines()]
    assert unkilled
    assert [step for step, content in killed if content != unkilled] == []
    assert len(killed) == kills


def test_the_kills_are_fifty_and_more():
    assert sum(kills for *_, kills in KILLS) >= 50
