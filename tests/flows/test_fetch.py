"""The HTTP client, against real servers on loopback."""

import asyncio
import gzip
import pickle
import time
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import brotli
import pytest

from extractors.errors import FetchError
from flows.exchange import Attempt, DeferredError, FetchRules, Request, RequestError, page_of
from flows.fetch import Client
from flows.gate import HostGate
from tests.fakes import Reply, ScriptedSite

TEXT = b"Rain fell on the harbour of Larkhaven. " * 500
SOON_S = 0.3


@pytest.fixture
def site():
    with ScriptedSite() as site:
        yield site


def fetch_all(site, *requests, folder, others=(), at_once=True, **changes):
    """Return what each request gives: a Response, or the error it raised."""
    allowed = frozenset(each.host for each in (site, *others))
    given = {
        "pause_s": 0,
        "allow_hosts": allowed,
        "timeout_s": 5,
        "contact": "desk@gazette.example",
    }
    rules = FetchRules(**given | changes)

    async def outcome_of(client, request):
        try:
            return await client.fetch(request)
        except FetchError as error:
            return error

    async def run():
        gate = HostGate(folder, pause_s=rules.pause_s, max_in_flight=rules.max_in_flight_per_host)
        async with Client(rules, gate) as client:
            if at_once:
                return await asyncio.gather(*[outcome_of(client, each) for each in requests])
            return [await outcome_of(client, each) for each in requests]

    return asyncio.run(run())


@pytest.fixture
def fetch(site, tmp_path):
    def fetch(path_or_url, **changes):
        rules = {name: changes.pop(name) for name in list(changes) if name in FetchRules.__slots__}
        url = path_or_url if "://" in path_or_url else site.url(path_or_url)
        (outcome,) = fetch_all(site, Request(url=url, **changes), folder=tmp_path, **rules)
        return outcome

    return fetch


def test_a_response_tells_what_was_asked_and_what_came(site, fetch):
    site.routes["/a"] = Reply(body=TEXT, headers={"ETag": '"x"', "X-Twice": "1"})

    response = fetch("/a")

    assert page_of(response).body == TEXT
    assert (response.http_status, response.reason_phrase) == (200, "OK")
    assert response.raw == response.body == TEXT
    assert response.final_url == response.request.url == site.url("/a")
    assert ("ETag", '"x"') in response.headers
    assert response.header("x-twice") == "1"
    assert (response.ip, response.redirects, response.moved_for_good) == ("127.0.0.1", (), False)
    assert datetime.now(UTC) - response.started_at < timedelta(seconds=5)
    assert len(response.fetch_id) == 32


def test_a_request_says_who_asks_and_nothing_about_where_it_came_from(site, fetch):
    site.routes["/a"] = Reply(headers={"Set-Cookie": "a=b"})

    fetch("/a", version="1.2", contact="https://gazette.example/bot")
    fetch("/a")

    first, second = (seen.headers for seen in site.seen if seen.path == "/a")
    assert first["user-agent"] == "onrecord/1.2 (+https://gazette.example/bot)"
    assert first["accept-encoding"] == "gzip, deflate, br, zstd"
    assert not {"cookie", "referer", "if-none-match", "if-modified-since"} & second.keys()


@pytest.mark.parametrize("etag", ['"abc"', 'W/"a, b"', "unquoted", '"caf\xc3\xa9"', '""'])
def test_validators_go_back_byte_for_byte(site, fetch, etag):
    def answer(seen):
        same = seen.headers.get("if-none-match") == etag
        return Reply(status=304 if same else 200, headers={"ETag": etag})

    site.routes["/feed"] = answer

    first = fetch("/feed", kind="feed")
    second = fetch("/feed", kind="feed", etag=first.header("ETag"), last_modified="yesterday-ish")

    assert (first.http_status, second.http_status) == (200, 304)
    assert second.body == b""
    assert site.seen[-1].headers["if-modified-since"] == "yesterday-ish"


@pytest.mark.parametrize(
    ("coding", "pack"),
    [("gzip", gzip.compress), ("deflate", zlib.compress), ("br", brotli.compress)],
)
def test_the_body_is_kept_as_received_and_decoded(site, fetch, coding, pack):
    packed = pack(TEXT)
    site.routes["/a"] = Reply(body=packed, headers={"Content-Encoding": coding})

    response = fetch("/a")

    assert (response.raw, response.body) == (packed, TEXT)


@pytest.mark.parametrize(
    ("reply", "limit"),
    [
        pytest.param(Reply(body=TEXT), len(TEXT) - 1, id="announced"),
        pytest.param(Reply(body=TEXT, announces_length=False), len(TEXT) - 1, id="not announced"),
        pytest.param(
            Reply(body=gzip.compress(bytes(10**7)), headers={"Content-Encoding": "gzip"}),
            10**5,
            id="gzip bomb",
        ),
        pytest.param(
            Reply(
                body=brotli.compress(gzip.compress(bytes(10**7))),
                headers={"Content-Encoding": "gzip, br"},
            ),
            10**5,
            id="bomb in a bomb",
        ),
    ],
)
@pytest.mark.parametrize("setting", ["max_feed_bytes", "max_page_bytes"])
def test_a_body_past_the_limit_of_its_kind_is_too_large(site, fetch, reply, limit, setting):
    site.routes["/a"] = reply

    outcome = fetch("/a", kind=setting.split("_")[1], **{setting: limit})

    assert outcome.reason == "too_large"


def test_a_body_of_exactly_the_limit_is_taken(site, fetch):
    site.routes["/a"] = Reply(body=TEXT)

    assert fetch("/a", max_page_bytes=len(TEXT)).body == TEXT


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        pytest.param(Reply(status=404), "http_4xx", id="404"),
        pytest.param(Reply(status=410), "http_4xx", id="410"),
        pytest.param(Reply(status=429), "http_4xx", id="429 without Retry-After"),
        pytest.param(Reply(status=500), "http_5xx", id="500"),
        pytest.param(Reply(status=503), "http_5xx", id="503 without Retry-After"),
        pytest.param(Reply(status=304), "malformed", id="304 to an unconditional request"),
        pytest.param(Reply(status=302), "redirects", id="redirect without Location"),
        pytest.param(
            Reply(status=302, headers={"Location": "file:///etc/passwd"}), "scheme", id="to a file"
        ),
        pytest.param(
            Reply(status=302, headers={"Location": "//["}), "scheme", id="to no address at all"
        ),
        pytest.param(Reply(body=TEXT, hang_up_after=9), "reset", id="hung up in the middle"),
        pytest.param(
            Reply(body=gzip.compress(TEXT)[:-9], headers={"Content-Encoding": "gzip"}),
            "malformed",
            id="torn gzip",
        ),
    ],
)
def test_what_gives_nothing_to_read_is_an_error_with_its_reason(site, fetch, reply, reason):
    site.routes["/a"] = reply

    outcome = fetch("/a")

    assert (outcome.reason, outcome.url) == (reason, site.url("/a"))
    assert outcome.http_status == reply.status
    assert outcome.detail


def test_an_error_tells_of_the_attempt(site, fetch):
    site.routes["/a"] = Reply(status=404, delay_s=0.02)

    attempt = fetch("/a").attempt

    assert attempt.duration_ms >= 20
    assert (attempt.final_url, attempt.http_status) == (site.url("/a"), 404)
    assert len(attempt.fetch_id) == 32


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        pytest.param("ftp://gazette.example/a", "scheme", id="another scheme"),
        pytest.param("gazette.example/a", "scheme", id="no scheme"),
        pytest.param("http:///a", "scheme", id="no host"),
        pytest.param("http://gazette.example:99999/", "scheme", id="no port"),
        pytest.param("http://a b.example/", "scheme", id="blank in the host"),
        pytest.param(f"http://{'a' * 70}.example/", "dns", id="a name too long to ask for"),
        pytest.param("http://a..example/", "dns", id="a name with a hole"),
        pytest.param("http://10.1.2.3/", "private_address", id="private"),
        pytest.param("http://169.254.169.254/latest", "private_address", id="cloud metadata"),
        pytest.param("http://[::1]/", "private_address", id="IPv6 loopback"),
        pytest.param("http://[::ffff:127.0.0.1]/", "private_address", id="mapped"),
        pytest.param("http://localhost/", "private_address", id="a name that leads there"),
    ],
)
@pytest.mark.parametrize("kind", ["feed", "page"])
def test_some_addresses_are_refused_without_a_request(fetch, url, reason, kind):
    assert fetch(url, kind=kind).reason == reason


@pytest.mark.parametrize("url", ["http://2130706433/", "http://0x7f.1/", "http://127.1/"])
def test_no_spelling_of_an_address_gets_past_the_check(fetch, url):
    assert fetch(url).reason in ("private_address", "scheme", "dns")


def test_the_ban_is_lifted_for_no_other_name_of_the_same_server(site, fetch):
    site.routes["/a"] = Reply(body=TEXT)

    assert fetch(site.url("/a").replace("127.0.0.1", "localhost")).reason == "private_address"
    assert site.seen == []


def test_a_redirect_to_a_private_address_is_refused(site, fetch):
    with ScriptedSite() as inside:
        site.routes["/a"] = Reply(status=302, headers={"Location": inside.url("/secret")})

        outcome = fetch("/a")

        assert outcome.reason == "private_address"
        assert inside.seen == []


def test_nobody_listening_is_a_failed_connection(site, tmp_path):
    with ScriptedSite() as gone:
        request = Request(url=gone.url("/a"), kind="feed")

    (outcome,) = fetch_all(site, request, folder=tmp_path, others=[gone])

    assert outcome.reason == "connect"


def test_a_name_nobody_has_is_a_dns_failure(fetch):
    assert fetch("http://nobody.invalid/", kind="feed").reason == "dns"


def test_a_server_that_speaks_no_tls_is_a_tls_failure(site, fetch):
    assert fetch(site.url("/a").replace("http:", "https:"), kind="feed").reason == "tls"


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(Reply(body=TEXT, delay_s=1), id="silent"),
        pytest.param(Reply(body=TEXT, drip_s=0.05), id="a byte now and then"),
    ],
)
def test_the_deadline_is_for_the_whole_request(site, fetch, reply):
    site.routes["/a"] = reply

    started = time.monotonic()
    outcome = fetch("/a", timeout_s=SOON_S)

    assert outcome.reason == "timeout"
    assert time.monotonic() - started < SOON_S + 0.5


def test_the_deadline_covers_all_redirects_together(site, fetch):
    for number in range(4):
        site.routes[f"/{number}"] = Reply(
            status=302, headers={"Location": f"/{number + 1}"}, delay_s=SOON_S / 2
        )

    assert fetch("/0", timeout_s=SOON_S).reason == "timeout"


def test_waiting_for_a_turn_counts_into_neither_deadline_nor_duration(site, tmp_path):
    site.routes["/a"] = Reply(body=TEXT)
    requests = [Request(url=site.url("/a"))] * 4

    outcomes = fetch_all(site, *requests, folder=tmp_path, pause_s=0.15, timeout_s=SOON_S)

    assert [outcome.http_status for outcome in outcomes] == [200] * 4
    assert max(outcome.duration_ms for outcome in outcomes) < 150


@pytest.mark.parametrize(
    ("statuses", "for_good"),
    [
        ([301], True),
        ([308], True),
        ([301, 308], True),
        ([302], False),
        ([303], False),
        ([307], False),
        ([301, 302], False),
        ([302, 301], False),
        ([301] * 5, True),
    ],
)
def test_a_move_is_for_good_only_if_every_redirect_is_permanent(site, fetch, statuses, for_good):
    for number, status in enumerate(statuses):
        site.routes[f"/{number}"] = Reply(status=status, headers={"Location": f"{number + 1}"})
    site.routes[f"/{len(statuses)}"] = Reply(body=TEXT)

    response = fetch("/0")

    assert response.body == TEXT
    assert response.final_url == site.url(f"/{len(statuses)}")
    assert response.redirects == tuple(site.url(f"/{number}") for number in range(len(statuses)))
    assert response.moved_for_good is for_good


def test_the_sixth_redirect_is_not_followed(site, fetch):
    for number in range(6):
        site.routes[f"/{number}"] = Reply(status=302, headers={"Location": f"/{number + 1}"})

    assert fetch("/0").reason == "redirects"
    assert site.count("/6") == 0


def test_redirects_in_a_circle_are_noticed_at_once(site, fetch):
    site.routes["/a"] = Reply(status=302, headers={"Location": "/b"})
    site.routes["/b"] = Reply(status=302, headers={"Location": "/a#again"})

    outcome = fetch("/a")

    assert outcome.reason == "redirects"
    assert site.count("/a") == site.count("/b") == 1


def test_a_secret_header_stays_with_its_server(site, tmp_path):
    with ScriptedSite({"/b": Reply(body=TEXT)}) as other:
        site.routes["/a"] = Reply(status=302, headers={"Location": other.url("/b")})
        request = Request(url=site.url("/a"), headers={"Authorization": "Bearer x"})

        fetch_all(site, request, folder=tmp_path, others=[other])

        assert [s.headers.get("authorization") for s in site.seen if s.path == "/a"] == ["Bearer x"]
        assert all("authorization" not in seen.headers for seen in other.seen)


@pytest.mark.parametrize(
    ("asked", "sent"),
    [
        ("/a%7Eb?x=%2F&sig=a+b", "/a%7Eb?x=%2F&sig=a+b"),
        ("/caf\u00e9 x#part", "/caf%C3%A9%20x"),
        ("/a;b=c?d", "/a;b=c?d"),
        ("", "/"),
    ],
)
def test_an_address_is_sent_as_it_is_but_for_what_the_wire_forbids(site, fetch, asked, sent):
    fetch(asked or site.url(""))

    assert site.seen[-1].path == sent


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    "form", [lambda at: "60", lambda at: format_datetime(at, usegmt=True)], ids=["seconds", "date"]
)
def test_retry_after_leaves_the_whole_host_alone(site, tmp_path, status, form):
    retry_after = form(datetime.now(UTC) + timedelta(seconds=60))
    site.routes["/a"] = Reply(status=status, headers={"Retry-After": retry_after})
    site.routes["/b"] = Reply(body=TEXT)
    requests = [Request(url=site.url("/a"), kind="feed"), Request(url=site.url("/b"))]

    first, second = fetch_all(site, *requests, folder=tmp_path, at_once=False)

    wait_s = (first.retry_after - datetime.now(UTC)).total_seconds()
    assert (first.reason, first.http_status) == ("deferred", status)
    assert 50 < wait_s <= 61
    assert isinstance(second, DeferredError)
    assert second.attempt is None
    assert site.count("/b") == 0


def test_a_host_is_asked_again_when_its_time_has_come(site, tmp_path):
    site.routes["/a"] = Reply(status=429, headers={"Retry-After": "0"})
    site.routes["/b"] = Reply(body=TEXT)

    first, second = fetch_all(
        site,
        *[Request(url=site.url(path)) for path in ("/a", "/b")],
        folder=tmp_path,
        at_once=False,
    )

    assert isinstance(first, DeferredError)
    assert second.body == TEXT


def test_no_more_than_allowed_are_in_flight_to_a_host(site, tmp_path):
    site.routes["/a"] = Reply(delay_s=0.03)

    fetch_all(site, *[Request(url=site.url("/a"))] * 8, folder=tmp_path, max_in_flight_per_host=2)

    assert site.most_at_once == 2


def test_requests_to_a_host_start_a_pause_apart(site, tmp_path):
    site.routes["/a"] = Reply(body=TEXT)

    fetch_all(site, *[Request(url=site.url("/a"))] * 4, folder=tmp_path, pause_s=0.1)

    starts = [seen.at for seen in site.seen]
    assert len(starts) == 5  # robots.txt has its turn too
    assert starts[-1] - starts[0] >= 0.3


def test_a_slow_host_does_not_hold_up_another(site, tmp_path):
    site.routes["/a"] = Reply(delay_s=0.2)
    with ScriptedSite({"/b": Reply(body=TEXT)}) as quick:
        slow = [Request(url=site.url("/a"))] * 4

        outcomes = fetch_all(
            site, *slow, Request(url=quick.url("/b")), folder=tmp_path, others=[quick], timeout_s=9
        )

        assert outcomes[-1].started_at < outcomes[2].started_at


def test_a_connection_is_used_again(site, tmp_path):
    site.routes["/a"] = Reply(body=TEXT)

    fetch_all(site, *[Request(url=site.url("/a"))] * 5, folder=tmp_path, at_once=False)

    assert site.connections == 1


def test_errors_can_be_sent_to_another_process():
    attempt = Attempt(
        fetch_id="f", started_at=datetime(2026, 3, 1, tzinfo=UTC), duration_ms=1, final_url="u"
    )
    failed = RequestError("https://a.example/", "dns", "no such host", attempt)
    deferred = DeferredError("https://a.example/", "later", attempt.started_at, attempt)

    copies = [pickle.loads(pickle.dumps(error)) for error in (failed, deferred)]  # noqa: S301

    assert [(c.url, c.reason, c.detail, c.attempt) for c in copies] == [
        ("https://a.example/", "dns", "no such host", attempt),
        ("https://a.example/", "deferred", "later", attempt),
    ]
    assert copies[1].retry_after == attempt.started_at


def test_a_validator_that_cannot_go_back_as_it_came_is_left_out(site, fetch):
    site.routes["/feed"] = Reply(headers={"ETag": 'W/"ab\xe9c"'})

    first = fetch("/feed", kind="feed")
    second = fetch("/feed", kind="feed", etag=first.header("ETag"))

    assert second.http_status == 200
    assert "if-none-match" not in site.seen[-1].headers
