"""Pages that cannot be had or read: what is told, when they are tried again, and what stands in."""

import pytest

from tests.fakes import NOT_THERE, Reply, ScriptedSite, in_turn
from tests.press import (
    BUDGET,
    RAIN,
    STREIK,
    a_page,
    an_item,
    column,
    entries_of,
    failures_at,
    ingest,
    onrecord,
    poll_of,
    rss,
    set_up,
    told,
)

STORY = a_page("Rain", RAIN)
HTML = {"Content-Type": "text/html"}
IN_FEED = "".join(f"<p>{paragraph}</p>" for paragraph in BUDGET)
CONTENT = f"<content:encoded><![CDATA[{IN_FEED}]]></content:encoded>"
SUMMARY = "<description>The council adopted its budget late on Tuesday.</description>"


def html(title, body, head=""):
    text = (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    )
    return Reply(body=text.encode(), headers=HTML)


LINKS = "".join(f'<h2><a href="/{n}">Story {n} of the harbour</a></h2>' for n in range(40))
LOCKED = '{"@type": "NewsArticle", "headline": "Budget", "isAccessibleForFree": false}'
#: Pages that never work, and the reason that is told.
LASTING = {
    "/404": (NOT_THERE, "http_4xx"),
    "/410": (Reply(status=410), "http_4xx"),
    "/403": (Reply(status=403), "http_4xx"),
    "/500": (Reply(status=500), "http_5xx"),
    "/circle": (Reply(status=302, headers={"Location": "/circle"}), "redirects"),
    "/to-a-file": (Reply(status=302, headers={"Location": "file:///etc/hostname"}), "scheme"),
    "/pdf": (Reply(body=b"%PDF-1.7\n" + bytes(900)), "not_html"),
    "/picture": (Reply(body=b"\xff\xd8\xff\xe0" + bytes(900), headers=HTML), "not_html"),
    "/noise": (Reply(body=bytes(range(256)) * 30), "not_html"),
    "/empty": (Reply(headers=HTML), "empty"),
    "/torn": (Reply(body=STORY.body, hang_up_after=99), "reset"),
    "/private": (STORY, "robots"),
    "/missing": (
        html("Page not found", "<h1>Page not found</h1><p>This page does not exist.</p>"),
        "soft_404",
    ),
    "/challenge": (
        html("Just a moment...", "<noscript>Enable JavaScript and cookies to continue</noscript>"),
        "challenge",
    ),
    "/consent": (
        html(
            "Before you continue", "<h1>Before you continue</h1><p>We use cookies. Accept all.</p>"
        ),
        "consent",
    ),
    "/locked": (
        html(
            "Budget",
            "<article><h1>Budget</h1><p>Subscribe to read this article.</p></article>",
            f'<script type="application/ld+json">{LOCKED}</script>',
        ),
        "paywall",
    ),
    "/front": (html("News", LINKS), "index_page"),
    "/film": (html("Rain", '<h1>Rain</h1><video src="/rain.mp4"></video>'), "video_only"),
}
#: Pages that work at the second try.
HEALING = {
    "/flaky": in_turn(Reply(status=500), STORY),
    "/late": in_turn(NOT_THERE, STORY),
    "/mended": in_turn(Reply(headers=HTML), STORY),
}
#: Items with a text of their own, and what their pages do.
WITH_TEXT = {
    "/text-404": NOT_THERE,
    "/text-private": STORY,
    "/text-later": in_turn(NOT_THERE, a_page("Strike", STREIK, lang="de")),
    "/text-page": STORY,
}


#: Pages that are odd and can be read all the same.
ODD = {
    "/surrogate": a_page("Rain &#xD800;&#55296;", RAIN),
    "/zeros": Reply(body=STORY.body.replace(b"Monday", b"Mon\0day"), headers=HTML),
    "/no-utf-8": Reply(body=STORY.body.replace(b"Rain", b"R\xff\xfen"), headers=HTML),
    "/odd-data": Reply(
        body=STORY.body.replace(
            b"<head>",
            b'<head><script type="application/ld+json">{"a": %b}</script>' % (b"9" * 6000),
        ),
        headers=HTML,
    ),
}
#: JSON Feeds that give two entries, whatever else they say.
ODD_FEEDS = {
    "/half-pairs": rb'{"items": [{"id": "a\ud800", "title": "\udfff"}, {"id": "b"}]}',
    "/zero-feed": rb'{"items": [{"id": "a\u0000b", "title": "\u0000"}, {"id": "b"}]}',
    "/wrong-types": b'{"items": [{"id": 7, "title": {}, "url": 5}, 7, null, {"id": "b"}]}',
    "/wrong-bytes": b'{"items": [{"id": "a", "title": "caf\xe9"}, {"id": "b"}]}',
}


@pytest.fixture(scope="module")
def site():
    with ScriptedSite(HEALING | WITH_TEXT | ODD) as site:
        site.routes |= {path: Reply(body=body) for path, body in ODD_FEEDS.items()}
        site.routes |= {path: reply for path, (reply, _) in LASTING.items()}
        robots = "User-agent: *\nDisallow: /private\nDisallow: /text-private\n"
        items = [an_item(path, guid=path) for path in (*LASTING, *HEALING, *ODD)]
        texts = [an_item(path, guid=path, title="Budget", more=CONTENT) for path in WITH_TEXT]
        summary = an_item("/summary", guid="/summary", title="Budget", more=SUMMARY)
        site.routes |= {
            "/robots.txt": Reply(body=robots.encode()),
            "/feed": rss(*items, *texts, summary, an_item("/rain", guid="/rain")),
            "/rain": STORY,
        }
        yield site


@pytest.fixture(scope="module")
def passes(tmp_path_factory, site, model):
    """What was told after each of three passes: one, one too early, and one that tries again."""
    feeds = [site.url(path) for path in ("/feed", *ODD_FEEDS)]
    home = set_up(tmp_path_factory.mktemp("failures"), *feeds, site=site, model=model)
    after = []
    for words in ([], [], ["--retry-failed"]):
        said = onrecord("ingest", "--home", home, "--json", *words)
        after.append((said, len(site.seen), told(home, "failures"), told(home, "articles")))
    return home, after


@pytest.fixture(scope="module")
def home(passes):
    return passes[0]


def test_a_pass_with_failures_is_partial_and_exits_0(passes):
    (first, *_), (second, *_), (third, *_) = passes[1]

    assert [said.code for said in (first, second, third)] == [0, 0, 0]
    assert first.json["outcome"] == third.json["outcome"] == "partial"
    assert second.json["pages_fetched"] == 0


@pytest.mark.parametrize("path", LASTING)
def test_a_page_that_does_not_work_is_told_with_its_reason(passes, site, path):
    _, _, failures, _ = passes[1][0]
    (failure,) = (each for each in failures if each["url"] == site.url(path))

    assert (failure["reason"], failure["tries"]) == (LASTING[path][1], 1)
    assert failure["stage"] in ("page", "text")
    assert len(failure["detail"].split()) >= 3
    assert failure["first_at"] == failure["last_at"]


def test_a_page_that_failed_is_left_alone_until_its_time(passes):
    (_, asked, *_), (_, asked_later, *_), _ = passes[1]

    assert asked_later == asked


@pytest.mark.parametrize("path", LASTING)
def test_a_page_that_fails_again_is_the_same_failure_once_more(home, site, path):
    (failure,) = failures_at(home, site.url(path))

    assert (failure["reason"], failure["tries"]) == (LASTING[path][1], 2)
    assert failure["last_at"] > failure["first_at"]
    assert failure["closed_at"] is None


@pytest.mark.parametrize("path", ["/404", "/410", "/pdf", "/to-a-file"])
def test_what_will_hardly_get_better_is_set_aside_after_some_tries(home, site, path):
    (failure,) = failures_at(home, site.url(path))

    assert failure["next_try_at"] is None


@pytest.mark.parametrize("path", ["/500", "/torn"])
def test_what_may_get_better_has_a_time_for_its_next_try(home, site, path):
    (failure,) = failures_at(home, site.url(path))

    assert failure["next_try_at"] > failure["last_at"]


@pytest.mark.parametrize("path", HEALING)
def test_a_failure_is_closed_when_its_page_is_read(home, site, path):
    (failure,) = failures_at(home, site.url(path))

    assert failure["closed_at"] is not None
    assert len(told(home, "articles", url=site.url(path))) == 1


def test_the_other_pages_are_read_in_the_first_pass(passes, site):
    _, _, _, articles = passes[1][0]

    assert {site.url("/rain"), site.url("/text-page")} <= {each["url"] for each in articles}


@pytest.mark.parametrize("path", ODD)
def test_an_odd_page_is_read(home, site, path):
    (article,) = told(home, "articles", url=site.url(path))

    assert "thirty years" in article["text"]
    assert failures_at(home, site.url(path)) == []


@pytest.mark.parametrize("path", ODD_FEEDS)
def test_an_odd_feed_is_read(home, site, path):
    assert poll_of(home, site.url(path))["error"] is None
    assert len(entries_of(home, site.url(path))) == 2


@pytest.mark.parametrize("path", ["/text-404", "/text-private", "/text-later"])
def test_the_text_in_the_feed_stands_in_for_a_page_that_cannot_be_had(passes, site, path):
    home, ((_, _, failures, articles), *_) = passes
    (article,) = (each for each in articles if each["url"] == site.url(path))

    assert article["text_source"] == "feed"
    assert article["text"].startswith("The council of Larkhaven adopted its budget")
    assert [each for each in failures if each["url"] == site.url(path)]
    quoted = f"select text from quotes where article_id = '{article['article_id']}'"
    if path != "/text-later":
        assert "smallest deficit" in column(home, quoted)[0]


def test_the_page_replaces_the_text_of_the_feed_when_it_comes(home, site):
    (article,) = told(home, "articles", url=site.url("/text-later"))

    assert article["text_source"] == "page"
    assert "Straßenbahn" in article["text"]
    failures = failures_at(home, site.url("/text-later"))
    assert failures
    assert all(failure["closed_at"] for failure in failures)


def test_a_page_that_can_be_had_is_what_is_read(home, site):
    (article,) = told(home, "articles", url=site.url("/text-page"))

    assert article["text_source"] == "page"
    assert "thirty years" in article["text"]


def test_a_summary_stands_in_for_nothing(home, site):
    assert told(home, "articles", url=site.url("/summary")) == []
    assert [failure["reason"] for failure in failures_at(home, site.url("/summary"))] == [
        "http_4xx"
    ]


def test_a_page_that_is_added_by_hand_and_fails_exits_1(home, site):
    said = onrecord("add", site.url("/404"), "--home", home)

    assert said.code == 1
    assert "http_4xx" in said.err


def test_a_feed_that_is_not_subscribed_is_bad_usage(home):
    said = ingest(home, "--feed", "http://elsewhere.example/feed")

    assert said.code == 2
    assert "elsewhere.example" in said.err


def test_the_state_of_a_home_names_what_failed_and_why(home, site):
    said = onrecord("status", "--home", home, "--json")

    assert said.code == 0
    assert all(text in said.out for text in (site.url("/500"), "http_5xx", "robots"))
