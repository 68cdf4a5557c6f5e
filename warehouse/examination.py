"""A look at a warehouse that changes nothing in it, also where it is broken."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from extractors.errors import WarehouseBusyError, WarehouseError
from warehouse.connection import is_held_elsewhere, rows_of, words_of
from warehouse.migrate import is_behind
from warehouse.scripts import statement
from warehouse.soundness import check_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Where a row says that the archive has a response."""

    fetch_id: str
    archive_file: str
    archive_offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What a look at a database file found."""

    is_behind: bool  #: an earlier version of this program made its tables
    open_failures: int
    last_run_at: datetime | None
    articles: int
    references: tuple[Reference, ...]


def examine(path: Path, *, references: int | None = None) -> Examined:
    """Return what is in the database at `path`.

    Args:
        path: a warehouse, or the published copy.
        references: rows that lead to the archive to tell of, the newest; None: all.

    Raises:
        WarehouseBusyError: a process writes it, so that it cannot be looked at.
        WarehouseError: it cannot be read, or its end is missing.
    """
    with _read_only(path) as db:
        check_whole(db, path)
        if is_behind(db):
            return Examined(
                is_behind=True, open_failures=0, last_run_at=None, articles=0, references=()
            )
        [signs] = rows_of(db.execute(statement("vital_signs")))
        found = rows_of(db.execute(statement("archived_references"), {"top": references}))
    return Examined(is_behind=False, references=tuple(Reference(**row) for row in found), **signs)


@contextmanager
def _read_only(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    try:
        with duckdb.connect(str(path), read_only=True) as db:
            db.execute("set timezone = 'UTC'")
            yield db
    except duckdb.Error as error:
        if is_held_elsewhere(error):
            raise WarehouseBusyError(f"another process writes {path}") from error
        raise WarehouseError(f"{path} cannot be read: {words_of(error)}") from error
