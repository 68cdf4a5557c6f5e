"""Does a work over and over, killed at another step each time; `test_killed_loads.py` runs it.

`python -m tests.warehouse.kills WORK HOME STAGED KILLS`: HOME is copied for each kill, STAGED is a
folder of staged files to load. Prints a line of JSON a kill: what the copy holds once the work was
done again after it. The first line is that of a work which nobody killed.

This process imports all that is needed and opens no database: whatever does so is forked off, which
takes a tenth of the time of a new start.
"""

import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from extractors.records import Harvest
from extractors.versions import judge_change
from warehouse.door import Warehouse
from warehouse.reader import Reader
from warehouse.staging import harvest_in, stage, staged

#: Functions written in C by which anything reaches the disk.
STEPS = {"execute", "connect", "close", "unlink", "ioctl", "replace", "rename", "fsync", "write"}
RELATIONS = (
    "feeds", "polls", "entries", "fetches", "articles", "article_versions", "quote_versions",
    "mention_versions", "entities", "failures", "runs", "batches",
)  # fmt: skip
#: Of a row: when it was loaded, or brought up to date.
_TELLS_OF_THE_PROCESS = "from batches select batch_id, run_id, made_at"


def load_together(home: Path, harvests: Sequence[Harvest]) -> None:
    """Stage all, load them in one transaction, publish."""
    warehouse = Warehouse(home, judge=judge_change)
    for harvest in harvests:
        stage(harvest, home / "staging")
    warehouse.load_staged()
    warehouse.publish()


def load_in_two(home: Path, harvests: Sequence[Harvest]) -> None:
    """Stage and load two and then the others, publish."""
    warehouse = Warehouse(home, judge=judge_change)
    for part in (harvests[:2], harvests[2:]):
        for harvest in part:
            stage(harvest, home / "staging")
        warehouse.load_staged()
    warehouse.publish()


def bring_up_to_date(home: Path, _harvests: Sequence[Harvest]) -> None:
    """Make or upgrade the warehouse, and publish."""
    Warehouse(home).prepare()


WORKS = {work.__name__: work for work in (load_together, load_in_two, bring_up_to_date)}


def content_of(home: Path) -> str:
    """Return what readers see, as JSON."""
    questions = {name: f"from {name}" for name in RELATIONS} | {"batches": _TELLS_OF_THE_PROCESS}
    with Reader(home) as reader:
        answers = {name: reader.answer(sql, timeout_s=20) for name, sql in questions.items()}
    return json.dumps({name: sorted(map(repr, each.rows)) for name, each in answers.items()})


def forked(work: Callable[[Callable[[str], None]], None]) -> str:
    """Do `work` in a process of its own; return what it tells."""
    reading, writing = os.pipe()
    if pid := os.fork():
        os.close(writing)
        with os.fdopen(reading) as told:
            text = told.read()
        os.waitpid(pid, 0)
        return text
    with os.fdopen(writing, "w") as tell:
        work(lambda text: print(text, file=tell, flush=True))
    os._exit(0)


def stepping(work: Callable[[], None], *, until: int, tell: Callable[[str], None]) -> None:
    """Do `work` and tell of each step; kill this process as it is about to take step `until`."""
    taken = 0

    def count(_frame: object, event: str, called: object) -> None:
        nonlocal taken
        if event == "c_call" and getattr(called, "__name__", "") in STEPS and called != tell:
            taken += 1
            if taken == until:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)
    work()
    sys.setprofile(None)
    tell(str(taken))


def contents_after_kills(
    work: Callable[[Path], None], home: Path, folder: Path, *, kills: int
) -> Iterator[tuple[int, str]]:
    """Yield each step at which the work was killed, 0 for none, and what was there after all."""
    place = shutil.copytree(home, folder / "unkilled")
    steps = int(forked(lambda tell: stepping(lambda: work(place), until=0, tell=tell)))
    yield 0, forked(lambda tell: tell(content_of(place)))
    for step in sorted({1 + number * (steps - 1) // (kills - 1) for number in range(kills)}):
        place = shutil.copytree(home, folder / f"killed-{step}")
        again = partial(work, place)
        if forked(partial(_killed, again, step)):
            raise AssertionError(f"there was no step {step}")
        yield step, forked(partial(_done_again, again, place))
        shutil.rmtree(place)


def _killed(again: Callable[[], None], step: int, tell: Callable[[str], None]) -> None:
    stepping(again, until=step, tell=tell)


def _done_again(again: Callable[[], None], place: Path, tell: Callable[[str], None]) -> None:
    again()
    tell(content_of(place))


if __name__ == "__main__":
    name, home, files, kills = sys.argv[1:]
    given = [harvest_in(path) for path in staged(Path(files))]
    with tempfile.TemporaryDirectory() as folder:
        for step, content in contents_after_kills(
            lambda place: WORKS[name](place, given), Path(home), Path(folder), kills=int(kills)
        ):
            print(json.dumps([step, content]), flush=True)
