"""How much a warehouse writes and keeps: `python -m tests.bench.bloat [HELD] [DAYS]`.

First passes in which no feed has news, then days of polls, entries listed again, new articles,
edits and pages found unchanged, after which the file is compared with a fresh copy of it.
"""

import random
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from extractors.records import Fetch, Harvest, Reading
from tests.bench.bigworld import fill
from tests.bench.madeup import an_article_seen, random_words, stage_news
from tests.builders import NOON, a_feed, a_fetch, a_harvest, a_poll, an_entry
from warehouse.door import Warehouse
from warehouse.staging import stage

_FEEDS = 1000
_PASSES = 5
_LOADS_A_DAY = 4
_NEW = 50
_EDITED = 15
_UNCHANGED = 50
_LISTED_AGAIN = 500
#: After the last day of the made-up world.
_BEGINS = NOON + timedelta(days=200)
_FIRST_NUMBER = 10_000_000


def bytes_written() -> int:
    """Return what this process has had written to disk, without files gone before (Linux only)."""
    lines = Path("/proc/self/io").read_text("ascii").splitlines()
    counted = {name: int(count) for name, count in (line.split(": ") for line in lines)}
    return counted["write_bytes"] - counted["cancelled_write_bytes"]


def polls_without_news(at: datetime, *, feeds: int) -> Harvest:
    """Return a pass in which each of the feeds answered that nothing has changed."""
    return a_harvest(
        batch_id=f"pass-{at:%Y%m%d%H%M}",
        made_at=at,
        feeds=tuple(
            a_feed(
                feed_id=f"feed-{feed}",
                url=f"https://outlet{feed}.example/feed.xml",
                etag=f'"{feed}"',
                last_polled_at=at,
                next_poll_at=at + timedelta(hours=1),
                hourly_rates=(0.5,) * 24,
            )
            for feed in range(feeds)
        ),
        polls=tuple(
            a_poll(
                poll_id=f"{at:%Y%m%d%H%M}-{feed}",
                feed_id=f"feed-{feed}",
                url=f"https://outlet{feed}.example/feed.xml",
                started_at=at,
                status="unchanged",
                http_status=304,
            )
            for feed in range(feeds)
        ),
    )


def tell_of_passes(home: Path, warehouse: Warehouse) -> None:
    """Load passes without news, and print what each wrote."""
    file = home / "warehouse.duckdb"
    for number in range(_PASSES):
        held = file.stat().st_size
        staged = stage(
            polls_without_news(_BEGINS + timedelta(hours=number), feeds=_FEEDS), home / "staging"
        ).stat().st_size  # fmt: skip
        written = bytes_written()
        warehouse.load_staged()
        written, growth = bytes_written() - written, file.stat().st_size - held
        print(
            f"{_FEEDS:,} polls without news: staged {staged / 1e6:.2f} MB, written by the load "
            f"{written / 1e6:.2f} MB, the file grew by {growth / 1e6:.2f} MB"
        )


def seen_again(numbers: range, at: datetime, rng: random.Random) -> Harvest:
    """Return a batch in which some of the articles were edited and some found unchanged."""
    words = random_words(rng)
    edited: list[tuple[Fetch, Reading]] = [
        an_article_seen(number, words, rng, at=at, times=rng.randrange(2, 255))
        for number in rng.sample(numbers, _EDITED)
    ]
    unchanged = tuple(
        a_fetch(
            fetch_id=f"{at:%Y%m%d%H}-{number}",
            url=f"https://outlet{number % 50}.example/{number}",
            started_at=at,
            status="unchanged",
            http_status=304,
            repeats=f"{number:014x}01",
        )
        for number in rng.sample(numbers, _UNCHANGED)
    )
    again = rng.sample(numbers, min(_LISTED_AGAIN, len(numbers)))
    return a_harvest(
        batch_id=f"again-{at:%Y%m%d%H}",
        made_at=at,
        entries=tuple(
            an_entry(
                entry_id=f"{number:014x}01",
                feed_id=f"feed-{number % 20}",
                url=f"https://outlet{number % 50}.example/{number}",
                title=f"Headline {number:014x}01",
                seen_at=at,
            )
            for number in again
        ),
        fetches=(*(fetch for fetch, _ in edited), *unchanged),
        readings=tuple(reading for _, reading in edited),
    )


def live(home: Path, warehouse: Warehouse, days: int) -> None:
    """Let `days` go by."""
    rng = random.Random(days)  # noqa: S311 (not for secrets)
    for load in range(days * _LOADS_A_DAY):
        at = _BEGINS + timedelta(days=1, hours=load * 24 // _LOADS_A_DAY)
        first = _FIRST_NUMBER + load * _NEW
        stage(polls_without_news(at, feeds=100), home / "staging")
        stage_news(home, range(first, first + _NEW), at=at + timedelta(minutes=1))
        known = range(max(_FIRST_NUMBER, first - 20 * _NEW), first)
        if len(known) >= _UNCHANGED:
            stage(seen_again(known, at + timedelta(minutes=2), rng), home / "staging")
        warehouse.load_staged()


def main(held: int = 20_000, days: int = 30) -> None:
    """Run it all in a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        fill(home, held)
        warehouse = Warehouse(home)
        warehouse.compact()
        before = (home / "warehouse.duckdb").stat().st_size
        tell_of_passes(home, warehouse)
        live(home, warehouse, days)
        free = warehouse.free_share()
        compacted = warehouse.compact()
        print(
            f"{held:,} articles held, {before / 1e6:.1f} MB; after {days} days "
            f"{compacted.bytes_before / 1e6:.1f} MB, {free:.0%} of it free; a fresh copy has "
            f"{compacted.bytes_after / 1e6:.1f} MB: "
            f"{compacted.bytes_before / compacted.bytes_after:.2f} times"
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
