"""How far a run has come, as whoever waits for it sees it."""

import os
import pty
import shutil
import subprocess
import sys
from contextlib import suppress

import duckdb
import pytest

from flows.home import Home
from flows.hosting import Host
from flows.rebuilding import rebuild
from flows.reextraction import Manner, Rereading, reextract
from flows.settings import load_settings
from tests.press import onrecord, set_up


def on_a_terminal(*words):
    """Run a command of which stderr alone is a terminal; return its stdout, and what that saw."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "flows", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "100"},
    ) as process:
        os.close(theirs)
        seen = b""
        with suppress(OSError):  # how a terminal ends on Linux
            while part := os.read(ours, 65_536):
                seen += part
        out = process.stdout.read()
    os.close(ours)
    return out.decode(), seen.decode()


def test_a_pass_shows_how_far_it_has_come_on_a_terminal_alone(tmp_path, press, model):
    home = set_up(tmp_path / "home", press.url("/feed"), site=press, model=model)

    out, seen = on_a_terminal("ingest", "--home", home)
    again = onrecord("ingest", "--force", "--home", home)

    assert "of 3 pages fetched" in seen
    assert "of 3 pages fetched" not in out
    assert again.err == ""


@pytest.fixture
def known(tmp_path, read_home):
    """A home with an article that older extractors have read."""
    home = Home(shutil.copytree(read_home, tmp_path / "known"))
    with duckdb.connect(str(home.warehouse)) as db:
        db.execute("update fetches set extractor_version = 'text1-entities1-quotes1-older'")
    return home


def stands_of(run, home, *given):
    """Return how far a run over the archive said it had come, each time."""
    stands = []
    run(home, load_settings(home.path, {}), *given, Manner(host=Host(watch=stands.append)))
    return stands


def test_a_re_extraction_tells_how_far_it_has_come(known):
    stands = stands_of(reextract, known, Rereading())

    assert [stand.told for stand in stands] == ["1 pages read"]
    assert 0 < stands[0].share < 1


def test_a_rebuild_tells_how_far_into_the_archive_it_is(known):
    stands = stands_of(rebuild, known)

    shares = [stand.share for stand in stands]
    assert shares == sorted(shares)
    assert 0 < shares[-1] < 1
