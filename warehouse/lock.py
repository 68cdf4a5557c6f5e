"""The kernel's file locks that let one process at a time write the warehouse, or export it."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from extractors.errors import WarehouseBusyError

_BETWEEN_TRIES_S = 0.05


@contextmanager
def held_lock(
    path: Path, *, wait_s: float, holder: str = "another process is writing the warehouse"
) -> Iterator[None]:
    """Hold the lock at `path` within the block; a killed holder holds nothing.

    Args:
        path: the lock, made if missing.
        wait_s: how long to wait for who holds it.
        holder: what people are told of who holds it.

    Raises:
        WarehouseBusyError: another process held it for all of `wait_s` seconds.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        if not _took(descriptor, give_up_at=time.monotonic() + wait_s):
            raise WarehouseBusyError(f"{holder} (lock {path}); try again")
        yield
    finally:
        os.close(descriptor)


def wait_until_closed(path: Path, *, wait_s: float) -> None:
    """Return once no other process has the database at `path` open, or if there is none.

    DuckDB locks the file by ranges of bytes, which programs that know nothing of our lock do too.

    Raises:
        WarehouseBusyError: one had it open for all of `wait_s` seconds.
    """
    if not path.is_file():
        return
    give_up_at = time.monotonic() + wait_s
    with path.open("rb+") as file:
        while not _could_lock(file):
            if time.monotonic() >= give_up_at:
                raise WarehouseBusyError(
                    f"another program has {path} open: close it, and ask questions of "
                    "published.duckdb instead"
                )
            time.sleep(_BETWEEN_TRIES_S)


def _could_lock(file: BinaryIO) -> bool:
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):  # POSIX allows both
        return False
    return True


def _took(descriptor: int, *, give_up_at: float) -> bool:
    """Try to take a lock until then; tell whether it was had."""
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= give_up_at:
                return False
            time.sleep(_BETWEEN_TRIES_S)
        else:
            return True
