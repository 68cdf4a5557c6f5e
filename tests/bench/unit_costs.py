"""What an article costs: CPU time, memory, and bytes in each part of a home.

    python -m tests.bench.unit_costs --bench FOLDER

One pass over the benchmark's real pages, as `tests.bench.ingest` does it. The CPU time holds that
of the server that plays the sites.
"""

import argparse
import resource
import tempfile
import time
from multiprocessing import forkserver
from pathlib import Path

from flows.home import Home
from flows.hosting import ITSELF, Host
from flows.settings import Settings
from flows.steps import Order, run_pass
from flows.subscriptions import Subscription
from tests.goldsite import served_gold
from warehouse.results import Run

PARTS = ("archive", "warehouse.duckdb", "published.duckdb")


def _bytes_of(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file())


def pass_over(bench: Path, home: Path, host: Host = ITSELF) -> Run:
    """Do one pass over the benchmark's pages into `home`, and return its row."""
    with served_gold(bench) as site:
        settings = Settings(
            pause_s=0.0,
            allow_hosts=(site.host,),
            feeds=tuple(Subscription(url=url) for url in site.feed_urls),
        )
        report = run_pass(Home(home), settings, Order(), host)
    # What workers used is told once the process that forked them has ended.
    forkserver._forkserver._stop()
    if report.run is None:
        raise SystemExit("another run is active in a home of our own")
    return report.run


def _tell(name: str, who: int, articles: int) -> None:
    used = resource.getrusage(who)
    cpu_ms = 1000 * (used.ru_utime + used.ru_stime) / articles
    print(f"{name}: {cpu_ms:.0f} CPU ms an article, {used.ru_maxrss / 1024:.0f} MiB at most")


def main() -> None:
    """Print what a pass over the pages of the benchmark cost, an article."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, required=True, help="folder of the benchmarks")
    bench = parser.parse_args().bench
    with tempfile.TemporaryDirectory() as folder:
        begun = time.monotonic()
        run = pass_over(bench, Path(folder))
        print(f"{run.articles_new} articles of {run.pages_fetched} pages, ", end="")
        print(f"{run.quotes} quotations, {time.monotonic() - begun:.0f} s wall")
        _tell("this process", resource.RUSAGE_SELF, run.articles_new)
        _tell("all workers (memory: the largest)", resource.RUSAGE_CHILDREN, run.articles_new)
        for part in PARTS:
            size = _bytes_of(Path(folder) / part)
            print(f"{part}: {size / run.articles_new:,.0f} bytes an article ({size:,} in all)")


if __name__ == "__main__":
    main()
