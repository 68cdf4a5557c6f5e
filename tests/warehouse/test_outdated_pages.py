"""Which archived pages other extractors have read, some articles at a time."""

import shutil

import pytest

from extractors.records import Harvest
from extractors.registry import EXTRACTORS, alike, extractor_version
from tests.builders import a_document, a_fetch, a_harvest, a_reading, an_article
from warehouse.door import Warehouse
from warehouse.replacement import take_place

TODAY = extractor_version("en_small-1.0")
TEXT, ENTITIES, QUOTES = (f"{each.name}{each.version}" for each in EXTRACTORS)


@pytest.mark.parametrize(
    ("version", "alike_for"),
    [
        (TODAY, {"text", "entities", "quotes", None}),
        (f"text0-{ENTITIES}-{QUOTES}-en_small-1.0", {"entities", "quotes"}),
        (f"{TEXT}-entities0-{QUOTES}-en_small-1.0", {"text", "quotes"}),
        (f"{TEXT}-{ENTITIES}-quotes0-en_small-1.0", {"text", "entities"}),
        (f"{TEXT}-{ENTITIES}-{QUOTES}-en_small-2.0", {"text"}),
        (f"{TEXT}-{ENTITIES}-{QUOTES}-en_small-1x0", {"text"}),
        ("x1", set()),
    ],
)
def test_a_version_is_outdated_for_a_stage_by_its_number_and_its_models(
    load, warehouse, version, alike_for
):
    load(a_page_read(0, version))

    found = {
        stage
        for stage in ("text", "entities", "quotes", None)
        if not warehouse.outdated_pages(alike=alike(TODAY, stage))
    }

    assert found == alike_for


def a_page_read(number: int, version: str) -> Harvest:
    fetch = a_fetch(fetch_id=f"f{number}", url=f"https://example.org/{number}")
    article = an_article(article_id=f"a{number}", url=fetch.url)
    document = a_document(article=article, extractor_version=version)
    return a_harvest(
        batch_id=f"b{number}",
        fetches=(fetch,),
        readings=(a_reading(fetch_id=fetch.fetch_id, document=document),),
    )


def test_the_pages_of_some_articles_follow_those_of_others(load, warehouse):
    load(*(a_page_read(number, "x1") for number in range(5)))

    slices = []
    after = None
    while pages := warehouse.outdated_pages(alike="x2", after=after, articles=2):
        slices.append([page.article_id for page in pages])
        after = pages[-1].article_id

    assert slices == [["a0", "a1"], ["a2", "a3"], ["a4"]]


def test_a_warehouse_takes_the_place_of_another_whose_log_is_not_replayed_in_it(tmp_path):
    old, built = (tmp_path / name / "warehouse.duckdb" for name in ("home", "built"))
    for path in (old, built):
        Warehouse(path.parent).prepare()
    new = built.read_bytes()
    log = old.with_name("warehouse.duckdb.wal")
    log.write_bytes(b"no log that anybody could read")

    kept = take_place(built, old)

    assert not log.exists()
    assert old.read_bytes() == new
    assert kept is not None
    assert kept.exists()
    assert not built.exists()


def test_it_takes_the_place_of_none(tmp_path):
    built = tmp_path / "built" / "warehouse.duckdb"
    Warehouse(built.parent).prepare()
    shutil.rmtree(built.parent / "locks")

    kept = take_place(built, tmp_path / "warehouse.duckdb")

    assert kept is None
    assert (tmp_path / "warehouse.duckdb").exists()
