"""How fast views answer: `python -m tests.bench.views HOME [VIEW…]`, HOME by tests.bench.bigworld.

Each view is asked in full, and filtered to one speaker (or entity), outlet, story, article, feed
and 31 days, as far as it has the column; every question reads every column. Times are told by the
clock and in seconds of processor, for machines that have other work to do. `*` marks what took
longer than it may, 5 s in full and 1 s filtered, `#` what would have on two idle cores.
"""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

from warehouse.reader import Reader
from warehouse.scripts import scripts_in

_CORES = 2
_IN_FULL_S, _FILTERED_S = 5.0, 1.0
#: Relations of which an answer in full is all that is held: no limit is set for that.
_ROWS = {"articles", "quotes", "mentions", "quote_versions", "mention_versions"}
_DAYS = "{} >= '2025-03-01' and {} < '2025-04-01'"
_FILTERS = {
    "speaker": "{} = '%(name)s'",
    "speaker_id": "{} = '%(person)s'",
    "entity_id": "{} = '%(person)s'",
    "name": "{} = '%(name)s'",
    "outlet": "{} = '%(outlet)s'",
    "outlet_names": "list_contains({}, '%(outlet)s')",
    "first_outlet": "{} = '%(outlet)s'",
    "article_id": "{} = '%(article)s'",
    "story_id": "{} = '%(article)s'",
    "feed_id": "{} = '%(feed)s'",
    "day": _DAYS,
    "last_day": _DAYS,
    "printed_at": _DAYS,
    "first_printed_at": _DAYS,
    "published_at": _DAYS,
    "first_seen_at": _DAYS,
    "last_changed_at": _DAYS,
    "seen_at": _DAYS,
}
#: Busy ones, though not the busiest.
_CHOSEN = {
    "person": "select speaker_id from quotes where speaker_id is not null "
    "group by all order by count(*) desc, speaker_id limit 1 offset 4",
    "name": "select speaker from quotes where speaker_id is not null "
    "group by all order by count(*) desc, speaker limit 1 offset 4",
    "outlet": "select outlet from articles group by all order by count(*) desc, outlet "
    "limit 1 offset 4",
    "article": "select article_id from articles where version = 2 limit 1",
    "feed": "select feed_id from entries group by all order by count(*) desc limit 1",
}


def asked_views() -> list[str]:
    """Return the views to be asked, those of rows first."""
    return [*sorted(_ROWS), "entities", "entity_names"] + [
        script.name[3:] for script in scripts_in("views") if "20" <= script.name < "40"
    ]


def questions(reader: Reader, view: str) -> Iterator[tuple[str, str, float]]:
    """Yield what is asked of `view`: the filter's name, the SQL, and the seconds it may take."""
    columns = reader.answer(f"from {view} limit 0", timeout_s=60).columns
    every = f"select count(*), bit_xor(hash({', '.join(columns)})) from {view}"
    if view not in _ROWS:
        yield "in full", every, _IN_FULL_S
    for column in columns:
        if column in _FILTERS:
            yield column, f"{every} where {_FILTERS[column].replace('{}', column)}", _FILTERED_S


def told(reader: Reader, name: str, sql: str, limit_s: float) -> None:
    """Print how long an answer took, the second time, and how many rows it looked at."""
    for _ in range(2):
        clock, processor = time.perf_counter(), time.process_time()
        [(rows, _)] = reader.answer(sql, timeout_s=600).rows
        clock, processor = time.perf_counter() - clock, time.process_time() - processor
    print(
        f"{name:<40} {rows:>10,} rows {clock:7.2f} s {processor:7.2f} s of processor, "
        f"limit {limit_s:g} s {marks(clock, processor, limit_s)}",
        flush=True,
    )


def marks(clock: float, processor: float, limit_s: float) -> str:
    """Return the marks of what took longer than it may."""
    return "*" * (clock > limit_s) + "#" * (processor / _CORES > limit_s)


def chosen_values(reader: Reader) -> dict[str, str]:
    """Return whom, and which outlet, article and feed, is asked for."""
    return {
        name: str(reader.answer(sql, timeout_s=600).rows[0][0]) for name, sql in _CHOSEN.items()
    }


def main(home: str, *views: str) -> None:
    """Ask every view, or those named."""
    with Reader(Path(home)) as reader:
        chosen = chosen_values(reader)
        for view in views or asked_views():
            for name, sql, limit_s in questions(reader, view):
                told(reader, f"{view}: {name}", sql % chosen, limit_s)


if __name__ == "__main__":
    main(*sys.argv[1:])
