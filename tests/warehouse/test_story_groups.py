"""Which articles make a story, as texts come, change and go."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import NOON
from tests.presscopies import DIGEST_ITEMS, LOCAL, UNLIKE, WIRE, house_style, ten_printings
from tests.printings import STORIES, printed, stories_of, together
from warehouse.packing import content_of, packed
from warehouse.reader import Reader
from warehouse.staging import stage

DAY = timedelta(days=1)
HEAD, TAIL = "\n".join(WIRE.split("\n")[:3]), "\n".join(WIRE.split("\n")[3:])


def test_a_wire_story_in_ten_outlets_is_one_story_with_ten_articles(load, rows):
    copies = [
        printed(f"copy{number}", text) for number, text in enumerate(ten_printings().values())
    ]
    texts = {text for pair in UNLIKE.values() for text in pair if not text.startswith(HEAD)}
    others = [printed(f"other{number}", text) for number, text in enumerate(sorted(texts))]

    load(*copies, *others)

    shared = "select story_id, count(*) from articles group by story_id having count(*) > 1"
    assert rows(shared) == [("copy0", 10)]
    assert rows("select articles, outlets from syndicated_stories") == [(10, 10)]


SEEN = (
    printed("a", TAIL + "\n" + LOCAL),
    printed("b", WIRE, at=NOON + DAY),
    printed("c", HEAD, at=NOON + 2 * DAY),
    printed("d", house_style(WIRE), at=NOON + 10 * DAY),
    printed("e", house_style(HEAD), at=NOON + 23 * DAY),
    printed("f", DIGEST_ITEMS[0], at=NOON + DAY),
    printed("f", WIRE, at=NOON + 3 * DAY),
    printed("b", DIGEST_ITEMS[1], at=NOON + 4 * DAY),
)


@settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(order=st.permutations(SEEN), cuts=st.sets(st.integers(1, len(SEEN) - 1)))
def test_any_order_and_any_batches_give_the_same_stories(tmp_path_factory, order, cuts):
    bounds = [0, *sorted(cuts), len(SEEN)]
    batches = [together(order[begin:end], f"batch {begin}") for begin, end in pairwise(bounds)]

    found = stories_of(batches, tmp_path_factory.mktemp("staging"))

    assert found == [("a", "a"), ("b", "b"), ("c", "c"), ("d", "c"), ("e", "c"), ("f", "c")]


def test_an_edit_takes_an_article_out_of_a_story_and_splits_what_it_held_together(load, rows):
    load(
        printed("a", HEAD),
        printed("b", WIRE, at=NOON + 12 * DAY),
        printed("c", HEAD + "\n" + LOCAL, at=NOON + 24 * DAY),
    )
    before = rows(STORIES)

    load(printed("b", DIGEST_ITEMS[0], at=NOON + 13 * DAY))

    assert before == [("a", "a"), ("b", "a"), ("c", "a")]
    assert rows(STORIES) == [("a", "a"), ("b", "b"), ("c", "c")]


def test_an_edit_that_makes_an_article_a_copy_joins_two_stories(load, rows):
    load(printed("b", WIRE), printed("c", house_style(WIRE)), printed("a", DIGEST_ITEMS[0]))

    load(printed("a", HEAD, at=NOON + DAY))

    assert rows(STORIES) == [("a", "a"), ("b", "a"), ("c", "a")]


def test_a_story_is_renamed_when_the_article_it_was_called_after_leaves(load, rows):
    load(printed("a", WIRE), printed("b", WIRE), printed("c", house_style(WIRE)))

    load(printed("a", DIGEST_ITEMS[0], at=NOON + DAY))

    assert rows(STORIES) == [("a", "a"), ("b", "b"), ("c", "b")]


@pytest.mark.parametrize(("days", "stories"), [(14, 1), (15, 2)])
def test_texts_that_are_alike_are_one_story_within_fourteen_days(load, rows, days, stories):
    load(printed("a", WIRE), printed("b", house_style(WIRE), at=NOON + days * DAY))

    assert rows("select count(distinct story_id) from articles") == [(stories,)]


def test_equal_texts_are_one_story_at_any_time(load, rows):
    load(printed("a", WIRE), printed("b", WIRE, at=NOON + 400 * DAY))

    assert rows(STORIES) == [("a", "a"), ("b", "a")]


@pytest.mark.parametrize("table", ["sketches", "story_links", "article_heads"])
def test_a_replay_changes_nothing(load, rows, table):
    harvests = [printed("a", WIRE), printed("b", HEAD), printed("c", house_style(WIRE))]
    load(*harvests)
    before = rows(f"from {table} order by all")

    load(*(replace(each, batch_id=f"again {each.batch_id}") for each in harvests))

    assert rows(f"from {table} order by all") == before


def test_a_text_that_is_read_again_is_compared_again(load, rows):
    load(printed("a", WIRE), printed("b", DIGEST_ITEMS[0] + "\n" + LOCAL))

    load(printed("b", HEAD, extractor_version="x2"))

    assert rows(STORIES) == [("a", "a"), ("b", "a")]


def test_what_a_text_left_behind_goes_with_it(load, rows):
    load(printed("a", WIRE), printed("b", HEAD))

    load(printed("b", DIGEST_ITEMS[0], extractor_version="x2"))

    assert rows(STORIES) == [("a", "a"), ("b", "b")]
    assert rows("from story_links") == []
    assert rows("select distinct fetch_id, story_key from sketches order by 1") == rows(
        "select fetch_id, story_key from article_versions order by 1"
    )


def test_the_page_that_takes_the_place_of_a_feeds_text_leaves_its_story(load, rows):
    page = {"url": "https://b.example/1", "target": "https://b.example/1"}
    load(
        printed("a", WIRE),
        printed("b", HEAD, text_source="feed", status="failed", **page),
    )
    before = rows(STORIES)

    load(printed("b", DIGEST_ITEMS[0], at=NOON + DAY, **page))

    assert before == [("a", "a"), ("b", "a")]
    assert rows(STORIES) == [("a", "a"), ("b", "b")]


def test_as_of_a_time_stories_are_those_of_the_texts_of_then(load, home):
    load(
        printed("b", WIRE),
        printed("c", HEAD, at=NOON + DAY),
        printed("a", house_style(WIRE), at=NOON + 2 * DAY),
        printed("b", DIGEST_ITEMS[0], at=NOON + 3 * DAY),
    )

    found = []
    for days in range(4):
        with Reader(home, as_of=NOON + days * DAY) as reader:
            found.append(reader.answer(STORIES, timeout_s=20).rows)

    assert found == [
        (("b", "b"),),
        (("b", "b"), ("c", "b")),
        (("a", "a"), ("b", "a"), ("c", "a")),
        (("a", "a"), ("b", "b"), ("c", "a")),
    ]


def undo_stories(home: Path) -> None:
    """Make the warehouse one of before there were sketches."""
    with duckdb.connect(str(home / "warehouse.duckdb")) as db:
        for table in ("sketches", "story_links", "unsketched_versions"):
            db.execute(f"drop table {table}")
        db.execute("delete from schema_history where name = '0005_stories'")
        db.execute("update article_heads set story_id = article_id")
        db.execute("update article_versions set story_key = 'of before ' || md5(lower(text))")


def test_a_warehouse_of_before_stories_gets_them_at_its_next_load(load, home, warehouse, rows):
    texts: Mapping[str, str] = {"a": WIRE, "b": house_style(WIRE), "c": HEAD, "d": DIGEST_ITEMS[0]}
    load(*(printed(article_id, text) for article_id, text in texts.items()))
    made = {table: rows(f"from {table} order by all") for table in ("sketches", "story_links")}
    undo_stories(home)

    warehouse.prepare()
    load()

    assert rows(STORIES) == [("a", "a"), ("b", "a"), ("c", "a"), ("d", "d")]
    assert {table: rows(f"from {table} order by all") for table in made} == made
    assert rows("from unsketched_versions") == []


def test_an_article_that_comes_before_the_old_ones_have_sketches_joins_them(load, home, rows):
    load(printed("a", WIRE), printed("b", DIGEST_ITEMS[0]))
    undo_stories(home)

    load(printed("c", HEAD, at=NOON + DAY), printed("b", WIRE, at=NOON + DAY))

    assert rows(STORIES) == [("a", "a"), ("b", "a"), ("c", "a")]


def test_a_batch_staged_before_there_were_sketches_joins_its_story(load, home, rows):
    load(printed("a", WIRE))
    path = stage(printed("b", house_style(WIRE)), home / "staging")
    content = content_of(path.read_bytes(), name=path.name)
    rest, harvest = (json.loads(line) for line in content.splitlines())
    del harvest["readings"][0]["sketch"]
    harvest["readings"][0]["story_key"] = "of before"
    path.write_bytes(packed(json.dumps(rest | harvest).encode()))

    load()

    assert rows(STORIES) == [("a", "a"), ("b", "a")]
    assert rows("from unsketched_versions") == []
    assert rows("from article_versions where story_key = 'of before'") == []


def test_a_sketch_whose_version_is_gone_joins_nothing_and_stops_nothing(load, home, rows):
    load(printed("a", WIRE))
    with duckdb.connect(str(home / "warehouse.duckdb")) as db:
        db.execute("delete from article_versions")
        db.execute("delete from article_heads")

    loaded = load(printed("b", house_style(WIRE)), printed("c", HEAD))

    assert loaded.set_aside == ()
    assert rows(STORIES) == [("b", "b"), ("c", "b")]


def test_two_texts_that_both_recur_are_one_story_if_any_two_printings_are_near(load, rows):
    load(
        printed("a", WIRE),
        printed("b", house_style(WIRE), at=NOON + 30 * DAY),
        printed("c", WIRE, at=NOON + 50 * DAY),
        printed("d", house_style(WIRE), at=NOON + 60 * DAY),
    )

    assert rows(STORIES) == [("a", "a"), ("b", "a"), ("c", "a"), ("d", "a")]
