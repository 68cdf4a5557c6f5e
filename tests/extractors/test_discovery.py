"""The feeds that a web page leads to."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.feeds.discovery import feeds_linked
from extractors.records import Page

URL = "https://gazette.example/news/"


def a_page(body):
    return Page(
        fetch_id="0" * 32,
        url=URL,
        final_url=URL,
        fetched_at=datetime(2026, 3, 1, tzinfo=UTC),
        http_status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=body,
    )


@pytest.mark.parametrize(
    ("html", "feeds"),
    [
        pytest.param(
            b'<link rel="alternate" type="application/rss+xml" href="/rss">',
            ["https://gazette.example/rss"],
            id="rss",
        ),
        pytest.param(
            b'<link REL="Alternate Home" TYPE="application/atom+xml; charset=utf-8" HREF="a.xml">',
            ["https://gazette.example/news/a.xml"],
            id="case and parameters",
        ),
        pytest.param(
            b'<link rel="feed" href="f"><link rel=alternate type=application/feed+json href=j>',
            ["https://gazette.example/news/f", "https://gazette.example/news/j"],
            id="several in order",
        ),
        pytest.param(
            b'<base href="https://cdn.example/x/"><link rel="feed" href="f">',
            ["https://cdn.example/x/f"],
            id="base",
        ),
        pytest.param(
            b'<link rel="feed" href="/f"><link rel="feed" href="/f"><a href="/other/rss">x</a>',
            ["https://gazette.example/f"],
            id="once, and anchors only if nothing is declared",
        ),
        pytest.param(
            b'<a href="/feed/">x</a><a href="/a.rss">y</a><a href="/?feed=rss2">z</a>',
            [
                "https://gazette.example/feed/",
                "https://gazette.example/a.rss",
                "https://gazette.example/?feed=rss2",
            ],
            id="anchors that look like feeds",
        ),
        pytest.param(
            b'<a href="/feeding-the-birds">x</a><a href="/rss-explained.html">y</a>',
            [],
            id="words that only begin so",
        ),
        pytest.param(
            b'<link rel="alternate" hreflang="fr" type="text/html" href="/fr">',
            [],
            id="another language is no feed",
        ),
        pytest.param(
            b'<link rel="feed" href="javascript:x"><link rel="feed" href="http://[">'
            b'<link rel="feed"><a href="http://[">x</a>',
            [],
            id="links that cannot be",
        ),
        pytest.param(
            b'<link rel=alternate type=application/rss+xml title="Comments" href=/c>'
            b"<link rel=alternate type=application/rss+xml href=/comments/feed/>"
            b"<body><p><LINK REL=ALTERNATE TYPE=APPLICATION/RSS+XML HREF=/news>",
            [
                "https://gazette.example/news",
                "https://gazette.example/c",
                "https://gazette.example/comments/feed/",
            ],
            id="comments last, and links in the body",
        ),
        pytest.param(
            b'<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">'
            b'<link rel="alternate" type="application/json" href="/feed.json">',
            ["https://gazette.example/feed.json"],
            id="JSON that is a feed, and JSON that is none",
        ),
        pytest.param(b"", [], id="empty"),
        pytest.param(b"\0", [], id="no markup"),
    ],
)
def test_a_page_leads_to_these_feeds(html, feeds):
    assert feeds_linked(a_page(html)) == feeds


@pytest.mark.parametrize("charset", ["no-such", "unicode_escape", "iso-8859-1", "utf-16"])
def test_a_charset_that_is_wrong_hides_no_feed(charset):
    page = a_page('<?xml version="1.0" encoding="x"?><link rel="feed" href="/é">'.encode())

    found = feeds_linked(
        replace(page, headers=(("Content-Type", f"text/html; charset={charset}"),))
    )

    assert found == ["https://gazette.example/é"]


@given(body=st.binary(max_size=500))
def test_any_bytes_give_a_list(body):
    assert feeds_linked(a_page(b"<a href='/rss'>" + body)) is not None
