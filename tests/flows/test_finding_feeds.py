"""The feeds of a site, found by `feeds add` and `feeds discover`."""

import tomllib

import pytest

from tests.fakes import Reply, ScriptedSite
from tests.press import a_feed_of, onrecord, set_up

FEED = a_feed_of([])
COMMON = (
    "/feed", "/rss", "/feed.xml", "/rss.xml", "/atom.xml", "/index.xml", "/sitemap_news.xml",
    "/news-sitemap.xml",
)  # fmt: skip


def a_front(*links):
    head = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="{link}">' for link in links
    )
    page = f"<!doctype html><html><head>{head}</head><body><p>The Larkhaven Press</p></body></html>"
    return Reply(body=page.encode(), headers={"Content-Type": "text/html"})


@pytest.fixture
def site():
    with ScriptedSite() as site:
        yield site


@pytest.fixture
def home(tmp_path, site):
    return set_up(tmp_path / "home", site=site, model=tmp_path / "none")


def added(home, *urls):
    """Return what `feeds add` said, and the addresses in the file afterwards."""
    said = onrecord("feeds", "add", *urls, "--home", home)
    tables = tomllib.loads((home / "onrecord.toml").read_text(encoding="utf-8")).get("feeds", [])
    return said, [table["url"] for table in tables]


@pytest.mark.parametrize(
    "comments",
    ["/comments/feed/", "/rain/comments/feed", "/?feed=comments-rss2", "/comments.xml"],
)
def test_a_feed_of_comments_is_left_out_and_named_where_there_is_another(home, site, comments):
    site.routes["/"] = a_front("/feed/", comments)

    said, urls = added(home, site.url("/"))

    assert (said.code, urls) == (0, [site.url("/feed/")])
    assert f"left out, since it only has comments: {site.url(comments)}" in said.err


def test_a_feed_of_comments_is_taken_where_there_is_no_other(home, site):
    site.routes["/"] = a_front("/comments/feed/")

    assert added(home, site.url("/"))[1] == [site.url("/comments/feed/")]


@pytest.mark.parametrize("link", ["/comment/rss", "/commentary/feed", "/on-comments"])
def test_what_only_sounds_like_comments_stays(home, site, link):
    site.routes["/"] = a_front("/feed", link)

    assert added(home, site.url("/"))[1] == [site.url("/feed"), site.url(link)]


def test_a_front_page_that_names_no_feed_is_helped_by_the_common_places(home, site):
    site.routes |= {
        "/": a_front(),
        "/feed": a_front(),
        "/rss": Reply(body=b"no"),
        "/feed.xml": FEED,
    }

    said = onrecord("feeds", "discover", site.url("/"), "--home", home)
    _, urls = added(home, site.url("/"))

    assert (said.code, said.out.split()) == (0, [site.url("/feed.xml")])
    assert urls == [site.url("/feed.xml")]
    assert site.count("/rss.xml") == 0


def test_the_common_places_are_few_and_each_is_asked_once(home, site):
    site.routes["/"] = a_front()

    said = onrecord("feeds", "discover", site.url("/"), "--home", home)

    assert (said.code, said.out) == (1, "")
    assert [seen.path for seen in site.seen] == ["/robots.txt", "/", *COMMON]


@pytest.mark.parametrize("path", ["/news", "/feed"])
def test_below_the_front_page_an_address_stands_for_itself(home, site, path):
    site.routes |= {path: a_front(), "/feed.xml": FEED}

    said, urls = added(home, site.url(path))

    assert (said.code, urls) == (0, [site.url(path)])
    assert "subscribed anyway" in said.err
    assert site.count("/feed.xml") == 0


def test_robots_txt_governs_the_search(home, site):
    robots = Reply(body=b"User-agent: *\nDisallow: /feed\n")
    site.routes |= {"/robots.txt": robots, "/": a_front(), "/feed": FEED, "/rss": FEED}

    assert added(home, site.url("/"))[1] == [site.url("/rss")]
    assert site.count("/feed") == 0


def test_a_host_that_asks_for_patience_is_searched_no_further(home, site):
    busy = Reply(status=429, headers={"Retry-After": "3600"})
    site.routes |= {"/": a_front(), "/feed": busy, "/rss": FEED}

    said = onrecord("feeds", "discover", site.url("/"), "--home", home)

    assert said.code == 1
    assert [seen.path for seen in site.seen] == ["/robots.txt", "/", "/feed"]


@pytest.mark.parametrize(("link", "is_ours"), [("https://other.example/", False), (None, True)])
def test_a_feed_elsewhere_counts_if_it_says_it_is_of_this_site(home, site, link, is_ours):
    with ScriptedSite(address="127.0.0.2") as host:
        channel = f"<link>{link or site.url('/')}</link>".encode()
        there = FEED.body.replace(b"<channel>", b"<channel>" + channel)
        host.routes["/larkhaven"] = Reply(body=there)
        site.routes |= {
            "/": a_front(),
            "/feed": Reply(status=302, headers={"Location": host.url("/larkhaven")}),
        }
        set_up(home, site=site, model=home, allow_hosts=[site.host, host.host])

        said = onrecord("feeds", "discover", site.url("/"), "--home", home)

    assert said.out.split() == ([site.url("/feed")] if is_ours else [])


def test_a_feed_that_has_moved_for_good_is_kept_under_the_address_given(home, site):
    site.routes |= {
        "/old": Reply(status=301, headers={"Location": site.url("/new")}),
        "/new": FEED,
    }

    assert added(home, site.url("/old"))[1] == [site.url("/old")]


@pytest.mark.parametrize("wrapped", ["feed:{}", "feed://{}", " {} "])
def test_a_feed_scheme_is_taken_off(home, site, wrapped):
    site.routes["/feed"] = FEED

    said, urls = added(home, wrapped.format(site.url("/feed")), site.url("/feed"))

    assert (said.code, urls) == (0, [site.url("/feed")])


def test_a_feed_address_with_the_feed_scheme_alone_is_one_of_http(home, site):
    site.routes["/feed"] = FEED

    assert added(home, f"feed://{site.host}/feed")[1] == [site.url("/feed")]
