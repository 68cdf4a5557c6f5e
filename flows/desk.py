"""What a run has open: network, archive, workers, warehouse; and the steps it is made of.

Each step is a plain method that may be called again after a failure. What a step found is on disk
as a staged batch before the step returns, so a kill between two steps loses nothing.
"""

import logging
import time
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from extractors.errors import WarehouseError
from extractors.feeds import FeedContent
from extractors.records import Failure, Feed, Harvest
from extractors.registry import alike, extractor_version
from extractors.versions import judge_change
from flows.archive import ArchiveWriter
from flows.assembly import Assembly
from flows.assistants import Wish, opened_crew
from flows.harvesting import harvest_of
from flows.home import Home
from flows.hosting import Host, Watch, unwatched
from flows.jobs import ArchivedFeed, FeedsJob, Fetched, PagesJob, Trouble, failure_of
from flows.locks import shown_alive
from flows.models import models_of
from flows.network import Network, Stream
from flows.outdated import batches_of
from flows.pages import Wanted, fetch_page, lanes_of, wanted_from
from flows.polling import Asked, Question, ask, to_read, with_contents
from flows.room import DiskFullError, check_room, disk_errors_told, failure_of_disk
from flows.settings import Settings
from flows.subscriptions import Subscription
from flows.survival import crashed, survived
from flows.telling import tell_of_feeds, tell_of_pages
from flows.workers import Workforce
from warehouse.door import Warehouse
from warehouse.interface import Loader
from warehouse.publishing import MOST_WAIT_S
from warehouse.results import Loaded
from warehouse.staging import stage

logger = logging.getLogger(__name__)

#: Pages in one batch: a Prefect task and a staged file. Few enough that the workers end together.
BATCH_PAGES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRead:
    """What came of reading a group of answers."""

    feeds: frozenset[str]  #: ids of those that were staged
    is_new: bool  #: any of them had a new body
    missing: Sequence[Question]  #: parts that must be asked for to make feeds whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The open resources of one run."""

    home: Home
    settings: Settings
    run_id: str
    warehouse: Loader
    network: Network
    archive: ArchiveWriter
    crew: Workforce
    subscriptions: Mapping[str, Subscription]  #: by feed id
    watch: Watch = unwatched  #: is told how far the run has come

    def answers(self) -> Stream[Question, Asked]:
        """Return a stream of what servers say to the questions that are added to it."""
        return self.network.stream(lambda client, each: ask(client, each, self.archive))

    def add_questions(
        self, answers: Stream[Question, Asked], questions: Sequence[Question]
    ) -> None:
        """Ask `questions`."""
        self.check_space()
        answers.add(lanes_of(questions, per_host=self.settings.max_in_flight_per_host))

    def questions(self, feeds: Iterable[Feed]) -> list[Question]:
        """Return what to ask for to poll `feeds`, each as its subscription says."""
        held = self.subscriptions
        return [
            Question(feed=feed, subscription=held[feed.feed_id])
            for feed in feeds
            if feed.feed_id in held
        ]

    def read_answers(self, asked: Sequence[Asked], assembly: Assembly) -> GroupRead:
        """Read what feeds answered, and stage those of which all parts are there by now."""
        self.archive.sync()
        read = with_contents(asked, self.read_feeds(to_read(asked)))
        polled, missing = assembly.take(read)
        if polled:
            listed = [entry for each in polled for entry in each.entries]
            known = self.warehouse.known_entries(listed) if listed else set()
            harvest = harvest_of(polled, known, batch=new_batch(self.run_id))
            self.stage(harvest)
            tell_of_feeds(harvest)
        return GroupRead(
            feeds=frozenset(each.asked.feed.feed_id for each in polled),
            is_new=any(each.is_new for each in polled),
            missing=missing,
        )

    def pages(self) -> Stream[Wanted, Fetched]:
        """Return a stream of the pages that are added to it, as they come into the archive."""
        return self.network.stream(lambda client, each: fetch_page(client, each, self.archive))

    def add_pages(self, pages: Stream[Wanted, Fetched], wanted: Sequence[Wanted]) -> None:
        """Fetch `wanted`."""
        self.check_space()
        pages.add(lanes_of(wanted, per_host=self.settings.max_in_flight_per_host))

    def wanted(
        self,
        *,
        only: Collection[str] | None,
        retry_failed: bool,
        but_not: Collection[str],
        limit: int | None,
    ) -> list[Wanted]:
        """Return the pages to fetch now, each with the approach that its feed was given.

        Args:
            only: ids of feeds; None for all.
            retry_failed: also those whose last failure waits or was set aside.
            but_not: targets that are left out.
            limit: so many at most, first seen first; None for all.
        """
        items = self.warehouse.work_list(
            datetime.now(UTC), only=only, retry_failed=retry_failed, but_not=but_not, limit=limit
        )
        return [wanted_from(item, self.subscriptions.get(item.feed_id)) for item in items]

    def extraction(self, pages: Sequence[Fetched]) -> Callable[[], list[Failure]]:
        """Return the work of reading a batch of pages, which are safe in the archive by now."""
        self.archive.sync()
        return partial(self.extract, pages)

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
                models=models_of(self.settings),
                batch=new_batch(run_id or self.run_id),
                pages=tuple(some),
            )

        def set_aside(page: Fetched, why: str) -> tuple[Failure, ...]:
            trouble = Trouble(reason="crashed", detail=crashed(why))
            # It costs a worker each time: nobody tries again unasked. What failed before that was
            # the page itself, and only its stand-in crashed.
            failure = page.failure or replace(failure_of(page, trouble), next_try_at=None)
            batch = new_batch(run_id or self.run_id)
            self.stage(replace(batch, fetches=(page.fetch,), failures=(failure,)))
            return (failure,)

        failed = survived(self.crew, job_for, pages, set_aside)
        return tell_of_pages(pages, [failure for batch in failed for failure in batch])

    def refresh(self, wanted: Iterable[Wanted]) -> None:
        """Read the archived pages of the articles in `wanted` again where older extractors did.

        Two texts of an article are comparable only as made by the same extractors: without this
        a better extractor would look like an edit by the publisher.
        """
        urls = {url for page in wanted for url in (page.url, page.target)}
        outdated = self.warehouse.outdated_pages(
            alike=alike(version_of(self.settings), None), urls=urls
        )
        for pages in batches_of(outdated, size=BATCH_PAGES):
            self.extract(pages)
        if outdated:
            logger.info("read again pages=%d", len(outdated))

    def load(self) -> Loaded:
        """Load everything that is staged."""
        return self.warehouse.load_staged()

    def publish(self) -> None:
        """Show readers the present state if that is due, or will be in a moment."""
        left_s = self.warehouse.publish_if_due(datetime.now(UTC))
        if 0 < left_s <= MOST_WAIT_S:
            time.sleep(left_s)
            left_s = self.warehouse.publish_if_due(datetime.now(UTC))
        if left_s:
            logger.info("the published copy stays as it is due_in_s=%.0f", left_s)

    def note(self, words: str) -> None:
        """Write into the run's row what a person should know of it."""
        self.warehouse.note_run(self.run_id, words)

    def abandon(self) -> None:
        """Stop what is at work in other threads, so that nobody waits for it."""
        self.crew.close()
        self.network.cancel()

    def check_space(self) -> None:
        """Raise DiskFullError if less than `min_free_gb` is left on the home's disk."""
        check_room(self.home, min_free_gb=self.settings.min_free_gb)

    def read_feeds(self, feeds: Sequence[ArchivedFeed]) -> dict[str, FeedContent | Trouble]:
        """Return what is in archived feed bodies, or why they cannot be read, by poll id."""

        def set_aside(feed: ArchivedFeed, why: str) -> dict[str, FeedContent | Trouble]:
            return {feed.poll_id: Trouble(reason="crashed", detail=crashed(why))}

        def job_for(some: Sequence[ArchivedFeed]) -> FeedsJob:
            return FeedsJob(archive=self.home.archive, feeds=tuple(some))

        found = survived(self.crew, job_for, feeds, set_aside) if feeds else []
        return {poll_id: content for part in found for poll_id, content in part.items()}

    def note_full(self, error: DiskFullError) -> None:
        """Load a failure that says there is no room; not if there is none for that either."""
        failure = failure_of_disk(self.home, error, at=datetime.now(UTC))
        try:
            self.stage(replace(new_batch(self.run_id), failures=(failure,)))
            self.load()
        except (OSError, WarehouseError) as worse:
            logger.warning("the failure cannot be written either error=%s", worse)

    def stage(self, harvest: Harvest) -> None:
        """Put a finished batch on disk, to be loaded next."""
        stage(harvest, self.home.staging)


def new_batch(run_id: str) -> Harvest:
    """Return an empty batch of `run_id`, begun now."""
    return Harvest(batch_id=uuid.uuid4().hex, run_id=run_id, made_at=datetime.now(UTC))


@contextmanager
def opened_desk(
    home: Home, settings: Settings, run_id: str, host: Host, *, assistants: int = 0
) -> Iterator[Desk]:
    """Open everything a run needs; on the way out end what is still at work."""
    warehouse = Warehouse(home.path, lock_wait_s=settings.lock_wait_s, judge=judge_change)
    wish = Wish(assistants=assistants, run_id=run_id, version=version_of(settings))
    with ExitStack() as stack:
        stack.enter_context(disk_errors_told(home))
        stack.enter_context(shown_alive(home, run_id))
        crew = stack.enter_context(opened_crew(home, settings, wish, host.assistance))
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
            subscriptions={each.feed_id: each for each in settings.feeds},
            watch=host.watch,
        )


def version_of(settings: Settings) -> str:
    """Return the extractor version that runs under `settings` write."""
    return extractor_version(models_of(settings).version)
