"""Whether a warehouse, or the end of its file, is missing.

DuckDB looks at neither: it makes a new file, reads what is there of a cut one, and fills the gap
with what is written next.
"""

from pathlib import Path

import duckdb

from extractors.errors import WarehouseError
from warehouse.connection import HOW_TO_MEND, damaged
from warehouse.scripts import statement

#: Bytes before the first block.
_HEADERS = 3 * 4096


def check_not_lost(path: Path) -> None:
    """Look whether there never was a warehouse at `path`, if there is none.

    Raises:
        WarehouseError: what it was made from, or its copy, is there.
    """
    if path.exists():
        return
    home = path.parent
    remains = (home / "published.duckdb", *home.glob("archive/*.warc.gz"))
    if left := next((each for each in remains if each.exists()), None):
        raise WarehouseError(f"{path} is gone, though {left} is there: {HOW_TO_MEND}")


def check_whole(db: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Look whether all blocks of all tables are in the file, unless its size is as noted.

    It costs a look at the list of blocks, a tenth of a second for a million articles.

    Raises:
        WarehouseError: the file was cut.
    """
    size = path.stat().st_size
    if _noted(path) == size:
        return
    [(block_size,)] = db.execute(statement("block_size")).fetchall()
    for (table,) in db.execute(statement("tables_stored")).fetchall():
        [(block,)] = db.execute(statement("last_block"), {"table_name": table}).fetchall()
        needed = _HEADERS + (block + 1) * block_size
        if needed > size:
            raise damaged(path, f"it is cut: {size:,} bytes of {needed:,} or more are left")


def note_size(path: Path) -> None:
    """Note the size of the warehouse as it was closed."""
    note = _note_of(path)
    if _noted(path) != (size := path.stat().st_size):
        note.parent.mkdir(exist_ok=True)
        note.write_text(str(size), encoding="ascii")


def _note_of(path: Path) -> Path:
    return path.parent / "locks" / f"{path.name}.size"


def _noted(path: Path) -> int | None:
    try:
        return int(_note_of(path).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
