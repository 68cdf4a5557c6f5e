"""Connections for the one process that writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from extractors.errors import WarehouseBusyError, WarehouseError

#: Older files leave text uncompressed, twice the size; `latest` picks a slower dictionary.
_STORAGE_VERSION = "v1.2.0"


@contextmanager
def open_warehouse(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the database at `path` for writing, made if missing, and checkpoint it at the end.

    The caller holds the lock of the warehouse.

    Raises:
        WarehouseBusyError: a program that knows nothing of the lock has the file open.
        WarehouseError: the file cannot be read, or DuckDB or a file operation failed within the
            block: the disk is full, for example.
    """
    if not path.exists():
        _create(path)
    db = _connect(path)
    try:
        db.execute("set timezone = 'UTC'")
        # The checkpoint comes at the end; on the way there each would compress the same
        # half-filled row groups again.
        db.execute("set wal_autocheckpoint = '1GB'")
        yield db
        db.execute("checkpoint")
    except RuntimeError as error:
        if str(error) == "Query interrupted":  # what DuckDB makes of Ctrl-C
            raise KeyboardInterrupt from error
        raise
    except (duckdb.Error, OSError) as error:
        raise WarehouseError(
            f"{path}: {error}; nothing of this step was written, and what is staged is kept: mend "
            "it and run the command again"
        ) from error
    finally:
        db.close()


@contextmanager
def transaction(db: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit what the block does, all of it, or nothing if it raises."""
    db.execute("begin transaction")
    try:
        yield
    except BaseException:
        _roll_back(db)
        raise
    db.execute("commit")


def rows_of(found: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return what was found, each row by the names of its columns."""
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _roll_back(db: duckdb.DuckDBPyConnection) -> None:
    try:
        db.execute("rollback")
    except duckdb.Error:
        # A full disk is fatal to the connection: nothing was committed and nothing can be
        # rolled back; the error that brought us here says more.
        return


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(":memory:") as db:
        quoted = str(path).replace("'", "''")
        db.execute(f"attach '{quoted}' as created (storage_version '{_STORAGE_VERSION}')")


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(str(path))
    except duckdb.IOException as error:
        if "lock" in str(error).lower():
            raise WarehouseBusyError(
                f"another program has {path} open: close it, and ask questions of "
                "published.duckdb instead"
            ) from error
        raise WarehouseError(
            f"{path} cannot be opened: {error}; put a copy that can be in its place (of the home, "
            "or published.duckdb as a last resort)"
        ) from error
