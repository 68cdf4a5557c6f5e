"""The warehouse written anew, without the room that updates and removals leave in its file."""

from pathlib import Path

import duckdb

from extractors.errors import WarehouseError
from warehouse.connection import create_database, discard, open_warehouse, quoted, rows_of
from warehouse.durably import put
from warehouse.results import Compacted
from warehouse.scripts import statement


def compact(path: Path) -> Compacted:
    """Write the database at `path`, which nobody may have open, anew into as little as it needs.

    Nothing of what was deleted is in the new file. A kill at any point leaves the old file or the
    new one, whole; what is left of an unfinished one goes with the next call.

    Raises:
        WarehouseError: there is no room for a second file, or the old one cannot be read; it
            stays as it was.
    """
    with open_warehouse(path):
        pass  # whatever a killed process left in the log is in the file now
    bytes_before = path.stat().st_size
    unfinished = path.with_name(f".{path.name}.compacting")
    discard(unfinished)
    try:
        _copy(path, unfinished)
        put(unfinished, path)
    except (duckdb.Error, OSError) as error:
        discard(unfinished)
        raise WarehouseError(f"{path} could not be compacted and is as before: {error}") from error
    return Compacted(bytes_before=bytes_before, bytes_after=path.stat().st_size)


def _copy(path: Path, unfinished: Path) -> None:
    create_database(unfinished)
    with duckdb.connect(":memory:") as db:
        db.execute(f"attach {quoted(path)} as old (read_only)")
        db.execute(f"attach {quoted(unfinished)} as fresh")
        db.execute("copy from database old to fresh")
        db.execute("checkpoint fresh")
        before, after = _rows_by_table(db, "old"), _rows_by_table(db, "fresh")
    if before != after:
        raise WarehouseError(
            f"the compacted copy of {path} differs from it, which stays as it was: "
            f"{sorted(before.items() ^ after.items())}"
        )


def _rows_by_table(db: duckdb.DuckDBPyConnection, database: str) -> dict[str, int]:
    tables = rows_of(db.execute(statement("tables_of"), {"database": database}))
    counted = {
        name: db.execute(f'select count(*) from {database}.main."{name}"').fetchall()  # noqa: S608
        for name in (table["table_name"] for table in tables)
    }
    return {name: rows for name, [(rows,)] in counted.items()}
