"""Bringing a warehouse up to today's schema."""

import hashlib
import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import duckdb

from extractors.errors import WarehouseError
from warehouse.connection import discard, open_warehouse, transaction
from warehouse.durably import put
from warehouse.publish import publish
from warehouse.scripts import Script, scripts_in, statement
from warehouse.soundness import check_not_lost, check_whole, note_size

logger = logging.getLogger(__name__)


@contextmanager
def current_warehouse(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the warehouse at `path` as `open_warehouse` does, made or upgraded where needed.

    Raises:
        WarehouseError: the warehouse is lost or cut, or as `open_warehouse`, `migrate` and
            `upgrade`.
    """
    check_not_lost(path)
    if not path.exists():
        make_new(path)
    with ExitStack() as stack:
        db = stack.enter_context(open_warehouse(path))
        if is_behind(db):
            stack.close()
            before = upgrade(path)
            logger.info("warehouse upgraded copy_of_before=%s", before)
            db = stack.enter_context(open_warehouse(path))
        check_whole(db, path)
        migrate(db)
        yield db
    note_size(path)


def make_new(path: Path) -> None:
    """Make a warehouse without rows at `path`, whole or not at all.

    For DuckDB cannot read our migrations back from its log ("no default database set"): a kill
    before the first checkpoint would leave a file that nobody can open.

    Raises:
        WarehouseError: there is no room for it.
    """
    unfinished = path.with_name(f".{path.name}.making")
    discard(unfinished)  # of a killed attempt
    with open_warehouse(unfinished) as db:
        migrate(db)
    put(unfinished, path)


def migrate(db: duckdb.DuckDBPyConnection) -> list[str]:
    """Make the tables of a new warehouse, and the views of any; return the migrations applied.

    Raises:
        WarehouseError: a migration applied earlier has changed since, or the warehouse was
            written by a later version of this program.
    """
    with transaction(db):
        if _is_new(db):
            db.execute(statement("create_history"))
        missing = _missing_migrations(db)
        for number, script in missing:
            _apply(db, number, script)
        make_views(db)
    return [script.name for _, script in missing]


def is_behind(db: duckdb.DuckDBPyConnection) -> bool:
    """Return whether an earlier version of this program made the tables of `db`.

    Raises:
        WarehouseError: as `migrate`.
    """
    return not _is_new(db) and bool(_missing_migrations(db))


def upgrade(path: Path) -> Path:
    """Bring a warehouse that `is_behind` up to today's schema; return a copy of it as it was.

    The migrations are applied to a second copy, which takes the place of the warehouse once it
    is whole. For DuckDB does not commit two columns with defaults that are added to a table with
    rows in one transaction ("another transaction has altered this table").

    Raises:
        WarehouseError: there is no room for the copies, or a migration failed; the warehouse is
            as it was.
    """
    with open_warehouse(path) as db:
        [(first, _), *_] = _missing_migrations(db)
    before = path.with_name(f"{path.stem}.before-{first:04}{path.suffix}")
    publish(path, before)
    unfinished = path.with_name(f".{path.name}.upgrading")
    discard(unfinished)  # of a killed attempt
    publish(path, unfinished)
    with open_warehouse(unfinished) as db:
        for number, script in _missing_migrations(db):
            _apply(db, number, script)
    put(unfinished, path)
    return before


def make_views(db: duckdb.DuckDBPyConnection) -> None:
    """Create all views anew if their scripts have changed since they were last made."""
    scripts = scripts_in("views")
    wanted = hashlib.sha256("".join(script.sha256 for script in scripts).encode()).hexdigest()
    if db.execute(statement("view_hash")).fetchall() == [(wanted,)]:
        return
    for script in scripts:
        db.execute(script.sql)
    db.execute(statement("insert_view_hash"), {"sha256": wanted})


def _is_new(db: duckdb.DuckDBPyConnection) -> bool:
    return db.execute(statement("has_history")).fetchall() == [(False,)]


def _apply(db: duckdb.DuckDBPyConnection, number: int, script: Script) -> None:
    db.execute(script.sql)
    applied = {"number": number, "name": script.name, "sha256": script.sha256}
    db.execute(statement("insert_migration"), applied)


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
