"""What is kept in short at load equals what the rows it is made of give, whatever happened."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.records import Harvest
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
from warehouse.connection import open_warehouse
from warehouse.door import Warehouse
from warehouse.staging import stage

TEXTS = {
    "A": '"We will rebuild the bridge before winter," Ada Holm said.',
    "B": '"We will never rebuild it," Ada Holm and Bo Lind said, and said again.',
}
SPEAKERS = {
    "A": (("Ada Holm", "ada"),),
    "B": (("Ada Holm", "ada"), ("a spokesman", None), (None, None), ("Ada Holm", "ada")),
}
KEPT = {
    "speaker_rows": "select fetch_id, speaker_id, speaker, quotes, list_sort(words_keys) "
    "from speaker_rows order by all",
    "naming_rows": "select fetch_id, entity_id, label, mentions from naming_rows order by all",
}
DERIVED = {
    "speaker_rows": "select fetch_id, speaker_id, speaker, count(*), list_sort(list(distinct "
    "md5_number_lower(coalesce(sighting_key, lower(text))))) "
    "from quote_rows group by fetch_id, speaker_id, speaker order by all",
    "naming_rows": "select fetch_id, entity_id, label, count(*) from mention_rows "
    "where entity_id is not null group by all order by all",
}


def a_sight(minute: int, article: str, text: str, *, version: str = "x1") -> Harvest:
    """A page read so many minutes past noon, by an extractor of a version."""
    words = TEXTS[text]
    url = f"https://gazette.example/{article}"
    quotes = tuple(
        a_quote(start=at, text=words[at : at + 9], speaker=speaker, speaker_id=speaker_id)
        for at, (speaker, speaker_id) in enumerate(SPEAKERS[text])
    )
    document = a_document(
        article=an_article(article_id=article, url=url, text=words),
        quotes=quotes if version == "x1" else quotes[:1],
        mentions=(a_mention(), a_mention(start=2), a_mention(start=4, label="DATE", entity=None)),
        entities=(an_entity(),),
        extractor_version=version,
    )
    fetch_id = f"{article}-{minute}"
    seen_at = NOON + timedelta(minutes=minute)
    return a_harvest(
        batch_id=f"{fetch_id}-{version}",
        made_at=seen_at,
        fetches=(a_fetch(fetch_id=fetch_id, url=url, final_url=url, started_at=seen_at),),
        readings=(a_reading(fetch_id=fetch_id, seen_at=seen_at, document=document),),
    )


def asked(home, queries):
    with open_warehouse(home / "warehouse.duckdb") as db:
        return {name: db.execute(sql).fetchall() for name, sql in queries.items()}


@pytest.fixture(scope="module")
def kept_home(tmp_path_factory):
    """A home that examples share: each adds articles of its own."""
    home = tmp_path_factory.mktemp("kept")
    Warehouse(home).prepare()
    return home


@given(
    sights=st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from("AB"), st.sampled_from(["x1", "x2"])),
        min_size=1,
        max_size=3,
        unique_by=lambda sight: (sight[0], sight[2]),
    ),
    example=st.uuids(),
)
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
def test_summaries_are_what_the_rows_give_in_whatever_order_pages_were_read(
    kept_home, sights, example
):
    for minute, text, version in sights:
        stage(a_sight(minute, f"{example}", text, version=version), kept_home / "staging")
        Warehouse(kept_home).load_staged()

    assert asked(kept_home, KEPT) == asked(kept_home, DERIVED)


def test_summaries_follow_a_version_that_moves_to_an_earlier_sight(load, home):
    load(a_sight(2, "a1", "B"))
    load(a_sight(1, "a1", "B"))

    kept = asked(home, KEPT)

    assert kept == asked(home, DERIVED)
    assert {row[0] for row in kept["speaker_rows"]} == {"a1-1"}


def test_what_is_quoted_of_one_speaker_twice_in_the_same_words_is_one_distinct_quotation(
    load, rows
):
    twice = a_sight(1, "a1", "A")
    [reading] = twice.readings
    again = replace(reading.document.quotes[0], start=20, end=29)
    document = replace(reading.document, quotes=(*reading.document.quotes, again))
    load(replace(twice, readings=(replace(reading, document=document),)))

    found = rows("select quotes, distinct_quotes, articles from quotes_by_speaker_day")

    assert found == [(2, 1, 1)]
