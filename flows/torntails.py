"""The ends of archive files: torn by a kill, which is mended, or damaged, which is told."""

import os
from pathlib import Path
from typing import BinaryIO

from flows.archive import ArchiveError
from flows.warc import begins_a_record, members_of


def mend_tail(path: Path) -> int:
    """Cut off a torn last record and return how many bytes that were, 0 if the file is whole.

    Raises:
        ArchiveError: it is damaged before its end; cutting there would lose whole records.
    """
    with path.open("r+b") as file:
        end, rest = _readable_to(file)
        if begins_a_record(rest):
            raise ArchiveError(f"{path} is damaged at {end}; restore it from a backup")
        if rest:
            file.truncate(end)
            os.fsync(file.fileno())
        return len(rest)


def damage_in(path: Path) -> int | None:
    """Return the byte from which a file of the archive is damaged before its last record.

    None if it is whole, and also if only its last record is torn, as a kill leaves it.
    """
    with path.open("rb") as file:
        end, rest = _readable_to(file)
    return end if begins_a_record(rest) else None


def _readable_to(file: BinaryIO) -> tuple[int, bytes]:
    """Return where the last whole record ends, and what stands behind it."""
    end = 0
    for _, member_end, _ in members_of(file):
        end = member_end
    file.seek(end)
    return end, file.read()
