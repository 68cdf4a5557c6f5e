"""Whom the client believes to be who he says he is."""

import functools
import os
import ssl
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme

from flows.exchange import Approach, Request
from tests.fakes import Reply, ScriptedSite
from tests.fetching import fetch_all, fetch_one

ROOT = Path(__file__).parents[2]
AUTHORITY = trustme.CA()
#: Fetches an address and says what came of it, in a process that trusts our authority.
TRUSTING = """
import sys
from pathlib import Path
from urllib.parse import urlsplit
from flows.exchange import Request
from tests.fetching import fetch_all

url, folder = sys.argv[1:]
request = Request(url=url, kind="feed")
(outcome,) = fetch_all(request, hosts=[urlsplit(url).netloc], folder=Path(folder))
print(getattr(outcome, "http_status", None) or outcome.detail)
"""
UNVERIFIED = Approach(verify_tls=False)
CLOSED_LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def a_context(name, **changes):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert(name, **changes).configure_cert(context)
    return context


@pytest.fixture
def secure():
    with ScriptedSite({"/a": Reply(body=b"hello")}, tls=a_context("127.0.0.1")) as site:
        yield site


@pytest.fixture
def fetch(secure, tmp_path):
    return functools.partial(fetch_one, site=secure, folder=tmp_path, kind="feed")


@pytest.mark.parametrize(
    "context",
    [
        pytest.param(lambda: a_context("127.0.0.1"), id="of an authority that nobody knows"),
        pytest.param(lambda: a_context("other.example"), id="for another host"),
        pytest.param(lambda: a_context("127.0.0.1", not_after=CLOSED_LONG_AGO), id="expired"),
    ],
)
def test_a_certificate_that_proves_nothing_is_refused(tmp_path, context):
    with ScriptedSite({"/a": Reply()}, tls=context()) as site:
        outcome = fetch_one("/a", site=site, folder=tmp_path, kind="feed")

        assert outcome.reason == "tls"
        assert site.host in outcome.detail
        assert site.seen == []


@pytest.mark.parametrize(
    ("context", "outcome"),
    [
        pytest.param(lambda: a_context("127.0.0.1"), "200", id="true"),
        pytest.param(lambda: a_context("other.example"), "mismatch", id="for another host"),
        pytest.param(
            lambda: a_context("127.0.0.1", not_after=CLOSED_LONG_AGO), "expired", id="old"
        ),
    ],
)
def test_a_known_authority_vouches_for_its_hosts_while_its_word_lasts(tmp_path, context, outcome):
    AUTHORITY.cert_pem.write_to_path(tmp_path / "authority.pem")
    with ScriptedSite({"/a": Reply()}, tls=context()) as site:
        done = subprocess.run(
            [sys.executable, "-c", TRUSTING, site.url("/a"), str(tmp_path)],
            check=True,
            capture_output=True,
            text=True,
            timeout=60,
            cwd=ROOT,
            env=os.environ | {"SSL_CERT_FILE": str(tmp_path / "authority.pem")},
        )

    assert outcome in done.stdout


def test_it_is_taken_where_the_operator_says_so(fetch):
    assert fetch("/a", approach=UNVERIFIED).body == b"hello"


def test_the_exception_is_for_that_request_alone(secure, tmp_path):
    trusting = Request(url=secure.url("/a"), kind="feed", approach=UNVERIFIED)
    strict = Request(url=secure.url("/a"), kind="feed")

    first, second, third = fetch_all(
        trusting, strict, trusting, hosts=[secure.host], folder=tmp_path, at_once=False
    )

    assert (first.body, second.reason, third.body) == (b"hello", "tls", b"hello")


def test_robots_txt_is_asked_for_as_the_request_is(secure, tmp_path):
    secure.routes["/robots.txt"] = Reply(body=b"User-agent: *\nDisallow: /private")
    trusting = [Request(url=secure.url(path), approach=UNVERIFIED) for path in ("/a", "/private")]
    strict = Request(url=secure.url("/a"))

    outcomes = fetch_all(*trusting, strict, hosts=[secure.host], folder=tmp_path, at_once=False)

    assert outcomes[0].body == b"hello"
    assert [outcome.reason for outcome in outcomes[1:]] == ["robots", "tls"]
    assert secure.count("/robots.txt") == 1


@pytest.mark.parametrize("approach", [Approach(), UNVERIFIED])
def test_a_server_that_speaks_no_tls_is_a_tls_failure(tmp_path, approach):
    with ScriptedSite() as plain:
        url = plain.url("/a").replace("http:", "https:")

        outcome = fetch_one(url, site=plain, folder=tmp_path, kind="feed", approach=approach)

        assert outcome.reason == "tls"


def test_plain_http_to_a_server_that_wants_tls_is_a_failure(secure, fetch):
    url = secure.url("/a").replace("https:", "http:")

    assert fetch(url).reason in ("reset", "malformed")
