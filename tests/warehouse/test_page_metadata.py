"""Section, tags, lead image and sources of an article, from its reading to the view."""

from dataclasses import replace
from datetime import UTC, date, datetime

from extractors.maintext import article_from
from tests.builders import (
    a_document,
    a_fetch,
    a_harvest,
    a_mention,
    a_reading,
    an_article,
    an_entity,
)
from tests.extractors.bridge_pages import a_page, a_story, json_ld
from warehouse.staging import harvest_in, stage

BARE = an_article()
RICH = an_article(
    section="Town",
    tags=("Bridges", "Washington, D.C."),
    lead_image="https://pics.example/bridge.jpg",
    sources=(("title", "json-ld"), ("section", "meta")),
)
SHOWN = "select section, tags, lead_image, sources from articles"
STORED = (
    "Town",
    ["Bridges", "Washington, D.C."],
    "https://pics.example/bridge.jpg",
    {"title": "json-ld", "section": "meta"},
)


def harvest(batch, article, *, version="x1"):
    document = a_document(article=article, extractor_version=version)
    return a_harvest(batch_id=batch, fetches=(a_fetch(),), readings=(a_reading(document=document),))


def test_a_staged_article_comes_back_with_what_its_page_says(tmp_path):
    given = harvest("one", RICH)

    assert harvest_in(stage(given, tmp_path)) == given


def test_an_article_is_shown_with_what_its_page_says(load, rows):
    load(harvest("one", RICH))

    assert rows(SHOWN) == [STORED]


def test_an_article_whose_page_says_nothing_has_nulls_and_empty_lists(load, rows):
    load(harvest("one", BARE))

    assert rows(SHOWN) == [(None, [], None, {})]


def test_a_later_extractor_fills_in_what_was_not_read_before(load, rows):
    load(harvest("one", BARE))

    load(harvest("two", RICH, version="x2"))

    assert rows(SHOWN) == [STORED]


def test_where_a_field_is_from_can_be_asked_for(load, rows):
    load(harvest("one", RICH))

    assert rows("select sources['title'], sources['tags'] from articles") == [("json-ld", None)]


def test_a_bare_day_on_a_site_east_of_greenwich_stays_that_day(load, rows):
    url = "https://zeitung.de/2026/bridge"
    page = a_page(a_story(head=json_ld(datePublished="2026-03-02")), url=url, final_url=url)
    article = replace(article_from(page), article_id="a1")
    document = a_document(article=article, mentions=(a_mention(),), entities=(an_entity(),))

    load(a_harvest(fetches=(a_fetch(),), readings=(a_reading(document=document),)))

    assert rows("select published_at, published_precision from articles") == [
        (datetime(2026, 3, 2, tzinfo=UTC), "day")
    ]
    assert rows("select day from entity_days") == [(date(2026, 3, 2),)]
