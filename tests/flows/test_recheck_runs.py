"""A re-check as a run: its budget, its order, what it runs beside, and how it is killed."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from flows.home import Home
from flows.locks import held_alone
from tests.fakes import ScriptedSite
from tests.press import a_feed_of, column, onrecord
from tests.rechecking import (
    EDITED,
    NOT_MODIFIED,
    a_story,
    copied,
    let_pass,
    maintain,
    read_once,
)

AGES_H = {"/new": 1, "/today": 20, "/old": 24 * 6, "/older": 24 * 20, "/ancient": 24 * 40}


@pytest.fixture(scope="module")
def site():
    """A site with a feed `/feed` of five stories."""
    with ScriptedSite() as site:
        site.routes["/feed"] = a_feed_of([site.url(path) for path in AGES_H])
        yield site


@pytest.fixture(scope="module")
def read_home(tmp_path_factory, site, model) -> Path:
    site.routes |= {path: a_story(hours=hours, etag='"1"') for path, hours in AGES_H.items()}
    return read_once(tmp_path_factory.mktemp("read"), site, model)


@pytest.fixture
def home(tmp_path, site, read_home) -> Path:
    """A home that has read five articles of several ages."""
    site.routes |= dict.fromkeys(AGES_H, NOT_MODIFIED)
    return copied(read_home, tmp_path, site)


def asked_for(site) -> list[str]:
    return [seen.path for seen in site.seen if seen.path != "/robots.txt"]


@pytest.mark.parametrize(
    ("minutes", "asked"),
    [
        (10, []),
        (16, ["/new"]),
        (61, ["/new", "/today"]),
        (181, ["/new", "/old", "/today"]),
        (73 * 60, ["/new", "/old", "/older", "/today"]),
    ],
)
def test_what_is_asked_for_follows_the_ladder(home, site, minutes, asked):
    maintain(home, after_minutes=minutes)

    assert sorted(asked_for(site)) == asked


def test_the_budget_goes_to_what_has_waited_longest_for_its_age(home, site):
    maintain(home, "--limit", 1, after_minutes=61)
    maintain(home, "--limit", 1, after_minutes=0)
    maintain(home, "--limit", 1, after_minutes=0)

    assert asked_for(site) == ["/new", "/today"]


@pytest.mark.parametrize(
    ("pages", "words", "asked"),
    [(0, (), 0), (1, (), 1), (2, ("--limit", "1"), 1), (1, ("--limit", "5"), 1)],
    ids=["never", "one", "fewer by option", "never more by option"],
)
def test_the_setting_bounds_what_one_run_asks_for(home, monkeypatch, pages, words, asked):
    monkeypatch.setenv("ONRECORD_RECHECK_PAGES", str(pages))

    said = maintain(home, *words, after_minutes=181)

    assert (said.code, said.json["pages_fetched"]) == (0, asked)


def test_it_runs_beside_a_pass_and_polls_no_feed(home, site):
    with held_alone(Home(home).run_lock, "run-that-runs", wait_s=None):
        maintain(home)

    assert asked_for(site) == ["/new"]


@pytest.mark.parametrize(("words", "code"), [((), 0), (("--wait", "0.3"), 1)])
def test_two_of_them_never_overlap(home, site, words, code):
    with held_alone(Home(home).recheck_lock, "run-that-runs", wait_s=None):
        said = maintain(home, *words)

    assert (said.code, said.json) == (code, {"active": "run-that-runs"})
    assert "run-that-runs is active" in said.err
    assert asked_for(site) == []


def test_a_folder_that_is_no_home_is_bad_usage(tmp_path):
    said = onrecord("maintain", "--home", tmp_path)

    assert said.code == 2


def test_a_re_check_that_is_killed_and_run_again_leaves_the_rows_of_an_unkilled_one(home, site):
    edited = a_story(*EDITED, hours=4)
    slow = replace(NOT_MODIFIED, delay_s=30.0)
    site.routes |= {"/new": edited, "/today": edited, "/old": slow}
    let_pass(home, minutes=181)
    process = subprocess.Popen(
        [sys.executable, "-m", "flows", "maintain", "--home", str(home)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    _wait_until(lambda: len(asked_for(site)) == 3)
    _wait_until(lambda: len(list((home / "archive").glob("*.warc.gz"))) == 2)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    site.routes["/old"] = NOT_MODIFIED

    said = maintain(home, after_minutes=0)

    assert said.code == 0, said.err
    assert asked_for(site)[-1] == "/old"
    assert column(home, "select count(*) from article_versions") == [len(AGES_H) + 2]
    assert column(home, "select outcome from runs order by started_at") == [
        "done",
        "interrupted",
        "done",
    ]
    assert column(home, "select fetch_id from fetches group by all having count(*) > 1") == []


def _wait_until(is_so) -> None:
    deadline = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.01)
