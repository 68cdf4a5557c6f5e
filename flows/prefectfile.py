"""The file in which the server of `onrecord serve` keeps what it knows of runs."""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

logger = logging.getLogger(__name__)

#: What was removed is used again by what is added, but the file never gets smaller by itself.
_FREE_SHARE = 0.3


def compact(file: Path) -> None:
    """Give back the room of what was removed, if it is much; the server must not be running."""
    if not file.exists():
        return
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        pages, free = (
            database.execute(f"pragma {name}").fetchone()[0]
            for name in ("page_count", "freelist_count")
        )
        if free > pages * _FREE_SHARE:
            database.execute("vacuum")
            logger.info("compacted file=%s pages=%d free=%d", file.name, pages, free)
