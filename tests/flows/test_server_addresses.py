"""Addresses that a feed must not make us ask, however they are spelled."""

import pytest

from tests.fakes import Reply, ScriptedSite
from tests.press import (
    RAIN,
    a_feed_of,
    a_page,
    an_item,
    entries_of,
    failures_at,
    ingest,
    onrecord,
    poll_of,
    rss,
    set_up,
    told,
)

#: Addresses of our own machine and network; those with {port} would be answered.
PRIVATE = [
    "http://127.0.0.1:{port}/feed",
    "http://127.0.0.2:{port}/feed",
    "http://localhost:{port}/feed",
    "http://LOCALHOST:{port}/feed",
    "http://2130706433:{port}/feed",
    "http://0x7f000001:{port}/feed",
    "http://0x7f.0.0.1:{port}/feed",
    "http://0177.0.0.1:{port}/feed",
    "http://127.1:{port}/feed",
    "http://0.0.0.0:{port}/feed",
    "http://0:{port}/feed",
    "http://user:key@127.0.0.1:{port}/keyed",
    "http://[::1]:{port}/feed",
    "http://[::ffff:127.0.0.1]:{port}/feed",
    "http://[::ffff:7f00:1]:{port}/feed",
    "http://[::127.0.0.1]:{port}/feed",
    "http://[64:ff9b::7f00:1]/feed",
    "http://[2002:7f00:1::]/feed",
    "http://[2001:0:7f00:1::]/feed",
    "http://[fe80::1]/feed",
    "http://[fd00::1]/feed",
    "http://[::]:{port}/feed",
    "http://[ff02::1]/feed",
    "http://10.0.0.1/feed",
    "http://172.16.0.1/feed",
    "http://192.168.1.1/feed",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/feed",
    "http://192.0.2.1/feed",
    "http://198.18.0.1/feed",
    "http://224.0.0.1/feed",
    "http://255.255.255.255/feed",
]
#: Links of a feed, as pages to fetch: not even http, or to nobody.
NO_PAGES = [
    "file:///etc/hostname",
    "ftp://press.example/story",
    "javascript:alert(1)",
    "data:text/html,<p>Rain</p>",
    "mailto:desk@press.example",
    "http:///story",
    "http://press.example:99999/story",
    "http://[::1/story",
]
SCHEMES = ["file:///etc/hostname", "ftp://press.example/feed", "press.example/feed", "http://"]


@pytest.fixture(scope="module")
def open_site():
    with ScriptedSite() as site:
        yield site


@pytest.fixture(scope="module")
def closed():
    """A site that would answer on every address of this machine."""
    with ScriptedSite({"/feed": a_page("Rain", RAIN)}, address="0.0.0.0") as site:  # noqa: S104
        yield site


@pytest.fixture(scope="module")
def home(tmp_path_factory, open_site, closed, model):
    """A home after a pass over private addresses, as feeds and as pages of a feed."""
    private = [url.format(port=closed.port) for url in PRIVATE]
    pages = [page_at(closed, url) for url in PRIVATE]
    open_site.routes |= {
        "/feed": a_feed_of([*pages, open_site.url("/detour"), open_site.url("/rain")]),
        "/odd": rss(*(an_item(link, guid=f"odd-{n}") for n, link in enumerate(NO_PAGES))),
        "/detour": Reply(status=302, headers={"Location": private[1]}),
        "/rain": a_page("Rain", RAIN),
    }
    feeds = [*private, open_site.url("/feed"), open_site.url("/odd")]
    home = set_up(tmp_path_factory.mktemp("private"), *feeds, site=open_site, model=model)
    ingest(home)
    return home


def page_at(closed, address):
    return f"{address.format(port=closed.port)}?story={PRIVATE.index(address)}"


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_not_asked_for_feed_or_page(home, closed, address):
    feed, page = address.format(port=closed.port), page_at(closed, address)

    shown = feed.replace("user:key@", "")
    failures = [*failures_at(home, shown), *failures_at(home, page)]

    assert [failure["stage"] for failure in failures] == ["feed", "page"]
    assert {failure["reason"] for failure in failures} == {"private_address"}
    assert poll_of(home, feed)["status"] == "refused"
    assert [fetch["status"] for fetch in told(home, "fetches", url=page)] == ["refused"]
    assert closed.seen == []


def test_a_page_that_sends_on_to_a_private_address_is_refused(home, open_site, closed):
    (failure,) = failures_at(home, open_site.url("/detour"))

    assert failure["reason"] == "private_address"
    assert open_site.count("/detour") == 1
    assert closed.seen == []


def test_the_address_that_is_allowed_is_read_beside_them(home):
    assert [article["title"] for article in told(home, "articles")] == ["Rain"]


def test_a_link_that_is_no_web_address_stays_an_entry_without_a_request(home, open_site):
    entries = entries_of(home, open_site.url("/odd"))
    asked = [fetch["url"] for fetch in told(home, "fetches")]

    assert {entry["guid"] for entry in entries} == {f"odd-{n}" for n in range(len(NO_PAGES))}
    assert [url for url in asked if not url.startswith("http")] == []


def test_what_the_variable_lists_may_be_asked_and_nothing_else(tmp_path, model, monkeypatch):
    with ScriptedSite() as one, ScriptedSite() as two, ScriptedSite() as three:
        listed = f"elsewhere.example, {one.host} ,localhost:{two.port},127.0.0.2,localhost:1"
        monkeypatch.setenv("ONRECORD_ALLOW_HOSTS", listed)
        is_allowed = {
            one.url("/feed"): True,
            f"http://localhost:{one.port}/feed": False,
            two.url("/feed"): False,
            f"http://localhost:{two.port}/feed": True,
            three.url("/feed"): False,
        }
        home = set_up(tmp_path / "home", *is_allowed, site=three, model=model)

        ingest(home)

        statuses = {url: poll_of(home, url)["status"] for url in is_allowed}
        assert statuses == {url: "failed" if is_allowed[url] else "refused" for url in is_allowed}
        assert [site.count("/feed") for site in (one, two, three)] == [1, 1, 0]


@pytest.mark.parametrize("url", SCHEMES)
def test_only_web_addresses_can_be_subscribed_or_added(tmp_path, open_site, model, url):
    home = set_up(tmp_path / "home", site=open_site, model=model)

    subscribed = onrecord("feeds", "add", url, "--home", home)
    added = onrecord("add", url, "--home", home)

    assert subscribed.code == 2
    assert added.code in (1, 2)
    assert url in subscribed.err


def test_an_added_page_at_a_private_address_is_refused(tmp_path, open_site, closed, model):
    home = set_up(tmp_path / "home", site=open_site, model=model)

    said = onrecord("add", f"http://localhost:{closed.port}/feed", "--home", home, "--json")

    assert said.code == 1
    assert "private_address" in said.err
    assert closed.seen == []
