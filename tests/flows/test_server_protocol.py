"""Servers that hang up, speak no HTTP, or their own dialect of it."""

import ssl

import pytest
import trustme

from tests.fakes import Reply, ScriptedSite
from tests.press import (
    a_feed_of,
    an_item,
    column,
    entries_of,
    failures_at,
    ingest,
    poll_of,
    rows,
    rss,
    set_up,
)

#: A feed that is there for whoever asks the proxy.
PROXIED = "http://press.example/feed"
NEWS = rss(an_item(guid="a", title="Rain"))
LENGTH = len(NEWS.body)


def said(head, body=NEWS.body):
    return Reply(raw=head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body)


def chunked(body, end=b"0\r\n\r\n"):
    return said(
        "HTTP/1.1 200 OK\nTransfer-Encoding: chunked", b"%x\r\n%b\r\n" % (LENGTH, body) + end
    )


#: What is odd and can be read all the same.
DIALECTS = {
    "HTTP/1.0": Reply(body=NEWS.body, version="HTTP/1.0"),
    "HTTP/1.0 without length": Reply(body=NEWS.body, version="HTTP/1.0", announces_length=False),
    "chunked": Reply(body=NEWS.body, is_chunked=True),
    "no length": Reply(body=NEWS.body, announces_length=False),
    "no reason phrase": said(f"HTTP/1.1 200 \nContent-Length: {LENGTH}"),
    "an early hint": said(f"HTTP/1.1 103 Early Hints\n\nHTTP/1.1 200 OK\nContent-Length: {LENGTH}"),
    "small letters": said(f"HTTP/1.1 200 OK\ncontent-length: {LENGTH}"),
    "203": Reply(status=203, body=NEWS.body),
    "no media type": Reply(body=NEWS.body),
    "another media type": Reply(body=NEWS.body, headers={"Content-Type": "image/png"}),
}
#: What is cut short or no HTTP at all.
BROKEN = {
    "hangs up at once": Reply(raw=b""),
    "hangs up in the head": Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Le"),
    "half a body": Reply(body=NEWS.body, hang_up_after=LENGTH // 2),
    "half a body, whole items": Reply(
        body=rss(an_item(guid="a"), an_item(guid="b")).body, hang_up_after=LENGTH - 20
    ),
    "chunks without their end": chunked(NEWS.body, end=b""),
    "a chunk cut short": chunked(NEWS.body[:40], end=b""),
    "a chunk of no size": said(
        "HTTP/1.1 200 OK\nTransfer-Encoding: chunked", b"zz\r\n" + NEWS.body
    ),
    "a status of letters": said("HTTP/1.1 OK fine"),
    "another protocol": Reply(raw=b"220 mail.press.example ready\r\n"),
    "no head": Reply(raw=NEWS.body),
    "a length of letters": said("HTTP/1.1 200 OK\nContent-Length: many"),
    "a length below nothing": said("HTTP/1.1 200 OK\nContent-Length: -1"),
    "nothing but zeros": Reply(raw=bytes(5000)),
    "204": Reply(status=204),
    "an empty body": Reply(),
}
ALL = DIALECTS | BROKEN


def at(site, name):
    return site.url(f"/{list(ALL).index(name)}")


@pytest.fixture(scope="module")
def site():
    with ScriptedSite({f"/{number}": reply for number, reply in enumerate(ALL.values())}) as site:
        pages = [at(site, name) for name in BROKEN]
        site.routes["/pages"] = a_feed_of(pages)
        yield site


@pytest.fixture(scope="module")
def secret():
    """A site with a certificate that nobody we trust has signed."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with ScriptedSite({"/feed": NEWS}, tls=context) as site:
        yield site


@pytest.fixture(scope="module")
def home(tmp_path_factory, site, secret, model):
    """A home after a pass over all of them."""
    spoken = site.url("/0").replace("http:", "https:")
    feeds = [*(at(site, name) for name in ALL), site.url("/pages"), secret.url("/feed"), spoken]
    home = set_up(
        tmp_path_factory.mktemp("protocol"),
        *feeds,
        site=site,
        model=model,
        timeout_s=10.0,
        allow_hosts=[site.host, secret.host],
    )
    ingest(home)
    return home


@pytest.mark.parametrize("name", DIALECTS)
def test_an_odd_answer_is_read(home, site, name):
    assert poll_of(home, at(site, name))["error"] is None
    assert [entry["guid"] for entry in entries_of(home, at(site, name))] == ["a"]


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_answer_is_a_failure_and_gives_no_entry(home, site, name):
    failures = failures_at(home, at(site, name))

    assert sorted(failure["stage"] for failure in failures) in (["feed", "page"], ["feed", "text"])
    assert {failure["reason"] for failure in failures} <= {"reset", "malformed", "empty"}
    assert all(failure["detail"] for failure in failures)
    assert poll_of(home, at(site, name))["status"] == "failed"
    assert entries_of(home, at(site, name)) == []


def test_a_certificate_that_nobody_signed_is_not_accepted(home, secret):
    (failure,) = failures_at(home, secret.url("/feed"))

    assert failure["reason"] == "tls"
    assert secret.count("/feed") == 0


def test_a_server_without_tls_is_not_asked_in_the_clear(home, site):
    url = site.url("/0").replace("http:", "https:")

    (failure,) = failures_at(home, url)

    assert failure["reason"] == "tls"


def test_no_broken_page_becomes_an_article(home):
    assert column(home, "select count(*) from articles") == [0]
    assert (
        rows(home, "from fetches where status = 'ok' and http_status not between 200 and 299") == []
    )


def guarded(seen):
    is_known = seen.headers.get("x-key") == "7" and seen.headers["user-agent"] == "Press/1"
    return Reply(status=410 if is_known else 401)


@pytest.fixture(scope="module")
def elsewhere():
    with ScriptedSite() as site:
        yield site


@pytest.fixture(scope="module")
def surroundings():
    """The proxy that the surroundings name, which is not for us."""
    with ScriptedSite() as proxy, pytest.MonkeyPatch.context() as patch:
        patch.setenv("HTTP_PROXY", proxy.url(""))
        patch.setenv("http_proxy", proxy.url(""))
        yield proxy


@pytest.fixture(scope="module")
def asked_apart(tmp_path_factory, site, secret, elsewhere, surroundings, model):
    """A home after a pass over feeds whose servers want to be asked in a way of their own."""
    site.routes |= {
        "/guarded": guarded,
        "/leaving": Reply(status=302, headers={"Location": elsewhere.url("/news")}),
    }
    tables = {
        site.url("/plain"): "",
        site.url("/guarded"): 'headers = { X-Key = "7" }\nuser_agent = "Press/1"',
        site.url("/leaving"): 'headers = { X-Key = "7" }',
        secret.url("/news"): "verify_tls = false",
        PROXIED: f'proxy = "{site.url("")}"',
    }
    allowed = [each.host for each in (site, secret, elsewhere)]
    folder = tmp_path_factory.mktemp("apart")
    home = set_up(folder, site=site, model=model, allow_hosts=allowed)
    with (home / "onrecord.toml").open("a", encoding="utf-8") as file:
        for url, lines in tables.items():
            file.write(f'\n[[feeds]]\nurl = "{url}"\n{lines}\n')
    ingest(home)
    return home


def test_a_feed_may_be_asked_for_by_another_name_and_with_a_key(asked_apart, site):
    assert poll_of(asked_apart, site.url("/guarded"))["http_status"] == 410


def test_the_key_of_a_feed_stays_with_its_server(asked_apart, site, elsewhere):
    assert poll_of(asked_apart, site.url("/leaving"))["http_status"] == 404
    assert [seen.headers.get("x-key") for seen in site.asked("/leaving")] == ["7"]
    assert elsewhere.count("/news") == 1
    assert all("x-key" not in seen.headers for seen in elsewhere.seen)


def test_a_feed_may_be_excepted_from_the_check_of_certificates(asked_apart, secret):
    assert poll_of(asked_apart, secret.url("/news"))["http_status"] == 404


def test_a_feed_may_be_asked_for_through_a_proxy(asked_apart, site):
    assert poll_of(asked_apart, PROXIED)["http_status"] == 404
    assert site.count(PROXIED) == 1


def test_a_proxy_of_the_surroundings_is_not_asked(asked_apart, site, surroundings):
    assert poll_of(asked_apart, site.url("/plain"))["http_status"] == 404
    assert surroundings.seen == []
