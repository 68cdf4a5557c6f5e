"""What Prefect's page shows of a run: where things were lost, and nothing that steers the page."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from flows.advice import with_advice
from flows.runpage import run_page
from flows.subscriptions import Subscription
from tests.builders import NOON, a_failure
from warehouse.results import FailedFeed, HostTime, RequestCount, Requests, Run

RUN = Run(
    run_id="20261123T120000-ab12cd34",
    started_at=NOON,
    ended_at=NOON.replace(minute=1),
    outcome="partial",
    feeds_polled=3,
    feeds_failed=1,
    entries_new=7,
    articles_new=4,
    articles_changed=1,
    quotes=12,
    mentions=30,
    failures=3,
)
REQUESTS = Requests(
    counts=(
        RequestCount(
            kind="feed", status="new", requests=2, bytes=9, entries_seen=1_040, entries_new=7
        ),
        RequestCount(
            kind="feed", status="failed", requests=1, bytes=0, entries_seen=0, entries_new=0
        ),
        RequestCount(kind="page", status="ok", requests=5, bytes=9, entries_seen=0, entries_new=0),
    ),
    hosts=(
        HostTime(
            host="gazette.example:8080",
            requests=6,
            failed=2,
            median_ms=120,
            slowest_ms=2_500,
            total_ms=3_100,
        ),
    ),
    failed_feeds=(
        FailedFeed(
            feed_id="f",
            url="https://gazette.example/feed.xml",
            title="Gazette",
            error="dns: unknown",
        ),
    ),
)
FAILURES = (
    a_failure(url="https://gazette.example/a", reason="paywall"),
    a_failure(url="https://gazette.example/b", reason="paywall"),
)
HOSTILE = [
    "a | b | c",
    "two\nlines\r\n\r\n# and a heading",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "](javascript:alert(1)) [x](javascript:alert(1)",
    "`code` **bold** _x_ ~~y~~ <!-- comment",
    "\\| \\[ &lt;b&gt; &#60;script&#62;",
    "javascript:alert(1)",
    "https://evil.example/)[x](javascript:alert(1)",
    "https://evil.example/|x|`y`<b>",
    "https://[not-an-address",
    "http://user:secret@evil.example/",
]


class Seen(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.tags, self.links, self.rows = set(), [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        if tag == "a":
            self.links.append(dict(attrs)["href"])
        if tag == "tr":
            self.rows.append(0)
        if tag in ("td", "th"):
            self.rows[-1] += 1


def rendered(markdown):
    """Return the page as one of the common readers of Markdown shows it, raw HTML let through."""
    return MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown)


def cells_after(title, page):
    """Return the first row below the head of the table with this title."""
    lines = page.split(f"### {title}")[1].strip().splitlines()
    return [cell.strip() for cell in lines[2].strip("|").split("|")]


def test_the_funnel_goes_from_requests_to_quotations():
    page = run_page(RUN, REQUESTS, ())

    assert page.startswith("## Run 20261123T120000-ab12cd34: partial in 60.0 s")
    assert cells_after("Funnel", page) == ["requests for feeds", "3", "2 new, 1 failed"]
    assert "| entries listed | 1,040 | 7 new |" in page
    assert "| articles | 5 | 4 new, 1 changed |" in page


def test_failures_are_counted_by_reason_and_linked():
    page = run_page(RUN, REQUESTS, FAILURES)

    assert cells_after("What failed, and what can be done", page)[:3] == ["paywall", "0", "2"]
    assert "](https://gazette.example/b)" in page
    assert "[Gazette](https://gazette.example/feed.xml) | dns: unknown" in page


def test_what_can_be_done_is_said_once_for_each_reason():
    failure = a_failure(reason="paywall", detail=with_advice("paywall", "The text is locked."))

    page = run_page(RUN, REQUESTS, [failure] * 3)

    rows = page.split("### What failed")[1].split("###")[0].strip().splitlines()[4:]
    assert [row.split(" | ")[:3] for row in rows] == [["| paywall", "0", "3"], ["| dns", "1", "0"]]
    assert page.count("Only subscribers get the text") == 1
    assert page.count("| The text is locked. |") == 3


def test_a_page_that_failed_is_shown_with_the_feed_that_listed_it():
    feed = Subscription(url="https://ada:hush@gazette.example/feed.xml", title="Ga|zette")

    page = run_page(RUN, Requests(), [a_failure(feed_id="f")], feeds={"f": feed})

    assert cells_after("Pages that failed", page)[2] == (
        "[Ga&#124;zette](https://gazette.example/feed.xml)"
    )
    assert "hush" not in page


def test_a_run_that_asked_for_nothing_has_no_requests_in_its_funnel():
    page = run_page(RUN, Requests(), ())

    assert "requests" not in page
    assert "| quotations | 12 |" in page


def test_what_was_done_beside_a_run_stands_with_it():
    page = run_page(RUN, Requests(), (), upkeep=["removed old|file"])

    assert "\n\nremoved old&#124;file\n\n" in page


def test_the_address_of_what_was_forgotten_is_not_told():
    page = run_page(
        RUN, REQUESTS, (a_failure(url="https://gazette.example/a", reason="forgotten"),)
    )

    assert "https://gazette.example/a" not in page


def test_slow_hosts_are_told_with_their_times():
    page = run_page(RUN, REQUESTS, ())

    cells = cells_after("Hosts, those waited for longest first", page)
    assert cells[0].endswith("](http://gazette.example:8080/)")
    assert cells[1:] == ["6", "2", "120", "2,500", "3.1"]


def test_of_very_many_failures_some_are_shown_and_the_rest_counted():
    page = run_page(RUN, REQUESTS, FAILURES * 500)

    assert "and 900 more" in page
    assert len(page) < 100_000


def test_what_is_empty_has_no_table():
    page = run_page(RUN, Requests(), ())

    assert re.findall("### .*", page) == ["### Funnel"]


def test_a_name_and_password_in_an_address_are_not_shown():
    page = run_page(RUN, Requests(), (a_failure(url="https://ada:hush@gazette.example/a"),))

    assert "hush" not in page
    assert "](https://gazette.example/a)" in page


def check_is_harmless(text):
    feed = FailedFeed(feed_id="f", url=text, title=text, error=text)
    host = replace(REQUESTS.hosts[0], host=text)
    requests = replace(REQUESTS, failed_feeds=(feed,), hosts=(host,))
    run = replace(RUN, note=text)

    listing = Subscription(url=text, title=text)
    failure = a_failure(url=text, detail=text, feed_id="f")
    page = run_page(run, requests, (failure,), feeds={"f": listing}, upkeep=[text])

    seen = Seen(rendered(page))
    allowed = {"h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "a"}
    assert seen.tags <= allowed
    assert {urlsplit(link).scheme for link in seen.links} <= {"http", "https"}
    assert seen.rows == [3] * 8 + [4] * 2 + [2] * 2 + [4] * 2 + [6] * 2


@pytest.mark.parametrize("text", HOSTILE)
def test_what_feeds_and_pages_say_is_shown_and_never_obeyed(text):
    check_is_harmless(text)


@given(st.text(max_size=80) | st.text("<>|`[]()\\!*_#&;:/@ \nahtps", max_size=60))
def test_no_text_at_all_steers_the_page(text):
    check_is_harmless(text)
