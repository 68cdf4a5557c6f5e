"""What robots.txt allows, and what it does not govern."""

import asyncio
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest

from extractors.errors import FetchError
from flows.exchange import Approach, DeferredError, Request, Response
from flows.robots import Robots
from tests.fakes import NOT_THERE, Reply, ScriptedSite, in_turn
from tests.fetching import fetch_all

FORBID = Reply(body=b"User-agent: *\nDisallow: /private\n")


@pytest.fixture
def site():
    with ScriptedSite({"/a": Reply(body=b"A"), "/private/x": Reply(body=b"X")}) as site:
        yield site


def outcomes_of(*requests, folder, **changes):
    """Return the status or the error of each request, made one after another."""
    found = fetch_all(
        *requests, hosts=["127.0.0.1"], folder=folder, at_once=False, timeout_s=1, **changes
    )
    return [each if isinstance(each, FetchError) else each.http_status for each in found]


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

    (found,) = outcomes_of(Request(url=site.url(path)), folder=tmp_path)

    assert reason_of(found) == outcome


@pytest.mark.parametrize("robots", [FORBID, Reply(status=500), Reply(hang_up_after=0, body=b"x")])
def test_a_subscribed_feed_is_polled_regardless(site, tmp_path, robots):
    site.routes["/robots.txt"] = robots

    outcomes = outcomes_of(*[a_feed(site, "/private/x")] * 2, folder=tmp_path)

    assert outcomes == [200, 200]
    assert site.count("/robots.txt") == 1


def a_feed(site, path="/a"):
    return Request(url=site.url(path), kind="feed")


def test_a_feed_of_a_host_that_was_left_alone_needs_no_robots_txt(site, tmp_path):
    outcomes = outcomes_of(a_feed(site), folder=tmp_path)

    assert outcomes == [200]
    assert [seen.path for seen in site.seen] == ["/a"]


@pytest.mark.parametrize("at_once", [True, False])
def test_the_second_feed_of_a_host_reads_robots_txt_first(site, tmp_path, at_once):
    fetch_all(*[a_feed(site)] * 3, hosts=[site.host], folder=tmp_path, at_once=at_once)

    paths = [seen.path for seen in site.seen]
    assert sorted(paths) == ["/a", "/a", "/a", "/robots.txt"]
    assert paths.index("/robots.txt") < 2  # two requests that are sent at once may overtake


def test_a_feed_polled_again_soon_by_another_run_reads_robots_txt_first(site, tmp_path):
    for _ in range(2):
        outcomes_of(a_feed(site), folder=tmp_path)

    assert [seen.path for seen in site.seen] == ["/a", "/robots.txt", "/a"]


@pytest.mark.parametrize("kind", ["page", "feed"])
def test_the_crawl_delay_counts_from_a_feed_that_was_asked_without(site, tmp_path, kind):
    site.routes["/robots.txt"] = Reply(body=b"User-agent: *\nCrawl-delay: 0.3")

    outcomes_of(a_feed(site), Request(url=site.url("/a"), kind=kind), folder=tmp_path)

    first, second = site.starts()
    assert second - first >= 0.29


def test_a_feed_that_is_redirected_within_its_host_keeps_the_crawl_delay(site, tmp_path):
    site.routes["/robots.txt"] = Reply(body=b"User-agent: *\nCrawl-delay: 0.3")
    site.routes["/old"] = Reply(status=301, headers={"Location": "/a"})

    outcomes_of(a_feed(site, "/old"), folder=tmp_path)

    first, second = site.starts()
    assert second - first >= 0.29


def test_robots_txt_may_be_five_redirects_away(site, tmp_path):
    for number in range(5):
        site.routes[f"/{number}"] = Reply(status=301, headers={"Location": f"/{number + 1}"})
    site.routes |= {"/robots.txt": site.routes["/0"], "/5": FORBID}

    (found,) = outcomes_of(Request(url=site.url("/private/x")), folder=tmp_path)

    assert reason_of(found) == "robots"


@pytest.mark.parametrize(
    ("megabytes", "path", "outcome"),
    [
        pytest.param(2, "/a", 200, id="long"),
        pytest.param(2, "/private/x", "robots", id="long, forbidden at its beginning"),
        pytest.param(50, "/a", "too_large", id="longer than anybody's"),
    ],
)
def test_the_beginning_of_a_long_robots_txt_counts(site, tmp_path, megabytes, path, outcome):
    padding = [b"# padding\n" * 99_999, b"Disallow: /a\n"] * megabytes
    site.routes["/robots.txt"] = Reply(pieces=lambda: [FORBID.body, *padding])

    (found,) = outcomes_of(Request(url=site.url(path)), folder=tmp_path)

    assert reason_of(found) == outcome


def test_a_robots_txt_that_was_put_off_is_asked_for_again_when_its_time_has_come(site, tmp_path):
    put_off = Reply(status=503, headers={"Retry-After": "1"})
    site.routes["/robots.txt"] = in_turn(put_off, FORBID)
    site.routes["/slow"] = Reply(delay_s=0.6)
    page, slow = Request(url=site.url("/a")), Request(url=site.url("/slow"), kind="feed")

    outcomes = outcomes_of(page, slow, slow, page, folder=tmp_path)

    assert [reason_of(outcome) for outcome in outcomes] == ["deferred", 200, 200, 200]
    assert site.count("/robots.txt") == 2


def test_what_was_not_needed_for_longest_is_forgotten_first():
    asked = []

    async def get(request):
        asked.append(urlsplit(request.url).netloc)
        return a_response(request, body=b"#" * 500_000)

    async def ask_all():
        robots = Robots(get)
        for number in (*range(70), 69, 0, 69):
            await robots.rules_for(f"http://h{number}.example/", Approach())

    asyncio.run(ask_all())

    assert asked == [f"h{number}.example" for number in (*range(70), 0)]


def a_response(request, *, body):
    return Response(
        fetch_id="f",
        request=request,
        final_url=request.url,
        started_at=datetime(2026, 3, 1, tzinfo=UTC),
        duration_ms=1,
        http_status=200,
        reason_phrase="OK",
        headers=(),
        raw=body,
        body=body,
    )


def test_one_request_an_origin_and_run(site, tmp_path):
    site.routes["/robots.txt"] = FORBID
    requests = [Request(url=site.url("/a"), kind=kind) for kind in ("feed", "page", "page")]

    outcomes_of(*requests, folder=tmp_path)

    assert site.count("/robots.txt") == 1


def test_a_redirect_is_judged_by_the_rules_of_where_it_leads(site, tmp_path):
    with ScriptedSite({"/robots.txt": FORBID, "/private/y": Reply()}) as other:
        site.routes["/a"] = Reply(status=302, headers={"Location": other.url("/private/y")})

        (outcome,) = outcomes_of(Request(url=site.url("/a")), folder=tmp_path)

        assert (outcome.reason, outcome.url) == ("robots", site.url("/a"))
        assert other.count("/private/y") == 0


def test_a_refused_page_is_never_asked_for(site, tmp_path):
    site.routes["/robots.txt"] = FORBID

    (outcome,) = outcomes_of(Request(url=site.url("/private/x")), folder=tmp_path)

    assert site.count("/private/x") == 0
    assert outcome.attempt is None


@pytest.mark.parametrize("kind", ["page", "feed"])
def test_the_crawl_delay_holds_for_pages_and_feeds(site, tmp_path, kind):
    site.routes["/robots.txt"] = Reply(body=b"User-agent: *\nCrawl-delay: 0.15")

    outcomes_of(*[Request(url=site.url("/a"), kind=kind)] * 3, folder=tmp_path)

    starts = site.starts()
    assert starts[-1] - starts[0] >= 0.2


def test_retry_after_on_robots_txt_defers_the_page(site, tmp_path):
    site.routes["/robots.txt"] = Reply(status=503, headers={"Retry-After": "60"})

    outcomes = outcomes_of(*[Request(url=site.url("/a"))] * 2, folder=tmp_path)

    assert [type(outcome) for outcome in outcomes] == [DeferredError, DeferredError]
    assert site.count("/robots.txt") == 1
    assert site.count("/a") == 0


def test_a_robots_txt_that_cannot_be_had_gives_its_own_reason(tmp_path):
    with ScriptedSite() as gone:
        url = gone.url("/a")

    (outcome,) = outcomes_of(Request(url=url), folder=tmp_path)

    assert outcome.reason == "connect"
    assert "robots.txt" in outcome.detail


def test_retry_after_on_robots_txt_holds_no_subscribed_feed(site, tmp_path):
    site.routes["/robots.txt"] = Reply(status=503, headers={"Retry-After": "100"})
    site.routes["/feed"] = Reply(body=b"<rss/>")
    page, feed = Request(url=site.url("/a")), Request(url=site.url("/feed"), kind="feed")

    first, second = outcomes_of(page, feed, folder=tmp_path)

    assert (reason_of(first), second) == ("deferred", 200)
