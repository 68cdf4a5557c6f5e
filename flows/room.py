"""Whether the disk has room, and what is said and stored when it has not."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from extractors.errors import OnRecordError
from extractors.records import Failure
from flows.home import Home

_GB = 1024**3
_OUT_OF_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
#: How DuckDB repeats them.
_WORDS = tuple(os.strerror(number) for number in _OUT_OF_ROOM)


class DiskFullError(OnRecordError):
    """There is too little room to go on; nothing half-written stays."""


def check_room(home: Home, *, min_free_gb: float) -> None:
    """Raise DiskFullError if less than `min_free_gb` is left on the home's disk."""
    free_gb = shutil.disk_usage(home.path).free / _GB
    if free_gb < min_free_gb:
        raise DiskFullError(
            f"only {free_gb:.2f} GB are free in {home.path}, less than min_free_gb = "
            f"{min_free_gb:g}: make room, or lower it; then run again"
        )


@contextmanager
def disk_errors_told(home: Home) -> Iterator[None]:
    """Raise a DiskFullError that says what to do in place of the system's."""
    try:
        yield
    except OSError as error:
        if error.errno not in _OUT_OF_ROOM:
            raise
        raise DiskFullError(f"the disk of {home.path} is full: make room and run again") from error


def in_words(error: Exception) -> str:
    """Return what ended a command in words; of a full disk, also what to do."""
    words = str(error)
    is_full = getattr(error, "errno", None) in _OUT_OF_ROOM or any(each in words for each in _WORDS)
    if not is_full or "make room" in words:
        return words
    return (
        f"{words}: the disk of the home, or of the place that the result goes to, is full; what "
        "was there is as it was: make room and run the command again"
    )


def failure_of_disk(home: Home, error: DiskFullError, *, at: datetime) -> Failure:
    """Return what is stored of it: one open failure a home, until a run comes to its end."""
    url = home.path.as_uri()
    return Failure(stage="load", url=url, reason="disk_full", detail=f"{error}.", at=at)
