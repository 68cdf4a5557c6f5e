"""Who runs beside whom: one pass, one re-check, one recovery; and how a run shows that it lives."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.home import Home

_BETWEEN_TRIES_S = 0.2


class RunActiveError(Exception):
    """Another process holds the lock of such runs; `run_id` says which run."""

    def __init__(self, run_id: str) -> None:
        super().__init__(run_id)
        self.run_id = run_id


@contextmanager
def held_alone(lock: Path, run_id: str, *, wait_s: float | None) -> Iterator[None]:
    """Hold within the block what one run holds at a time; a killed holder holds nothing.

    Args:
        lock: of passes, re-checks or recoveries, as `Home` has them.
        run_id: what others are told is active.
        wait_s: how long to wait for the run that holds it; None: not at all.

    Raises:
        RunActiveError: another run still holds it.
    """
    handle = _opened(lock)
    try:
        deadline = time.monotonic() + (wait_s or 0)
        while not _took_lock(handle):
            if time.monotonic() >= deadline:
                raise RunActiveError(os.pread(handle, 64, 0).decode() or "unknown")
            time.sleep(_BETWEEN_TRIES_S)
        os.ftruncate(handle, 0)
        os.pwrite(handle, run_id.encode(), 0)
        yield
    finally:
        os.close(handle)


@contextmanager
def shown_alive(home: Home, run_id: str) -> Iterator[None]:
    """Hold the lock that shows that the run's process lives, within the block."""
    path = home.liveness_lock(run_id)
    handle = _opened(path)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(handle)


def is_alive(home: Home, run_id: str) -> bool:
    """Tell whether the process of a run still works."""
    try:
        handle = os.open(home.liveness_lock(run_id), os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        # Shared: two that look at the same time would take each other for the run.
        return not _took_lock(handle, fcntl.LOCK_SH)
    finally:
        os.close(handle)


def live_runs(home: Home) -> list[str]:
    """Return the ids of the runs whose processes work now, oldest first."""
    return [run_id for run_id in home.run_ids() if is_alive(home, run_id)]


def _opened(path: Path) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)


def _took_lock(handle: int, kind: int = fcntl.LOCK_EX) -> bool:
    """Try to take the lock of an open file; tell whether it is ours now."""
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
