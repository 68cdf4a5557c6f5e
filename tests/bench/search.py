"""What the terms of `search` cost: `python -m tests.bench.search [ARTICLES]`.

Articles have 600 words, drawn from 60,000 by Zipf's law. The terms are kept 200 articles at a time,
as a busy hour brings them; then questions are asked before and after the terms are sorted.
"""

import itertools
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from tests.builders import NOON
from warehouse.connection import transaction
from warehouse.door import Warehouse
from warehouse.migrate import current_warehouse
from warehouse.reader import Reader
from warehouse.terms import keep_terms, sort_terms

_SCRIPTS = Path(__file__).parent
_WORDS = 60_000
_AT_ONCE = 200
#: By rank: a word of most articles, of some, of few, and one in a million words.
_ASKED = ("w1", "w40 w900", "w20000", "w12 w350 w7000 w41000")


@contextmanager
def told(what: str, *, articles: int = 0) -> Iterator[None]:
    """Print how long the block took, and how many articles a second that is."""
    clock, processor = time.perf_counter(), time.process_time()
    yield
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    rate = f"{articles / processor:>8.0f} articles/s of processor" if articles else ""
    print(f"{what:<50} {clock:7.3f} s {processor:7.3f} s of processor {rate}", flush=True)


def texts(rng: random.Random, count: int) -> Iterator[str]:
    """Yield texts of 600 words."""
    names = [f"w{rank}" for rank in range(1, _WORDS + 1)]
    weights = list(itertools.accumulate(1 / rank for rank in range(1, _WORDS + 1)))
    for _ in range(count):
        yield " ".join(rng.choices(names, cum_weights=weights, k=600))


def fill(db: duckdb.DuckDBPyConnection, articles: int) -> None:
    """Put in articles without their terms."""
    script = (_SCRIPTS / "search_articles.sql").read_text("utf-8")
    rng = random.Random(7)  # noqa: S311 (not for secrets)
    for first in range(0, articles, 2_000):
        rows = list(texts(rng, min(2_000, articles - first)))
        _set(db, first=first, noon=NOON, texts=rows)
        db.execute(script)


def keep_all_terms(db: duckdb.DuckDBPyConnection, articles: int) -> None:
    """Keep the terms of all articles, some at a time, and tell how long that alone took."""
    script = (_SCRIPTS / "search_batch.sql").read_text("utf-8")
    spent = 0.0
    for first in range(0, articles, _AT_ONCE):
        with transaction(db):
            _set(db, first=first, ends=first + _AT_ONCE)
            db.execute(script)
            before = time.process_time()
            keep_terms(db)
            spent += time.process_time() - before
    print(f"terms kept: {articles / spent:,.0f} articles a second of processor", flush=True)


def _set(db: duckdb.DuckDBPyConnection, **values: object) -> None:
    for name, value in values.items():
        db.execute(f"set variable {name} = $value", {"value": value})


def ask(home: Path) -> None:
    """Ask each question, twice: the second time the file is in memory."""
    with Reader(home) as reader:
        for words in (*_ASKED, *_ASKED):
            with told(f"search {words!r}"):
                reader.answer("from search($words)", {"words": words}, timeout_s=600)


def main(articles: int = 20_000) -> None:
    """Run it all in a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        warehouse = Warehouse(home)
        warehouse.prepare()
        with current_warehouse(home / "warehouse.duckdb") as db:
            fill(db, articles)
            keep_all_terms(db, articles)
        warehouse.publish()
        ask(home)
        with current_warehouse(home / "warehouse.duckdb") as db, told("sort the terms"):
            sort_terms(db)
        warehouse.publish()
        ask(home)
        print(f"{(home / 'warehouse.duckdb').stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
