"""Today's extractors over archived pages that older ones have read; the network is never asked."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from extractors.records import Failure
from extractors.registry import Name, alike
from flows.course import Starter
from flows.desk import BATCH_PAGES, Desk, version_of
from flows.home import Home
from flows.jobs import Fetched
from flows.locks import held_alone
from flows.outdated import batches_of
from flows.settings import Settings
from flows.steps import Report, alone, conduct, new_run_id
from warehouse.results import Archived

#: Articles whose pages are read, and loaded, at a time: the memory they take, whatever there is.
_SLICE_ARTICLES = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rereading:
    """Which pages are to be read again."""

    since: datetime | None = None  #: those of articles seen then or later; None: of all
    stage: Name | None = None  #: whose changes matter; None: everybody's

    @property
    def keeps_text(self) -> bool:
        """Whether a page of which today's extractors read another text stays as it is."""
        return self.stage not in (None, "text")


def reextract(
    home: Home,
    settings: Settings,
    wanted: Rereading,
    *,
    wait_s: float | None = None,
    start: Starter | None = None,
    flow_run_id: str | None = None,
) -> Report:
    """Read again what older extractors have read, as a run of its own, with no pass beside it."""
    run_id = new_run_id()
    lock = held_alone(home.run_lock, run_id, wait_s=wait_s)
    work = partial(reread, wanted=wanted)
    return alone(lock, lambda: conduct(home, settings, run_id, flow_run_id, start, work))


def reread(desk: Desk, start: Starter, *, wanted: Rereading) -> list[Failure]:
    """Read the pages again and load what was found; return what failed.

    What was loaded needs no reading again, so that after a kill the next run goes on there.
    """
    failures: list[Failure] = []
    for pages in _slices(desk, wanted):
        desk.check_space()
        kept = [page for page in pages if _has_record(desk.home.archive, page)]
        batches = batches_of(kept, size=BATCH_PAGES, keeps_text=wanted.keeps_text)
        read = partial(read_side_by_side, desk, list(batches))
        failures += start("extract", f"{len(kept)} pages", read).result()
        start("load", "articles", desk.load).result()
    if left := sum(len(pages) for pages in _slices(desk, wanted)):
        desk.note(_told_of(left, wanted))
    return failures


def read_side_by_side(
    desk: Desk, batches: Iterable[Sequence[Fetched]], *, run_id: str | None = None
) -> list[Failure]:
    """Have batches of archived pages read and staged by all workers; return what failed.

    Args:
        desk: whose workers.
        batches: of pages fetched by `run_id`.
        run_id: None for the run of the desk.
    """
    with ThreadPoolExecutor(desk.settings.workers, "onrecord-reading") as pool:
        try:
            read = list(pool.map(partial(desk.extract, run_id=run_id), batches))
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
