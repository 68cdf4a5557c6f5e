"""The kernel's file lock that lets one process at a time write the warehouse."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extractors.errors import WarehouseBusyError

_BETWEEN_TRIES_S = 0.05


@contextmanager
def held_lock(path: Path, *, wait_s: float) -> Iterator[None]:
    """Hold the lock at `path` within the block; a killed holder holds nothing.

    Raises:
        WarehouseBusyError: another process held it for all of `wait_s` seconds.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        _wait_for(descriptor, path, give_up_at=time.monotonic() + wait_s)
        yield
    finally:
        os.close(descriptor)


def _wait_for(descriptor: int, path: Path, *, give_up_at: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= give_up_at:
                raise WarehouseBusyError(
                    f"another process is writing the warehouse (lock {path}); try again"
                ) from error
            time.sleep(_BETWEEN_TRIES_S)
        else:
            return
