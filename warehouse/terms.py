"""Keeping the terms that `search` finds articles by."""

import duckdb

from warehouse.connection import transaction
from warehouse.scripts import statement

#: Versions that came before terms were kept and get theirs in one load, so many in a transaction.
_OLDER_STEPS = 4
_OLDER_AT_ONCE = 1000
#: Of all texts; sorting rewrites the terms of all.
_LEAST_UNSORTED_SHARE = 0.1


def keep_terms(db: duckdb.DuckDBPyConnection) -> None:
    """Keep the terms of the versions that a load has left in next_versions."""
    for name in ("new_texts", "insert_terms"):
        db.execute(statement(name))


def keep_older_terms(db: duckdb.DuckDBPyConnection) -> None:
    """Keep the terms of the newest of the versions that came before terms were kept."""
    for _ in range(_OLDER_STEPS):
        if db.execute(statement("unsearched_left")).fetchall() == [(False,)]:
            return
        with transaction(db):
            db.execute(statement("open_older_texts"), {"most": _OLDER_AT_ONCE})
            for name in ("insert_terms", "close_older_texts"):
                db.execute(statement(name))


def sort_terms(db: duckdb.DuckDBPyConnection) -> bool:
    """Rewrite the terms in their order, without those of texts that are no more.

    A lookup then reads only the part of the table where the term stands.

    Returns:
        False if so few texts came and went since the last time that nothing was done.
    """
    share = {"least_share": _LEAST_UNSORTED_SHARE}
    if db.execute(statement("terms_to_sort"), share).fetchall() != [(True,)]:
        return False
    with transaction(db):
        db.execute(statement("sort_terms"))
    return True
