"""Turns at the warehouse: opened and closed by whoever holds its lock."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.connection import transaction
from warehouse.lock import held_lock, wait_until_closed
from warehouse.migrate import current_warehouse


class _Open(threading.local):
    """What a thread has open of a warehouse, for all that it does together."""

    db: duckdb.DuckDBPyConnection | None = None


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
        self._open = _Open()

    @contextmanager
    def held(self) -> Iterator[Path]:
        """Hold the lock and yield the file, not yet opened.

        Threads of this process take turns, however short others may wait.

        Raises:
            WarehouseBusyError: another process holds the lock, or has the file open without.
            RuntimeError: this thread has it open: within `together`, nobody can act on the file.
        """
        if self._open.db is not None:
            raise RuntimeError("the warehouse is open in this thread: its file cannot be replaced")
        with self._turn, held_lock(self._lock, wait_s=self._lock_wait_s):
            wait_until_closed(self._path, wait_s=self._lock_wait_s)
            yield self._path

    @contextmanager
    def opened(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Open the warehouse, made or upgraded where that is needed."""
        if self._open.db is not None:
            yield self._open.db
            return
        with self.held() as path, current_warehouse(path) as db:
            yield db

    @contextmanager
    def together(self) -> Iterator[None]:
        """Share one opening among all that this thread opens within the block.

        Others are kept out meanwhile, so nothing that takes long may be within it.
        """
        with self.opened() as db:
            self._open.db = db
            try:
                yield
            finally:
                self._open.db = None

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Open the warehouse within one transaction."""
        with self.opened() as db, transaction(db):
            yield db
