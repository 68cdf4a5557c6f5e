"""A disk without room: each command that writes says so, says what to do, and leaves what was."""

import shutil
import subprocess
import sys

import pytest

from tests.press import onrecord, rows

#: Runs a command whose files may be so many bytes long at most, as on a disk with that much room.
_LIMITED = """
import resource, sys
from flows.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
sys.exit(main(sys.argv[2:]))
"""
_ROWS = "select article_id, text, version from articles"


@pytest.fixture
def home(tmp_path, read_home):
    return shutil.copytree(read_home, tmp_path / "home")


def without_room(room_bytes, *words):
    return subprocess.run(
        [sys.executable, "-c", _LIMITED, str(room_bytes), *map(str, words)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    "words",
    [
        ("backup", "{beside}/backup.tar"),
        ("export", "{beside}/figures"),
        ("maintain", "--compact"),
        ("reextract", "--rebuild"),
        ("metrics", "--output", "{beside}/onrecord.prom"),
        ("sql", "select repeat('x', 1000000)", "--format", "csv", "--output", "{beside}/x.csv"),
    ],
    ids=lambda words: words[0],
)
def test_a_command_without_room_says_so_and_leaves_nothing_half_written(tmp_path, home, words):
    beside = tmp_path / "beside"
    beside.mkdir()
    command = [word.format(beside=beside) for word in words]
    before = rows(home, _ROWS)

    said = without_room(1024, *command, "--home", home)

    assert said.returncode == 1, said.stdout + said.stderr
    assert "make room" in said.stderr
    assert "Traceback" not in said.stderr
    assert list(beside.iterdir()) == []
    assert rows(home, _ROWS) == before
    assert onrecord(*command, "--home", home).code == 0


def test_a_list_of_feeds_without_room_stays_as_it_is(home):
    before = (home / "onrecord.toml").read_bytes()

    said = without_room(16, "feeds", "pause", rows(home, "from feeds")[0]["url"], "--home", home)

    assert (said.returncode, "make room" in said.stderr) == (1, True)
    assert (home / "onrecord.toml").read_bytes() == before
    assert [path.name for path in home.iterdir() if path.name.startswith(".onrecord")] == []


def test_a_restore_without_room_leaves_the_home_and_is_done_by_the_next(tmp_path, home):
    backup = tmp_path / "backup.tar"
    onrecord("backup", backup, "--home", home)
    before = rows(home, _ROWS)

    said = without_room(4096, "restore", backup, "--home", home)
    kept = rows(home, _ROWS)
    again = onrecord("restore", backup, "--home", home)

    assert (said.returncode, "make room" in said.stderr) == (1, True)
    assert kept == before
    assert (again.code, rows(home, _ROWS)) == (0, before)
