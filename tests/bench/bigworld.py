"""A big made-up warehouse, in minutes: `python -m tests.bench.bigworld HOME [ARTICLES]`.

Rows are made by SQL and go past the loader. An article has 36 words, 5 quotations, 10 mentions
and 6 entities; there are 200 outlets over two years, with stories printed twice and edits. The
same number of articles gives the same world.
"""

import sys
from pathlib import Path

import duckdb

from warehouse.connection import transaction
from warehouse.door import Warehouse
from warehouse.migrate import current_warehouse

_SCRIPTS = Path(__file__).parent
#: Articles of one transaction; more would take more memory and be no faster.
_AT_ONCE = 50_000


def fill(home: Path, articles: int) -> None:
    """Make the warehouse of `home`, fill it with `articles` articles, and publish it."""
    warehouse = Warehouse(home)
    warehouse.prepare()
    with current_warehouse(home / "warehouse.duckdb") as db:
        db.execute("set variable articles = $articles::bigint", {"articles": articles})
        _run(db, "bigworld_once")
        for first in range(0, articles, _AT_ONCE):
            _fill_articles(db, first, min(first + _AT_ONCE, articles))
        with transaction(db):
            _run(db, "bigworld_summaries")
    warehouse.publish()


def _fill_articles(db: duckdb.DuckDBPyConnection, first: int, ends: int) -> None:
    db.execute("set variable first = $first::bigint", {"first": first})
    db.execute("set variable ends = $ends::bigint", {"ends": ends})
    with transaction(db):
        _run(db, "bigworld_articles")
    db.execute("checkpoint")


def _run(db: duckdb.DuckDBPyConnection, script: str) -> None:
    db.execute((_SCRIPTS / f"{script}.sql").read_text("utf-8"))


def main(home: str, articles: str = "1000000") -> None:
    """Fill the folder `home`, which need not exist, and tell how big it became."""
    folder = Path(home)
    folder.mkdir(parents=True, exist_ok=True)
    fill(folder, int(articles))
    print(f"{(folder / 'warehouse.duckdb').stat().st_size / 1e6:,.0f} MB")


if __name__ == "__main__":
    main(*sys.argv[1:])
