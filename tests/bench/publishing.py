"""What a copy for readers costs: `python -m tests.bench.publishing [MB]…`, sizes of warehouses.

Prints how long it took to open and close the warehouse, to copy it with and without having it safe
on the disk, whether blocks were shared, and after how long a run's end may copy again.
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from warehouse.door import Warehouse
from warehouse.published import PublishedCopy


def filled_home(folder: Path, *, megabytes: int) -> Path:
    """A home whose warehouse has about this size."""
    Warehouse(folder).prepare()
    with duckdb.connect(str(folder / "warehouse.duckdb")) as db:
        db.execute(
            "create table filling as select md5(i::varchar) || md5((i + 1)::varchar) as text "
            f"from range({megabytes * 29_000}) as numbers(i)"
        )
    return folder


def seconds_of(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def told(home: Path) -> str:
    """What was measured at a home, in a line."""
    path = home / "warehouse.duckdb"
    warehouse = Warehouse(home)
    open_s = seconds_of(lambda: warehouse.run("none"))
    plain_s = seconds_of(lambda: shutil.copyfile(path, home / "plain"))
    warehouse.publish()
    last = PublishedCopy(home).last()
    if last is None:
        raise AssertionError("nothing was noted")
    again_s = 0 if last.shares_blocks else 20 * last.took_s
    return (
        f"{path.stat().st_size / 1e6:.0f} MB: opened {open_s:.2f} s, copied {plain_s:.2f} s, "
        f"published {last.took_s:.2f} s, shared: {last.shares_blocks}, again after {again_s:.1f} s"
    )


def main(sizes: list[int]) -> None:
    """Print a line a size."""
    for megabytes in sizes:
        with tempfile.TemporaryDirectory() as folder:
            print(told(filled_home(Path(folder), megabytes=megabytes)))


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [3, 500])
