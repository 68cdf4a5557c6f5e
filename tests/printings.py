"""Articles that print texts, and the stories that loading them makes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import duckdb

from extractors.records import Harvest
from extractors.versions import judge_change
from tests.builders import NOON, a_document, a_fetch, a_harvest, a_reading, an_article
from warehouse.load import load_folder
from warehouse.migrate import migrate
from warehouse.staging import stage

STORIES = "select article_id, story_id from articles order by article_id"


def printed(
    article_id: str,
    text: str,
    *,
    at: datetime = NOON,
    extractor_version: str = "x1",
    **fetch: object,
) -> Harvest:
    """An article seen at a time with a text."""
    fetch_id = f"{article_id} {at:%dT%H%M}"
    url = f"https://{article_id}.example/story"
    article = an_article(article_id=article_id, url=url, outlet=f"{article_id}.example", text=text)
    document = a_document(article=article, extractor_version=extractor_version)
    return a_harvest(
        batch_id=f"{fetch_id} {extractor_version}",
        made_at=at,
        fetches=(
            replace(a_fetch(fetch_id=fetch_id, url=url, final_url=url, started_at=at), **fetch),
        ),
        readings=(a_reading(fetch_id=fetch_id, seen_at=at, document=document),),
    )


def together(harvests: Sequence[Harvest], batch_id: str) -> Harvest:
    """One batch of several."""
    return a_harvest(
        batch_id=batch_id,
        made_at=harvests[0].made_at,
        fetches=tuple(fetch for each in harvests for fetch in each.fetches),
        readings=tuple(reading for each in harvests for reading in each.readings),
    )


def stories_of(batches: Sequence[Harvest], folder: Path) -> list[tuple[str, str]]:
    """Load the batches in the order given into a new warehouse; return who is in which story."""
    with duckdb.connect() as db:
        migrate(db)
        for number, harvest in enumerate(batches):
            stage(harvest, folder / str(number))
            load_folder(db, folder / str(number), judge=judge_change)
        return db.execute(STORIES).fetchall()
