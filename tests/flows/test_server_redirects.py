"""Servers that send on: how far, where to, and when a feed has moved for good."""

import pytest

from tests.fakes import Reply, ScriptedSite, in_turn
from tests.press import (
    an_item,
    conditional,
    entries_of,
    failures_at,
    feed_of,
    ingest,
    onrecord,
    poll_of,
    rss,
    set_up,
    told,
)

NEWS = rss(an_item(guid="a", title="Rain"))
PERMANENT, PASSING = (301, 308), (302, 303, 307)
#: Where a redirect leads, all of them to the feed at `/deep/news`, from `/deep/KEY`.
SPELLINGS = {
    "absolute": "http://{host}/deep/news",
    "path": "/deep/news",
    "relative": "news",
    "up and down": "../deep/./news",
    "without scheme": "//{host}/deep/news",
    "with a fragment": "/deep/news#top",
    "with blanks around": "  /deep/news  ",
    "in capitals": "HTTP://{host}/deep/news",
    "with a query": "?from=feed",
    "not ASCII": "/deep/caf\xc3\xa9",
    "with a blank": "/deep/two words",
}
#: Where nobody must follow, and the reason that is told.
FORBIDDEN = {
    "file:///etc/hostname": "scheme",
    "ftp://press.example/feed": "scheme",
    "javascript:alert(1)": "scheme",
    "data:text/xml,<rss/>": "scheme",
    "gopher://press.example/": "scheme",
    "http://10.1.2.3/feed": "private_address",
    "http://169.254.169.254/latest/meta-data": "private_address",
    "http://[::1]/feed": "private_address",
    "http://[::ffff:127.0.0.1]/feed": "private_address",
    "http://localhost:{closed_port}/feed": "private_address",
    "http://127.0.0.1:{closed_port}/feed": "private_address",
    "http://2130706433:{closed_port}/feed": "private_address",
}


def to(location, status=302):
    return Reply(status=status, headers={"Location": location})


def chain(name, length, status=302):
    """Return routes from `/NAME-1`, each on to the next; the last, `/NAME-LENGTH`, is the feed."""
    routes = {f"/{name}-{step}": to(f"/{name}-{step + 1}", status) for step in range(1, length)}
    return routes | {f"/{name}-{length}": NEWS}


@pytest.fixture(scope="module")
def closed():
    """A site that answers, on an address that may not be asked."""
    with ScriptedSite({"/feed": NEWS}) as site:
        yield site


def subscribed(host, closed_port):
    """Return the routes of the feeds, each of them sent on."""
    spelled = {
        f"/deep/{number}": to(location.format(host=host))
        for number, location in enumerate(SPELLINGS.values())
    }
    forbidden = {
        f"/forbidden/{number}": to(location.format(closed_port=closed_port))
        for number, location in enumerate(FORBIDDEN)
    }
    by_status = {
        f"/by-{status}": to(f"/behind-{status}", status) for status in (*PERMANENT, *PASSING)
    }
    return {
        **spelled,
        **forbidden,
        **by_status,
        "/five": to("/five-1"),
        "/six": to("/six-1"),
        "/moved": to("/moved-1", 301),
        "/round": to("/and-round"),
        "/itself": to("/itself"),
        "/nowhere": Reply(status=302),
        "/empty": to(""),
        "/moved-and-on": to("/moved-on", 301),
        "/back": in_turn(to("/behind-301", 301), NEWS),
        "/restless": in_turn(to("/behind-301", 301), to("/behind-308", 301)),
        "/parked": to("/for-sale", 301),
        "/unedited": to("/still-unedited", 301),
    }


def behind():
    """Return the routes of what the feeds are sent on to."""
    return {
        **chain("five", 5),
        **chain("six", 6),
        **chain("moved", 3, 301),
        **{f"/behind-{status}": NEWS for status in (*PERMANENT, *PASSING)},
        "/deep/news": NEWS,
        f"/deep/{list(SPELLINGS).index('with a query')}?from=feed": NEWS,
        "/deep/caf%C3%A9": NEWS,
        "/deep/two%20words": NEWS,
        "/and-round": to("/round#again"),
        "/moved-on": to("/behind-302", 302),
        "/still-unedited": conditional(Reply(body=NEWS.body, headers={"ETag": '"1"'})),
        "/for-sale": Reply(body=b"<!doctype html><html><body>For sale</body></html>"),
    }


@pytest.fixture(scope="module")
def site(closed):
    with ScriptedSite(behind()) as site:
        site.routes |= subscribed(site.host, closed.port)
        yield site


@pytest.fixture(scope="module")
def home(tmp_path_factory, site, closed, model):
    """A home that has polled every feed of the site three times."""
    feeds = [site.url(path) for path in subscribed(site.host, closed.port)]
    home = set_up(tmp_path_factory.mktemp("redirects"), *feeds, site=site, model=model)
    for _ in range(3):
        ingest(home)
    return home


@pytest.mark.parametrize("status", [*PERMANENT, *PASSING])
def test_a_redirect_of_every_kind_is_followed(home, site, status):
    url = site.url(f"/by-{status}")

    poll = poll_of(home, url, 0)

    assert (poll["status"], poll["http_status"], poll["entries_new"]) == ("new", 200, 1)


@pytest.mark.parametrize("name", SPELLINGS)
def test_a_redirect_is_understood_however_it_is_written(home, site, name):
    url = site.url(f"/deep/{list(SPELLINGS).index(name)}")

    poll = poll_of(home, url, 0)

    assert (poll["status"], poll["error"]) == ("new", None)


def test_five_redirects_are_followed(home, site):
    assert poll_of(home, site.url("/five"), 0)["status"] == "new"
    assert [entry["guid"] for entry in entries_of(home, site.url("/five"))] == ["a"]


def test_a_sixth_redirect_is_not_followed(home, site):
    (failure,) = failures_at(home, site.url("/six"))

    assert failure["reason"] == "redirects"
    assert site.count("/six-5") == 3
    assert site.count("/six-6") == 0


@pytest.mark.parametrize(
    ("path", "asked"), [("/round", 1), ("/itself", 1), ("/nowhere", 1), ("/empty", 1)]
)
def test_a_redirect_that_leads_nowhere_new_fails_after_one_look(home, site, path, asked):
    (failure,) = failures_at(home, site.url(path))

    assert (failure["reason"], failure["tries"]) == ("redirects", 3)
    assert poll_of(home, site.url(path))["status"] == "failed"
    assert site.count(path) == 3 * asked


@pytest.mark.parametrize("location", FORBIDDEN)
def test_a_redirect_to_where_nobody_may_go_is_refused(home, site, closed, location):
    url = site.url(f"/forbidden/{list(FORBIDDEN).index(location)}")

    (failure,) = failures_at(home, url)

    assert failure["reason"] == FORBIDDEN[location]
    assert poll_of(home, url)["status"] == "refused"
    assert entries_of(home, url) == []
    assert closed.seen == []


@pytest.mark.parametrize("status", PERMANENT)
def test_a_move_for_good_counts_once_it_was_seen_twice(home, site, status):
    old, new = site.url(f"/by-{status}"), site.url(f"/behind-{status}")

    moved = feed_of(home, old)
    moves = told(home, "feed_moves", feed_id=moved["feed_id"])

    assert moved["url"] == new
    assert [(move["from_url"], move["to_url"]) for move in moves] == [(old, new)]
    assert moves[0]["moved_at"] >= poll_of(home, old, 1)["started_at"]
    assert site.count(f"/by-{status}") == 2
    assert [poll_of(home, old, number)["url"] for number in range(3)] == [old, old, new]
    assert len(entries_of(home, old)) == 1


def test_a_move_counts_for_a_feed_that_has_not_changed(home, site):
    assert poll_of(home, site.url("/unedited"), 1)["http_status"] == 304
    assert feed_of(home, site.url("/unedited"))["url"] == site.url("/still-unedited")


@pytest.mark.parametrize("path", ["/by-308", "/behind-308"])
def test_a_feed_that_moved_is_known_by_its_old_address_and_its_new_one(home, site, path):
    said = onrecord("ingest", "--home", home, "--feed", site.url(path))

    assert said.code == 0, said.err


def test_a_chain_of_moves_for_good_moves_the_feed_to_its_end(home, site):
    assert feed_of(home, site.url("/moved"))["url"] == site.url("/moved-3")


@pytest.mark.parametrize(
    "path",
    [
        *[f"/by-{status}" for status in PASSING],
        pytest.param("/moved-and-on", id="a move for good to one for now"),
        pytest.param("/back", id="a move that is taken back"),
        pytest.param("/parked", id="a move to what is no feed"),
    ],
)
def test_a_feed_that_did_not_move_for_good_keeps_its_address(home, site, path):
    feed = feed_of(home, site.url(path))

    assert feed["url"] == site.url(path)
    assert told(home, "feed_moves", feed_id=feed["feed_id"]) == []


def test_moves_to_two_places_do_not_add_up(home, site):
    feed = feed_of(home, site.url("/restless"))

    assert [poll_of(home, site.url("/restless"), number)["url"] for number in range(3)] == [
        site.url("/restless")
    ] * 3
    assert feed["url"] == site.url("/behind-308")


def test_what_stands_in_the_settings_does_not_undo_a_move(home, site):
    assert site.url("/by-301") in (home / "onrecord.toml").read_text(encoding="utf-8")
    assert feed_of(home, site.url("/by-301"))["last_error"] is None
    assert site.count("/behind-301") >= 3
