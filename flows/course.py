"""The course of a run: what is polled, fetched, read and loaded, and when.

All of it goes on side by side, so that a slow feed keeps no page waiting and a slow site no other.
The order stands here once. The command line runs it as it is; the Prefect flow runs the same with
each step made a task, through `Starter`.
"""

import time
from collections import deque
from collections.abc import Callable, Collection, Sequence
from itertools import count
from queue import Empty, SimpleQueue
from typing import Literal, Protocol, TypeVar

from extractors.records import Failure, Feed
from flows.desk import Desk
from flows.pages import Wanted

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

StepKind = Literal["recover", "poll", "extract", "load", "publish"]
#: Feeds in one group at most: a Prefect task, a staged file.
_GROUP_FEEDS = 100
#: Pages in one batch: a Prefect task and a staged file. Few enough that the workers end together.
_BATCH_PAGES = 16
#: How long a group or batch waits to fill up.
_LINGER_S = 1.0
_GLANCE_S = 0.1
#: What is staged is safe; loading seldom leaves the processor to the workers.
_BETWEEN_LOADS_S = 10.0


class Result(Protocol[T_co]):
    """What has been started and can be waited for."""

    def result(self) -> T_co:
        """Wait; return what the step returned, or raise what it raised."""
        ...


class Starter(Protocol):
    """Starts a step, possibly in another thread."""

    def __call__(self, kind: StepKind, name: str, work: Callable[[], T]) -> Result[T]:
        """Start `work`; `name` says to people what it works on."""
        ...


class Course:
    """One run on its way.

    Args:
        desk: what it has open.
        start: how its steps are started.
        more: returns the pages to fetch, as far as is known by now, but not those whose targets
            it is given; called at the start and whenever entries were loaded.
        limit: pages to fetch at most; None for all.
    """

    def __init__(
        self,
        desk: Desk,
        start: Starter,
        *,
        more: Callable[[Collection[str]], Sequence[Wanted]],
        limit: int | None = None,
    ) -> None:
        self._desk = desk
        self._start = start
        self._more = more
        self._limit = limit
        self._answers = desk.answers()
        self._pages = desk.pages()
        self._asked: set[str] = set()
        self._numbers = count()
        self._reading: dict[int, Result[bool]] = {}
        self._read: SimpleQueue[int] = SimpleQueue()
        self._extracting: deque[Result[list[Failure]]] = deque()
        self._failures: list[Failure] = []
        self._load_at = time.monotonic() + _BETWEEN_LOADS_S

    def run(self, feeds: Sequence[Feed]) -> list[Failure]:
        """Poll `feeds` and fetch pages until nothing is left; return the failures of pages."""
        self._desk.add_feeds(self._answers, feeds)
        self._add_pages()
        while self._reading or not (self._answers.is_over and self._pages.is_over):
            self._take_answers()
            if self._are_entries_staged():
                self._load("entries")
                self._add_pages()
            self._take_pages()
        while self._extracting:
            self._failures += self._extracting.popleft().result()
        self._load("articles")
        return self._failures

    def _add_pages(self) -> None:
        left = None if self._limit is None else self._limit - len(self._asked)
        if left == 0:
            return
        wanted = list({page.target: page for page in self._more(self._asked)}.values())[:left]
        if not wanted:
            return
        self._asked |= {page.target for page in wanted}
        urls = [page.url for page in wanted]
        self._start("extract", "known pages", lambda: self._desk.refresh(urls)).result()
        self._desk.add_pages(self._pages, wanted)

    def _take_answers(self) -> None:
        """Have the feeds that have answered read and staged, in a step of their own."""
        group = self._answers.take(_GROUP_FEEDS, linger_s=self._patience_s())
        if not group:
            return
        number = next(self._numbers)

        def read() -> bool:
            try:
                return self._desk.read_answers(group)
            finally:
                self._read.put(number)

        self._reading[number] = self._start("poll", f"{len(group)} feeds", read)

    def _patience_s(self) -> float:
        """Return how long to wait for feeds to answer, by what else there is to see to."""
        if not self._pages.is_over:
            return 0.0
        return _GLANCE_S if self._reading else _LINGER_S

    def _are_entries_staged(self) -> bool:
        """Tell whether anything new was staged; wait for a group if that is all there is."""
        is_all = self._answers.is_over and self._pages.is_over and bool(self._reading)
        is_new = False
        while self._reading:
            try:
                number = self._read.get(timeout=_LINGER_S if is_all and not is_new else 0)
            except Empty:
                break
            is_new |= self._reading.pop(number).result()
        return is_new

    def _take_pages(self) -> None:
        """Have a batch of pages read, and hold back while the workers are behind."""
        if self._pages.is_over:
            return
        pages = self._pages.take(_BATCH_PAGES, linger_s=_LINGER_S)
        if pages:
            work = self._desk.extraction(pages)
            self._extracting.append(self._start("extract", f"{len(pages)} pages", work))
        while len(self._extracting) > 2 * self._desk.settings.workers:
            self._failures += self._extracting.popleft().result()
        if time.monotonic() >= self._load_at:
            self._load("articles")

    def _load(self, what: str) -> None:
        self._start("load", what, self._desk.load).result()
        self._load_at = time.monotonic() + _BETWEEN_LOADS_S
