"""A warehouse in a folder of its own for each test, filled and questioned in one line."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from extractors.records import Document, Harvest, Moment, Quote
from extractors.versions import judge_change
from tests.builders import (
    NOON,
    a_document,
    a_failure,
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
from warehouse.door import Warehouse
from warehouse.reader import Reader
from warehouse.results import Loaded
from warehouse.staging import stage

Load = Callable[..., Loaded]
Rows = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture(scope="session")
def prepared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("prepared")
    warehouse = Warehouse(home)
    warehouse.prepare()
    warehouse.start_run("run-1", started_at=NOON, flow_run_id=None, extractor_version="x1")
    return home


@pytest.fixture
def home(prepared_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(prepared_home, tmp_path / "home"))


@pytest.fixture
def warehouse(home: Path) -> Warehouse:
    return Warehouse(home, lock_wait_s=5, judge=judge_change)


@pytest.fixture
def load(warehouse: Warehouse, home: Path) -> Load:
    """Stage harvests so that they are loaded in the order given, load and publish them."""

    def load_harvests(*harvests: Harvest) -> Loaded:
        for number, harvest in enumerate(harvests):
            path = stage(harvest, home / "staging")
            path.rename(path.with_name(f"{number:02}-{path.name}"))
        loaded = warehouse.load_staged()
        warehouse.publish()
        return loaded

    return load_harvests


@pytest.fixture
def rows(home: Path) -> Rows:
    """Ask the published copy."""

    def ask(sql: str, **params: object) -> list[tuple[Any, ...]]:
        with Reader(home) as reader:
            return list(reader.answer(sql, params, timeout_s=20).rows)

    return ask


@pytest.fixture(scope="session")
def world(prepared_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a small known world: see `world_harvests`."""
    home = Path(shutil.copytree(prepared_home, tmp_path_factory.mktemp("world") / "home"))
    for harvest in world_harvests():
        stage(harvest, home / "staging")
    warehouse = Warehouse(home, judge=judge_change)
    warehouse.load_staged()
    warehouse.publish()
    return home


def world_harvests() -> tuple[Harvest, ...]:
    """Two outlets on two days: a wire story in both, an edit, a dead link and a silent feed."""
    wire = (
        '"We will rebuild the bridge before winter," Ada Holm said in Oslo. '
        + "Work has begun on the northern bank. " * 8
    )
    story = a_document(
        article=an_article(article_id="a1", url="https://gazette.example/1", text=wire),
        quotes=(said(wire, "We will rebuild the bridge before winter", "Ada Holm"),),
        mentions=(a_mention(text="Oslo", start=wire.index("Oslo")),),
        entities=(an_entity(), an_entity(entity="ada-holm", name="Ada Holm", label="PERSON")),
    )
    copied = replace(
        story,
        article=an_article(
            article_id="b1",
            url="https://courier.example/1",
            outlet="courier.example",
            text=wire,
            published=Moment(at=NOON + timedelta(hours=2)),
            agency="NTB",
        ),
    )
    return (
        a_harvest(
            batch_id="polls",
            feeds=(
                a_feed(last_polled_at=NOON, added_at=NOON, outlet="gazette.example"),
                a_feed(feed_id="silent", url="https://silent.example/feed", added_at=NOON),
            ),
            polls=(a_poll(entries_seen=2, bytes=900),),
            entries=(
                an_entry(entry_id="e1", url="https://gazette.example/1"),
                an_entry(entry_id="e2", url="https://gazette.example/2"),
            ),
            failures=(a_failure(url="https://gazette.example/2", reason="http_4xx"),),
        ),
        read("f1", story, NOON + timedelta(minutes=1)),
        read("f2", copied, NOON + timedelta(hours=3)),
        read("f3", two_speakers("no"), NOON + timedelta(days=1)),
        read("f4", two_speakers("yes"), NOON + timedelta(days=2)),
    )


def two_speakers(answer: str) -> Document:
    """An article in which Ada Holm says something else after an edit."""
    text = f'"I say {answer}," Ada Holm said. "I disagree with that," Bo Lind said.'
    return a_document(
        article=an_article(
            article_id="a2",
            url="https://gazette.example/3",
            text=text,
            published=Moment(at=NOON + timedelta(days=1)),
        ),
        quotes=(
            said(text, f"I say {answer}", "Ada Holm"),
            said(text, "I disagree with that", "Bo Lind", utterance=2),
        ),
        entities=(an_entity(entity="bo-lind", name="Bo Lind", label="PERSON"),),
    )


def said(text: str, words: str, speaker: str, *, utterance: int = 1) -> Quote:
    """A quotation of `speaker` where `words` stand in `text`."""
    return a_quote(
        start=text.index(words),
        text=words,
        speaker=speaker,
        speaker_id=speaker.lower().replace(" ", "-"),
        cue="said",
        utterance=utterance,
    )


def read(fetch_id: str, document: Document, seen_at: datetime) -> Harvest:
    """A page fetched and read at `seen_at`."""
    url = document.article.url
    return a_harvest(
        batch_id=fetch_id,
        made_at=seen_at,
        fetches=(a_fetch(fetch_id=fetch_id, url=url, final_url=url, started_at=seen_at),),
        readings=(a_reading(fetch_id=fetch_id, seen_at=seen_at, document=document),),
    )


@pytest.fixture(scope="session")
def world_parts() -> tuple[Harvest, ...]:
    """The harvests that `world` was loaded from."""
    return world_harvests()
