"""Servers that speak HTTP in their own way, or not at all."""

import functools

import pytest

from tests.fakes import Reply
from tests.fetching import fetch_one

OK = b"HTTP/1.1 200 OK\r\n"
LENGTH = b"Content-Length: 5\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"


@pytest.fixture
def fetch(site, tmp_path):
    return functools.partial(fetch_one, site=site, folder=tmp_path, kind="feed")


@pytest.mark.parametrize(
    ("raw", "status", "body"),
    [
        pytest.param(b"HTTP/1.0 200 OK\r\n\r\nhello", 200, b"hello", id="HTTP/1.0"),
        pytest.param(OK + b"\r\nhello", 200, b"hello", id="no length"),
        pytest.param(OK + b"\r\n", 200, b"", id="nothing more"),
        pytest.param(OK + CHUNKED + b"\r\n5;x=y\r\nhello\r\n0\r\n\r\n", 200, b"hello", id="chunks"),
        pytest.param(
            OK + CHUNKED + b"\r\n5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n", 200, b"hello", id="trailer"
        ),
        pytest.param(
            b"HTTP/1.1 100 Continue\r\n\r\n" + OK + LENGTH + b"\r\nhello", 200, b"hello", id="100"
        ),
        pytest.param(
            b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK + LENGTH + b"\r\nhello",
            200,
            b"hello",
            id="103",
        ),
        pytest.param(b"HTTP/1.1 204 No Content\r\n\r\n", 204, b"", id="204"),
        pytest.param(
            b"HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n", 205, b"", id="205"
        ),
        pytest.param(b"HTTP/1.1 200\r\n" + LENGTH + b"\r\nhello", 200, b"hello", id="no phrase"),
        pytest.param(OK.replace(b"\r", b"") + b"\nhello", 200, b"hello", id="bare line ends"),
        pytest.param(OK + b"X: caf\xe9\r\n\r\nhello", 200, b"hello", id="latin-1 in a header"),
        pytest.param(OK + b"X: a\r\n b\r\n\r\nhello", 200, b"hello", id="a folded header"),
        pytest.param(
            OK + b"".join(b"X-%d: a\r\n" % number for number in range(100)) + b"\r\nhello",
            200,
            b"hello",
            id="a hundred headers",
        ),
    ],
)
def test_what_can_be_understood_is_taken(site, fetch, raw, status, body):
    site.routes["/a"] = Reply(raw=raw)

    response = fetch("/a")

    assert (response.http_status, response.body) == (status, body)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        pytest.param(b"", "reset", id="not a byte"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-", "reset", id="half a head"),
        pytest.param(OK + b"Content-Length: 50\r\n\r\nhello", "reset", id="less than announced"),
        pytest.param(OK + CHUNKED + b"\r\n5\r\nhel", "reset", id="a torn chunk"),
        pytest.param(OK + CHUNKED + b"\r\n5\r\nhello\r\n", "reset", id="no last chunk"),
        pytest.param(OK + CHUNKED + b"\r\nzz\r\nhello\r\n", "malformed", id="a chunk of zz"),
        pytest.param(OK + b"Content-Length: a\r\n\r\nhello", "malformed", id="a length of a"),
        pytest.param(OK + b"Content-Length: -5\r\n\r\nhello", "malformed", id="a length below 0"),
        pytest.param(
            OK + LENGTH + b"Content-Length: 7\r\n\r\nhello", "malformed", id="two lengths"
        ),
        pytest.param(
            OK + LENGTH + CHUNKED + b"\r\n5\r\nhello\r\n0\r\n\r\n", "malformed", id="both at once"
        ),
        pytest.param(b"<rss>hello</rss>", "malformed", id="no head"),
        pytest.param(b"SSH-2.0-Server\r\n\r\n", "malformed", id="another protocol"),
        pytest.param(b"ICY 200 OK\r\n\r\nhello", "malformed", id="a radio"),
        pytest.param(b"HTTP/1.1 20 OK\r\n\r\nhello", "malformed", id="a status of two digits"),
        pytest.param(b"HTTP/1.1 abc OK\r\n\r\nhello", "malformed", id="a status of letters"),
        pytest.param(OK + b"rubbish\r\n\r\nhello", "malformed", id="a header without colon"),
        pytest.param(OK + b"X: a\0b\r\n\r\nhello", "malformed", id="NUL in a header"),
        pytest.param(OK + b"X: " + b"a" * 70_000, "too_large", id="a header without end"),
        pytest.param(
            OK + b"".join(b"X-%d: %b\r\n" % (n, b"a" * 30_000) for n in range(50)) + b"\r\n",
            "too_large",
            id="large headers",
        ),
        pytest.param(
            OK + b"".join(b"X-%d: a\r\n" % n for n in range(300)) + b"\r\n",
            "malformed",
            id="hundreds of headers",
        ),
        pytest.param(b"HTTP/1.1 101 Upgrade\r\n\r\n", "malformed", id="101"),
        pytest.param(b"HTTP/1.1 300 Choose\r\n\r\n", "redirects", id="300"),
        pytest.param(b"HTTP/1.1 305 Proxy\r\nLocation: /b\r\n\r\n", "redirects", id="305"),
        pytest.param(b"HTTP/1.1 451 Withheld\r\n\r\n", "http_4xx", id="451"),
        pytest.param(b"HTTP/1.1 520 Odd\r\n\r\n", "http_5xx", id="520"),
    ],
)
def test_what_cannot_is_a_failure_that_names_the_server(site, fetch, raw, reason):
    site.routes["/a"] = Reply(raw=raw)

    outcome = fetch("/a")

    assert (outcome.reason, outcome.url) == (reason, site.url("/a"))
    assert site.host in outcome.detail
    assert "\n" not in outcome.detail
    assert "Error" not in outcome.detail


def test_headers_that_go_on_and_on_end_at_the_deadline(site, fetch):
    site.routes["/a"] = Reply(raw=OK + b"X: a\r\n" * 1_000, drip_s=0.02)

    outcome = fetch("/a", timeout_s=0.3)

    assert (outcome.reason, outcome.http_status) == ("timeout", None)


def test_answers_that_are_never_the_last_end_at_the_deadline(site, fetch):
    site.routes["/a"] = Reply(raw=b"HTTP/1.1 102 Wait\r\n\r\n" * 1_000, drip_s=0.005)

    assert fetch("/a", timeout_s=0.3).reason == "timeout"


def test_a_body_longer_than_announced_is_cut_there_or_refused(site, fetch):
    site.routes["/a"] = Reply(raw=OK + b"Connection: close\r\n" + LENGTH + b"\r\nhello, world")

    outcome = fetch("/a")

    assert getattr(outcome, "body", None) == b"hello" or outcome.reason == "malformed"
