"""What a page that is unchanged leaves: a sight of the text it repeats, and no version."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest

from extractors.records import Harvest
from tests.builders import (
    NOON,
    a_document,
    a_failure,
    a_fetch,
    a_harvest,
    a_mention,
    a_quote,
    a_reading,
    an_article,
)

MINUTE = timedelta(minutes=1)
TEXTS = {"A": "Rain fell on Oslo.", "B": "Snow fell on Oslo."}


def a_sight(number: int, text: str, *, version: str = "x1") -> Harvest:
    """A page that was read so many minutes past noon."""
    seen_at = NOON + number * MINUTE
    document = a_document(
        article=an_article(text=TEXTS[text], authors=(version,)),
        quotes=(a_quote(text=TEXTS[text][:9]),),
        mentions=(a_mention(),),
        extractor_version=version,
    )
    return a_harvest(
        batch_id=f"{number}-{version}",
        made_at=seen_at,
        fetches=(a_fetch(fetch_id=f"fetch-{number}", started_at=seen_at, archive_offset=number),),
        readings=(a_reading(fetch_id=f"fetch-{number}", seen_at=seen_at, document=document),),
    )


def an_unchanged(number: int, *, repeats: int) -> Harvest:
    """A page that was asked for again so many minutes past noon, and had not changed."""
    fetch = a_fetch(
        fetch_id=f"fetch-{number}",
        started_at=NOON + number * MINUTE,
        status="unchanged",
        http_status=304,
        archive_file=None,
        archive_offset=None,
        repeats=f"fetch-{repeats}",
    )
    return a_harvest(batch_id=f"{number}", made_at=fetch.started_at, fetches=(fetch,))


def versions(rows) -> list[tuple[object, ...]]:
    return rows("select left(text, 4), fetch_id from article_versions order by version")


def test_it_moves_the_last_sight_on_and_adds_no_version(load, rows):
    loaded = load(a_sight(1, "A"), an_unchanged(5, repeats=1))

    assert versions(rows) == [("Rain", "fetch-1")]
    assert rows("select last_seen_at, version from articles") == [(NOON + 5 * MINUTE, 1)]
    assert (loaded.articles_new, loaded.articles_changed, loaded.pages_fetched) == (1, 0, 2)


def test_a_replay_changes_nothing(load, rows):
    load(a_sight(1, "A"), an_unchanged(5, repeats=1))

    loaded = load(an_unchanged(5, repeats=1))

    assert loaded.replayed == 1
    assert rows("select count(*) from fetches") == [(2,)]


@pytest.mark.parametrize(
    "order", list(permutations(range(4)))[::5], ids=lambda order: "".join(map(str, order))
)
def test_any_order_of_batches_gives_the_same_versions(load, rows, order):
    batches = (
        a_sight(1, "A"),
        an_unchanged(2, repeats=1),
        a_sight(3, "B"),
        an_unchanged(4, repeats=3),
    )
    for number in order:
        load(batches[number])

    assert versions(rows) == [("Rain", "fetch-1"), ("Snow", "fetch-3")]
    assert rows("select last_seen_at, version from articles") == [(NOON + 4 * MINUTE, 2)]
    assert rows("select version, text from quotes") == [(2, "Snow fell")]
    assert rows("select count(distinct text_hash) from fetches where article_id is null") == [(0,)]


@pytest.mark.parametrize(
    "order", list(permutations(range(3))), ids=lambda order: "".join(map(str, order))
)
def test_a_text_that_is_found_again_by_a_304_is_a_version_with_its_quotes(
    load, rows, warehouse, order
):
    batches = (a_sight(1, "A"), a_sight(3, "B"), an_unchanged(4, repeats=1))
    for number in order:
        load(batches[number])

    assert versions(rows) == [("Rain", "fetch-1"), ("Snow", "fetch-3"), ("Rain", "fetch-4")]
    assert rows("select version, text from quotes") == [(3, "Rain fell")]
    assert rows("select count(*) from mention_versions") == [(3,)]
    pages = warehouse.outdated_pages(alike="x2")
    assert [(page.fetch_id, page.archive_offset) for page in pages] == [
        ("fetch-1", 1),
        ("fetch-3", 3),
        ("fetch-4", 1),
    ]


def test_a_run_counts_a_version_that_it_knows_by_a_304_alone(load, warehouse, rows):
    warehouse.start_run("run-2", started_at=NOON, flow_run_id=None, extractor_version="x1")
    load(a_sight(1, "A"), a_sight(3, "B"))

    loaded = load(replace(an_unchanged(4, repeats=1), run_id="run-2"))

    assert loaded.articles_changed == 1
    assert rows("select articles_changed from runs order by run_id") == [(1,), (1,)]


def test_what_is_read_anew_is_what_an_unchanged_page_showed(load, rows):
    load(a_sight(1, "A"), an_unchanged(2, repeats=1), an_unchanged(3, repeats=1))

    load(a_sight(1, "B", version="x2"))

    assert versions(rows) == [("Snow", "fetch-1")]
    assert rows("select count(distinct text_hash), min(extractor_version) from fetches") == [
        (1, "x2")
    ]
    assert rows("select authors, last_seen_at from articles") == [(["x2"], NOON + 3 * MINUTE)]


def test_an_edit_after_an_unchanged_page_is_a_version(load, rows):
    load(a_sight(1, "A"), an_unchanged(2, repeats=1), a_sight(3, "B"))

    assert versions(rows) == [("Rain", "fetch-1"), ("Snow", "fetch-3")]


def test_it_closes_what_had_failed_before(load, rows):
    failure = replace(a_failure(), at=NOON + 2 * MINUTE)
    load(a_sight(1, "A"), a_harvest(batch_id="f", failures=(failure,)))

    load(an_unchanged(3, repeats=1))

    assert rows("select closed_at from failures") == [(NOON + 3 * MINUTE,)]
