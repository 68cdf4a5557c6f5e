"""How fast harvests are loaded: `python -m tests.bench.warehouse [ARTICLES] [BATCH]`.

Each article has 600 words, 10 quotations, 50 mentions and 15 entities. Besides the clock the
processor time is told, for machines that have other work to do, and the time of a plain
`insert … select` of the same rows into an empty file, which no loader can beat.
"""

import cProfile
import pstats
import random
import string
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import duckdb

from extractors.records import Fetch, Reading
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
from warehouse.door import Warehouse
from warehouse.reader import Reader
from warehouse.staging import stage

COPIED = (
    "fetches",
    "article_heads",
    "article_versions",
    "quote_rows",
    "mention_rows",
    "entity_rows",
)
ASKED = (
    "select 1",
    "select count(*) from quotes where speaker = 'speaker 7'",
    "select count(*) from (from quotes_by_speaker_day)",
    "select count(*) from (from quote_sightings)",
    "select count(*) from (from entities)",
)


def an_article_seen(number: int, words: list[str], rng: random.Random) -> tuple[Fetch, Reading]:
    """A page with everything an average article has, its words drawn at random."""
    text = " ".join(rng.choices(words, k=600))
    outlet = f"outlet{number % 50}.example"
    url = f"https://{outlet}/{number}"
    speakers = [rng.randrange(1000) for _ in range(10)]
    document = a_document(
        article=an_article(article_id=f"{number:016x}", url=url, outlet=outlet, text=text),
        quotes=tuple(
            a_quote(
                start=at * 100,
                text=text[at * 100 : at * 100 + 80],
                utterance=at,
                cue="said",
                speaker=f"speaker {speaker}",
                speaker_id=f"entity-{speaker}",
            )
            for at, speaker in enumerate(speakers)
        ),
        mentions=tuple(
            a_mention(start=at * 60, text=text[at * 60 : at * 60 + 9], entity=f"entity-{at}")
            for at in range(50)
        ),
        entities=tuple(
            an_entity(entity=f"entity-{rng.randrange(1000)}", name=f"name {at}") for at in range(15)
        ),
    )
    seen_at = NOON + timedelta(seconds=number)
    fetch_id = f"{number:016x}"
    return (
        a_fetch(fetch_id=fetch_id, url=url, started_at=seen_at),
        a_reading(fetch_id=fetch_id, seen_at=seen_at, document=document),
    )


def stage_articles(home: Path, numbers: range, *, batch: int) -> None:
    """Stage articles, `batch` in a file."""
    rng = random.Random(numbers.start)  # noqa: S311 (not for secrets)
    words = ["".join(rng.choices(string.ascii_lowercase, k=rng.randint(2, 9))) for _ in range(5000)]
    for start in numbers[::batch]:
        seen = [
            an_article_seen(number, words, rng)
            for number in range(start, min(start + batch, numbers.stop))
        ]
        harvest = a_harvest(
            batch_id=f"batch-{start}",
            made_at=NOON + timedelta(seconds=start),
            fetches=tuple(fetch for fetch, _ in seen),
            readings=tuple(reading for _, reading in seen),
        )
        stage(harvest, home / "staging")


@contextmanager
def told(what: str, *, articles: int = 0) -> Iterator[None]:
    """Print how long the block took, and how many articles a second that is."""
    clock, processor = time.perf_counter(), time.process_time()
    yield
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    rate = f"{articles / clock:>8.0f} articles/s" if articles else ""
    print(f"{what:<60} {clock:7.3f} s {processor:7.3f} s of processor {rate}")


def load_by_parts(warehouse: Warehouse, articles: int) -> None:
    """Load what is staged, and print how long story groups took of it and how long the rest."""
    profile = cProfile.Profile()
    clock = time.perf_counter()
    with told(f"load {articles:,} articles, checkpoint", articles=articles):
        profile.runcall(warehouse.load_staged)
    clock = time.perf_counter() - clock
    calls = pstats.Stats(profile).get_stats_profile().func_profiles
    stories = calls["group_stories"].cumtime
    for part, seconds in (("without story groups", clock - stories), ("story groups", stories)):
        print(f"  {part:<58} {seconds:7.3f} s {articles / seconds:>30.0f} articles/s")


def copy_plainly(home: Path) -> None:
    """Insert the rows of the warehouse into an empty file."""
    with duckdb.connect() as db:
        db.execute(f"attach '{home / 'warehouse.duckdb'}' as held (read_only)")
        db.execute(f"attach '{home / 'plain.duckdb'}' as plain (storage_version 'v1.2.0')")
        for table in COPIED:
            db.execute(f"create table plain.{table} as from held.{table}")
        db.execute("checkpoint plain")


def main(articles: int = 10_000, batch: int = 200) -> None:
    """Run it all in a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        warehouse = Warehouse(home)
        warehouse.prepare()
        with told(f"stage {articles:,} articles, {batch} in a file", articles=articles):
            stage_articles(home, range(articles), batch=batch)
        load_by_parts(warehouse, articles)
        with told("the same rows by plain DuckDB", articles=articles):
            copy_plainly(home)
        stage_articles(home, range(articles, articles + 200), batch=200)
        with told(f"open, load 200 more, checkpoint, close at {articles:,}", articles=200):
            warehouse.load_staged()
        with told("open, load nothing, close"):
            warehouse.load_staged()
        with told("publish"):
            warehouse.publish()
        for sql in ASKED:
            with told(f"open and ask: {sql}"), Reader(home) as reader:
                reader.answer(sql, timeout_s=600)
        print(f"{(home / 'warehouse.duckdb').stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
