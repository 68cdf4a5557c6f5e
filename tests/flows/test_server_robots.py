"""What servers say in robots.txt, and how pages and feeds keep to it."""

from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from tests.fakes import Reply, ScriptedSite
from tests.press import (
    RAIN,
    a_feed_of,
    a_page,
    failures_at,
    ingest,
    onrecord,
    poll_of,
    set_up,
    told,
)

STORY = a_page("Rain", RAIN)
FOREVER = "3600"


def text(*lines):
    return Reply(body="\n".join(lines).encode(), headers={"Content-Type": "text/plain"})


#: What stands in robots.txt, and whether `/news/rain?id=1` may be fetched then.
CASES = {
    "allows all": (text("User-agent: *", "Disallow:"), True),
    "forbids all": (text("User-agent: *", "Disallow: /"), False),
    "forbids us by name": (text("User-agent: OnRecord", "Disallow: /"), False),
    "forbids others": (text("User-agent: otherbot", "Disallow: /"), True),
    "allows us, forbids the rest": (
        text("User-agent: *", "Disallow: /", "", "User-agent: onrecord", "Disallow: /private"),
        True,
    ),
    "allows part of what it forbids": (
        text("User-agent: *", "Disallow: /", "Allow: /news/"),
        True,
    ),
    "forbids a folder": (text("User-agent: *", "Disallow: /news/"), False),
    "forbids another folder": (text("User-agent: *", "Disallow: /newsroom/"), True),
    "forbids by pattern": (text("User-agent: *", "Disallow: /*?id="), False),
    "forbids by ending": (text("User-agent: *", "Disallow: /*1$"), False),
    "forbids, with line ends of old": (
        Reply(body=b"User-agent: *\rDisallow: /\r"),
        False,
    ),
    "forbids, after a byte order mark": (
        Reply(body=b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n"),
        False,
    ),
    "forbids, in odd letters": (text("USER-AGENT : *", "dIsAlLoW:/news # all of it"), False),
    "is not there": (Reply(status=404), True),
    "is gone": (Reply(status=410), True),
    "may not be seen": (Reply(status=403), True),
    "is out of order": (Reply(status=500), False),
    "is unavailable": (Reply(status=503), False),
    "asks for patience": (Reply(status=429, headers={"Retry-After": FOREVER}), False),
    "asks for patience, no time": (Reply(status=429), False),
    "is elsewhere and allows": (Reply(status=301, headers={"Location": "/open"}), True),
    "is elsewhere and forbids": (Reply(status=302, headers={"Location": "/shut"}), False),
    "is elsewhere without end": (Reply(status=302, headers={"Location": "/robots.txt"}), True),
    "is empty": (Reply(), True),
    "is a page": (Reply(body=b"<!doctype html><html><body>Not here</body></html>"), True),
    "is noise": (Reply(body=bytes(range(256)) * 20), True),
    "hangs up": (Reply(raw=b""), False),
    "forbids at the start of 2 MB": (
        Reply(body=b"User-agent: *\nDisallow: /\n" + b"# and so on\n" * 170_000),
        False,
    ),
}


@dataclass(frozen=True)
class Servers:
    by_name: dict[str, ScriptedSite]

    def page_of(self, name):
        return self.by_name[name].url("/news/rain?id=1")


@pytest.fixture(scope="module")
def servers():
    """A site for each robots.txt, with a feed `/news/feed` of one story."""
    with ExitStack() as stack:
        by_name = {}
        for name, (robots, _) in CASES.items():
            site = by_name[name] = stack.enter_context(ScriptedSite())
            site.routes |= {
                "/robots.txt": robots,
                "/news/feed": a_feed_of([site.url("/news/rain?id=1")]),
                "/news/rain": STORY,
                "/open": text("User-agent: *", "Disallow: /private"),
                "/shut": text("User-agent: *", "Disallow: /"),
            }
        yield Servers(by_name)


@pytest.fixture(scope="module")
def home(tmp_path_factory, servers, model):
    """A home after a pass over all of them."""
    sites = list(servers.by_name.values())
    home = set_up(
        tmp_path_factory.mktemp("robots"),
        *(site.url("/news/feed") for site in sites),
        site=sites[0],
        model=model,
        allow_hosts=[site.host for site in sites],
    )
    ingest(home)
    return home


@pytest.mark.parametrize("name", CASES)
def test_robots_txt_says_which_pages_are_fetched(home, servers, name):
    _, is_allowed = CASES[name]
    site = servers.by_name[name]

    statuses = [fetch["status"] for fetch in told(home, "fetches", url=servers.page_of(name))]

    assert site.count("/news/rain?id=1") == int(is_allowed)
    assert ("ok" in statuses) == is_allowed
    is_put_off = name == "asks for patience"
    assert bool(failures_at(home, servers.page_of(name))) == (not is_allowed and not is_put_off)


@pytest.mark.parametrize("name", CASES)
def test_robots_txt_keeps_nobody_from_a_feed_he_has_subscribed(home, servers, name):
    site = servers.by_name[name]

    assert poll_of(home, site.url("/news/feed"))["status"] == "new"
    assert site.count("/news/feed") == 1


@pytest.mark.parametrize("name", sorted(CASES.keys() - {"hangs up", "is elsewhere without end"}))
def test_robots_txt_is_asked_for_once_a_pass(home, servers, name):
    assert servers.by_name[name].count("/robots.txt") == 1


def test_a_page_that_is_forbidden_is_told_as_refused_with_a_sentence(home, servers):
    (failure,) = failures_at(home, servers.page_of("forbids all"))
    (fetch,) = told(home, "fetches", url=servers.page_of("forbids all"))

    assert failure["reason"] == "robots"
    assert "robots.txt" in failure["detail"]
    assert (fetch["status"], fetch["http_status"]) == ("refused", None)


def test_who_asks_for_robots_txt_says_who_he_is(home, servers):
    for site in servers.by_name.values():
        assert {seen.headers["user-agent"].split("/")[0] for seen in site.seen} == {"onrecord"}


def test_robots_txt_holds_for_the_search_of_feeds(home, servers):
    site = servers.by_name["forbids all"]

    said = onrecord("feeds", "discover", site.url("/"), "--home", home)

    assert said.code == 1
    assert "robots" in said.err
    assert site.count("/") == 0
