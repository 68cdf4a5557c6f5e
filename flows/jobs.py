"""What worker processes do: read archived feeds and pages; the document boundary.

A library may raise anything on bytes that strangers sent. `at_boundary` is the one place that
catches everything, so that one poisoned document becomes one failure and the run goes on.
"""

import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import TypeVar

from extractors.document import document_from_page, document_from_text
from extractors.errors import OnRecordError, SourceError
from extractors.feeds import FeedContent, entries_in
from extractors.maintext import forget_caches
from extractors.nlp import Models
from extractors.records import Document, Failure, Fetch, Harvest, Page, Reading, Stage
from flows.archive import read_page
from flows.policy import next_try
from flows.workers import Progress
from warehouse.staging import stage

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedFeed:
    """A feed body in the archive."""

    feed_id: str
    url: str
    file: str
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a request for a page gave: archived bytes, or a failure."""

    fetch: Fetch
    tries: int = 0  #: how often this URL failed in a row before
    failure: Failure | None = None
    is_recorded: bool = False  #: the warehouse knows of the request; its page is read again
    was_asked: bool = True  #: False: its host is held, so no request was made

    @property
    def url(self) -> str:
        """The page's address, as asked for."""
        return self.fetch.url


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why a document could not be read; what a Failure is made from."""

    reason: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedsJob:
    """Read archived feeds; gives a FeedContent or Trouble for each feed id."""

    archive: Path
    feeds: tuple[ArchivedFeed, ...]

    def perform(self, begin: Progress) -> dict[str, FeedContent | Trouble]:
        """Read them all."""
        found: dict[str, FeedContent | Trouble] = {}
        for index, feed in enumerate(self.feeds):
            begin(index)
            found[feed.feed_id] = at_boundary(partial(self._content_of, feed))
        return found

    def _content_of(self, feed: ArchivedFeed) -> FeedContent:
        page = read_page(self.archive, feed.file, feed.offset)
        return entries_in(page, feed_id=feed.feed_id, seen_at=page.fetched_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesJob:
    """Read archived pages into documents and stage them as one batch; gives what failed."""

    archive: Path
    staging: Path
    nlp_model: str
    batch: Harvest  #: with the run and batch id, not yet with what this job finds
    pages: tuple[Fetched, ...]

    def perform(self, begin: Progress) -> tuple[Failure, ...]:
        """Read them all and stage the batch."""
        # A batch of failures alone needs no model, and no seconds to load one.
        is_any_to_read = any(page.failure is None for page in self.pages)
        models = loaded_models(self.nlp_model) if is_any_to_read else Models(self.nlp_model)
        readings: list[Reading] = []
        failures: list[Failure] = []
        for index, page in enumerate(self.pages):
            begin(index)
            outcome = page.failure or self._read(page, models)
            if isinstance(outcome, Reading):
                readings.append(outcome)
            else:
                failures.append(outcome)
        forget_caches()
        made = [page for page in self.pages if page.was_asked]
        not_made = {page.failure for page in self.pages if not page.was_asked}
        batch = replace(
            self.batch,
            fetches=tuple(page.fetch for page in made if not page.is_recorded),
            readings=tuple(readings),
            failures=tuple(each for each in failures if each not in not_made),
        )
        stage(batch, self.staging)
        return tuple(failures)

    def _read(self, page: Fetched, models: Models) -> Reading | Failure:
        outcome = at_boundary(partial(self._reading_of, page.fetch, models))
        if isinstance(outcome, Trouble):
            return failure_of(page, outcome)
        return outcome

    def _reading_of(self, fetch: Fetch, models: Models) -> Reading:
        if fetch.archive_file is None or fetch.archive_offset is None:
            raise OnRecordError(f"{fetch.url}: fetch {fetch.fetch_id} has no archived page")
        page = read_page(self.archive, fetch.archive_file, fetch.archive_offset)
        document = document_from_page(page, models)
        return Reading(fetch_id=fetch.fetch_id, seen_at=fetch.started_at, document=document)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentJob:
    """Read one document that no warehouse knows of."""

    nlp_model: str
    given: Page | str  #: a page, or plain text
    url: str | None = None  #: where the text is from

    def perform(self, begin: Progress) -> Document | Trouble:
        """Read it."""
        models = loaded_models(self.nlp_model)
        begin(0)
        outcome = at_boundary(partial(self._document, models))
        forget_caches()
        return outcome

    def _document(self, models: Models) -> Document:
        if isinstance(self.given, Page):
            return document_from_page(self.given, models)
        return document_from_text(self.given, models, url=self.url)


def failure_of(
    page: Fetched, trouble: Trouble, *, stage: Stage = "text", retry_at: datetime | None = None
) -> Failure:
    """Return the failure that `trouble` with `page` is stored as.

    Args:
        page: what was fetched.
        trouble: what went wrong with it.
        stage: where it went wrong.
        retry_at: when to try again; None leaves it to the policy.
    """
    at = page.fetch.started_at
    return Failure(
        stage=stage,
        url=page.fetch.url,
        reason=trouble.reason,
        detail=trouble.detail,
        at=at,
        next_try_at=retry_at
        or next_try(
            at,
            tries=page.tries + 1,
            reason=trouble.reason,
            http_status=page.fetch.http_status,
        ),
    )


def at_boundary(read: Callable[[], T]) -> T | Trouble:
    """Return what `read` returns, or the trouble it ran into, whatever that is."""
    try:
        return read()
    except SourceError as error:
        return Trouble(reason=error.reason, detail=error.detail)
    except MemoryError:
        return Trouble(reason="crashed", detail="The document needs more memory than there is.")
    except Exception:  # noqa: BLE001 - the document boundary, see the head of this file
        return Trouble(reason="internal", detail=traceback.format_exc(limit=-5))


@cache
def loaded_models(name: str) -> Models:
    """Return the models, loaded now: loading must not count as time spent on a document."""
    models = Models(name)
    models.load()
    return models
