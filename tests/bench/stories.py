"""What finding copies costs: `python -m tests.bench.stories [HELD]…`.

For each number of articles held, 1,000 new ones are loaded: half are texts of their own, half are
held texts with one word in twenty replaced. All were seen within the window, which is the worst
case. Before that: what a text costs the worker, and what a verdict costs the loader.
"""

import random
import string
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import duckdb

from extractors.records import Harvest
from tests.bench.madeup import told
from tests.builders import (
    NOON,
    a_document,
    a_fetch,
    a_harvest,
    a_reading,
    an_article,
)
from warehouse.door import Warehouse
from warehouse.folding import story_key, words_of
from warehouse.reader import Reader
from warehouse.staging import stage
from warehouse.stories import is_same_story, sketch_of, wording_of

NEW = 1_000
#: Articles that are held beside those whose texts are real: rows as of texts of 600 words.
FILLED = (
    "insert into sketches select 'held ' || i, md5(i::varchar)[:24], seen_at, 44, "
    "hash(i, j)::ubigint >> 32 from held, range(44) as hashes(j)",
    "insert into article_versions by name select 'held ' || i as article_id, 1 as version, "
    "seen_at, 'held' as text, 'held ' || i as fetch_id, 'x1' as extractor_version, "
    "md5(i::varchar) as text_hash, md5(i::varchar)[:24] as story_key, 600 as words from held",
    "insert into article_heads by name select 'held ' || i as article_id, 'held' as url, "
    "seen_at as first_seen_at, seen_at as last_seen_at, 'held ' || i as last_fetch_id, "
    "1 as version, 'held ' || i as fetch_id, 'held ' || i as story_id from held",
)


def words_for(rng: random.Random) -> list[str]:
    """A vocabulary."""
    letters = string.ascii_lowercase
    return ["".join(rng.choices(letters, k=rng.randint(2, 9))) for _ in range(5000)]


def texts_of(rng: random.Random, vocabulary: Sequence[str], *, number: int) -> list[str]:
    """Texts of 600 words, drawn at random."""
    return [" ".join(rng.choices(vocabulary, k=600)) for _ in range(number)]


def edited(text: str, rng: random.Random, vocabulary: Sequence[str]) -> str:
    """The text with one word in twenty replaced."""
    words = text.split()
    return " ".join(rng.choice(vocabulary) if rng.random() < 0.05 else word for word in words)


def harvest_of(texts: Sequence[str], name: str) -> Harvest:
    """A batch of articles with these texts, and nothing else."""
    seen_at = NOON + timedelta(days=7)
    ids = [f"{name} {number}" for number in range(len(texts))]
    return a_harvest(
        batch_id=name,
        made_at=seen_at,
        fetches=tuple(a_fetch(fetch_id=each, url=each, started_at=seen_at) for each in ids),
        readings=tuple(
            a_reading(
                fetch_id=each,
                seen_at=seen_at,
                document=a_document(article=an_article(article_id=each, url=each, text=text)),
            )
            for each, text in zip(ids, texts, strict=True)
        ),
    )


def measure_texts(texts: Sequence[str]) -> None:
    """Print the processor time of what is done for each text, and for each two."""
    begun = time.process_time()
    for text in texts:
        words = words_of(text)
        story_key(words)
        sketch_of(words)
    sketched = time.process_time()
    wordings = [wording_of(words_of(text)) for text in texts]
    prepared = time.process_time()
    for one, other in pairwise(wordings):
        is_same_story(one, other)
    judged = time.process_time()
    print(f"key and sketch: {1e3 * (sketched - begun) / len(texts):.3f} ms an article")
    print(f"preparing it for verdicts: {1e3 * (prepared - sketched) / len(texts):.3f} ms")
    print(f"a verdict on unlike texts: {1e6 * (judged - prepared) / len(texts):.0f} us")


def measure_load(held: int) -> None:
    """Print how long new articles take where so many are held, and how many copies are found."""
    rng = random.Random(held)  # noqa: S311 (not for secrets)
    vocabulary = words_for(rng)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        warehouse = Warehouse(home)
        warehouse.prepare()
        first = texts_of(rng, vocabulary, number=NEW // 2)
        stage(harvest_of(first, "first"), home / "staging")
        warehouse.load_staged()
        fill(home / "warehouse.duckdb", held - len(first))
        copies = [edited(text, rng, vocabulary) for text in first]
        new = texts_of(rng, vocabulary, number=NEW - len(copies)) + copies
        stage(harvest_of(new, "new"), home / "staging")
        with told(f"load {NEW:,} articles where {held:,} are held", articles=NEW):
            warehouse.load_staged()
        warehouse.publish()
        with Reader(home) as reader:
            [(found,)] = reader.answer(
                "select count(*) - count(distinct story_id) from articles", timeout_s=60
            ).rows
        print(f"{found} of {len(copies)} copies found")


def fill(path: Path, number: int) -> None:
    """Hold so many articles more, as their rows alone."""
    with duckdb.connect(str(path)) as db:
        db.execute(
            "create temp table held as select i, $noon::timestamptz + to_seconds(i % 600000) "
            "as seen_at from range($number) as numbers(i)",
            {"noon": NOON, "number": number},
        )
        for sql in FILLED:
            db.execute(sql)


def main(*helds: int) -> None:
    """Measure texts, then loads."""
    rng = random.Random(0)  # noqa: S311 (not for secrets)
    vocabulary = words_for(rng)
    measure_texts(texts_of(rng, vocabulary, number=200))
    for held in helds or (10_000,):
        measure_load(held)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
