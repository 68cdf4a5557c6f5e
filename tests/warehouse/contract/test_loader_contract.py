"""What whoever loads is asked to do: once, whole, in any order, and to know what comes next."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest

from extractors.errors import WarehouseError
from tests.builders import (
    NOON,
    a_document,
    a_failure,
    a_feed,
    a_fetch,
    a_harvest,
    a_poll,
    a_reading,
    an_article,
    an_entry,
)
from warehouse.results import Requests

HOUR = timedelta(hours=1)
VERSIONS = "select version, text, change from article_versions order by version"


def polled(**changes):
    """A poll that listed one entry, with the feed's new state."""
    feed = a_feed(last_polled_at=NOON, next_poll_at=NOON + HOUR, etag='"1"')
    harvest = a_harvest(batch_id="polls", feeds=(feed,), polls=(a_poll(),), entries=(an_entry(),))
    return replace(harvest, **changes)


def seen(fetch_id, text, *, at=NOON, **changes):
    """A page that was read."""
    article = an_article(text=text)
    harvest = a_harvest(
        batch_id=fetch_id,
        made_at=at,
        fetches=(a_fetch(fetch_id=fetch_id, url=article.url, started_at=at),),
        readings=(a_reading(fetch_id=fetch_id, seen_at=at, document=a_document(article=article)),),
    )
    return replace(harvest, **changes)


def test_what_is_staged_is_loaded_once_and_counted(engine):
    engine.stage(polled(), seen("f1", "Rain fell."))
    loader = engine.loader()

    first, second = loader.load_staged(), loader.load_staged()

    assert (first.batches, first.entries_new, first.articles_new) == (2, 1, 1)
    assert (second.batches, second.entries_new, second.articles_new) == (0, 0, 0)


def test_a_batch_that_comes_again_is_a_replay(engine):
    engine.load(polled(), seen("f1", "Rain fell."))
    before = engine.rows("from fetches"), engine.rows("from polls"), engine.rows("from articles")

    engine.stage(polled(), seen("f1", "Rain fell."))
    loaded = engine.loader().load_staged()

    assert (loaded.batches, loaded.replayed) == (0, 2)
    assert (
        engine.rows("from fetches"),
        engine.rows("from polls"),
        engine.rows("from articles"),
    ) == before


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=str)
def test_versions_follow_the_time_of_sight_and_not_of_arrival(engine, order):
    texts = ["Rain fell on Oslo.", "Snow fell on Bergen and stayed.", "Rain fell on Oslo."]
    pages = [seen(f"f{n}", text, at=NOON + n * HOUR) for n, text in enumerate(texts)]

    for number in order:
        engine.load(pages[number])

    found = engine.rows(VERSIONS)
    assert [(version, text) for version, text, _ in found] == list(enumerate(texts, 1))
    assert [change for _, _, change in found] == ["first", "substantive", "substantive"]


def test_a_batch_that_cannot_be_loaded_stops_no_other_and_is_a_failure(engine):
    orphan = a_harvest(batch_id="orphan", readings=(a_reading(fetch_id="nowhere"),))

    engine.load(orphan, seen("f1", "Rain fell."))

    assert engine.rows("select text from articles") == [("Rain fell.",)]
    assert engine.rows("select stage, closed_at from failures") == [("load", None)]


def test_a_feed_is_due_when_it_was_told_to_be(engine):
    loader = engine.loader()
    loader.sync_feeds([a_feed()], now=NOON)
    engine.load(polled())

    due = [
        [feed.etag for feed in loader.feeds_due(at, only=None, force=force)]
        for at, force in ((NOON, False), (NOON, True), (NOON + HOUR, False))
    ]

    assert due == [[], ['"1"'], ['"1"']]


def test_an_entry_is_on_the_work_list_until_its_page_is_read_or_waits(engine):
    loader = engine.loader()
    entry = an_entry()
    loader.sync_feeds([a_feed()], now=NOON)
    engine.load(polled())
    listed = [item.url for item in loader.work_list(NOON, retry_failed=False)]
    engine.load(
        a_harvest(
            batch_id="failed",
            failures=(a_failure(url=entry.url, at=NOON, next_try_at=NOON + HOUR),),
        )
    )
    waiting = [
        [item.tries for item in loader.work_list(NOON, retry_failed=forced)]
        for forced in (False, True)
    ]
    engine.load(
        seen(
            "f1",
            "Rain fell.",
            at=NOON + HOUR,
            fetches=(a_fetch(fetch_id="f1", url=entry.url, started_at=NOON + HOUR),),
        )
    )
    at_last = loader.work_list(NOON + 2 * HOUR, retry_failed=True)

    assert (listed, waiting, at_last) == ([entry.url], [[], [1]], [])


def test_a_run_ends_with_the_counts_of_what_was_loaded_for_it(engine):
    engine.load(polled(), seen("f1", "Rain fell."))

    run = engine.loader().finish_run("run-1", ended_at=NOON + HOUR, outcome="done")

    assert (run.entries_new, run.pages_fetched, run.articles_new) == (1, 1, 1)
    assert engine.loader().run("run-1") == run


def test_what_a_run_asked_for_is_told_by_status_and_host(engine):
    dead = a_poll(poll_id="p2", feed_id="feed-2", url="https://dead.example/x", status="failed")
    late = a_fetch(fetch_id="f2", url="https://b.example:81/x", duration_ms=9_000, status="failed")
    engine.load(
        polled(),
        a_harvest(batch_id="more", polls=(replace(dead, error="dns"),), fetches=(late,)),
        seen("f1", "Rain fell."),
    )

    told = engine.loader().requests_of("run-1", hosts=2)

    ends = [(each.kind, each.status, each.requests) for each in told.counts]
    assert sorted(ends) == [
        ("feed", "failed", 1),
        ("feed", "new", 1),
        ("page", "failed", 1),
        ("page", "ok", 1),
    ]
    assert [(each.host, each.requests, each.failed) for each in told.hosts] == [
        ("b.example:81", 1, 1),
        ("gazette.example", 2, 0),
    ]
    assert told.hosts[0].slowest_ms == 9_000
    assert [(each.feed_id, each.url, each.error) for each in told.failed_feeds] == [
        ("feed-2", "https://dead.example/x", "dns")
    ]


def test_of_a_run_that_there_is_not_no_request_is_known(engine):
    engine.load(polled())

    assert engine.loader().requests_of("other", hosts=2) == Requests()


def test_a_run_that_was_never_started_cannot_end(engine):
    with pytest.raises(WarehouseError, match="no run other"):
        engine.loader().finish_run("other", ended_at=NOON, outcome="done")


def test_a_run_without_an_end_is_looked_after_once_its_process_is_gone(engine):
    loader = engine.loader()
    while_alive = loader.dead_runs(is_alive=lambda _: True)
    dead = loader.dead_runs(is_alive=lambda _: False)
    loader.settle_run("run-1", at=NOON + HOUR)

    assert (while_alive, dead, loader.dead_runs(is_alive=lambda _: False)) == ([], ["run-1"], [])
    assert engine.loader().run("run-1").outcome == "interrupted"


def test_requests_and_items_that_are_known_are_told_from_new_ones(engine):
    engine.load(polled(), seen("f1", "Rain fell."))
    loader = engine.loader()

    assert loader.unknown_fetches(["f1", "lost"]) == {"lost"}
    assert loader.known_entries(
        [an_entry(), an_entry(entry_id="new", url="https://gazette.example/9")]
    ) == {an_entry().entry_id}
