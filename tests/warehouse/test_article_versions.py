import shutil
from dataclasses import replace
from datetime import timedelta

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.records import Harvest
from extractors.versions import judge_change
from tests.builders import (
    NOON,
    a_document,
    a_fetch,
    a_harvest,
    a_mention,
    a_quote,
    a_reading,
    an_article,
    an_entity,
    an_entry,
)
from warehouse.load import load_folder
from warehouse.scripts import scripts_in
from warehouse.staging import stage

TEXTS = {
    "A": "Rain fell on Oslo.",
    "a": "RAIN fell on Oslo!",
    "B": "Snow fell on Oslo.",
    "C": "Hail fell on Oslo.",
}
COMPARED = {
    "articles": "* exclude (text)",
    "article_versions": "*",
    "quote_versions": "*",
    "quotes": "*",
    "mention_versions": "*",
    "mentions": "*",
    "entities": "*",
    "entity_rows": "*",
}


def a_sight(number: int, text: str, *, extractor_version: str = "x1") -> Harvest:
    """A page seen `number` minutes past noon with one of TEXTS."""
    seen_at = NOON + timedelta(minutes=number)
    words = TEXTS[text]
    document = a_document(
        article=an_article(text=words, authors=(f"author {number}",)),
        quotes=(a_quote(text=words[:9]),),
        mentions=(a_mention(),),
        entities=(an_entity(name=words[:4]),),
        extractor_version=extractor_version,
    )
    return a_harvest(
        batch_id=f"{number}-{extractor_version}",
        made_at=seen_at,
        fetches=(a_fetch(fetch_id=f"fetch-{number}", started_at=seen_at),),
        readings=(a_reading(fetch_id=f"fetch-{number}", seen_at=seen_at, document=document),),
    )


def versions(rows) -> list[tuple[object, ...]]:
    found = "select left(text, 4), change, fetch_id from article_versions order by version"
    return rows(found)


def test_an_unchanged_page_adds_no_version(load, rows):
    load(a_sight(1, "A"), a_sight(2, "A"))

    assert versions(rows) == [("Rain", "first", "fetch-1")]
    assert rows("select last_seen_at, authors from articles") == [
        (NOON + timedelta(minutes=2), ["author 2"])
    ]


def test_a_text_that_comes_back_is_a_third_version(load, rows):
    loaded = load(a_sight(1, "A"), a_sight(2, "B"), a_sight(3, "A"))

    assert versions(rows) == [
        ("Rain", "first", "fetch-1"),
        ("Snow", "substantive", "fetch-2"),
        ("Rain", "substantive", "fetch-3"),
    ]
    assert (loaded.articles_new, loaded.articles_changed) == (1, 2)


def test_an_edit_of_form_alone_is_cosmetic(load, rows):
    load(a_sight(1, "A"), a_sight(2, "a"))

    assert versions(rows)[1] == ("RAIN", "cosmetic", "fetch-2")


def test_a_version_that_arrives_late_stands_where_it_was_seen(load, rows):
    load(a_sight(1, "A"), a_sight(3, "A"))
    load(a_sight(2, "B"))

    assert [text for text, _, _ in versions(rows)] == ["Rain", "Snow", "Rain"]
    assert rows("select version, fetch_id, title from articles") == [
        (3, "fetch-3", "Rain falls on Oslo")
    ]
    assert rows("select version, text from quotes") == [(3, "Rain fell")]
    assert len(rows("from quote_versions")) == 3


def test_quotes_and_mentions_are_those_of_the_current_version(load, rows):
    load(a_sight(1, "A"), a_sight(2, "B"))

    assert rows("select version, text from quotes") == [(2, "Snow fell")]
    assert rows("select version from mentions") == [(2,)]
    assert rows("select version, text from quote_versions order by 1") == [
        (1, "Rain fell"),
        (2, "Snow fell"),
    ]


def test_quotes_of_a_text_have_the_same_ids_whichever_request_gave_it(load, rows):
    load(a_sight(1, "A"), a_sight(2, "B"), a_sight(3, "A"))

    found = rows("select version, quote_id from quote_versions order by version")

    first, second, again = (quote_id for _, quote_id in found)
    assert first == again != second


def test_an_upgrade_names_quotes_as_a_load_names_them(home, load, rows, world_parts):
    load(*world_parts)
    ids = "select quote_id, fetch_id, start_char from quote_rows order by all"
    loaded = rows(ids)
    [script] = (each for each in scripts_in("migrations") if each.name.startswith("0013"))

    with duckdb.connect(str(home / "warehouse.duckdb")) as db:
        db.execute("update quote_rows set quote_id = left(md5(fetch_id || start_char), 16)")
        assert db.execute(ids).fetchall() != loaded
        db.execute(script.sql)
        assert db.execute(ids).fetchall() == loaded


@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    texts=st.lists(st.sampled_from("AaBC"), min_size=2, max_size=4),
    data=st.data(),
)
def test_any_order_of_arrival_gives_the_same_rows(tmp_path_factory, prepared_home, texts, data):
    sights = [a_sight(number, text) for number, text in enumerate(texts)]
    shuffled = data.draw(st.permutations(sights))

    in_order, otherwise = (
        content_after(shutil.copytree(prepared_home, tmp_path_factory.mktemp("any") / "home"), each)
        for each in (sights, shuffled)
    )

    assert otherwise == in_order


def content_after(home, harvests):
    """All rows after the harvests were loaded in this order, each in its own transaction."""
    folder = home / "staging"
    with duckdb.connect(str(home / "warehouse.duckdb")) as db:
        for harvest in harvests:
            stage(harvest, folder)
            load_folder(db, folder, judge=judge_change)
        return {
            relation: sorted(map(repr, db.execute(f"select {what} from {relation}").fetchall()))
            for relation, what in COMPARED.items()
        }


def test_another_extractor_replaces_in_place_and_adds_no_version(load, rows):
    load(a_sight(1, "A"), a_sight(2, "A"), a_sight(3, "B"))

    load(a_sight(1, "C", extractor_version="x2"))

    assert versions(rows) == [("Hail", "first", "fetch-1"), ("Snow", "substantive", "fetch-3")]
    assert rows("select version, text, extractor_version from quote_versions order by 1") == [
        (1, "Hail fell", "x2"),
        (2, "Snow fell", "x1"),
    ]
    assert rows("select count(*) from mention_rows") == [(2,)]


def test_a_page_that_only_repeated_a_version_never_becomes_one_by_reading_it_again(load, rows):
    load(a_sight(1, "A"), a_sight(2, "A"))

    load(a_sight(1, "B", extractor_version="x2"), a_sight(2, "C", extractor_version="x2"))

    assert versions(rows) == [("Snow", "first", "fetch-1")]


def test_a_page_that_is_read_as_another_article_leaves_nothing_of_the_first(load, rows):
    first = a_sight(1, "A")
    document = first.readings[0].document
    moved = replace(document.article, article_id="article-2")
    again = replace(
        first.readings[0], document=replace(document, article=moved, extractor_version="x2")
    )
    load(replace(first, entries=(an_entry(),)))

    load(a_harvest(batch_id="again", readings=(again,)))

    assert rows("select article_id from articles") == [("article-2",)]
    assert rows("select distinct article_id, version from quote_versions") == [("article-2", 1)]
    assert rows("select article_id from entries") == [("article-2",)]


def test_outdated_pages_are_those_that_another_extractor_read(load, warehouse):
    load(a_sight(1, "A"), a_sight(2, "B"), a_sight(1, "A", extractor_version="x2"))

    pages = warehouse.outdated_pages(alike="x2", urls=[a_fetch().url])

    assert [page.fetch_id for page in pages] == ["fetch-2"]
    elsewhere = ["https://gazette.example/9"]
    assert warehouse.outdated_pages(alike="x2", urls=elsewhere) == []
