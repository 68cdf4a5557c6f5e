"""Turns at the warehouse: opened and closed by whoever holds its lock."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.connection import transaction
from warehouse.lock import held_lock, wait_until_closed
from warehouse.migrate import current_warehouse


class Access:
    """Access to the warehouse of a home, for one holder at a time, of whatever process.

    Args:
        home: the folder that holds it.
        lock_wait_s: seconds to wait for another process before `WarehouseBusyError`.
    """

    def __init__(self, home: Path, *, lock_wait_s: float) -> None:
        self._path = home / "warehouse.duckdb"
        self._lock = home / "locks" / "warehouse.lock"
        self._lock_wait_s = lock_wait_s
        self._turn = threading.Lock()

    @contextmanager
    def held(self) -> Iterator[Path]:
        """Hold the lock and yield the file, not yet opened.

        Threads of this process take turns, however short others may wait.

        Raises:
            WarehouseBusyError: another process holds the lock, or has the file open without.
        """
        with self._turn, held_lock(self._lock, wait_s=self._lock_wait_s):
            wait_until_closed(self._path, wait_s=self._lock_wait_s)
            yield self._path

    @contextmanager
    def opened(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Open the warehouse, made or upgraded where that is needed."""
        with self.held() as path, current_warehouse(path) as db:
            yield db

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Open the warehouse within one transaction."""
        with self.opened() as db, transaction(db):
            yield db
