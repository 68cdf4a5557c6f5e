"""How servers see us: how often, how many at a time, and when they ask to be left alone."""

import itertools
import os
import subprocess
import sys
import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from extractors.urls import feed_id_of
from tests.fakes import Reply, ScriptedSite, in_turn
from tests.press import (
    RAIN,
    a_feed_of,
    a_page,
    an_item,
    failures_at,
    feed_of,
    ingest,
    poll_of,
    rss,
    set_up,
    told,
)

NEWS = rss(an_item(guid="a", title="Rain"))
STORY = a_page("Rain", RAIN)
#: What a busy machine may take from the time between two requests as the server sees them.
JITTER_S = 0.15
AN_HOUR = 3600


def in_an_hour():
    return format_datetime(datetime.now(UTC) + timedelta(seconds=AN_HOUR), usegmt=True)


#: Answers that ask for patience, and for how many seconds.
PATIENCE = {
    "429, seconds": (429, lambda: str(AN_HOUR), AN_HOUR),
    "503, seconds": (503, lambda: str(AN_HOUR), AN_HOUR),
    "429, a date": (429, in_an_hour, AN_HOUR),
    "503, a date": (503, in_an_hour, AN_HOUR),
    "429, years": (429, lambda: "999999999", 7 * 86400),
}


#: Headers of a 429 that names no time.
NO_TIME = {
    "no time": {},
    "no number": {"Retry-After": "soon"},
    "an empty time": {"Retry-After": ""},
}


@pytest.fixture(scope="module")
def sites():
    """A site for each answer, one whose page asks for patience, and one that never does."""
    with ExitStack() as stack:
        names = (*PATIENCE, *NO_TIME, "page", "open")
        sites = {name: stack.enter_context(ScriptedSite()) for name in names}
        for name, headers in NO_TIME.items():
            sites[name].routes["/feed"] = Reply(status=429, headers=headers)
        for name, (status, retry_after, _) in PATIENCE.items():
            answer = Reply(status=status, headers={"Retry-After": retry_after()})
            sites[name].routes |= {"/feed": answer, "/other": NEWS}
        page, other = sites["page"], sites["open"]
        page.routes |= {
            "/feed": a_feed_of([page.url("/rain")]),
            "/rain": Reply(status=429, headers={"Retry-After": str(AN_HOUR)}),
        }
        other.routes["/feed"] = in_turn(NEWS, rss(an_item(guid="b", title="Budget")))
        yield sites


@pytest.fixture(scope="module")
def home(tmp_path_factory, sites, model):
    """A home that has polled every site twice, the second time by force."""
    feeds = [site.url("/feed") for site in sites.values()]
    home = set_up(
        tmp_path_factory.mktemp("patience"),
        *feeds,
        *(sites[name].url("/other") for name in PATIENCE),
        site=sites["open"],
        model=model,
        allow_hosts=[site.host for site in sites.values()],
    )
    assert ingest(home).code == 0
    assert ingest(home).code == 0
    return home


@pytest.mark.parametrize("name", PATIENCE)
def test_whoever_asks_for_patience_is_left_alone_even_by_force(home, sites, name):
    status, _, wait_s = PATIENCE[name]
    site = sites[name]

    assert site.count("/feed") == 1
    assert site.count("/other") <= 1
    polls = told(home, "polls", feed_id=feed_id_of(site.url("/feed")))
    assert [(poll["status"], poll["http_status"]) for poll in polls] == [("deferred", status)]
    due_at = datetime.fromisoformat(feed_of(home, site.url("/feed"))["next_poll_at"])
    waits_s = (due_at - datetime.fromisoformat(polls[0]["started_at"])).total_seconds()
    assert wait_s - 5 <= waits_s <= wait_s + 60


@pytest.mark.parametrize("name", PATIENCE)
def test_a_request_for_patience_is_no_failure(home, sites, name):
    url = sites[name].url("/feed")

    assert failures_at(home, url) == []
    assert feed_of(home, url)["failures_in_a_row"] == 0
    assert feed_of(home, url)["state"] == "active"


def test_other_hosts_go_on(home, sites):
    assert sites["open"].count("/feed") == 2
    assert poll_of(home, sites["open"].url("/feed"))["entries_new"] == 1


def test_a_page_that_asks_for_patience_is_deferred_with_the_whole_host(home, sites):
    site = sites["page"]

    fetches = told(home, "fetches", url=site.url("/rain"))

    assert [(fetch["status"], fetch["http_status"]) for fetch in fetches] == [("deferred", 429)]
    assert (site.count("/rain"), site.count("/feed")) == (1, 1)
    assert [failure["reason"] for failure in failures_at(home, site.url("/rain"))] == ["deferred"]


def test_a_pass_in_which_everybody_asks_for_patience_is_done_and_they_are_asked_in_time(
    tmp_path, model
):
    asks = Reply(status=503, headers={"Retry-After": "1"})
    with ScriptedSite({"/feed": in_turn(asks, Reply(status=404))}) as site:
        home = set_up(tmp_path / "home", site.url("/feed"), site=site, model=model)

        first = ingest(home)
        time.sleep(1.1)
        ingest(home)

        assert (first.code, first.json["feeds_failed"]) == (0, 0)
        assert site.count("/feed") == 2


@pytest.mark.parametrize("name", NO_TIME)
def test_a_429_that_names_no_time_is_a_failure_that_waits_its_turn(home, sites, name):
    url = sites[name].url("/feed")

    assert [failure["reason"] for failure in failures_at(home, url)] == ["http_4xx"]
    assert feed_of(home, url)["failures_in_a_row"] == sites[name].count("/feed") == 2
    assert feed_of(home, url)["next_poll_at"] > poll_of(home, url)["started_at"]


@pytest.fixture(scope="module")
def hosts(tmp_path_factory, model):
    """Two sites after a pass with a pause; the second asks for a longer one in its robots.txt."""
    keeps = {"Set-Cookie": "reader=1; Path=/"}
    with ScriptedSite() as one, ScriptedSite() as two:
        for site in (one, two):
            listed = a_feed_of([site.url("/rain"), site.url("/budget")])
            site.routes |= {
                "/feed": Reply(body=listed.body, headers=keeps),
                "/other": Reply(status=404, headers=keeps),
                "/rain": Reply(body=STORY.body, headers=dict(STORY.headers) | keeps),
                "/budget": Reply(status=404, headers=keeps),
            }
        two.routes["/robots.txt"] = Reply(body=b"User-agent: *\nCrawl-delay: 0.7\nDisallow: /no\n")
        home = set_up(
            tmp_path_factory.mktemp("pauses"),
            *(site.url(path) for site in (one, two) for path in ("/feed", "/other")),
            site=one,
            model=model,
            pause_s=0.4,
            contact="desk@press.example",
            allow_hosts=[one.host, two.host],
        )
        ingest(home)
        yield one, two


@pytest.mark.parametrize(("number", "pause_s"), [(0, 0.4), (1, 0.7)], ids=["pause", "crawl-delay"])
def test_feeds_and_pages_of_a_host_keep_the_pause_and_the_crawl_delay(hosts, number, pause_s):
    starts = hosts[number].starts()

    assert len(starts) == 4
    assert min(gaps(starts)) >= pause_s - JITTER_S
    assert starts[-1] - starts[0] >= 3 * pause_s - JITTER_S


def test_every_request_says_who_asks_and_nothing_else_about_him(hosts):
    for seen in (seen for site in hosts for seen in site.seen):
        assert "desk@press.example" in seen.headers["user-agent"]
        assert not {"cookie", "referer", "authorization"} & seen.headers.keys()


def test_two_commands_of_a_home_keep_the_pause_between_them(tmp_path, model):
    pause_s = 0.3
    with ScriptedSite() as site:
        feeds = [site.url(f"/{number}") for number in range(8)]
        home = set_up(tmp_path / "home", *feeds, site=site, model=model, pause_s=pause_s)
        pages = [site.url(f"/page-{number}") for number in range(3)]
        added = subprocess.Popen(
            [sys.executable, "-m", "flows", "add", *pages, "--home", str(home)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ,
        )
        until_asked(site)

        ingest(home)

        assert added.wait(timeout=60) == 1  # no page is there
        assert len(site.starts()) == len(feeds) + len(pages)
        assert min(gaps(site.starts())) >= pause_s - JITTER_S


def until_asked(site):
    deadline = time.monotonic() + 60
    while not site.seen and time.monotonic() < deadline:
        time.sleep(0.01)


def gaps(starts):
    return [after - before for before, after in itertools.pairwise(starts)]
