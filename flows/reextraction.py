"""Today's extractors over archived pages that older ones have read; the network is never asked."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from extractors.records import Failure
from extractors.registry import Name, alike
from flows.desk import BATCH_PAGES, Desk, version_of
from flows.home import Home
from flows.hosting import ITSELF, Host, Stand, Starter
from flows.jobs import Fetched
from flows.locks import held_alone
from flows.outdated import batches_of
from flows.settings import Settings
from flows.steps import Report, Work, alone, conduct, new_run_id
from warehouse.results import Archived

#: Articles whose pages are read, and loaded, at a time: the memory they take, whatever there is.
_SLICE_ARTICLES = 1_000
#: Batches that wait for a worker: as many as there may be places, for assistants may come any time.
_MOST_AT_ONCE = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Rereading:
    """Which pages are to be read again."""

    since: datetime | None = None  #: those of articles seen then or later; None: of all
    stage: Name | None = None  #: whose changes matter; None: everybody's

    @property
    def keeps_text(self) -> bool:
        """Whether a page of which today's extractors read another text stays as it is."""
        return self.stage not in (None, "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a run over the archive is gone about."""

    wait_s: float | None = None  #: for a pass that is running; None: do not wait
    host: Host = ITSELF
    assistants: int = 0  #: processes elsewhere in the pool of workers that share its batches


def reextract(home: Home, settings: Settings, wanted: Rereading, manner: Manner) -> Report:
    """Read again what older extractors have read, as a run of its own, with no pass beside it."""
    return run_over_archive(home, settings, manner, partial(_reread, wanted=wanted))


def run_over_archive(
    home: Home,
    settings: Settings,
    manner: Manner,
    work: Work,
    *,
    first: Callable[[str], None] | None = None,
) -> Report:
    """Do `work` as a run with no pass beside it.

    Args:
        home: whose archive.
        settings: of the home.
        manner: how.
        work: what the run does.
        first: called with the run's id before there is a warehouse to begin the run in.
    """
    run_id = new_run_id()
    lock = held_alone(home.run_lock, run_id, wait_s=manner.wait_s)

    def run() -> Report:
        if first:
            first(run_id)
        return conduct(home, settings, run_id, manner.host, work, assistants=manner.assistants)

    return alone(lock, run)


def _reread(desk: Desk, start: Starter, *, wanted: Rereading) -> list[Failure]:
    """Read the pages again and load what was found; return what failed.

    What was loaded needs no reading again, so that after a kill the next run goes on there.
    """
    failures: list[Failure] = []
    done = 0
    for pages in _slices(desk, wanted):
        desk.check_space()
        kept = [page for page in pages if _has_record(desk.home.archive, page)]
        batches = batches_of(kept, size=BATCH_PAGES, keeps_text=wanted.keeps_text)
        read = partial(read_side_by_side, desk, list(batches))
        failures += start("extract", f"{len(kept)} pages", read).result()
        start("load", "articles", desk.load).result()
        done += len(pages)
        desk.watch(_stand_after(pages[-1].article_id, done))
    if left := sum(len(pages) for pages in _slices(desk, wanted)):
        desk.note(_told_of(left, wanted))
    return failures


def _stand_after(article_id: str, done: int) -> Stand:
    """Return how far it has come: ids are hashes, so how high the last one is tells the share."""
    return Stand(share=int(article_id[:8], 16) / 16**8, told=f"{done:,} pages read")


def read_side_by_side(
    desk: Desk, batches: Iterable[Sequence[Fetched]], *, run_id: str | None = None
) -> list[Failure]:
    """Have batches of archived pages read and staged by all workers; return what failed.

    Args:
        desk: whose workers.
        batches: of pages fetched by `run_id`.
        run_id: None for the run of the desk.
    """
    with ThreadPoolExecutor(_MOST_AT_ONCE, "onrecord-reading") as pool:
        try:
            # In the context of whoever asks: Prefect knows by it whose a log line is.
            begun = [
                pool.submit(copy_context().run, partial(desk.extract, pages, run_id=run_id))
                for pages in batches
            ]
            read = [each.result() for each in begun]
        except BaseException:
            desk.abandon()  # or the pool would wait for batches that nobody wants
            raise
    return [failure for failed in read for failure in failed]


def _slices(desk: Desk, wanted: Rereading) -> Iterator[list[Archived]]:
    """Yield the pages that older extractors have read, those of some articles at a time."""
    version = alike(version_of(desk.settings), wanted.stage)
    after: str | None = None
    while pages := desk.warehouse.outdated_pages(
        alike=version, since=wanted.since, after=after, articles=_SLICE_ARTICLES
    ):
        after = pages[-1].article_id
        yield pages


def _has_record(archive: Path, page: Archived) -> bool:
    """Tell whether retention has left the file that the page is in."""
    return (archive / page.archive_file).is_file()


def _told_of(left: int, wanted: Rereading) -> str:
    why = "they could not be read, or are no longer in the archive"
    if wanted.keeps_text:
        why += ", or today's extractors read another text there (--stage text takes that)"
    return f"pages left as they were: {left:,}; {why}"
