"""Requests by way of a proxy that the operator has chosen."""

import base64
import functools
import select
import socket
import socketserver
import ssl
import threading

import pytest
import trustme

from flows.exchange import Approach, Request
from tests.fakes import Reply, ScriptedSite
from tests.fetching import fetch_all, fetch_one

PATIENT_S = 20.0  # some systems take seconds to learn that a name is nobody's
BEHIND = "http://news.invalid/feed"  # a name that only the proxy knows


class Tunnel(socketserver.StreamRequestHandler):
    """A proxy that connects whoever asks to the server's `target`."""

    def handle(self):
        request = self.rfile.readline().decode()
        head = [request, *iter(lambda: self.rfile.readline().decode().strip(), "")]
        self.server.heads.append(head)
        if not self.server.target:
            self.wfile.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
            return
        with socket.create_connection(self.server.target, timeout=5) as target:
            self.wfile.write(b"HTTP/1.1 200 Connected\r\n\r\n")
            ends = [self.connection, target]
            while ready := select.select(ends, [], [], 5)[0]:
                chunk = ready[0].recv(65536)
                if not chunk:
                    return
                (target if ready[0] is self.connection else self.connection).sendall(chunk)


@pytest.fixture
def tunnel():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Tunnel) as server:
        server.daemon_threads, server.block_on_close = True, False
        server.heads, server.target = [], None
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


def url_of(tunnel, login=""):
    return f"http://{login}127.0.0.1:{tunnel.server_address[1]}"


@pytest.fixture
def proxy():
    """A server that is asked for absolute addresses."""
    with ScriptedSite({"/feed": Reply(body=b"by proxy")}) as site:
        yield site


@pytest.fixture
def fetch(proxy, tmp_path):
    return functools.partial(
        fetch_one,
        site=proxy,
        folder=tmp_path,
        kind="feed",
        approach=Approach(proxy=proxy.url("")),
        timeout_s=PATIENT_S,
    )


def test_the_proxy_is_asked_and_may_be_on_our_own_network(proxy, fetch):
    response = fetch(BEHIND, allow_hosts=frozenset())

    assert response.body == b"by proxy"
    assert [seen.path for seen in proxy.seen] == [BEHIND]
    assert proxy.seen[0].headers["host"] == "news.invalid"


def test_robots_txt_comes_by_the_same_way_once_for_each_way(proxy, tmp_path):
    proxy.routes["/page"] = Reply(body=b"page")
    proxy.routes["/robots.txt"] = Reply(body=b"User-agent: *\nDisallow: /private")
    by_proxy = Approach(proxy=proxy.url(""))
    requests = [
        Request(url=f"http://news.invalid{path}", approach=by_proxy)
        for path in ("/page", "/private")
    ]

    outcomes = fetch_all(
        *requests,
        Request(url="http://news.invalid/page"),
        hosts=[],
        timeout_s=PATIENT_S,
        folder=tmp_path,
        at_once=False,
    )

    assert outcomes[0].body == b"page"
    assert [outcome.reason for outcome in outcomes[1:]] == ["robots", "dns"]
    assert proxy.count("http://news.invalid/robots.txt") == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://10.1.2.3/feed",
        "http://127.1/feed",
        "http://[::1]/feed",
        "http://[::ffff:a9fe:a9fe]/feed",
        "http://localhost/feed",
        "https://192.168.0.1/feed",
    ],
)
def test_no_proxy_is_asked_for_a_private_address(proxy, fetch, url):
    outcome = fetch(url, allow_hosts=frozenset())

    assert outcome.reason == "private_address"
    assert proxy.seen == []


def test_a_private_address_that_is_allowed_may_be_asked_for(proxy, fetch):
    assert fetch("http://10.1.2.3/feed", allow_hosts=frozenset({"10.1.2.3"})).body == b"by proxy"


def test_a_redirect_to_a_private_address_is_refused_behind_a_proxy_too(proxy, fetch):
    proxy.routes["/feed"] = Reply(status=302, headers={"Location": "http://10.1.2.3/"})

    assert fetch(BEHIND, allow_hosts=frozenset()).reason == "private_address"


def test_a_secure_server_is_reached_through_a_tunnel_and_verified(tunnel, tmp_path):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("news.invalid").configure_cert(context)
    with ScriptedSite({"/a": Reply(body=b"hello")}, tls=context) as site:
        tunnel.target = ("127.0.0.1", site.port)
        url = "https://news.invalid/a"
        trusting = Approach(proxy=url_of(tunnel, "desk:secret@"), verify_tls=False)
        strict = Approach(proxy=url_of(tunnel))

        taken, refused = fetch_all(
            *(Request(url=url, kind="feed", approach=approach) for approach in (trusting, strict)),
            hosts=[],
            timeout_s=PATIENT_S,
            folder=tmp_path,
            at_once=False,
        )

    assert taken.body == b"hello"
    assert refused.reason == "tls"
    assert tunnel.heads[0][0].startswith("CONNECT news.invalid:443 ")
    login = base64.b64encode(b"desk:secret").decode()
    assert f"Proxy-Authorization: Basic {login}" in tunnel.heads[0]
    assert "authorization" not in site.seen[0].headers


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_is_not_there_is_a_failed_connection(tmp_path, scheme):
    with ScriptedSite() as gone:
        approach = Approach(proxy=gone.url("").replace("//", "//desk:secret@"))

    outcome = fetch_one(
        f"{scheme}://news.invalid/",
        site=gone,
        folder=tmp_path,
        kind="feed",
        approach=approach,
        timeout_s=PATIENT_S,
    )

    assert outcome.reason == "connect"
    assert f"the proxy {gone.host}" in outcome.detail
    assert "secret" not in outcome.detail


def test_a_proxy_that_will_not_connect_is_a_failed_connection(tunnel, tmp_path):
    approach = Approach(proxy=url_of(tunnel))

    (outcome,) = fetch_all(
        Request(url="https://news.invalid/", kind="feed", approach=approach),
        hosts=[],
        folder=tmp_path,
        timeout_s=PATIENT_S,
    )

    assert outcome.reason == "connect"
    assert "403" in outcome.detail


@pytest.mark.parametrize(
    "proxy", ["", "127.0.0.1:3128", "socks5://127.0.0.1:1080", "http://x:secret@127.0.0.1:99999"]
)
def test_a_proxy_that_is_none_is_told_as_such(tmp_path, proxy):
    request = Request(url="http://news.invalid/", kind="feed", approach=Approach(proxy=proxy))

    (outcome,) = fetch_all(request, hosts=[], folder=tmp_path, timeout_s=PATIENT_S)

    assert outcome.reason == "connect"
    assert outcome.detail == "the proxy for news.invalid is no http(s) URL"
