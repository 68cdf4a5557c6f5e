"""A warehouse file in the place of another, whole whatever is killed meanwhile."""

import logging
import os
from pathlib import Path

import duckdb

from extractors.errors import WarehouseBusyError, WarehouseError
from warehouse.connection import open_warehouse
from warehouse.durably import sync_folder

logger = logging.getLogger(__name__)


def take_place(built: Path, path: Path) -> Path | None:
    """Move `built` to `path`; return the file that keeps what was there, None if nothing was.

    The caller holds the lock of the warehouse at `path`, and nobody has `built` open.

    Raises:
        WarehouseBusyError: a program that knows nothing of the lock has the file open.
        WarehouseError: `built` cannot be opened; everything is where it was.
    """
    with open_warehouse(built):
        pass  # all of it is in the file now, none in a log beside it
    kept = _keep(path) if path.exists() else None
    # DuckDB would replay the log of the file before in the new one.
    _log_of(path).unlink(missing_ok=True)
    built.replace(path)
    sync_folder(path.parent)
    return kept


def _keep(path: Path) -> Path:
    kept = path.with_name(f"{path.stem}.before-rebuild{path.suffix}")
    if _log_of(path).exists():
        _fold_log(path)
    for old in (kept, _log_of(kept)):
        old.unlink(missing_ok=True)
    os.link(path, kept)
    if _log_of(path).exists():  # it may be what makes the warehouse unreadable
        os.link(_log_of(path), _log_of(kept))
    sync_folder(path.parent)
    return kept


def _fold_log(path: Path) -> None:
    """Have what a killed process left in the log be in the file, as far as that can be read."""
    try:
        with open_warehouse(path):
            pass
    except WarehouseBusyError:
        raise
    except (WarehouseError, duckdb.Error) as error:
        logger.info("kept a warehouse that cannot be opened error=%s", error)


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")
