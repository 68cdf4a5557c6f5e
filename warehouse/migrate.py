"""Bringing a warehouse up to today's schema."""

import hashlib

import duckdb

from extractors.errors import WarehouseError
from warehouse.connection import transaction
from warehouse.scripts import Script, scripts_in, statement


def migrate(db: duckdb.DuckDBPyConnection) -> list[str]:
    """Apply the migrations `db` lacks, in one transaction, and return their names.

    Raises:
        WarehouseError: a migration applied earlier has changed since, or the warehouse was
            written by a later version of this program.
    """
    with transaction(db):
        if db.execute(statement("has_history")).fetchall() == [(False,)]:
            db.execute(statement("create_history"))
        missing = _missing_migrations(db)
        for number, script in missing:
            db.execute(script.sql)
            db.execute(
                statement("insert_migration"),
                {"number": number, "name": script.name, "sha256": script.sha256},
            )
        make_views(db)
    return [script.name for _, script in missing]


def make_views(db: duckdb.DuckDBPyConnection) -> None:
    """Create all views anew if their scripts have changed since they were last made."""
    scripts = scripts_in("views")
    wanted = hashlib.sha256("".join(script.sha256 for script in scripts).encode()).hexdigest()
    if db.execute(statement("view_hash")).fetchall() == [(wanted,)]:
        return
    for script in scripts:
        db.execute(script.sql)
    db.execute(statement("insert_view_hash"), {"sha256": wanted})


def _missing_migrations(db: duckdb.DuckDBPyConnection) -> list[tuple[int, Script]]:
    known = {int(script.name[:4]): script for script in scripts_in("migrations")}
    applied = db.execute(statement("applied_migrations")).fetchall()
    for number, name, sha256 in applied:
        if number not in known:
            raise WarehouseError(
                f"the warehouse has had migration {number} ({name}), which this version of "
                "onrecord does not know: use a newer version"
            )
        if known[number].sha256 != sha256:
            raise WarehouseError(
                f"migration {number} ({name}) has changed since it was applied: install the "
                "released version of onrecord"
            )
    done = {number for number, _, _ in applied}
    return [(number, script) for number, script in known.items() if number not in done]
