"""Does a work over and over, killed at another step each time; `test_killed_loads.py` runs it.

`python -m tests.warehouse.kills WORK HOME KILLS`: HOME is copied for each kill. Prints a line of
JSON a kill: what the copy holds once the work was done again after it. The first line is that of a
work which nobody killed.

This process imports all that is needed and opens no database: whatever does so is forked off, which
takes a tenth of the time of a new start.
"""

import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from extractors.records import Fetch
from extractors.versions import judge_change
from flows.archive import ArchiveWriter, read_page
from flows.exchange import Request, Response
from tests.builders import NOON, a_fetch, a_harvest
from warehouse.door import Warehouse
from warehouse.reader import Reader
from warehouse.staging import harvest_in, stage, staged

#: Functions written in C by which anything reaches the disk.
STEPS = {
    "execute", "connect", "close", "unlink", "ioctl", "replace", "rename", "fsync", "write",
    "flush",
}  # fmt: skip
RELATIONS = (
    "feeds", "polls", "entries", "fetches", "articles", "article_versions", "quote_versions",
    "mention_versions", "entities", "failures", "runs", "batches",
)  # fmt: skip
#: Of a row: when it was loaded, or brought up to date.
_TELLS_OF_THE_PROCESS = "from batches select batch_id, run_id, made_at"


def load(home: Path) -> None:
    """Load what is staged, and publish. Nothing is staged anew by whoever does it again."""
    warehouse = Warehouse(home, judge=judge_change)
    warehouse.load_staged()
    warehouse.publish()


def bring_up_to_date(home: Path) -> None:
    """Make or upgrade the warehouse, and publish."""
    Warehouse(home).prepare()


def compact(home: Path) -> None:
    """Write the warehouse anew, and publish."""
    warehouse = Warehouse(home)
    warehouse.compact()
    warehouse.publish()


def archive_and_stage(home: Path) -> None:
    """Archive those of two pages that are not yet staged, and stage where each is."""
    done = {fetch.url for fetch in staged_fetches(home)}
    with ArchiveWriter(home / "archive", "run-1") as archive:
        for url in ("https://gazette.example/7", "https://gazette.example/8"):
            if url not in done:
                archive_one(home, archive, url)


def archive_one(home: Path, archive: ArchiveWriter, url: str) -> None:
    """Archive a page, sync, and stage where it is."""
    fetch_id = url[-1] * 32
    response = Response(
        fetch_id=fetch_id,
        request=Request(url=url),
        final_url=url,
        started_at=NOON,
        duration_ms=1,
        http_status=200,
        reason_phrase="OK",
        headers=(("Content-Type", "text/html"),),
        raw=url.encode(),
        body=url.encode(),
    )
    ref = archive.append(response, kind="page", requested_url=url)
    archive.sync()
    fetch = a_fetch(fetch_id=fetch_id, url=url, archive_file=ref.file, archive_offset=ref.offset)
    stage(a_harvest(batch_id=url[-1], fetches=(fetch,)), home / "staging")


def staged_fetches(home: Path) -> list[Fetch]:
    """Return the fetches that staged files tell of."""
    return [each for path in staged(home / "staging") for each in harvest_in(path).fetches]


WORKS = {work.__name__: work for work in (load, bring_up_to_date, compact, archive_and_stage)}


def content_of(home: Path) -> str:
    """Return what readers see, and the pages to which staged files point, as JSON."""
    pages = [
        read_page(home / "archive", fetch.archive_file, fetch.archive_offset)
        for fetch in staged_fetches(home)
        if fetch.archive_file and fetch.archive_offset
    ]
    questions = {name: f"from {name}" for name in RELATIONS} | {"batches": _TELLS_OF_THE_PROCESS}
    with Reader(home) as reader:
        answers = {name: reader.answer(sql, timeout_s=20).rows for name, sql in questions.items()}
    told = {name: sorted(map(repr, rows)) for name, rows in answers.items()}
    return json.dumps(told | {"pages": sorted(page.body.decode() for page in pages)})


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
    name, home, kills = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        for step, content in contents_after_kills(
            WORKS[name], Path(home), Path(folder), kills=int(kills)
        ):
            print(json.dumps([step, content]), flush=True)
