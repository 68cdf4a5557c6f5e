"""The course of a run: what is polled, fetched, read and loaded, and when.

All of it goes on side by side, so that a slow feed keeps no page waiting and a slow site no other.
The order stands here once. The command line runs it as it is; the Prefect flow runs the same with
each step made a task, through `Starter`.
"""

import time
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import count
from queue import SimpleQueue
from typing import Protocol

from extractors.records import Failure, Feed
from flows.assembly import Assembly
from flows.desk import BATCH_PAGES, Desk, GroupRead
from flows.hosting import Result, Stand, Starter
from flows.pages import Wanted
from flows.room import DiskFullError

#: Feeds in one group at most: a Prefect task, a staged file.
_GROUP_FEEDS = 100
#: How long a group of feeds or a batch of pages waits to fill up.
_LINGER_S = 1.0
#: While pages are under way: how often feeds that have answered are seen to, and loaded.
_BETWEEN_GROUPS_S = 3.0
#: What is staged is safe; loading seldom leaves the processor to the workers.
_BETWEEN_LOADS_S = 10.0
#: Feeds that come due while pages are under way are polled too, for a slow site takes hours; but
#: not without end.
_BETWEEN_ROUNDS_S = 60.0
_ROUNDS_WITHIN_S = 6 * 3600.0


class More(Protocol):
    """Returns the pages to fetch, as far as is known by now, first seen first."""

    def __call__(self, *, but_not: Collection[str], limit: int | None) -> Sequence[Wanted]:
        """Return them without those whose targets are given, and `limit` of them at most."""
        ...


class Course:
    """One run on its way.

    Args:
        desk: what it has open.
        start: how its steps are started.
        due: returns the feeds that are due by then; called now and then.
        more: called at the start and whenever entries were loaded.
        limit: pages to fetch at most; None for all.
        between_rounds_s: how often feeds that have come due meanwhile are polled too.
    """

    def __init__(
        self,
        desk: Desk,
        start: Starter,
        *,
        due: Callable[[], Sequence[Feed]],
        more: More,
        limit: int | None = None,
        between_rounds_s: float = _BETWEEN_ROUNDS_S,
    ) -> None:
        self._desk = desk
        self._start = start
        self._due = due
        self._more = more
        self._limit = limit
        self._answers = desk.answers()
        self._pages = desk.pages()
        self._assembly = Assembly()
        self._asked: set[str] = set()  # targets of pages
        self._polled: set[str] = set()  # ids of feeds, until what they gave is loaded
        self._staged: set[str] = set()  # of these, what the next load loads
        self._numbers = count()
        self._groups: dict[int, Result[GroupRead]] = {}
        self._finished: SimpleQueue[int] = SimpleQueue()
        self._batches: deque[Result[list[Failure]]] = deque()
        self._failures: list[Failure] = []
        self._feeds_asked = self._feeds_read = self._pages_fetched = 0
        self._is_news_staged = False
        self._look_at = self._enter_at = 0.0
        now = time.monotonic()
        self._load_at = now + _BETWEEN_LOADS_S
        self._between_rounds_s = between_rounds_s
        self._round_at = now + between_rounds_s
        self._rounds_until = now + _ROUNDS_WITHIN_S

    def run(self, feeds: Sequence[Feed]) -> list[Failure]:
        """Poll `feeds` and fetch pages until nothing is left; return the failures of pages.

        Raises:
            DiskFullError: there is too little room; what has come until then is read and loaded.
        """
        try:
            self._fetch_all(feeds)
        except DiskFullError:
            self._desk.network.cancel()
            self._load_pages()
            raise
        self._load_pages()
        return self._failures

    def _fetch_all(self, feeds: Sequence[Feed]) -> None:
        self._poll(feeds)
        self._add_pages()
        while self._groups or not (self._answers.is_over and self._pages.is_over):
            self._take_answers()
            self._finish_groups()
            self._load_entries()
            self._take_pages()
            self._poll_what_is_due()
            self._desk.watch(self._stand())

    def _load_pages(self) -> None:
        """Load all pages, once they are read."""
        while self._batches:
            self._failures += self._batches.popleft().result()
        if self._polled or self._asked:
            self._load("articles")

    def _poll(self, feeds: Sequence[Feed]) -> None:
        """Ask for feeds, but for those of which the last answer is not loaded yet."""
        new = [feed for feed in feeds if feed.feed_id not in self._polled]
        self._polled |= {feed.feed_id for feed in new}
        self._feeds_asked += len(new)
        self._desk.add_questions(self._answers, self._desk.questions(new))

    def _poll_what_is_due(self) -> None:
        now = time.monotonic()
        if not self._pages.is_over and self._round_at <= now < self._rounds_until:
            self._round_at = now + self._between_rounds_s
            self._poll(self._due())

    def _add_pages(self) -> None:
        left = None if self._limit is None else self._limit - len(self._asked)
        if left == 0:
            return
        wanted = self._more(but_not=self._asked, limit=left)
        if not wanted:
            return
        self._asked |= {page.target for page in wanted}
        self._start("extract", "known pages", lambda: self._desk.refresh(wanted)).result()
        self._desk.add_pages(self._pages, wanted)

    def _take_answers(self) -> None:
        """Have the feeds that have answered read and staged, in a step of their own."""
        if not self._pages.is_over and time.monotonic() < self._look_at:
            return
        self._look_at = time.monotonic() + _BETWEEN_GROUPS_S
        is_alone = self._pages.is_over and not self._groups
        group = self._answers.take(_GROUP_FEEDS, linger_s=_LINGER_S if is_alone else 0.1)
        if not group:
            return
        number = next(self._numbers)

        def read() -> GroupRead:
            try:
                return self._desk.read_answers(group, self._assembly)
            finally:
                self._finished.put(number)

        self._groups[number] = self._start("poll", f"{len(group)} feeds", read)

    def _finish_groups(self) -> None:
        """Go on with what groups of feeds have given; wait for one if they are all there is."""
        numbers = list(_taken(self._finished))
        if self._groups and self._answers.is_over and self._pages.is_over:
            numbers.append(min(self._groups))
        for number in numbers:
            if group := self._groups.pop(number, None):
                read = group.result()
                self._is_news_staged |= read.is_new
                self._staged |= read.feeds
                self._feeds_read += len(read.feeds)
                self._desk.add_questions(self._answers, read.missing)

    def _load_entries(self) -> None:
        """Load what feeds have given and go on with its pages, now or when the time has come."""
        if self._is_news_staged and (self._pages.is_over or time.monotonic() >= self._enter_at):
            self._is_news_staged = False
            self._load("entries")
            self._enter_at = time.monotonic() + _BETWEEN_GROUPS_S
            self._add_pages()

    def _take_pages(self) -> None:
        """Have a batch of pages read, and hold back while the workers are behind."""
        if self._pages.is_over:
            return
        pages = self._pages.take(BATCH_PAGES, linger_s=_LINGER_S)
        if pages:
            self._pages_fetched += len(pages)
            work = self._desk.extraction(pages)
            self._batches.append(self._start("extract", f"{len(pages)} pages", work))
            self._desk.check_space()
        while len(self._batches) > 2 * self._desk.crew.size:
            self._failures += self._batches.popleft().result()
        if time.monotonic() >= self._load_at:
            self._load("articles")

    def _stand(self) -> Stand:
        """Return how far it has come: by its pages, which take longest, once there are any."""
        feeds = f"{self._feeds_read:,} of {self._feeds_asked:,} feeds read"
        if not self._asked:
            return Stand(share=self._feeds_read / max(1, self._feeds_asked), told=feeds)
        pages = f"{self._pages_fetched:,} of {len(self._asked):,} pages fetched"
        told = f"{feeds}, {pages}" if self._feeds_asked else pages
        return Stand(share=self._pages_fetched / len(self._asked), told=told)

    def _load(self, what: str) -> None:
        loaded, self._staged = self._staged, set()
        self._start("load", what, self._desk.load).result()
        self._polled -= loaded
        self._load_at = time.monotonic() + _BETWEEN_LOADS_S


def read_pages(desk: Desk, start: Starter, wanted: Sequence[Wanted]) -> list[Failure]:
    """Go the course of a run that polls no feed: fetch, read and load `wanted`; return failures."""
    return Course(desk, start, due=lambda: (), more=lambda **_: wanted).run(feeds=())


def _taken(numbers: SimpleQueue[int]) -> Iterator[int]:
    """Yield what is in the queue now."""
    while not numbers.empty():
        yield numbers.get()
