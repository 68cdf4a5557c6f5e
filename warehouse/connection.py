"""Connections for the one process that writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from extractors.errors import WarehouseBusyError, WarehouseError
from warehouse.durably import put

#: Older files leave text uncompressed, twice the size; `latest` picks a slower dictionary.
_STORAGE_VERSION = "v1.2.0"
#: A change writes whole blocks anew: with DuckDB's own of 256 KiB a pass without news writes twice
#: as much. Older files keep theirs until they are compacted.
_BLOCK_BYTES = 65_536
#: What the log may hold before a checkpoint comes of itself. On the way to the end each would
#: compress the same half-filled row groups again.
_LOG_BYTES = "1GB"
#: What to do about a warehouse that cannot be read.
HOW_TO_MEND = (
    "put a backup in its place with `onrecord restore FILE`, or make it anew from the archive with "
    "`onrecord reextract --rebuild`"
)
#: Words of DuckDB about a file that is not as it was written.
_SIGNS_OF_DAMAGE = ("corrupt", "checksum", "could not read", "not a valid", "deserializ")


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
        create_database(path)
    db = _connect(path)
    try:
        db.execute("set timezone = 'UTC'")
        db.execute("set enable_progress_bar = false")  # it goes to the output of commands
        db.execute(f"set wal_autocheckpoint = '{_LOG_BYTES}'")
        # However little a transaction writes, where a checkpoint follows it goes past the log.
        db.execute("set auto_checkpoint_skip_wal_threshold = 0")
        yield db
        db.execute("checkpoint")
    except RuntimeError as error:
        if str(error) == "Query interrupted":  # what DuckDB makes of Ctrl-C
            raise KeyboardInterrupt from error
        raise
    except (duckdb.Error, OSError) as error:
        raise _told(path, error) from error
    finally:
        db.close()


@contextmanager
def transaction(db: duckdb.DuckDBPyConnection, *, is_last: bool = False) -> Iterator[None]:
    """Commit what the block does, all of it, or nothing if it raises.

    Args:
        db: where.
        is_last: a checkpoint would follow. It takes the place of the log, into which everything
            would else be written first; it too is whole or not there at all after a kill.
    """
    db.execute("begin transaction")
    try:
        yield
    except BaseException:
        _roll_back(db)
        raise
    db.execute(f"set wal_autocheckpoint = '{'1B' if is_last else _LOG_BYTES}'")
    db.execute("commit")


def rows_of(found: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return what was found, each row by the names of its columns."""
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def create_database(path: Path) -> None:
    """Make an empty database whose text is compressed; a kill leaves it whole or not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)  # of a killed attempt
    try:
        with duckdb.connect(":memory:") as db:
            form = f"storage_version '{_STORAGE_VERSION}', block_size {_BLOCK_BYTES}"
            db.execute(f"attach {quoted(unfinished)} as created ({form})")
    except duckdb.Error as error:
        raise _told(path, error) from error
    put(unfinished, path)


def quoted(path: Path) -> str:
    """Return `path` as a string of SQL, for statements that take no parameter there."""
    return "'" + str(path).replace("'", "''") + "'"


def discard(unfinished: Path) -> None:
    """Remove a database file that was not finished, and its log, if they are there."""
    unfinished.unlink(missing_ok=True)
    unfinished.with_name(f"{unfinished.name}.wal").unlink(missing_ok=True)


def _roll_back(db: duckdb.DuckDBPyConnection) -> None:
    try:
        db.execute("rollback")
    except duckdb.Error:
        # A full disk is fatal to the connection: nothing was committed and nothing can be
        # rolled back; the error that brought us here says more.
        return


def _told(path: Path, error: duckdb.Error | OSError) -> WarehouseError:
    """Return what a person is told of an error on the open warehouse."""
    said = words_of(error)
    if any(sign in said.lower() for sign in _SIGNS_OF_DAMAGE):
        return damaged(path, said)
    return WarehouseError(
        f"{path}: {said}; what was not finished is undone, and what is staged is kept: make room, "
        "or mend what it says, and run the command again"
    )


def is_held_elsewhere(error: duckdb.Error) -> bool:
    """Tell whether a file could not be opened since another process has it open."""
    return "set lock on file" in str(error)


def words_of(error: Exception) -> str:
    """Return the words of an error, without DuckDB's own stack, which tells people nothing."""
    return str(error).partition("Stack Trace:")[0].strip()


def damaged(path: Path, why: str) -> WarehouseError:
    """Return what a person is told of a database that is damaged."""
    return WarehouseError(f"{path} is damaged and was left as it is: {why}. {HOW_TO_MEND}")


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(str(path))
    except duckdb.Error as error:
        if is_held_elsewhere(error):
            raise WarehouseBusyError(
                f"another program has {path} open: close it, and ask questions of "
                "published.duckdb instead"
            ) from error
        raise damaged(path, words_of(error)) from error
