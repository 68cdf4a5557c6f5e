import gzip
import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import (
    NOON,
    a_document,
    a_feed,
    a_fetch,
    a_harvest,
    a_mention,
    a_poll,
    a_quote,
    a_reading,
    an_article,
    an_entity,
    an_entry,
)
from warehouse.staging import encoded, stage, staged

HOUR = timedelta(hours=1)
EVERYTHING = a_harvest(
    feeds=(a_feed(last_polled_at=NOON, etag='"1"'),),
    polls=(a_poll(entries_seen=1),),
    entries=(an_entry(),),
    fetches=(a_fetch(),),
    readings=(
        a_reading(
            document=a_document(
                quotes=(a_quote(),), mentions=(a_mention(),), entities=(an_entity(),)
            )
        ),
    ),
)
CONTENT = (
    "feeds",
    "polls",
    "entries",
    "fetches",
    "articles",
    "article_versions",
    "quotes",
    "mentions",
    "entities",
    "runs",
)


def test_loading_a_batch_twice_changes_nothing(load, rows):
    load(EVERYTHING)
    before = [rows(f"from {relation}") for relation in CONTENT]

    loaded = load(EVERYTHING)

    assert (loaded.batches, loaded.replayed) == (0, 1)
    assert [rows(f"from {relation}") for relation in CONTENT] == before


def test_the_same_work_under_another_batch_id_adds_no_row(load, rows):
    load(EVERYTHING)
    before = [rows(f"from {relation}") for relation in CONTENT if relation != "runs"]

    load(replace(EVERYTHING, batch_id="batch-again"))

    assert [rows(f"from {relation}") for relation in CONTENT if relation != "runs"] == before


def test_a_loaded_batch_counts_for_its_run(load, warehouse):
    load(EVERYTHING)

    run = warehouse.run("run-1")

    assert (run.feeds_polled, run.entries_new, run.pages_fetched) == (1, 1, 1)
    assert (run.articles_new, run.articles_changed, run.quotes, run.mentions) == (1, 0, 1, 1)


def test_a_file_of_an_earlier_version_gzipped_and_in_one_line_is_loaded_whole(warehouse, home):
    (home / "staging").mkdir(exist_ok=True)
    rest, reading = (json.loads(line) for line in encoded(EVERYTHING).splitlines())
    path = home / "staging" / "20260301T120000.000000Z-older.json.gz"
    path.write_bytes(gzip.compress(json.dumps(rest | reading).encode()))

    loaded = warehouse.load_staged()

    assert (loaded.articles_new, loaded.quotes, loaded.mentions) == (1, 1, 1)


def test_a_staged_file_is_gone_once_it_is_loaded(load, home):
    load(EVERYTHING)

    assert staged(home / "staging") == []


def test_a_file_that_cannot_be_read_is_set_aside_and_does_not_stop_the_next(load, home, rows):
    torn = stage(replace(EVERYTHING, batch_id="torn", made_at=NOON - HOUR), home / "staging")
    torn.write_bytes(torn.read_bytes()[:40])

    loaded = load(EVERYTHING)

    assert list(loaded.set_aside) == [torn.name]
    assert loaded.articles_new == 1
    assert rows("select stage, reason from failures") == [("load", "malformed")]


@pytest.mark.parametrize(
    "harvest",
    [
        a_harvest(readings=(a_reading(fetch_id="never-fetched"),)),
        a_harvest(batch_id="no-kind", fetches=(a_fetch(status=None),)),
    ],
    ids=["a reading without its fetch", "a fetch without status"],
)
def test_a_batch_that_breaks_the_rules_is_set_aside_whole(load, rows, harvest):
    loaded = load(replace(harvest, entries=(an_entry(),)))

    assert len(loaded.set_aside) == 1
    assert rows("from entries") == []


def test_an_entry_seen_again_keeps_its_first_sight_and_takes_the_new_title(load, rows):
    load(
        a_harvest(entries=(an_entry(title="Rain?"),)),
        a_harvest(batch_id="b2", entries=(an_entry(title="Rain!", seen_at=NOON + HOUR),)),
    )

    found = rows("select title, first_seen_at, last_seen_at from entries")

    assert found == [("Rain!", NOON, NOON + HOUR)]


def test_a_poll_counts_only_entries_that_are_new_to_the_feed(load, rows):
    later = NOON + HOUR
    load(
        a_harvest(polls=(a_poll(),), entries=(an_entry(),)),
        a_harvest(
            batch_id="b2",
            polls=(a_poll(poll_id="poll-2", started_at=later),),
            entries=(an_entry(seen_at=later), an_entry(entry_id="entry-2", seen_at=later)),
        ),
    )

    assert rows("select entries_new from polls order by started_at") == [(1,), (1,)]


@pytest.mark.parametrize("page_first", [False, True], ids=["entry first", "page first"])
def test_an_entry_knows_the_article_its_page_was_read_as(load, rows, page_first):
    page = a_harvest(batch_id="page", fetches=(a_fetch(),), readings=(a_reading(),))
    entry = a_harvest(batch_id="entry", entries=(an_entry(),))

    load(*((page, entry) if page_first else (entry, page)))

    assert rows("select article_id from entries") == [("article-1",)]


def test_text_no_database_takes_is_stored_with_a_replacement(load, rows):
    load(a_harvest(entries=(an_entry(title="rain\0 and \ud800 snow"),)))

    assert rows("select title from entries") == [("rain\ufffd and ? snow",)]


def test_articles_of_equal_text_are_one_story_named_after_the_smallest(load, rows):
    text = "Rain fell on Oslo for the whole of the day. " * 8
    load(
        *(
            a_harvest(
                batch_id=article_id,
                fetches=(a_fetch(fetch_id=f"fetch-{article_id}"),),
                readings=(
                    a_reading(
                        fetch_id=f"fetch-{article_id}",
                        document=a_document(article=an_article(article_id=article_id, text=words)),
                    ),
                ),
            )
            for article_id, words in {"c": text, "a": text.upper(), "b": "Other words."}.items()
        )
    )

    found = rows("select article_id, story_id from articles order by article_id")

    assert found == [("a", "a"), ("b", "b"), ("c", "a")]
