"""Known articles are asked for again, for what their publishers have changed since."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.archived import all_records
from tests.fakes import Reply, ScriptedSite, in_turn
from tests.press import a_feed_of, a_page, column, onrecord, rows
from tests.rechecking import (
    EDITED,
    NOT_MODIFIED,
    a_story,
    copied,
    let_pass,
    maintain,
    read_once,
)

STORY = a_story(etag='W/"a  b"')


@pytest.fixture(scope="module")
def site():
    """A site with a feed `/feed` of one story, `/rain`."""
    with ScriptedSite() as site:
        site.routes |= {"/feed": a_feed_of([site.url("/rain")]), "/rain": STORY}
        yield site


@pytest.fixture(scope="module")
def read_home(tmp_path_factory, site, model) -> Path:
    return read_once(tmp_path_factory.mktemp("read"), site, model)


@pytest.fixture
def home(tmp_path, site, read_home) -> Path:
    """A home that has read the story, an hour after it was published."""
    site.routes["/rain"] = STORY
    return copied(read_home, tmp_path, site)


def statuses(home: Path) -> list[str]:
    return column(home, "select status from fetches order by started_at")


def texts(home: Path) -> list[str]:
    told = "if(contains(text, 'thirty'), 'as it was', 'edited')"
    return column(home, f"select {told} from article_versions order by version")


def records(home: Path) -> int:
    return len(list(all_records(home / "archive")))


def test_an_edited_page_becomes_a_version_whose_quotations_are_compared(home, site):
    site.routes["/rain"] = a_story(*EDITED)

    said = maintain(home)

    assert (said.code, said.json["outcome"], said.json["feeds_polled"]) == (0, "done", 0)
    assert (said.json["pages_fetched"], said.json["articles_changed"]) == (1, 1)
    assert texts(home) == ["as it was", "edited"]
    [edited] = rows(home, "select text_before, text, after_publication_s from edited_quotes")
    assert "thirty" in edited["text_before"]
    assert "forty" in edited["text"]
    assert 3600 <= edited["after_publication_s"] <= 3600 + 3600


def test_a_page_that_is_not_due_is_not_asked_for(home, site):
    said = maintain(home, after_minutes=10)

    assert (said.code, said.json["pages_fetched"], said.json["outcome"]) == (0, 0, "done")
    assert site.count("/rain") == 0


def test_a_304_adds_neither_a_version_nor_a_record_and_moves_the_last_sight_on(home, site):
    site.routes["/rain"] = NOT_MODIFIED
    archived = records(home)

    said = maintain(home)

    assert (said.code, said.json["articles_changed"], said.json["failures"]) == (0, 0, 0)
    assert (statuses(home), texts(home)) == (["ok", "unchanged"], ["as it was"])
    assert records(home) == archived
    assert column(home, "select distinct text_hash is null from fetches") == [False]
    assert rows(
        home,
        "select last_seen_at - first_seen_at > interval 15 minutes as has_moved,"
        " (select max(started_at) from fetches) = last_seen_at as is_the_last from articles",
    ) == [{"has_moved": True, "is_the_last": True}]


def test_the_same_body_again_is_unchanged_and_not_archived_twice(home):
    archived = records(home)

    maintain(home)

    assert rows(home, "select status, http_status from fetches order by started_at") == [
        {"status": "ok", "http_status": 200},
        {"status": "unchanged", "http_status": 200},
    ]
    assert records(home) == archived


@pytest.mark.parametrize(
    "headers",
    [
        {"ETag": 'w/"c'},
        {"Last-Modified": "yesterday-ish"},
        {"ETag": '"\xc3\xa9"', "Last-Modified": "Tue, 03 Mar 2026 09:00:00 +0200"},
        {},
    ],
    ids=["an etag", "a date", "both", "neither"],
)
def test_the_newest_validators_are_sent_back_byte_for_byte(home, site, headers):
    site.routes["/rain"] = replace(STORY, headers={"Content-Type": "text/html"} | headers)
    maintain(home)

    maintain(home)

    first, second = (seen.headers for seen in site.asked("/rain"))
    assert first["if-none-match"] == STORY.headers["Etag"]
    assert second.get("if-none-match") == headers.get("ETag")
    assert second.get("if-modified-since") == headers.get("Last-Modified")


def test_after_a_few_304_the_whole_page_is_asked_for_since_some_servers_lie(home, site):
    site.routes["/rain"] = lambda seen: (
        NOT_MODIFIED if "if-none-match" in seen.headers else a_story(*EDITED)
    )

    for _ in range(4):
        maintain(home)

    assert statuses(home) == ["ok", "unchanged", "unchanged", "unchanged", "ok"]
    assert texts(home) == ["as it was", "edited"]


def test_a_text_that_comes_back_after_an_edit_is_a_third_version(home, site):
    edited = a_story(*EDITED)
    site.routes["/rain"] = in_turn(NOT_MODIFIED, edited, edited, STORY)

    for _ in range(4):
        maintain(home)

    assert statuses(home) == ["ok", "unchanged", "ok", "unchanged", "ok"]
    assert texts(home) == ["as it was", "edited", "as it was"]


def test_what_add_asks_for_is_asked_for_without_validators(home, site):
    onrecord("add", site.url("/rain"), "--home", home)

    assert "if-none-match" not in site.asked("/rain")[0].headers


def test_a_page_that_has_gone_is_a_failure_that_waits_and_heals(home, site):
    site.routes["/rain"] = Reply(status=404)
    gone = maintain(home)
    waiting = maintain(home)
    site.routes["/rain"] = STORY

    healed = maintain(home, after_minutes=61)

    assert [said.json["pages_fetched"] for said in (gone, waiting, healed)] == [1, 0, 1]
    assert (gone.code, gone.json["outcome"]) == (0, "partial")
    [failure] = rows(home, "select reason, tries, closed_at from failures")
    assert (failure["reason"], failure["tries"]) == ("http_4xx", 1)
    assert failure["closed_at"] is not None
    assert statuses(home) == ["ok", "failed", "unchanged"]
    assert "if-none-match" not in site.asked("/rain")[-1].headers


def test_a_page_that_shows_no_article_for_a_while_is_not_taken_for_unchanged(home, site):
    nothing = a_page("Rain closes the harbour", ())
    site.routes["/rain"] = in_turn(nothing, nothing, a_story(*EDITED))
    maintain(home)

    maintain(home, after_minutes=61)
    maintain(home, after_minutes=60 * 5)

    assert column(home, "select stage from failures") == ["text"]
    assert statuses(home) == ["ok", "ok", "ok", "ok"]
    assert texts(home) == ["as it was", "edited"]


def test_the_articles_of_a_removed_feed_are_let_rest(home, site):
    onrecord("feeds", "remove", site.url("/feed"), "--home", home)

    said = maintain(home)

    assert (said.json["pages_fetched"], site.count("/rain")) == (0, 0)


def test_what_a_feed_has_updated_is_left_to_the_next_pass(home, site):
    with_update = f"<updated>{datetime.now(UTC).isoformat()}</updated>"
    link = f'<link href="{site.url("/rain")}"/><id>{site.url("/rain")}</id>'
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry>{link}{with_update}</entry></feed>'
    site.routes["/atom"] = Reply(body=atom.encode())
    onrecord("feeds", "add", site.url("/atom"), "--home", home)
    onrecord("ingest", "--limit", 0, "--home", home)

    said = maintain(home)

    assert said.json["pages_fetched"] == 0


def test_status_tells_how_many_pages_are_due(home):
    let_pass(home, minutes=16)
    onrecord("maintain", "--limit", 0, "--home", home)  # publishes

    said = onrecord("status", "--home", home, "--json")

    assert {"what": "rechecks", "due": 1} in said.json["due"]
