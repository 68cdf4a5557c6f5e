"""The HTTP client, against real servers on loopback."""

import gzip
import pickle
import zlib
from datetime import UTC, datetime, timedelta

import brotli
import pytest

from flows.exchange import Approach, Attempt, DeferredError, Request, RequestError, page_of
from tests.fakes import Reply, ScriptedSite
from tests.fetching import TEXT, fetch_all


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


def test_a_server_may_be_asked_in_its_own_way(site, fetch):
    approach = Approach(
        user_agent="Gazette/1", headers={"accept": "text/xml", "X-Key": "k", "Cookie": "c=d"}
    )

    fetch("/feed", kind="feed", approach=approach)

    (seen,) = (seen.headers for seen in site.seen)
    assert seen["user-agent"] == "Gazette/1"
    assert (seen["accept"], seen["x-key"], seen["cookie"]) == ("text/xml", "k", "c=d")


def test_login_and_password_of_an_address_are_for_the_server_and_nobody_else(site, fetch):
    site.routes["/a"] = Reply(status=404)

    outcome = fetch(site.url("/a").replace("//", "//desk:secret@"), kind="feed")

    assert site.seen[0].headers["authorization"] == "Basic ZGVzazpzZWNyZXQ="
    assert "secret" not in outcome.detail


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


def test_nobody_listening_is_a_failed_connection(site, tmp_path):
    with ScriptedSite() as gone:
        request = Request(url=gone.url("/a"), kind="feed")

    (outcome,) = fetch_all(request, hosts=[gone.host], folder=tmp_path)

    assert outcome.reason == "connect"


def test_a_name_nobody_has_is_a_dns_failure(fetch):
    assert fetch("http://nobody.invalid/", kind="feed").reason == "dns"


def test_a_server_that_speaks_no_tls_is_a_tls_failure(site, fetch):
    assert fetch(site.url("/a").replace("http:", "https:"), kind="feed").reason == "tls"


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
