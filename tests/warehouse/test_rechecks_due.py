"""Which pages of known articles are asked for again, and when."""

from datetime import timedelta

import pytest

from extractors.records import Harvest, Moment
from tests.builders import (
    NOON,
    a_document,
    a_failure,
    a_feed,
    a_fetch,
    a_harvest,
    a_reading,
    an_article,
    an_entry,
)
from warehouse.reader import Reader

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LADDER = {3 * HOUR: 15 * MINUTE, DAY: HOUR, 30 * DAY: 3 * DAY}
URL = a_fetch().url


def a_sight(at=NOON, *, number: int = 1, target: str | None = URL, **article) -> Harvest:
    """A page that was fetched and read as an article at that time."""
    fetch_id = f"fetch-{number}"
    document = a_document(article=an_article(**{"published": None} | article))
    return a_harvest(
        batch_id=fetch_id,
        fetches=(
            a_fetch(
                fetch_id=fetch_id,
                url=target or URL,
                target=target,
                started_at=at,
                etag=f'"{number}"',
                last_modified=f"date {number}",
                body_hash=f"hash {number}",
            ),
        ),
        readings=(a_reading(fetch_id=fetch_id, seen_at=at, document=document),),
    )


def an_unchanged(at, *, number: int = 2, repeats: str = "fetch-1", **fields) -> Harvest:
    """A page that was asked for again and is what it was."""
    given = {"http_status": 304, "archive_file": None, "archive_offset": None}
    fetch = a_fetch(
        fetch_id=f"fetch-{number}",
        target=URL,
        started_at=at,
        status="unchanged",
        repeats=repeats,
        **given | fields,
    )
    return a_harvest(batch_id=f"fetch-{number}", fetches=(fetch,))


def due(warehouse, after, **options) -> list[str]:
    found = warehouse.rechecks_due(NOON + after, ladder=LADDER, **options)
    return [page.target for page in found]


@pytest.mark.parametrize(
    ("published", "after", "is_due"),
    [
        (None, 14 * MINUTE, False),
        (None, 15 * MINUTE, True),
        (Moment(at=NOON - 4 * HOUR), 59 * MINUTE, False),
        (Moment(at=NOON - 4 * HOUR), HOUR, True),
        (Moment(at=NOON - 2 * DAY), DAY, False),
        (Moment(at=NOON - 2 * DAY), 3 * DAY, True),
        (Moment(at=NOON - 29 * DAY), 3 * DAY, False),
        (Moment(at=NOON + 5 * DAY), 15 * MINUTE, True),
        (Moment(at=NOON.replace(hour=0), precision="day"), 15 * MINUTE, True),
        (Moment(at=NOON.replace(hour=0) - DAY, precision="day"), 15 * MINUTE, False),
    ],
    ids=[
        "too early", "undated, since first sight", "an older one, too early", "an older one",
        "days old, too early", "days old", "too old by then", "dated ahead of first sight",
        "of the day it was seen", "of the day before",
    ],
)  # fmt: skip
def test_a_page_is_due_by_the_age_of_its_article(load, warehouse, published, after, is_due):
    load(a_sight(published=published))

    assert due(warehouse, after) == ([URL] if is_due else [])


def test_any_look_counts_whatever_came_of_it(load, warehouse):
    failed = a_fetch(fetch_id="f", target=URL, started_at=NOON + HOUR, status="failed")
    load(a_sight(), a_harvest(batch_id="f", fetches=(failed,)))

    assert due(warehouse, HOUR + 14 * MINUTE) == []
    assert due(warehouse, HOUR + 15 * MINUTE) == [URL]


def test_the_longest_overdue_for_its_age_comes_first_and_a_limit_keeps_it(load, warehouse):
    young, old, tied = (f"https://gazette.example/{name}" for name in ("young", "old", "tied"))
    load(
        a_sight(number=1, target=old, article_id="a", published=Moment(at=NOON - 5 * HOUR)),
        a_sight(number=2, target=young, article_id="b"),
        a_sight(number=3, target=tied, article_id="c"),
    )

    assert due(warehouse, 2 * HOUR) == [tied, young, old]
    assert due(warehouse, 2 * HOUR, limit=1) == [tied]
    assert due(warehouse, 2 * HOUR, limit=0) == []


@pytest.mark.parametrize(
    ("next_try", "is_due"),
    [(None, False), (5 * HOUR, False), (HOUR, True)],
    ids=["set aside", "waits", "its time has come"],
)
def test_a_page_that_failed_waits_for_its_time(load, warehouse, next_try, is_due):
    at = None if next_try is None else NOON + next_try
    failure = a_failure(target=URL, at=NOON + MINUTE, next_try_at=at)
    load(a_sight(), a_harvest(batch_id="f", failures=(failure,)))

    found = warehouse.rechecks_due(NOON + 2 * HOUR, ladder=LADDER)

    assert [page.tries for page in found] == ([1] if is_due else [])


def test_a_site_that_asks_for_patience_is_left_alone_with_all_its_pages(load, warehouse):
    deferred = a_failure(
        target=URL, reason="deferred", at=NOON + MINUTE, next_try_at=NOON + 2 * HOUR
    )
    load(
        a_sight(),
        a_sight(number=2, target="https://gazette.example/2", article_id="b"),
        a_sight(number=3, target="https://courier.example/3", article_id="c", outlet="courier"),
        a_harvest(batch_id="f", failures=(deferred,)),
    )

    assert due(warehouse, HOUR) == ["https://courier.example/3"]
    assert len(due(warehouse, 2 * HOUR)) == 3


@pytest.mark.parametrize(
    ("url", "is_left_alone"),
    [
        ("https://gazette.example/never-read", True),
        ("https://WWW.gazette.example:8443?page", True),
        ("https://me:secret@news.gazette.example/1", True),
        ("https://thegazette.example/1", False),
        ("https://courier.example/gazette.example", False),
    ],
    ids=["another page", "a host with a port", "a host with a user", "a longer name", "in a path"],
)
def test_a_site_asks_for_patience_with_whatever_it_was_asked_for(
    load, warehouse, url, is_left_alone
):
    page = a_failure(url=url, reason="deferred", at=NOON, next_try_at=NOON + 2 * HOUR)
    load(a_sight(outlet="gazette.example"), a_harvest(batch_id="f", failures=(page,)))

    assert due(warehouse, HOUR) == ([] if is_left_alone else [URL])
    assert due(warehouse, 2 * HOUR) == [URL]


def test_an_address_without_a_domain_is_a_site_with_its_port(load, warehouse):
    at_port = {"url": "http://127.0.0.1:8000/1", "reason": "deferred", "next_try_at": NOON + DAY}
    load(
        a_sight(number=1, target="http://127.0.0.1:8000/2", outlet="127.0.0.1:8000"),
        a_sight(number=2, target="http://127.0.0.1:80/3", article_id="b", outlet="127.0.0.1:80"),
        a_harvest(batch_id="f", failures=(a_failure(at=NOON, **at_port),)),
    )

    assert due(warehouse, HOUR) == ["http://127.0.0.1:80/3"]


def test_a_feed_that_is_put_off_puts_off_the_pages_of_its_site(load, warehouse):
    feed = a_feed(url="https://feeds.gazette.example/all", not_before=NOON + 2 * HOUR)
    warehouse.sync_feeds([feed], now=NOON)
    load(a_sight(outlet="gazette.example"), a_harvest(batch_id="f", feeds=(feed,)))

    assert (due(warehouse, HOUR), due(warehouse, 2 * HOUR)) == ([], [URL])


@pytest.mark.parametrize("after", [10 * MINUTE, 20 * MINUTE, 2 * HOUR])
def test_readers_count_as_many_as_there_are(load, warehouse, home, after):
    old = {"target": "https://gazette.example/old", "article_id": "old"}
    load(a_sight(number=1), a_sight(number=2, published=Moment(at=NOON - 5 * HOUR), **old))

    with Reader(home) as reader:
        counted = reader.count_rechecks_due(NOON + after, ladder=LADDER, timeout_s=20)

    assert counted == len(due(warehouse, after))


@pytest.mark.parametrize(
    ("states", "feed_id"),
    [
        ([], None),
        (["active"], "feed-0"),
        (["paused"], "feed-0"),
        (["removed", "active"], "feed-1"),
        (["removed"], "none is due"),
    ],
    ids=["no feed", "a feed", "a paused one", "two, one removed", "a removed one alone"],
)
def test_a_page_is_asked_for_as_the_first_feed_that_still_lists_it(
    load, warehouse, states, feed_id
):
    feeds = [a_feed(feed_id=f"feed-{n}", state=state) for n, state in enumerate(states)]
    entries = [an_entry(entry_id=each.feed_id, feed_id=each.feed_id, target=URL) for each in feeds]
    load(a_harvest(feeds=tuple(feeds), entries=tuple(entries)), a_sight())
    warehouse.sync_feeds([each for each in feeds if each.state != "removed"], now=NOON)

    found = warehouse.rechecks_due(NOON + HOUR, ladder=LADDER)

    assert [page.feed_id for page in found] == ([] if feed_id == "none is due" else [feed_id])


def test_a_text_out_of_a_feed_is_left_to_the_passes(load, warehouse):
    sight = a_sight()
    from_feed = a_fetch(target=URL, status="failed", text_source="feed")
    load(a_harvest(fetches=(from_feed,), readings=sight.readings))

    assert due(warehouse, HOUR) == []


def test_a_page_that_its_feed_has_updated_is_left_to_the_next_pass(load, warehouse):
    entry = an_entry(target=URL, seen_at=NOON + MINUTE, updated=Moment(at=NOON + MINUTE))
    load(a_sight(), a_harvest(entries=(entry,)))

    assert due(warehouse, HOUR) == []


def test_an_article_is_looked_at_where_it_was_last_read(load, warehouse):
    moved = "https://gazette.example/moved"
    load(a_sight(number=1), a_sight(NOON + MINUTE, number=2, target=moved))

    assert due(warehouse, HOUR) == [moved]


def test_an_address_belongs_to_the_article_that_was_last_read_there(load, warehouse):
    load(a_sight(number=1, article_id="a"), a_sight(NOON + MINUTE, number=2, article_id="b"))

    assert due(warehouse, HOUR) == [URL]


def test_what_is_held_of_a_page_is_its_last_whole_answer(load, warehouse):
    load(
        a_sight(),
        an_unchanged(NOON + 15 * MINUTE, http_status=200, etag='"newer"', body_hash="hash 1"),
        an_unchanged(NOON + 30 * MINUTE, number=3),
        an_unchanged(NOON + 45 * MINUTE, number=4),
    )

    [page] = warehouse.rechecks_due(NOON + 2 * HOUR, ladder=LADDER)

    assert (page.repeats, page.etag, page.last_modified) == ("fetch-1", '"newer"', None)
    assert (page.body_hash, page.not_modified_in_a_row) == ("hash 1", 2)


def test_an_answer_that_could_not_be_read_is_nothing_to_repeat(load, warehouse):
    unread = a_fetch(fetch_id="f", target=URL, started_at=NOON + MINUTE, etag='"wall"')
    load(a_sight(), a_harvest(batch_id="f", fetches=(unread,)))

    [page] = warehouse.rechecks_due(NOON + HOUR, ladder=LADDER)

    assert page.repeats is None
