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
    now: datetime,
    *,
    ladder: Mapping[timedelta, timedelta],
    limit: int | None = None,
) -> list[Recheck]:
    """Return the pages to ask for again, the longest overdue for the age of their article first.

    Args:
        db: the warehouse, or a copy of it.
        now: the time to judge by.
        ladder: how long to wait from one look to the next at an article under each age; those
            older than all of them are let rest.
        limit: so many pages at most; None for all.
    """
    rungs = [
        {"under_s": age.total_seconds(), "every_s": wait.total_seconds()}
        for age, wait in ladder.items()
    ]
    asked = {"now": now, "ladder": json.dumps(rungs), "limit": limit}
    return [Recheck(**row) for row in rows_of(db.execute(statement("rechecks_due"), asked))]
