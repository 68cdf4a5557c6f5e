"""What flows see of a warehouse, whatever keeps it: one who loads and one who answers.

`warehouse.door.Warehouse` and `warehouse.reader.Reader` are these over a DuckDB file; their
docstrings say what each method does. Another engine is another pair, and passes
`tests/warehouse/contract`. Work is handed over by `warehouse.staging.stage`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Protocol

from extractors.identity import Alias
from extractors.records import Entry, Feed, Outcome
from warehouse.health import Health
from warehouse.results import Answer, Archived, Loaded, Recheck, Requests, Run, WorkItem


class Loader(Protocol):
    """Takes what is staged, and knows what is to be done next."""

    def together(self) -> AbstractContextManager[None]:
        """Do the short calls of this thread within the block at less cost."""
        ...

    def start_run(
        self,
        run_id: str,
        *,
        started_at: datetime,
        flow_run_id: str | None,
        extractor_version: str,
    ) -> None:
        """Write the row of a pass that begins."""

    def finish_run(
        self,
        run_id: str,
        *,
        ended_at: datetime,
        outcome: Outcome,
        note: str | None = None,
        is_complete: bool = True,
    ) -> Run:
        """Write how a pass ended and return its row."""
        ...

    def settle_run(self, run_id: str, *, at: datetime) -> None:
        """Note that all a dead run had fetched is loaded."""

    def note_run(self, run_id: str, note: str) -> None:
        """Write into the row of a pass what a person should know of it."""

    def dead_runs(self, *, is_alive: Callable[[str], bool]) -> list[str]:
        """Return the runs that were cut short and not looked after yet."""
        ...

    def run(self, run_id: str) -> Run | None:
        """Return the row of a pass."""
        ...

    def requests_of(self, run_id: str, *, hosts: int) -> Requests:
        """Return what a pass has asked for, and what came of it."""
        ...

    def health(self, *, silent_days: int, failed_since: datetime) -> Health:
        """Return how the home does."""
        ...

    def sync_feeds(self, feeds: Sequence[Feed], *, now: datetime) -> None:
        """Make `feeds` the list of feeds."""

    def sync_aliases(self, aliases: Sequence[Alias], *, now: datetime) -> None:
        """Make `aliases` the table of names that mean the same."""

    def keep_out(self, article_ids: Collection[str], *, at: datetime) -> None:
        """Load nothing any more of what leads to `article_ids`."""

    def unlist_kept_out(self) -> None:
        """Take off the work list what is kept out and was never read."""

    def load_staged(self) -> Loaded:
        """Load every staged batch once, whole or not at all, whatever was killed before."""
        ...

    def feeds_due(self, now: datetime, *, only: Collection[str] | None, force: bool) -> list[Feed]:
        """Return the feeds to poll."""
        ...

    def work_list(
        self,
        now: datetime,
        *,
        retry_failed: bool,
        only: Collection[str] | None = None,
        but_not: Collection[str] = (),
        limit: int | None = None,
    ) -> list[WorkItem]:
        """Return the pages to fetch."""
        ...

    def rechecks_due(
        self, now: datetime, *, ladder: Mapping[timedelta, timedelta], limit: int | None = None
    ) -> list[Recheck]:
        """Return the pages of known articles to ask for again."""
        ...

    def known_entries(self, entries: Collection[Entry]) -> set[str]:
        """Return the ids of those that their feed has listed before."""
        ...

    def unknown_fetches(self, fetch_ids: Collection[str]) -> set[str]:
        """Return the ids that no request has."""
        ...

    def outdated_pages(
        self,
        *,
        alike: str,
        urls: Collection[str] | None = None,
        since: datetime | None = None,
        after: str | None = None,
        articles: int | None = None,
    ) -> list[Archived]:
        """Return the archived pages that other extractors have read."""
        ...

    def publish(self) -> None:
        """Show readers the present state."""

    def publish_if_due(self, now: datetime) -> float:
        """Show readers the present state unless that would cost too much."""
        ...


class Answering(Protocol):
    """Answers from one consistent state: the one that was published last."""

    def answer(
        self, sql: str, params: Mapping[str, object] | None = None, *, timeout_s: float
    ) -> Answer:
        """Return what one statement that only reads gives."""
        ...

    def ask(
        self, name: str, params: Mapping[str, object] | None = None, *, timeout_s: float
    ) -> Answer:
        """Return the answer to a saved question."""
        ...

    def lookup(
        self, name: str, params: Mapping[str, object] | None = None, *, timeout_s: float
    ) -> Answer:
        """Return what one of the warehouse's own questions gives, by name."""
        ...

    def close(self) -> None:
        """Let go of that state."""
