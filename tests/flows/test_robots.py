"""What robots.txt allows, and what it does not govern."""

import asyncio

import pytest

from extractors.errors import FetchError
from flows.exchange import DeferredError, FetchRules, Request
from flows.fetch import Client
from flows.gate import HostGate
from tests.fakes import NOT_THERE, Reply, ScriptedSite

FORBID = Reply(body=b"User-agent: *\nDisallow: /private\n")


@pytest.fixture
def site():
    with ScriptedSite({"/a": Reply(body=b"A"), "/private/x": Reply(body=b"X")}) as site:
        yield site


def fetch_all(site, *requests, folder, **changes):
    rules = FetchRules(
        **{"pause_s": 0, "timeout_s": 1, "allow_hosts": frozenset({"127.0.0.1"})} | changes
    )

    async def outcome_of(client, request):
        try:
            return (await client.fetch(request)).http_status
        except FetchError as error:
            return error

    async def run():
        gate = HostGate(folder, pause_s=rules.pause_s, max_in_flight=2)
        async with Client(rules, gate) as client:
            return [await outcome_of(client, request) for request in requests]

    return asyncio.run(run())


def reason_of(outcome):
    return outcome.reason if isinstance(outcome, FetchError) else outcome


@pytest.mark.parametrize(
    ("robots", "path", "outcome"),
    [
        pytest.param(FORBID, "/private/x", "robots", id="forbidden"),
        pytest.param(FORBID, "/a", 200, id="not forbidden"),
        pytest.param(NOT_THERE, "/private/x", 200, id="404 allows"),
        pytest.param(Reply(status=401), "/a", 200, id="401 allows"),
        pytest.param(Reply(status=403), "/a", 200, id="403 allows"),
        pytest.param(Reply(status=429), "/a", "robots", id="429 forbids for now"),
        pytest.param(Reply(status=500), "/a", "robots", id="500 forbids for now"),
        pytest.param(Reply(status=503), "/a", "robots", id="503 forbids for now"),
        pytest.param(Reply(body=b""), "/a", 200, id="empty"),
        pytest.param(Reply(body=b"<html>hello</html>"), "/a", 200, id="a page instead"),
        pytest.param(Reply(body=b"\xff\xfe\x00\x01"), "/a", 200, id="bytes"),
        pytest.param(
            Reply(body=b"\xef\xbb\xbfUser-agent: *\nDisallow: /"), "/a", "robots", id="BOM"
        ),
        pytest.param(
            Reply(status=302, headers={"Location": "/robots.txt"}), "/a", 200, id="endless redirect"
        ),
        pytest.param(
            Reply(body=b"User-agent: OnRecord\nAllow: /a$\nDisallow: /\n\nUser-agent: *\nAllow: /"),
            "/private/x",
            "robots",
            id="a group for us comes before the one for all",
        ),
        pytest.param(
            Reply(body=b"User-agent: *\nDisallow: /\nAllow: /a"), "/a", 200, id="longest match"
        ),
        pytest.param(
            Reply(body=b"User-agent: other\nDisallow: /"), "/a", 200, id="a group for another"
        ),
        pytest.param(Reply(body=b"Disallow: /", hang_up_after=2), "/a", "reset", id="torn"),
    ],
)
def test_robots_txt_governs_pages(site, tmp_path, robots, path, outcome):
    site.routes["/robots.txt"] = robots

    (found,) = fetch_all(site, Request(url=site.url(path)), folder=tmp_path)

    assert reason_of(found) == outcome


@pytest.mark.parametrize("robots", [FORBID, Reply(status=500), Reply(hang_up_after=0, body=b"x")])
def test_a_subscribed_feed_is_polled_regardless(site, tmp_path, robots):
    site.routes["/robots.txt"] = robots

    outcomes = fetch_all(site, Request(url=site.url("/private/x"), kind="feed"), folder=tmp_path)

    assert outcomes == [200]


def test_one_request_an_origin_and_run(site, tmp_path):
    site.routes["/robots.txt"] = FORBID
    requests = [Request(url=site.url("/a"), kind=kind) for kind in ("feed", "page", "page")]

    fetch_all(site, *requests, folder=tmp_path)

    assert site.count("/robots.txt") == 1


def test_a_redirect_is_judged_by_the_rules_of_where_it_leads(site, tmp_path):
    with ScriptedSite({"/robots.txt": FORBID, "/private/y": Reply()}) as other:
        site.routes["/a"] = Reply(status=302, headers={"Location": other.url("/private/y")})

        (outcome,) = fetch_all(site, Request(url=site.url("/a")), folder=tmp_path)

        assert (outcome.reason, outcome.url) == ("robots", site.url("/a"))
        assert other.count("/private/y") == 0


def test_a_refused_page_is_never_asked_for(site, tmp_path):
    site.routes["/robots.txt"] = FORBID

    (outcome,) = fetch_all(site, Request(url=site.url("/private/x")), folder=tmp_path)

    assert site.count("/private/x") == 0
    assert outcome.attempt is None


@pytest.mark.parametrize("kind", ["page", "feed"])
def test_the_crawl_delay_holds_for_pages_and_feeds(site, tmp_path, kind):
    site.routes["/robots.txt"] = Reply(body=b"User-agent: *\nCrawl-delay: 0.15")

    fetch_all(site, *[Request(url=site.url("/a"), kind=kind)] * 3, folder=tmp_path)

    starts = site.starts()
    assert starts[-1] - starts[0] >= 0.2


def test_retry_after_on_robots_txt_defers_the_page(site, tmp_path):
    site.routes["/robots.txt"] = Reply(status=503, headers={"Retry-After": "60"})

    outcomes = fetch_all(site, *[Request(url=site.url("/a"))] * 2, folder=tmp_path)

    assert all(isinstance(outcome, DeferredError) for outcome in outcomes)
    assert site.count("/robots.txt") == 1
    assert site.count("/a") == 0


def test_a_robots_txt_that_cannot_be_had_gives_its_own_reason(tmp_path):
    with ScriptedSite() as gone:
        url = gone.url("/a")

    (outcome,) = fetch_all(gone, Request(url=url), folder=tmp_path)

    assert outcome.reason == "connect"
    assert "robots.txt" in outcome.detail


def test_retry_after_on_robots_txt_holds_no_subscribed_feed(site, tmp_path):
    site.routes["/robots.txt"] = Reply(status=503, headers={"Retry-After": "100"})
    site.routes["/feed"] = Reply(body=b"<rss/>")
    page, feed = Request(url=site.url("/a")), Request(url=site.url("/feed"), kind="feed")

    first, second = fetch_all(site, page, feed, folder=tmp_path)

    assert (reason_of(first), second) == ("deferred", 200)
