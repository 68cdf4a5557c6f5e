"""One entity for the names of all articles, whatever order they come in."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import duckdb
import pytest

from extractors.identity import Alias, Identity
from extractors.naming.names import entity_id
from extractors.naming.variants import identity_of
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
)
from warehouse.reader import Reader

KENNEDYS = ("John Kennedy", "John F. Kennedy")


def naming(
    name, *, label="PERSON", aliases=(), article_id=None, local_to=None, version="x1", usual=None
):
    """A harvest with an article that names somebody, and quotes them."""
    article_id = article_id or name
    ident = entity_id(label, usual or name, within=local_to or "")
    text = f"{name} said so."
    document = a_document(
        extractor_version=version,
        article=an_article(article_id=article_id, text=text),
        quotes=(a_quote(text="so", start=text.index("so."), speaker=name, speaker_id=ident),),
        mentions=(a_mention(text=name, start=0, label=label, entity=ident),),
        entities=(
            an_entity(
                entity=ident,
                name=name,
                label=label,
                aliases=aliases,
                identity=identity_of(label, usual or name, aliases, written=name),
            ),
        ),
    )
    return a_harvest(
        batch_id=f"{article_id} {version}",
        fetches=(a_fetch(fetch_id=article_id, url=f"https://gazette.example/{article_id}"),),
        readings=(a_reading(fetch_id=article_id, document=document),),
    )


def alias(label, name, *forms):
    return [
        Alias(label=label, name=name, name_id=entity_id(label, form)) for form in (name, *forms)
    ]


ONE = {
    "a middle initial": ("PERSON", ["John Kennedy", "John F. Kennedy"]),
    "a middle name and its initial": ("PERSON", ["John F. Kennedy", "John Fitzgerald Kennedy"]),
    "accents": ("PERSON", ["José Peña", "Jose Pena"]),
    "a stroke through a letter": ("PERSON", ["Ida Sørland", "Ida Sorland"]),
    "a legal form": ("ORG", ["Fennick Mills", "Fennick Mills plc"]),
}


@pytest.mark.parametrize(("label", "names"), ONE.values(), ids=ONE)
def test_variants_of_a_name_are_one_entity(load, rows, label, names):
    load(*[naming(name, label=label) for name in names])

    [(name, articles, quotes)] = rows("select name, articles, quotes from entities")
    assert (name, articles, quotes) == (max(names, key=len), 2, 2)


TWO = {
    "generations": ("PERSON", ["John Kennedy", "John Kennedy Jr."]),
    "two middle names": ("PERSON", ["Mary Jane Cole", "Mary Cole"]),
    "two firms": ("ORG", ["Fennick plc", "Fennick GmbH"]),
    "a person and a firm": (None, [("PERSON", "Jo Fennick"), ("ORG", "Jo Fennick")]),
}


@pytest.mark.parametrize(("label", "names"), TWO.values(), ids=TWO)
def test_names_that_may_be_of_two_stay_two(load, rows, label, names):
    named = [(label, name) if label else name for name in names]

    load(*[naming(name, label=kind, article_id=f"{kind} {name}") for kind, name in named])

    assert len(rows("from entities")) == 2


def test_an_acronym_that_another_article_explains_is_the_same_body(load, rows):
    office = "Office of Harbour Safety"

    load(naming("OHS", label="ORG"), naming(office, label="ORG", aliases=("OHS",)))

    assert rows("select name from entities") == [(office,)]
    assert rows("select reason from merged_entities") == [("acronym",)]


def test_an_acronym_of_two_bodies_is_neither(load, rows):
    load(
        naming("OHS", label="ORG"),
        naming("Office of Harbour Safety", label="ORG", aliases=("OHS",)),
        naming("Oslo Heart Society", label="ORG", aliases=("OHS",)),
    )

    assert len(rows("from entities")) == 3


def test_a_variant_that_comes_to_fit_two_is_parted_again(load, rows):
    load(*[naming(name) for name in KENNEDYS])

    load(naming("John G. Kennedy"))

    assert sorted(rows("select name from entities")) == [
        ("John F. Kennedy",),
        ("John G. Kennedy",),
        ("John Kennedy",),
    ]
    assert rows("select event, reason from entity_merges order by number") == [
        ("merged", "middle initial"),
        ("retracted", "two names fit"),
    ]


def test_the_order_in_which_articles_come_changes_no_entity(load, rows, home):
    names = ["John Kennedy", "John F. Kennedy", "John Fitzgerald Kennedy", "José Peña", "Jose Pena"]
    of_all = "select entity_id, name, aliases, articles, quotes from entities order by all"
    seen = set()

    for order in list(permutations(names))[::41]:
        for table in ("held_entities", "entity_variants", "entity_merges", "entity_rows",
                      "batches", "quote_rows", "mention_rows", "article_versions",
                      "article_heads", "fetches", "speaker_rows", "naming_rows",
                      "search_texts"):  # fmt: skip
            clear(home, table)
        load(*map(naming, order))
        seen.add(str(rows(of_all)))

    assert len(seen) == 1


def clear(home, table):
    with duckdb.connect(str(home / "warehouse.duckdb")) as db:
        db.execute(f"delete from {table}")


def test_quotes_and_mentions_show_the_canonical_id_and_their_own_name(load, rows):
    load(*[naming(name) for name in KENNEDYS])

    [(ident,)] = rows("select entity_id from entities")
    assert ident == min(entity_id("PERSON", name) for name in KENNEDYS)
    assert rows("select distinct speaker_id from quotes") == [(ident,)]
    assert rows("select distinct entity_id from mention_versions") == [(ident,)]
    assert sorted(rows("select speaker from quotes")) == [(name,) for name in sorted(KENNEDYS)]


def test_a_place_is_shown_under_its_english_name_whatever_came_first(load, rows):
    load(naming("Allemagne", label="PLACE", usual="Germany"), naming("Germany", label="PLACE"))

    assert rows("select name, articles from entities") == [("Germany", 2)]


def test_what_is_not_seen_yet_has_no_name_yet(load, home):
    load(naming("Ada Holm"))

    with Reader(home, as_of=NOON - timedelta(days=1)) as reader:
        assert reader.answer("from entity_names", timeout_s=10).rows == ()


def test_a_lone_surname_stays_in_its_article(load, rows):
    load(naming("Kennedy", local_to="a"), naming("Kennedy", article_id="b", local_to="b"))

    assert len(rows("from entities")) == 2


@pytest.mark.parametrize("gone", KENNEDYS)
def test_a_merge_is_retracted_when_its_name_is_no_longer_found(load, rows, gone):
    load(*[naming(name) for name in KENNEDYS])

    load(naming("Ada Holm", article_id=gone, version="x2"))

    [left] = {*KENNEDYS} - {gone}
    assert sorted(rows("select name, quotes from entities")) == [("Ada Holm", 1), (left, 1)]
    assert rows("select reason from entity_merges where event = 'retracted'") == [
        ("no longer named",)
    ]


def test_a_name_that_fitted_two_is_merged_when_one_of_them_is_gone(load, rows):
    load(*[naming(name) for name in (*KENNEDYS, "John G. Kennedy")])

    load(naming("Ada Holm", article_id="John G. Kennedy", version="x2"))

    assert sorted(rows("select name from entities")) == [("Ada Holm",), ("John F. Kennedy",)]


def test_a_claim_that_a_newer_extractor_no_longer_makes_is_no_merge(load, rows):
    office = "Office of Harbour Safety"
    load(naming("OHS", label="ORG"), naming(office, label="ORG", aliases=("OHS",)))

    load(naming(office, label="ORG", version="x2"))

    assert sorted(rows("select name from entities")) == [("OHS",), (office,)]
    assert rows("select reason from entity_merges where event = 'retracted'") == [
        ("no longer claimed",)
    ]


def test_rows_from_before_names_were_kept_learn_theirs_from_a_later_one(load, rows, warehouse):
    older = naming("Holm", article_id="a", local_to="here")
    [reading] = older.readings
    [entity] = reading.document.entities
    bare = replace(reading.document, entities=(replace(entity, identity=Identity()),))
    load(replace(older, readings=(replace(reading, document=bare),)))
    warehouse.sync_aliases(alias("PERSON", "Ada Holm", "Holm"), now=NOON)

    load(naming("Holm", article_id="b", local_to="here"))

    assert rows("select name, articles from entities") == [("Ada Holm", 2)]


FORMS = ("Tony Cole", "Anthony Cole", "Toni Cole")


@pytest.mark.parametrize("form", FORMS)
def test_a_form_that_leaves_the_alias_table_is_parted_whichever_it_is(load, rows, warehouse, form):
    load(*[naming(each) for each in FORMS])
    warehouse.sync_aliases(alias("PERSON", "Ann Cole", *FORMS), now=NOON)

    kept = [each for each in FORMS if each != form]
    warehouse.sync_aliases(alias("PERSON", "Ann Cole", *kept), now=NOON)
    warehouse.publish()

    assert sorted(rows("select name, quotes from entities")) == sorted([("Ann Cole", 2), (form, 1)])


@pytest.mark.parametrize("gone", FORMS)
def test_a_form_that_nobody_writes_any_more_leaves_the_others_one(load, rows, warehouse, gone):
    load(*[naming(each) for each in FORMS])
    warehouse.sync_aliases(alias("PERSON", "Ann Cole", *FORMS), now=NOON)

    load(naming("Bo Lind", article_id=gone, version="x2"))

    assert sorted(rows("select name, quotes from entities")) == [("Ann Cole", 2), ("Bo Lind", 1)]


def test_a_lone_surname_alone_in_the_alias_table_is_nobody_else_of_that_name(load, rows, warehouse):
    warehouse.sync_aliases(alias("PERSON", "Holm"), now=NOON)

    load(*[naming("Holm", article_id=each, local_to=each) for each in "ab"])

    assert rows("select name, articles from entities") == [("Holm", 1), ("Holm", 1)]


def test_the_alias_table_wins(load, rows, warehouse):
    load(naming("Tony Cole"), naming("Anthony Cole"))

    warehouse.sync_aliases(alias("PERSON", "Antonia Cole", "Tony Cole", "Anthony Cole"), now=NOON)
    warehouse.publish()

    assert rows("select name, articles from entities") == [("Antonia Cole", 2)]
    assert rows("select speaker, quotes from speakers_by_outlet") == [("Antonia Cole", 2)]


def test_the_alias_table_knows_who_is_meant_by_a_lone_surname(load, rows, warehouse):
    warehouse.sync_aliases(alias("PERSON", "Ada Holm", "Holm"), now=NOON)

    load(naming("Holm", article_id="a", local_to="a"), naming("Ada Holm"))

    assert rows("select name, articles from entities") == [("Ada Holm", 2)]


def test_a_name_alone_in_the_alias_table_is_parted(load, rows, warehouse):
    load(*[naming(name) for name in KENNEDYS])

    warehouse.sync_aliases(alias("PERSON", "John Kennedy"), now=NOON)
    warehouse.publish()

    assert len(rows("from entities")) == 2
    assert rows("select reason from entity_merges where event = 'retracted'") == [("alias table",)]


def test_an_alias_table_that_is_emptied_leaves_what_names_tell(load, rows, warehouse):
    load(naming("Tony Cole"), naming("Anthony Cole"))
    warehouse.sync_aliases(alias("PERSON", "Tony Cole", "Anthony Cole"), now=NOON)

    warehouse.sync_aliases([], now=NOON)
    warehouse.publish()

    assert len(rows("from entities")) == 2
