"""What is in an archive, for tests that look at all of it."""

from collections.abc import Iterator
from pathlib import Path

from flows.archive import ArchivedRecord, archive_files, records_in


def all_records(folder: Path) -> Iterator[ArchivedRecord]:
    """Yield all that runs have archived, day by day."""
    for path in archive_files(folder):
        yield from records_in(path)
