"""A work killed at any step, and done again, leaves what an unkilled one does."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.upgrading import make_earlier
from warehouse.scripts import scripts_in
from warehouse.staging import stage

REPO = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def harvests(world_parts, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("harvests")
    for harvest in world_parts:
        stage(harvest, folder)
    return folder


@pytest.fixture(scope="module")
def earlier_home(tmp_path_factory) -> Path:
    """A home that an earlier version has left, with a row in every table."""
    home = tmp_path_factory.mktemp("earlier")
    make_earlier(home / "warehouse.duckdb", upto=len(scripts_in("migrations")) - 3)
    return home


@pytest.fixture(scope="module")
def no_home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("none")


@pytest.mark.parametrize(
    ("work", "start", "kills"),
    [
        ("load_together", "prepared_home", 22),
        ("load_in_two", "prepared_home", 12),
        ("bring_up_to_date", "earlier_home", 12),
        ("bring_up_to_date", "no_home", 6),
    ],
)
def test_what_was_killed_at_any_step_is_finished_by_the_next(request, harvests, work, start, kills):
    home = request.getfixturevalue(start)

    command = [sys.executable, "-m", "tests.warehouse.kills", work, home, harvests, str(kills)]
    told = subprocess.run(command, capture_output=True, cwd=REPO, check=True, text=True).stdout

    (_, unkilled), *killed = [json.loads(line) for line in told.splitlines()]
    assert unkilled
    assert [step for step, content in killed if content != unkilled] == []
    assert len(killed) == kills
