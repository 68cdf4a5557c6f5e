"""What keeping identities costs: `python -m tests.bench.identities [HELD]…`.

For each number of entities held, batches of 1,000 articles are loaded that name 15 entities each:
half of them held, half new, and a third of the new ones fuller names of held ones. The same is
loaded without entities, so that the difference is the cost of them all: their rows, and finding
which names mean the same.
"""

import random
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from extractors.identity import Identity, PlainerName
from extractors.records import Entity, Harvest
from tests.builders import NOON, a_document, a_fetch, a_harvest, a_reading, an_article
from warehouse.door import Warehouse
from warehouse.staging import stage

ARTICLES, ENTITIES = 1_000, 15
ROUNDS = 3
FILLED = (
    "insert into held_entities select 'e' || i, 'e' || i, 'PERSON', 'Name ' || i "
    "from range($n::integer) as names(i)",
    "insert into entity_variants select 'e' || i, 'e' || (i + 1), 'middle initial' "
    "from range(0, $n::integer, 4) as names(i)",
    "insert into entity_merges select i, 'e' || i, 'e' || (i + 1), 'merged', 'middle initial', "
    "now() from range(0, $n::integer, 4) as names(i)",
)


def main() -> None:
    """Print one line for each number of entities held."""
    for held in [int(each) for each in sys.argv[1:]] or [10_000, 100_000, 1_000_000]:
        with tempfile.TemporaryDirectory() as folder:
            warehouse = _filled(Path(folder), held)
            bare = sorted(_load(warehouse, Path(folder), held, 2 * i, 0) for i in range(ROUNDS))
            whole = sorted(
                _load(warehouse, Path(folder), held, 2 * i + 1, ENTITIES) for i in range(ROUNDS)
            )
        middle = ROUNDS // 2
        print(
            f"{held:>9,} held: {whole[middle]:5.2f} s CPU for {ARTICLES:,} articles with "
            f"{ENTITIES} entities each, {bare[middle]:5.2f} s without",
            flush=True,
        )


def _filled(home: Path, held: int) -> Warehouse:
    warehouse = Warehouse(home)
    warehouse.prepare()
    with duckdb.connect(str(home / "warehouse.duckdb")) as db:
        for sql in FILLED:
            db.execute(sql, {"n": held})
    return warehouse


def _load(warehouse: Warehouse, home: Path, held: int, number: int, entities: int) -> float:
    """Return the CPU seconds of loading batch `number`."""
    stage(_batch(held, number, entities), home / "staging")
    begun = time.process_time()
    warehouse.load_staged()
    return time.process_time() - begun


def _batch(held: int, number: int, entities: int) -> Harvest:
    rng = random.Random(number)  # noqa: S311
    fetches, readings = [], []
    for place in range(ARTICLES):
        ident = f"{number}-{place}"
        document = a_document(
            article=an_article(article_id=ident, text=f"Text {ident}."),
            entities=tuple(_entity(rng, held, f"{ident}-{each}") for each in range(entities)),
        )
        fetches.append(a_fetch(fetch_id=ident, url=f"https://gazette.example/{ident}"))
        readings.append(a_reading(fetch_id=ident, document=document))
    return a_harvest(
        batch_id=str(number), made_at=NOON, fetches=tuple(fetches), readings=tuple(readings)
    )


def _entity(rng: random.Random, held: int, ident: str) -> Entity:
    of_held = f"e{rng.randrange(held)}"
    if rng.random() < 0.5:
        return Entity(
            entity=of_held, name=of_held, label="PERSON", identity=Identity(name_id=of_held)
        )
    plainer = (PlainerName(entity=of_held, reason="middle initial"),) * (rng.random() < 1 / 3)
    return Entity(
        entity=ident,
        name=f"New {ident}",
        label="PERSON",
        identity=Identity(name_id=ident, plainer=plainer),
    )


if __name__ == "__main__":
    main()
