"""Small files that processes lock, share and in the end remove.

Locks are the kernel's (flock), so that a killed process holds nothing. A file is removed only by
whoever holds its lock; who waited for that lock meanwhile notices and opens a new one.
"""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def took_lock(path: Path) -> int | None:
    """Return `path`, made if missing, as an open and locked file; None if another has the lock."""
    with contextlib.suppress(BlockingIOError):
        return _locked(path, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return None


@contextmanager
def locked(path: Path) -> Iterator[int]:
    """Wait for the lock of `path`, made if missing, and hold it within the block."""
    file = _locked(path, fcntl.LOCK_EX)
    try:
        yield file
    finally:
        unlock(file)


@contextmanager
def locked_folder(folder: Path) -> Iterator[None]:
    """Wait for the lock of a folder itself, which leaves no file, and hold it within the block."""
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        unlock(handle)


def unlock(file: int) -> None:
    """Give the lock of an open file back, and close it."""
    # A process forked in the meantime has the file open too: closing alone would leave it locked.
    fcntl.flock(file, fcntl.LOCK_UN)
    os.close(file)


def sweep(folder: Path, *, older_than_s: float) -> None:
    """Remove the files of `folder` that nobody holds and that were last written so long ago."""
    oldest = time.time() - older_than_s
    with os.scandir(folder) as entries:
        aged = [Path(entry) for entry in entries if _written_at(entry) < oldest]
    for path in aged:
        if (file := took_lock(path)) is not None:
            path.unlink(missing_ok=True)
            unlock(file)


def _written_at(entry: "os.DirEntry[str]") -> float:
    try:
        return entry.stat().st_mtime
    except FileNotFoundError:
        return time.time()  # another process sweeps too


def _locked(path: Path, operation: int) -> int:
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(file, operation)
        except BlockingIOError:
            os.close(file)
            raise
        if os.fstat(file).st_nlink:
            return file
        unlock(file)  # it was swept away between opening and locking
