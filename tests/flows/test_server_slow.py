"""Servers that take their time, or take ours: nobody waits for them past the deadline."""

import time
from contextlib import ExitStack

import pytest

from tests.fakes import DeafHost, Reply, ScriptedSite
from tests.press import (
    RAIN,
    a_feed_of,
    a_page,
    an_item,
    column,
    entries_of,
    failures_at,
    feed_of,
    ingest,
    poll_of,
    rss,
    set_up,
    told,
)

TIMEOUT_S = 2.0
LONG_S = 3 * TIMEOUT_S
NEWS = rss(an_item(guid="a", title="Rain"))


def stalling(*pieces):
    """Return a body that stops in the middle without an end."""

    def sent():
        yield from pieces
        time.sleep(LONG_S)

    return sent


def slow_detour():
    """Return routes of which none is slow and all together are."""
    routes = {
        f"/{step}": Reply(status=302, headers={"Location": f"/{step + 1}"}, delay_s=TIMEOUT_S / 3)
        for step in range(5)
    }
    return routes | {"/feed": Reply(status=302, headers={"Location": "/0"}), "/5": NEWS}


SLOW = {
    "says nothing": {"/feed": Reply(delay_s=LONG_S)},
    "a byte of the head now and then": {
        "/feed": Reply(raw=b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 90, drip_s=0.05)
    },
    "a byte of the body now and then": {"/feed": Reply(body=NEWS.body, drip_s=0.05)},
    "stops in the body": {
        "/feed": Reply(pieces=stalling(b"<rss>"), headers={"Content-Length": "900"})
    },
    "stops between chunks": {"/feed": Reply(pieces=stalling(b"<rss>"), is_chunked=True)},
    "many redirects": slow_detour(),
}


@pytest.fixture(scope="module")
def servers():
    """A site for each slow server, by its name, and one that is quick."""
    with ExitStack() as stack:
        sites = {name: stack.enter_context(ScriptedSite(SLOW[name])) for name in SLOW}
        sites["accepts nobody"] = stack.enter_context(DeafHost())
        lazy = stack.enter_context(ScriptedSite({"/robots.txt": Reply(delay_s=LONG_S)}))
        lazy.routes["/feed"] = a_feed_of([lazy.url("/rain")])
        quick = stack.enter_context(ScriptedSite({"/rain": a_page("Rain", RAIN)}))
        slow_page = sites["says nothing"].url("/feed")
        quick.routes["/feed"] = a_feed_of([slow_page, quick.url("/rain")])
        yield sites | {"its robots.txt says nothing": lazy, "quick": quick}


@pytest.fixture(scope="module")
def home(tmp_path_factory, servers, model):
    """A home after a pass over all of them."""
    feeds = [server.url("/feed") for server in servers.values()]
    home = set_up(
        tmp_path_factory.mktemp("slow"),
        *feeds,
        site=servers["quick"],
        model=model,
        timeout_s=TIMEOUT_S,
        allow_hosts=[server.host for server in servers.values()],
    )
    ingest(home)
    return home


@pytest.mark.parametrize("name", [*SLOW, "accepts nobody"])
def test_whoever_is_slow_is_left_at_the_deadline(home, servers, name):
    url = servers[name].url("/feed")

    (failure,) = (each for each in failures_at(home, url) if each["stage"] == "feed")

    assert failure["reason"] == "timeout"
    assert poll_of(home, url)["status"] == "failed"
    assert poll_of(home, url)["duration_ms"] >= TIMEOUT_S * 1000 - 100
    assert entries_of(home, url) == []
    assert feed_of(home, url)["etag"] is None


def test_a_slow_page_fails_alone(home, servers):
    (fetch,) = told(home, "fetches", url=servers["says nothing"].url("/feed"))

    assert (fetch["status"], fetch["archive_file"]) == ("failed", None)
    assert column(home, "select title from articles") == ["Rain"]


def test_a_slow_robots_txt_holds_up_pages_and_no_feed(home, servers):
    site = servers["its robots.txt says nothing"]

    (failure,) = failures_at(home, site.url("/rain"))

    assert poll_of(home, site.url("/feed"))["status"] == "new"
    assert failure["stage"] == "page"
    assert failure["next_try_at"] is not None
    assert site.count("/rain") == 0


def test_one_host_of_many_slow_feeds_keeps_no_other_waiting(tmp_path, model):
    slow_paths = [f"/slow-{number}" for number in range(6)]
    with ScriptedSite() as slow, ScriptedSite() as quick:
        slow.routes |= {path: Reply(status=404, delay_s=0.5) for path in slow_paths}
        feeds = [*(slow.url(path) for path in slow_paths), quick.url("/feed")]
        home = set_up(
            tmp_path / "home",
            *feeds,
            site=slow,
            model=model,
            allow_hosts=[slow.host, quick.host],
        )

        ingest(home)

        assert len(slow.starts()) == len(slow_paths)
        assert slow.most_at_once == 2
        assert quick.starts()[0] < max(slow.starts())
