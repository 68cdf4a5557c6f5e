"""What a run takes in Prefect's database, and what those take that are kept by default.

    python -m tests.bench.prefect_size [--runs N]

Real runs of the flow `ingest` over a small press, then everything a day older, then the server's
own retention, then a compact file.
"""

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from flows.processes import RUNS_KEPT
from tests.bench.newsstand import newsstand
from tests.served import Served, serving

#: 96 passes, 24 re-checks, 1 nightly run.
RUNS_A_DAY = 121
MOST_BYTES = 50_000_000
_RUN = "from flows.ingest import ingest\nfor _ in range({}): ingest(force=True)"


def main() -> int:
    """Measure; return 1 if the database would be too large."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder, newsstand(Path(folder), stories=5) as home:
        with serving(home):
            time.sleep(60)  # its first pass ends
        file = home / "prefect" / "prefect.db"
        empty = _compacted(file)
        with serving(home) as served:
            _run(served, runs)
        _make_older(file, days=1)
        with serving(home):
            time.sleep(60)  # the server looks for what is too old when it starts
        full = _compacted(file)
        kept = _count(file)
    of_one = (full - empty) / (kept - 2)
    total = empty + of_one * RUNS_A_DAY * RUNS_KEPT.days
    print(f"{kept} runs, {of_one:,.0f} bytes a run; kept by default {total / 1e6:,.1f} MB")
    return 1 if total > MOST_BYTES else 0


def _run(served: Served, runs: int) -> None:
    environment = {**os.environ, **served.environment, "PREFECT_API_URL": served.api.url}
    words = [sys.executable, "-c", _RUN.format(runs)]
    subprocess.run(words, env=environment, check=True, stdout=-3, stderr=-3)
    time.sleep(20)  # the server is behind with task runs and events


def _make_older(file: Path, *, days: int) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        tables = [
            name
            for (name,) in database.execute("select name from sqlite_schema where type = 'table'")
        ]
        for table in tables:
            columns = database.execute(f"pragma table_info('{table}')").fetchall()
            for _, column, kind, *_ in columns:
                if kind.upper() in {"DATETIME", "TIMESTAMP"}:
                    # The day alone, since times must differ to the microsecond.
                    database.execute(
                        f'update "{table}" set "{column}" = '
                        f'date(substr("{column}", 1, 10), ?) || substr("{column}", 11) '
                        f'where "{column}" is not null',
                        (f"-{days} days",),
                    )


def _compacted(file: Path) -> int:
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute("vacuum")
        database.execute("pragma wal_checkpoint(truncate)")
    return file.stat().st_size


def _count(file: Path) -> int:
    with closing(sqlite3.connect(file)) as database:
        ended = "select count(*) from flow_run where state_type = 'COMPLETED'"
        return int(database.execute(ended).fetchone()[0])


if __name__ == "__main__":
    sys.exit(main())
