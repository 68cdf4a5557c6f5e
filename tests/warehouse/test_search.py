"""`search`, `quotes_by` and the terms behind them."""

from datetime import timedelta

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import NOON, a_document, a_fetch, a_harvest, a_quote, a_reading, an_article
from tests.builders import an_entity as named
from warehouse.connection import open_warehouse
from warehouse.dictionary import dictionary_rows
from warehouse.reader import Reader
from warehouse.scripts import scripts_in
from warehouse.terms import sort_terms

HOUR = timedelta(hours=1)


def seen(article_id, text, *, title="News", at=NOON, quotes=(), entities=()):
    url = f"https://gazette.example/{article_id}"
    fetch_id = f"{article_id} at {at.isoformat()}"
    article = an_article(article_id=article_id, url=url, title=title, text=text)
    document = a_document(article=article, quotes=quotes, entities=entities)
    return a_harvest(
        batch_id=fetch_id,
        made_at=at,
        fetches=(a_fetch(fetch_id=fetch_id, url=url, final_url=url, started_at=at),),
        readings=(a_reading(fetch_id=fetch_id, seen_at=at, document=document),),
    )


def found(rows, asked, columns="article_id"):
    listed = rows(f"select {columns} from search($asked) order by rank", asked=asked)
    return [row[0] for row in listed] if columns == "article_id" else listed


@pytest.mark.parametrize(
    ("asked", "article_ids"),
    [
        pytest.param("ferry", ["once", "often"], id="any case, a word of both"),
        pytest.param("FERRY bridge", ["often", "once"], id="all words before some"),
        pytest.param("Malmo", ["once"], id="without the accent"),
        pytest.param("Malmö", ["once"], id="with it"),
        pytest.param("паром", ["cyrillic"], id="another script"),
        pytest.param("2026", ["cyrillic"], id="digits"),
        pytest.param("harbour", ["title"], id="a word of the title alone"),
        pytest.param("fer", [], id="part of a word"),
        pytest.param("… ! —", [], id="no word at all"),
    ],
)
def test_articles_are_found_by_their_words(load, rows, asked, article_ids):
    load(
        seen("once", "The ferry to Malmö."),
        seen("often", "A bridge, and no ferry, " + "and nothing else happens here " * 9),
        seen("cyrillic", "Паром ушёл в 2026 году."),
        seen("title", "Nothing happens here.", title="Harbour news"),
    )

    assert found(rows, asked) == article_ids


def test_what_is_rare_counts_more_than_what_is_frequent(load, rows):
    load(
        seen("rare", "the walrus sleeps"),
        *(seen(f"frequent{number}", "the ferry leaves") for number in range(5)),
    )

    best, *_ = found(rows, "ferry walrus")

    assert best == "rare"


def test_an_article_is_found_by_its_current_version_alone(load, rows):
    load(seen("a", "The old ferry."), seen("a", "The new bridge.", at=NOON + HOUR))

    assert found(rows, "ferry") == []
    assert found(rows, "bridge") == ["a"]


def test_as_of_finds_what_was_current_then(load, home):
    load(seen("a", "The old ferry."), seen("a", "The new bridge.", at=NOON + HOUR))

    with Reader(home, as_of=NOON + HOUR / 2) as reader:
        ferry = reader.answer("select article_id from search('ferry')", timeout_s=20).rows
        bridge = reader.answer("select article_id from search('bridge')", timeout_s=20).rows

    assert (ferry, bridge) == ((("a",),), ())


def test_versions_that_come_in_the_wrong_order_are_found_as_in_the_right_one(load, rows):
    load(
        seen("a", "The bridge again.", at=NOON + 2 * HOUR),
        seen("a", "The old ferry.", at=NOON),
        seen("a", "The bridge again.", at=NOON - HOUR),
    )

    assert found(rows, "bridge") == ["a"]
    assert rows("select count(*) from search_texts where fetch_id is not null") == rows(
        "select count(*) from article_versions"
    )


def test_the_snippet_shows_the_word_as_it_stands_in_the_text(load, rows):
    load(seen("a", "Nothing happens for a long time. " * 9 + "Then the Färöer\nferry leaves."))

    [(snippet,)] = found(rows, "faroer", "snippet")

    assert "Then the Färöer ferry leaves." in snippet
    assert len(snippet) < 210


def test_no_more_articles_are_given_than_asked_for(load, rows):
    load(*(seen(f"a{number}", "The ferry.") for number in range(4)))

    listed = rows("select rank, article_id from search('ferry', top := 2)")

    assert listed == [(1, "a0"), (2, "a1")]


def test_sorting_drops_the_terms_of_texts_that_are_no_more(load, rows, home, warehouse):
    load(seen("a", "Seen late.", at=NOON + HOUR), seen("b", "The walrus."))
    load(seen("a", "Seen late.", at=NOON))  # the version rests on the earlier sighting now

    with open_warehouse(home / "warehouse.duckdb") as db:
        was_sorted, again = sort_terms(db), sort_terms(db)
    warehouse.publish()

    assert (was_sorted, again) == (True, False)
    assert rows("from search_texts where fetch_id is null or not is_sorted") == []
    assert rows("from search_terms where number not in (select number from search_texts)") == []
    assert found(rows, "late") == ["a"]
    assert [term for (term,) in rows("select term from search_terms")] == sorted(
        term for (term,) in rows("select term from search_terms")
    )


def test_versions_of_before_terms_were_kept_get_theirs_at_the_next_load(load, rows, home):
    load(seen("a", "The old ferry."), seen("b", "The old bridge."))
    with open_warehouse(home / "warehouse.duckdb") as db:
        for table in ("search_texts", "search_terms"):
            db.execute(f"truncate {table}")
        db.execute("insert into unsearched_versions select fetch_id from article_versions")

    load(seen("b", "The new bridge.", at=NOON - HOUR))

    assert found(rows, "old") == ["a", "b"]
    assert rows("from unsearched_versions") == []
    assert rows("select count(*), count(distinct fetch_id) from search_texts") == [(3, 3)]


@pytest.fixture(scope="module")
def tokeniser():
    with duckdb.connect() as db:
        db.execute(next(each.sql for each in scripts_in("views") if "search_words" in each.name))
        yield db


@settings(max_examples=40)
@given(text=st.text(max_size=60))
def test_a_text_and_its_capitals_have_as_many_terms_and_none_is_empty(tokeniser, text):
    ask = "select search_words($text), search_words(upper($text))"
    [(terms, of_capitals)] = tokeniser.execute(ask, {"text": text}).fetchall()

    assert len(terms) == len(of_capitals)
    assert all(term and " " not in term for term in terms)


@pytest.fixture
def quoting(load):
    """Antonia Cole, whom one article calls by her surname and another by an accent less."""
    text = "Rain fell, and rain will fall."
    cole = {"speaker": "Antónia Cole", "speaker_id": "cole", "text": "Rain fell", "start": 0}
    load(
        seen(
            "a",
            text,
            quotes=(
                a_quote(**cole),
                a_quote(start=15, text="rain will fall", speaker="a coleman", utterance=2),
            ),
            entities=(named(entity="cole", name="Antónia Cole", label="PERSON"),),
        ),
        seen("b", text, quotes=(a_quote(start=0, text="Rain fell", speaker="the Cole office"),)),
    )


@pytest.mark.parametrize(
    ("asked", "speakers"),
    [
        ("Cole", ["Antónia Cole", "the Cole office"]),
        ("antonia", ["Antónia Cole"]),
        ("COLE Antónia", ["Antónia Cole"]),
        ("Col", []),
        ("", []),
        ("coleman", ["a coleman"]),
    ],
)
@pytest.mark.usefixtures("quoting")
def test_somebody_is_quoted_under_whole_words_of_a_name(rows, asked, speakers):
    listed = rows("select speaker from quotes_by($asked) order by article_id", asked=asked)

    assert [speaker for (speaker,) in listed] == speakers


@pytest.mark.usefixtures("quoting")
def test_macros_stand_in_the_dictionary_with_their_parameters(home):
    with Reader(home) as reader:
        listed = [row for row in dictionary_rows(reader) if row.kind == "macro"]

    assert [(row.relation, row.column) for row in listed] == [
        ("quotes_by", "asked"),
        ("search", "asked"),
        ("search", "top"),
        ("search_words", "given"),
    ]
    assert all(row.relation_comment and row.column_comment for row in listed)
