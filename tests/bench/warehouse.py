"""How fast harvests are loaded: `python -m tests.bench.warehouse [--help]`.

Beside the clock the processor time is told, for machines that have other work to do, and the time
of a plain `insert … select` of the same rows into an empty file, without looking anything up: out
of the staged files, which is what a loader has, and out of tables that hold the rows already.
"""

import argparse
import cProfile
import pstats
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

import duckdb

from tests.bench.bigworld import fill
from tests.bench.madeup import stage_articles, stage_news, told
from tests.builders import NOON
from warehouse.connection import create_database
from warehouse.door import Warehouse
from warehouse.scripts import statement
from warehouse.staging import staged, unpacked

#: Every large table that a load writes, search terms and sketches of stories apart.
COPIED = (
    "fetches",
    "article_heads",
    "article_versions",
    "quote_rows",
    "mention_rows",
    "entity_rows",
    "speaker_rows",
    "naming_rows",
)
_BOTH = ("held", "plain")
_PLAIN_FILES = Path(__file__).with_name("plain_files.sql")
#: Later than everything in the made-up world.
_NEWS_AT = NOON + timedelta(days=200)
_NEWS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Seconds that a load took, by the clock or of processor."""

    rows: float
    terms: float
    stories: float


def load_by_parts(warehouse: Warehouse, timer: Callable[[], float]) -> Parts:
    """Load what is staged, and return what took how long by `timer`."""
    profile = cProfile.Profile(timer)
    began = timer()
    profile.runcall(warehouse.load_staged)
    took = timer() - began
    calls = pstats.Stats(profile).get_stats_profile().func_profiles
    terms, stories = calls["keep_terms"].cumtime, calls["group_stories"].cumtime
    return Parts(rows=took - terms - stories, terms=terms, stories=stories)


def copy_plainly(home: Path, timer: Callable[[], float]) -> float:
    """Insert the rows of the warehouse into an empty file, and return how long it took."""
    with plain_tables(home) as db:
        began = timer()
        for table in COPIED:
            db.execute(f"insert into plain.{table} from held.{table}")
        db.execute("checkpoint plain")
        return timer() - began


def load_plainly(home: Path, timer: Callable[[], float]) -> float:
    """Insert the rows of the staged files into an empty file, and return how long it took.

    Unpacking the files counts; all of them are unpacked at once.

    Raises:
        RuntimeError: these were not as many rows as the warehouse has.
    """
    with plain_tables(home) as db:
        began = timer()
        with unpacked(staged(home / "staging")) as files:
            db.execute(statement("name_unpacked"), asdict(files))
            db.execute(statement("staged_lines"))
            db.execute(_PLAIN_FILES.read_text("utf-8"))
        db.execute("checkpoint plain")
        took = timer() - began
        for table in COPIED:
            counts = f"select (select count(*) from {{}}.{table})"
            if len({*db.execute(" union all ".join(map(counts.format, _BOTH))).fetchall()}) > 1:
                raise RuntimeError(f"{table} has more rows here than there")
    return took


@contextmanager
def plain_tables(home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Have an empty file `plain` with the tables of the warehouse, which is there as `held`."""
    plain = home / "plain.duckdb"
    plain.unlink(missing_ok=True)
    create_database(plain)
    with duckdb.connect() as db:
        db.execute("set timezone = 'UTC'")
        db.execute(f"attach '{home / 'warehouse.duckdb'}' as held (read_only)")
        db.execute(f"attach '{plain}' as plain")
        for table in COPIED:
            db.execute(f"create table plain.{table} as from held.{table} limit 0")
        yield db


def compare(articles: int, batch: int, *, what: str, timer: Callable[[], float]) -> None:
    """Load articles into a new warehouse beside plain DuckDB, timed by `timer`."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        warehouse = Warehouse(home)
        warehouse.prepare()
        stage_articles(home, range(articles), batch=batch)
        kept = shutil.copytree(home / "staging", home / "kept")
        parts = load_by_parts(warehouse, timer)
        shutil.rmtree(home / "staging")
        kept.rename(home / "staging")
        from_files = load_plainly(home, timer)
        from_tables = copy_plainly(home, timer)
        size = (home / "warehouse.duckdb").stat().st_size
    print(f"{articles:,} articles, {batch} in a file, {what}; {size / 1e6:.0f} MB in the end")
    for name, seconds in (
        ("load, without search terms and story groups", parts.rows),
        ("search terms", parts.terms),
        ("story groups", parts.stories),
        ("the same rows by plain DuckDB, out of the staged files", from_files),
        ("the same rows by plain DuckDB, out of tables", from_tables),
    ):
        print(f"  {name:<58} {seconds:7.3f} s {articles / seconds:>8.0f} articles/s")
    for name, seconds in (("files", from_files), ("tables", from_tables)):
        print(f"  {f'load to plain DuckDB out of {name}':<58} {parts.rows / seconds:7.2f} times")


def load_news(articles: int, *, rounds: int = 3) -> None:
    """Load new articles onto a made-up world of `articles` articles, a few times."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        fill(home, articles)
        warehouse = Warehouse(home)
        for round_ in range(rounds):
            first = 10_000_000 + round_ * _NEWS
            at = _NEWS_AT + timedelta(hours=round_)
            stage_news(home, range(first, first + _NEWS), at=at)
            with told(f"open, load {_NEWS} more, checkpoint, close at {articles:,}"):
                warehouse.load_staged()
        with told(f"open, load nothing, close at {articles:,}"):
            warehouse.load_staged()


def main() -> None:
    """Run it all in temporary folders."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--articles", type=int, default=10_000, help="articles to load at once")
    parser.add_argument("--batch", type=int, default=200, help="articles in a staged file")
    parser.add_argument(
        "--held",
        type=int,
        nargs="*",
        default=[100_000],
        help="sizes of warehouses onto which 200 more are loaded; a million takes minutes to make",
    )
    given = parser.parse_args()
    compare(given.articles, given.batch, what="by the clock", timer=time.perf_counter)
    compare(given.articles, given.batch, what="of processor", timer=time.process_time)
    for articles in given.held:
        load_news(articles)


if __name__ == "__main__":
    main()
