"""Which pages of known articles are to be asked for again."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

import duckdb

from warehouse.connection import rows_of
from warehouse.results import Recheck
from warehouse.scripts import statement


def rechecks_due(
    db: duckdb.DuckDBPyConnection,
    by: datetime,
    *,
    ladder: Mapping[timedelta, timedelta],
    limit: int | None = None,
) -> list[Recheck]:
    """Return the pages to ask for again, the longest overdue for the age of their article first.

    Args:
        db: the warehouse.
        by: the time to judge by.
        ladder: how long to wait from one look to the next at an article under each age; those
            older than all of them are let rest.
        limit: so many pages at most; None for all.
    """
    _find_due(db, by, ladder)
    found = db.execute(statement("rechecks_due"), {"limit": limit})
    return [Recheck(**row) for row in rows_of(found)]


def count_rechecks_due(
    db: duckdb.DuckDBPyConnection, by: datetime, *, ladder: Mapping[timedelta, timedelta]
) -> int:
    """Return how many pages `rechecks_due` would return without a limit."""
    _find_due(db, by, ladder)
    [(pages,)] = db.execute(statement("count_rechecks_due")).fetchall()
    return int(pages)


def _find_due(
    db: duckdb.DuckDBPyConnection, by: datetime, ladder: Mapping[timedelta, timedelta]
) -> None:
    """Put them into a temporary table, which the two questions above read."""
    rungs = [
        {"under_s": age.total_seconds(), "every_s": wait.total_seconds()}
        for age, wait in ladder.items()
    ]
    db.execute(statement("young_articles"), {"by": by, "ladder": json.dumps(rungs)})
    db.execute(statement("young_pages"))
    db.execute(statement("due_rechecks"), {"by": by})
