"""How far a command has come is shown at a terminal and nowhere else; its log lines."""

import io
import json
import logging
import os
import pty
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, suppress
from pathlib import Path

import duckdb
import pytest

from extractors.urls import feed_id_of
from flows.home import Home
from flows.hosting import Host
from flows.logs import at_most, log_to
from flows.rebuilding import rebuild
from flows.reextraction import Manner, Rereading, reextract
from flows.settings import load_settings
from flows.telling import without_login
from tests.fakes import ScriptedSite
from tests.press import RAIN, a_feed_of, a_page, ingest, onrecord, set_up


@pytest.fixture
def site():
    with ScriptedSite() as site:
        site.routes["/rain"] = a_page("Rain closes the harbour", RAIN)
        site.routes["/feed"] = a_feed_of([site.url("/rain"), site.url("/gone")])
        yield site


@pytest.fixture
def home(tmp_path, site, model) -> Path:
    return set_up(tmp_path / "home", site.url("/feed"), site.url("/dead"), site=site, model=model)


def shown_by(*words: object) -> tuple[bytes, bytes]:
    """Run a command whose stderr is a terminal; return its stdout and what the terminal got."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "flows", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "120"},
    )
    os.close(theirs)
    shown = bytearray()
    with suppress(OSError):  # on Linux the end of a terminal is an error
        while some := os.read(ours, 65_536):
            shown += some
    os.close(ours)
    out, _ = process.communicate(timeout=60)
    return out, bytes(shown)


def test_a_pass_shows_at_a_terminal_how_far_it_has_come_and_leaves_stdout_to_its_result(home):
    out, shown = shown_by("ingest", "--json", "--home", home)

    assert json.loads(out)["articles_new"] == 1
    assert b"2 of 2 feeds read" in shown
    assert b"2 of 2 pages fetched" in shown


def test_a_pass_and_a_re_extraction_show_nothing_where_there_is_no_terminal(home):
    said = [ingest(home), onrecord("reextract", "--home", home)]

    assert [(each.code, each.err) for each in said] == [(0, ""), (0, "")]


def test_each_feed_and_page_that_fails_has_one_line_with_its_feed_address_and_reason(home, site):
    ingest(home)

    lines = (home / "log" / "onrecord.log").read_text().splitlines()
    told = [line.partition(" flows.telling ")[2] for line in lines if " flows.telling " in line]
    feed, dead = (feed_id_of(site.url(path)) for path in ("/feed", "/dead"))
    assert sorted(told) == [
        f"feed failed feed={dead} url={site.url('/dead')} reason=http_4xx",
        f"feed read feed={feed} url={site.url('/feed')} entries=2",
        f"page failed feed={feed} url={site.url('/gone')} reason=http_4xx stage=page",
    ]


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("https://ada:hush@gazette.example/f?q=a@b", "https://gazette.example/f?q=a@b"),
        ("https://gazette.example/a\n2026 INFO run ended", "https://gazette.example/a%0A2026%20IN"),
        ("https://ada:hush@[gazette/f", "https://[gazette/f"),
        ("https:\\\\ada:hu@sh@gazette.example/f", "https://gazette.example/f"),
        ("https://gazette.example/@ada", "https://gazette.example/@ada"),
    ],
    ids=["a login", "two lines", "no address", "backslashes", "no login"],
)
def test_an_address_in_a_line_is_one_word_without_a_login(url, word):
    told = without_login(url)

    assert told.startswith(word)
    assert len(told.split()) == 1


@pytest.mark.parametrize("to", ["flows", None], ids=["us", "everybody"])
def test_who_listens_from_elsewhere_gets_the_first_lines_of_a_kind_and_the_file_all(tmp_path, to):
    elsewhere = io.StringIO()
    listening = logging.StreamHandler(elsewhere)
    heard = logging.getLogger(to)
    heard.addHandler(listening)
    try:
        with at_most(2, "flows.telling"), log_to(Home(tmp_path)):
            for number in range(4):
                logging.getLogger("flows.telling").info("page failed number=%d", number)
            logging.getLogger("flows.steps").info("run ended")
    finally:
        heard.removeHandler(listening)

    assert elsewhere.getvalue().split("\n") == [
        "page failed number=0",
        "page failed number=1",
        "run ended",
        "",
    ]
    assert (tmp_path / "log" / "onrecord.log").read_text().count("page failed") == 4


def test_a_warning_goes_to_what_is_stderr_when_it_comes(tmp_path):
    later = io.StringIO()
    with log_to(Home(tmp_path)), redirect_stderr(later):
        logging.getLogger("flows.upkeep").warning("no room")

    assert later.getvalue() == "onrecord: no room\n"


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
