"""What is forgotten leaves no byte in the warehouse, takes nothing else along and stays out."""

import re
from dataclasses import replace
from datetime import timedelta

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.identity import Identity, PlainerName
from extractors.records import Moment
from extractors.urls import article_id_of, canonical_url
from tests.builders import (
    NOON,
    a_document,
    a_failure,
    a_fetch,
    a_harvest,
    a_mention,
    a_poll,
    a_reading,
    an_article,
    an_entity,
    an_entry,
)
from tests.warehouse.conftest import read, said
from warehouse.scripts import statement

GONE = "https://gazette.example/quokkas"
KEPT = "https://courier.example/kept"
GONE_ID, KEPT_ID = (article_id_of(url) for url in (GONE, KEPT))
CANARY = "quokka"
WORDS = (
    '"We will rebuild the bridge before winter," {name} said in Oslo. '
    + "Work has begun on the northern bank, where the {animal} lives. " * 8
)
PARTS = ("a=1", "b=2", "b=", "", "c", "ä=ß", "a=0", "id=3#!x", "#!y")


def a_story(url: str, *, name: str, animal: str, edition: str = ""):
    text = WORDS.format(name=name, animal=animal) + edition
    entity = name.lower().replace(" ", "-")
    return a_document(
        article=an_article(
            article_id=article_id_of(url),
            url=url,
            title=f"The {animal}",
            text=text,
            authors=(f"{animal} hand",),
            tags=(animal,),
            published=Moment(at=NOON),
        ),
        quotes=(said(text, "We will rebuild the bridge before winter", name),),
        mentions=(
            a_mention(text=name, start=text.index(name), entity=entity, label="PERSON"),
            a_mention(text="Oslo", start=text.index("Oslo")),
        ),
        entities=(
            an_entity(),
            an_entity(
                entity=entity,
                name=name,
                label="PERSON",
                identity=Identity(
                    plainer=(PlainerName(entity=f"{entity}-plain", reason="accents"),)
                ),
            ),
        ),
    )


def harvests():
    """A story in two versions, listed and failed before; one that prints the same; a third."""
    secret = a_story(GONE, name="Quokka Holm", animal=CANARY)
    edited = a_story(GONE, name="Quokka Holm", animal=CANARY, edition="It was edited.")
    kept = a_story(KEPT, name="Ada Holm", animal="wombat")
    third = a_story("https://herald.example/3", name="Bo Lind", animal="wombat")
    return (
        a_harvest(
            batch_id="polls",
            polls=(a_poll(archive_file="f.warc.gz", archive_offset=0, entries_seen=2),),
            entries=(
                an_entry(entry_id="e1", url=GONE, target=GONE, title="The quokka", guid=CANARY),
                an_entry(entry_id="e2", url=KEPT, target=KEPT, title="The wombat"),
            ),
            failures=(
                a_failure(url=GONE, target=GONE, detail="quokka"),
                a_failure(url="https://gazette.example/2"),
            ),
        ),
        read("f1", secret, NOON + timedelta(minutes=1)),
        read("f2", kept, NOON + timedelta(minutes=2)),
        read("f3", third, NOON + timedelta(minutes=3)),
        read("f4", edited, NOON + timedelta(minutes=4)),
    )


def texts_with(path, word: str) -> list[str]:
    """Return where in the tables of a warehouse a word stands, whatever the column's type."""
    with duckdb.connect(str(path), read_only=True) as db:
        columns = db.execute(
            "select table_name, column_name from duckdb_columns() "
            "where not internal and table_name in (select table_name from duckdb_tables())"
        ).fetchall()
        return [
            f"{table}.{column}"
            for table, column in columns
            if db.execute(
                f'select 1 from "{table}" where "{column}"::varchar ilike $word limit 1',
                {"word": f"%{word}%"},
            ).fetchall()
        ]


def forget(warehouse, url: str) -> None:
    traces = warehouse.traces_of(canonical_url(url), article_id=article_id_of(canonical_url(url)))
    ids = {article_id_of(canonical_url(each)) for each in (url, *traces.addresses)}
    warehouse.keep_out({*ids, *traces.article_ids}, at=NOON)
    warehouse.forget_kept_out(at=NOON)


@pytest.fixture
def loaded(load, warehouse):
    load(*harvests())
    return warehouse


def test_no_column_of_any_table_tells_of_it(loaded, home):
    told_before = texts_with(home / "warehouse.duckdb", CANARY)

    forget(loaded, GONE)

    assert len(told_before) > 15
    for name in ("warehouse.duckdb", "published.duckdb"):
        assert texts_with(home / name, CANARY) == []


def test_no_byte_of_any_file_tells_of_it(loaded, home):
    for name in ("warehouse.before-0005.duckdb", ".published.duckdb.unfinished"):
        (home / name).write_bytes(b"quokka")

    forget(loaded, GONE)

    telling = [
        path.name
        for path in home.rglob("*")
        if path.is_file() and re.search(rb"(?i)quokka", path.read_bytes())
    ]
    assert telling == []


def test_all_else_stays_and_its_stories_and_names_are_as_if_it_had_never_been(
    loaded, rows, tmp_path, prepared_home, judged_without
):
    forget(loaded, GONE)

    for question in (
        "select article_id, story_id, version, title from articles order by all",
        "select * exclude (first_seen_at) from entities order by all",
        "select entity_id from held_entities order by all",
        "select entity_id, plainer_id from entity_variants order by all",
        "select quote_id, text from quote_versions order by all",
        "select article_id, text from mention_versions order by all",
        "select entry_id, article_id from entries order by all",
        "select url, tries from failures order by all",
        "select fetch_id, archive_offset from fetches order by all",
        "select story_key, other_key from story_links order by all",
        "select * from entity_merges order by all",
    ):
        assert rows(question) == judged_without(question), question


@pytest.fixture
def judged_without(prepared_home, tmp_path):
    """Ask a warehouse that never had it."""
    import shutil

    from extractors.versions import judge_change
    from warehouse.door import Warehouse
    from warehouse.reader import Reader
    from warehouse.staging import stage

    home = shutil.copytree(prepared_home, tmp_path / "without")
    polls, _, *others, _ = harvests()
    innocent = replace(polls, entries=polls.entries[1:], failures=polls.failures[1:])
    for harvest in (innocent, *others):
        stage(harvest, home / "staging")
    warehouse = Warehouse(home, judge=judge_change)
    warehouse.load_staged()
    warehouse.publish()

    def ask(sql):
        with Reader(home) as reader:
            return list(reader.answer(sql, {}, timeout_s=20).rows)

    return ask


def test_its_pages_and_the_bodies_that_listed_it_are_to_be_blanked(loaded):
    loaded.keep_out({GONE_ID}, at=NOON)

    bodies = loaded.bodies_to_blank()

    assert bodies == {"f1", "f4", "poll-1"}


@pytest.mark.parametrize(
    "url",
    [
        GONE,
        "http://www.gazette.example/quokkas/?utm_source=feed",
        "https://gazette.example/go?to=7",
        "https://m.gazette.example/final",
    ],
    ids=["canonical", "spelt otherwise", "as asked for", "as arrived at"],
)
def test_any_address_leads_to_it(load, warehouse, url):
    secret = read("f1", a_story(GONE, name="Quokka Holm", animal=CANARY), NOON)
    listed = "https://gazette.example/go?to=7"
    fetch = a_fetch(
        fetch_id="f1", url=listed, target=listed, final_url="https://m.gazette.example/final"
    )
    load(replace(secret, fetches=(fetch,)))

    traces = warehouse.traces_of(url, article_id=article_id_of(canonical_url(url)))

    assert traces.article_ids == (GONE_ID,)
    assert {GONE, listed, "https://m.gazette.example/final"} == set(traces.addresses)


def test_an_address_that_led_to_others_too_is_not_one_of_its_own(load, warehouse):
    latest = "https://gazette.example/latest"
    for number, url in enumerate((GONE, KEPT)):
        seen_at = NOON + timedelta(days=number)
        story = read(f"f{number}", a_story(url, name="Ada Holm", animal="wombat"), seen_at)
        fetch = a_fetch(fetch_id=f"f{number}", url=latest, target=latest, final_url=latest)
        load(replace(story, batch_id=f"b{number}", fetches=(replace(fetch, started_at=seen_at),)))

    traces = warehouse.traces_of(GONE, article_id=GONE_ID)

    assert traces.article_ids == (GONE_ID,)
    assert traces.addresses == (GONE,)


def test_nothing_is_known_of_an_address_that_nobody_listed(loaded):
    traces = loaded.traces_of("https://gazette.example/never", article_id="0" * 20)

    assert not traces.is_known


def test_what_is_kept_out_is_not_loaded_again(loaded, load, home):
    forget(loaded, GONE)

    again = [replace(each, batch_id=f"again-{each.batch_id}") for each in harvests()]
    moved = a_reading(fetch_id="f9", document=a_story(GONE, name="Quokka Holm", animal=CANARY))
    under_another_address = a_harvest(
        batch_id="moved",
        fetches=(a_fetch(fetch_id="f9", url="https://gazette.example/new-home"),),
        readings=(moved,),
    )
    loaded_again = load(*again, under_another_address)

    assert loaded_again.set_aside == ()
    assert texts_with(home / "warehouse.duckdb", CANARY) == []
    assert texts_with(home / "warehouse.duckdb", "new-home") == []


def test_forgetting_twice_changes_nothing(loaded, rows):
    forget(loaded, GONE)
    before = rows("select * from article_versions order by all")

    forget(loaded, GONE)

    assert rows("select * from article_versions order by all") == before
    assert rows("select count(*) = count(distinct article_id) from forgotten") == [(True,)]


@pytest.fixture(scope="module")
def hashing():
    with duckdb.connect(":memory:") as db:
        db.execute(statement("article_id_at"))
        yield lambda url: db.execute("select article_id_at($url)", {"url": url}).fetchall()[0][0]


@settings(max_examples=60, deadline=None)
@given(
    host=st.sampled_from(["http://www.a.example", "https://a.example:8080", "https://www.www.se"]),
    path=st.sampled_from(["", "/", "//x//y//", "/x/", "/x?", "/ä%20", "/x#!f", "/x?a#!b"]),
    fields=st.lists(st.sampled_from(PARTS), max_size=5),
)
def test_the_id_at_an_address_is_the_same_in_sql(hashing, host, path, fields):
    url = f"{host}{path}?{'&'.join(fields)}" if fields else f"{host}{path}"

    assert hashing(url) == article_id_of(url)
