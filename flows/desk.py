"""What a run has open: network, archive, workers, warehouse; and the steps it is made of.

Each step is a plain method that may be called again after a failure. What a step found is on disk
as a staged batch before the step returns, so a kill between two steps loses nothing.
"""

import errno
import logging
import shutil
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol, TypeVar

from extractors.errors import OnRecordError
from extractors.feeds import FeedContent
from extractors.nlp import Models
from extractors.records import Failure, Feed, Fetch, Harvest
from extractors.registry import extractor_version
from extractors.versions import judge_change
from flows.archive import ArchiveWriter
from flows.home import Home
from flows.jobs import ArchivedFeed, FeedsJob, Fetched, PagesJob, Trouble, failure_of
from flows.locks import shown_alive
from flows.network import Network
from flows.pages import Wanted, fetch_page, lanes_of
from flows.polling import ask, harvest_of, to_read
from flows.settings import Settings
from flows.workers import NOT_BEGUN, Crew, Job, WorkerDied
from warehouse.door import Warehouse
from warehouse.results import Archived, Loaded
from warehouse.staging import stage

logger = logging.getLogger(__name__)

ResultT = TypeVar("ResultT")


class _HasUrl(Protocol):
    @property
    def url(self) -> str: ...


ItemT = TypeVar("ItemT")
SuspectT = TypeVar("SuspectT", bound=_HasUrl)
#: Pages in one batch: a Prefect task and a staged file. Few enough that the workers end together.
BATCH_PAGES = 16
#: How long a batch waits to fill up.
_LINGER_S = 2.0
_GB = 1024**3


class WorkersError(OnRecordError):
    """The worker processes cannot start; the message says what the last one said."""


class DiskFullError(OnRecordError):
    """There is too little room to go on; nothing half-written stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The open resources of one run."""

    home: Home
    settings: Settings
    run_id: str
    warehouse: Warehouse
    network: Network
    archive: ArchiveWriter
    crew: Crew

    def poll(self, feeds: Sequence[Feed]) -> None:
        """Poll a group of feeds and stage what they gave as one batch."""
        self.check_space()
        asked = self.network.gather(lambda client, feed: ask(client, feed, self.archive), feeds)
        self.archive.sync()
        contents = self.read_feeds(to_read(asked))
        listed = {
            entry.entry_id
            for content in contents.values()
            if isinstance(content, FeedContent)
            for entry in content.entries
        }
        known = self.warehouse.known_entries(listed) if listed else set()
        self.stage(harvest_of(asked, contents, known, batch=new_batch(self.run_id)))

    def fetched(self, wanted: Sequence[Wanted]) -> Iterator[tuple[Fetched, ...]]:
        """Fetch pages, and yield them in batches as they arrive, safe in the archive."""
        arrivals = self.network.stream(
            lambda client, each: fetch_page(client, each, self.archive),
            lanes_of(wanted, per_host=self.settings.max_in_flight_per_host),
        )
        while not arrivals.is_over:
            self.check_space()
            if pages := arrivals.take(BATCH_PAGES, linger_s=_LINGER_S):
                self.archive.sync()
                yield tuple(pages)

    def extract(self, pages: Sequence[Fetched], *, run_id: str | None = None) -> list[Failure]:
        """Have a batch of pages read and staged; return what failed.

        Args:
            pages: fetched by `run_id`.
            run_id: None for this run; a killed run's when its pages are recovered.
        """

        def job_for(some: Sequence[Fetched]) -> PagesJob:
            return PagesJob(
                archive=self.home.archive,
                staging=self.home.staging,
                nlp_model=self.settings.nlp_model,
                batch=new_batch(run_id or self.run_id),
                pages=tuple(some),
            )

        def set_aside(page: Fetched, why: str) -> tuple[Failure, ...]:
            trouble = Trouble(reason="crashed", detail=_crashed(why))
            # It costs a worker each time: nobody tries again unasked.
            failure = replace(failure_of(page, trouble), next_try_at=None)
            batch = new_batch(run_id or self.run_id)
            self.stage(replace(batch, fetches=(page.fetch,), failures=(failure,)))
            return (failure,)

        failed = _survived(self.crew, job_for, pages, set_aside)
        return [failure for batch in failed for failure in batch]

    def refresh(self, urls: Sequence[str]) -> None:
        """Read the archived pages of the articles at `urls` again where older extractors did.

        Two texts of an article are comparable only as made by the same extractors: without this
        a better extractor would look like an edit by the publisher.
        """
        version = version_of(self.settings)
        outdated = self.warehouse.outdated_pages(extractor_version=version, urls=urls)
        for pages in grouped([_archived_page(each) for each in outdated], BATCH_PAGES):
            self.extract(pages)
        if outdated:
            logger.info("read again pages=%d", len(outdated))

    def load(self) -> Loaded:
        """Load everything that is staged."""
        return self.warehouse.load_staged()

    def publish(self) -> None:
        """Show the present state to readers."""
        self.warehouse.publish()

    def abandon(self) -> None:
        """Stop what is at work in other threads, so that nobody waits for it."""
        self.crew.close()
        self.network.cancel()

    def check_space(self) -> None:
        """Raise DiskFullError if less than `min_free_gb` is left on the home's disk."""
        free_gb = shutil.disk_usage(self.home.path).free / _GB
        if free_gb < self.settings.min_free_gb:
            raise DiskFullError(
                f"only {free_gb:.2f} GB are free in {self.home.path}, less than min_free_gb = "
                f"{self.settings.min_free_gb:g}: make room, or lower it; then run again"
            )

    def read_feeds(self, feeds: Sequence[ArchivedFeed]) -> dict[str, FeedContent | Trouble]:
        """Return what is in archived feed bodies, or why they cannot be read, by feed id."""

        def set_aside(feed: ArchivedFeed, why: str) -> dict[str, FeedContent | Trouble]:
            return {feed.feed_id: Trouble(reason="crashed", detail=_crashed(why))}

        def job_for(some: Sequence[ArchivedFeed]) -> FeedsJob:
            return FeedsJob(archive=self.home.archive, feeds=tuple(some))

        found = _survived(self.crew, job_for, feeds, set_aside) if feeds else []
        return {feed_id: content for part in found for feed_id, content in part.items()}

    def stage(self, harvest: Harvest) -> None:
        """Put a finished batch on disk, to be loaded next."""
        stage(harvest, self.home.staging)


def _archived_page(archived: Archived) -> Fetched:
    return Fetched(
        fetch=Fetch(
            fetch_id=archived.fetch_id,
            url=archived.url,
            final_url=archived.final_url,
            started_at=archived.seen_at,
            duration_ms=0,
            status="ok",
            archive_file=archived.archive_file,
            archive_offset=archived.archive_offset,
        ),
        is_recorded=True,
    )


def _crashed(why: str) -> str:
    return f"Reading it failed twice: {why}. It is set aside; `--retry-failed` tries again."


def _survived(
    crew: Crew,
    job_for: Callable[[Sequence[SuspectT]], Job[ResultT]],
    items: Sequence[SuspectT],
    set_aside: Callable[[SuspectT, str], ResultT],
) -> list[ResultT]:
    """Have all `items` done although some may kill or hang a worker.

    The item that a worker dies on is tried once more alone and then set aside; the others are
    done without it.
    """
    results: list[ResultT] = []
    left = list(items)
    while left:
        try:
            results.append(crew.perform(job_for(left)))
        except WorkerDied as death:
            if death.index == NOT_BEGUN:
                raise WorkersError(f"no worker process can start: {death.why}") from death
            suspect = left.pop(death.index)
            results.append(_tried_alone(crew, job_for([suspect]), suspect, set_aside))
        else:
            break
    return results


def _tried_alone(
    crew: Crew, job: Job[ResultT], item: SuspectT, set_aside: Callable[[SuspectT, str], ResultT]
) -> ResultT:
    try:
        return crew.perform(job)
    except WorkerDied as death:
        if death.index == NOT_BEGUN:
            raise WorkersError(f"no worker process can start: {death.why}") from death
        logger.warning("set aside url=%s why=%s", item.url, death.why)
        return set_aside(item, death.why)


def new_batch(run_id: str) -> Harvest:
    """Return an empty batch of `run_id`, begun now."""
    return Harvest(batch_id=uuid.uuid4().hex, run_id=run_id, made_at=datetime.now(UTC))


@contextmanager
def opened_desk(home: Home, settings: Settings, run_id: str) -> Iterator[Desk]:
    """Open everything a run needs; on the way out end what is still at work."""
    warehouse = Warehouse(home.path, lock_wait_s=settings.lock_wait_s, judge=judge_change)
    crew = Crew(settings.workers, timeout_s=settings.document_timeout_s)
    with ExitStack() as stack:
        stack.enter_context(_disk_errors_told(home))
        stack.enter_context(shown_alive(home, run_id))
        stack.callback(crew.close)
        archive = stack.enter_context(ArchiveWriter(home.archive, run_id))
        network = stack.enter_context(Network(settings, home.locks))
        yield Desk(
            home=home,
            settings=settings,
            run_id=run_id,
            warehouse=warehouse,
            network=network,
            archive=archive,
            crew=crew,
        )


@contextmanager
def _disk_errors_told(home: Home) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise DiskFullError(f"the disk of {home.path} is full: make room and run again") from error


def version_of(settings: Settings) -> str:
    """Return the extractor version that runs under `settings` write."""
    return extractor_version(Models(settings.nlp_model).version)


def grouped(items: Sequence[ItemT], size: int) -> Iterable[Sequence[ItemT]]:
    """Yield `items` in groups of at most `size`."""
    for first in range(0, len(items), size):
        yield items[first : first + size]
