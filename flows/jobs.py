"""What worker processes do: read archived feeds and pages; the document boundary.

A library may raise anything on bytes that strangers sent. `at_boundary` is the one place that
catches everything, so that one poisoned document becomes one failure and the run goes on.
"""

import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from extractors.document import document_from_article, document_from_text
from extractors.errors import OnRecordError, PageError, SourceError
from extractors.feeds import FeedContent, content_page, entries_in
from extractors.maintext import article_from, forget_caches
from extractors.nlp import Models
from extractors.records import Document, Failure, Fetch, Harvest, Page, Reading, Stage
from flows.advice import with_advice
from flows.archive import ArchiveRef, read_page
from flows.policy import next_try
from flows.workers import Begin
from warehouse.folding import text_hash
from warehouse.staging import stage

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedFeed:
    """A feed body in the archive."""

    poll_id: str  #: of the request that gave it
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
    stand_in: ArchiveRef | None = None  #: a feed body that gives the text, should the page fail
    is_recorded: bool = False  #: the warehouse knows of the request; its page is read again
    only_if_text: str | None = None  #: hash that its text must have, or the reading is dropped
    was_asked: bool = True  #: False: its host is held, so no request was made
    feed_id: str | None = None  #: of a subscribed feed that lists it, for people

    @property
    def url(self) -> str:
        """The page's address, as asked for."""
        return self.fetch.url

    @property
    def is_unchanged(self) -> bool:
        """Whether it is what it was, and was read then."""
        return self.fetch.status == "unchanged"

    @property
    def is_to_read(self) -> bool:
        """Whether there are archived bytes to make an article of."""
        return self.stand_in is not None if self.failure else not self.is_unchanged


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why a document could not be read; what a Failure is made from."""

    reason: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedsJob:
    """Read archived feeds; gives a FeedContent or Trouble for each poll id."""

    archive: Path
    feeds: tuple[ArchivedFeed, ...]

    def perform(self, begin: Begin) -> dict[str, FeedContent | Trouble]:
        """Read them all."""
        found: dict[str, FeedContent | Trouble] = {}
        for index, feed in enumerate(self.feeds):
            begin(index)
            found[feed.poll_id] = at_boundary(partial(self._content_of, feed))
        return found

    def _content_of(self, feed: ArchivedFeed) -> FeedContent:
        page = read_page(self.archive, feed.file, feed.offset)
        return entries_in(page, feed_id=feed.feed_id, seen_at=page.fetched_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesJob:
    """Read archived pages into documents and stage them as one batch; gives what failed."""

    archive: Path
    staging: Path
    models: Models
    batch: Harvest  #: with the run and batch id, not yet with what this job finds
    pages: tuple[Fetched, ...]

    def perform(self, begin: Begin) -> tuple[Failure, ...]:
        """Read them all and stage the batch."""
        # A batch in which there is nothing to read needs no model, and no seconds to load one.
        is_any_to_read = any(page.is_to_read for page in self.pages)
        if is_any_to_read:
            self.models.load()  # now: it must not count as time spent on a document
        read: list[_Read] = []
        for index, page in enumerate(self.pages):
            begin(index)
            read.append(self._read(page, partial(begin, index)))
        forget_caches()
        batch = replace(
            self.batch,
            fetches=tuple(
                each.page.fetch
                for each in read
                if each.page.was_asked and not each.page.is_recorded
            ),
            readings=tuple(each.reading for each in read if each.reading),
            failures=tuple(each.failure for each in read if each.failure and each.page.was_asked),
        )
        stage(batch, self.staging)
        return tuple(each.failure for each in read if each.failure)

    def _read(self, page: Fetched, measured: Callable[[int], None]) -> "_Read":
        """Read the page, or what stands in for one that could not be had."""
        if page.is_unchanged:
            return _Read(page=page)
        if page.failure is None:
            outcome = at_boundary(partial(self._reading_of, page.fetch, measured))
            if isinstance(outcome, Trouble):
                return _Read(page=page, failure=failure_of(page, outcome))
            return _Read(page=page, reading=outcome if _is_wanted(outcome, page) else None)
        if page.stand_in is None:
            return _Read(page=page, failure=page.failure)
        given = replace(
            page.fetch,
            archive_file=page.stand_in.file,
            archive_offset=page.stand_in.offset,
            text_source="feed",
        )
        outcome = at_boundary(partial(self._reading_of, given, measured))
        if isinstance(outcome, Trouble):
            return _Read(page=page, failure=page.failure)
        return _Read(page=replace(page, fetch=given), reading=outcome, failure=page.failure)

    def _reading_of(self, fetch: Fetch, measured: Callable[[int], None]) -> Reading:
        if fetch.archive_file is None or fetch.archive_offset is None:
            raise OnRecordError(f"{fetch.url}: fetch {fetch.fetch_id} has no archived page")
        archived = read_page(self.archive, fetch.archive_file, fetch.archive_offset)
        is_feed = fetch.text_source == "feed"
        page = content_page(archived, url=fetch.url) if is_feed else archived
        if page is None:
            raise PageError(fetch.url, "empty", "the feed gives no text for it")
        document = _document_on(page, self.models, measured)
        return Reading(fetch_id=fetch.fetch_id, seen_at=fetch.started_at, document=document)


def _is_wanted(reading: Reading, page: Fetched) -> bool:
    article = reading.document.article
    return page.only_if_text in (None, text_hash(article.title, article.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A page with what came of reading it; both where a feed's text stands in for it."""

    page: Fetched
    reading: Reading | None = None
    failure: Failure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentJob:
    """Read one document that no warehouse knows of."""

    models: Models
    given: Page | str  #: a page, or plain text
    url: str | None = None  #: where the text is from

    def perform(self, begin: Begin) -> Document | Trouble:
        """Read it."""
        self.models.load()
        begin(0)
        outcome = at_boundary(partial(self._document, partial(begin, 0)))
        forget_caches()
        return outcome

    def _document(self, measured: Callable[[int], None]) -> Document:
        if isinstance(self.given, Page):
            return _document_on(self.given, self.models, measured)
        measured(len(self.given))
        return document_from_text(self.given, self.models, url=self.url)


def _document_on(page: Page, models: Models, measured: Callable[[int], None]) -> Document:
    """Return the document on `page`; before its text is analysed, tell how long that is."""
    article = article_from(page)
    measured(len(article.text))
    return document_from_article(article, models)


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
        target=page.fetch.target,
        reason=trouble.reason,
        detail=with_advice(trouble.reason, trouble.detail),
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
