"""Copies of a database file: shared block by block where the file system can, and durable."""

import fcntl
import shutil
from pathlib import Path
from typing import BinaryIO

from extractors.errors import WarehouseError
from warehouse.durably import put

#: Linux's request to share blocks between two files until one is written to.
_FICLONE = 0x40049409


def publish(source: Path, target: Path) -> bool:
    """Replace `target` by a copy of the database `source`, which nobody may have open.

    Whoever reads the old copy keeps it until they connect anew.

    Returns:
        Whether the two share their blocks, so that nothing was copied.

    Raises:
        WarehouseError: the copy could not be written; the old one stays.
    """
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        with source.open("rb") as held, unfinished.open("wb") as copy:
            shares_blocks = _copy(held, copy)
        put(unfinished, target)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise WarehouseError(
            f"{target} could not be replaced and is as old as before: {error}; mend that and run "
            "the command again"
        ) from error
    return shares_blocks


def _copy(held: BinaryIO, copy: BinaryIO) -> bool:
    try:
        fcntl.ioctl(copy.fileno(), _FICLONE, held.fileno())
    except OSError:  # the file system cannot share blocks, or the two are on different ones
        shutil.copyfileobj(held, copy, 1 << 20)
        return False
    return True
