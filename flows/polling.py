"""One group of feeds: asked, archived, read, and made into the Harvest that remembers it."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from extractors.feeds import FeedContent
from extractors.records import Entry, Failure, Feed, Harvest, Poll, PollStatus
from flows.archive import ArchiveRef, ArchiveWriter
from flows.exchange import (
    REFUSALS,
    Attempt,
    DeferredError,
    Request,
    RequestError,
    Response,
    attempt_not_made,
)
from flows.fetch import Client
from flows.jobs import ArchivedFeed, Trouble
from flows.policy import Answered, Deferred, Failed, after_poll, max_age_s

_NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A feed and what its server said, without the body: hundreds are held at a time."""

    feed: Feed
    answer: Response | RequestError
    body_hash: str | None = None
    received_bytes: int = 0
    archived: ArchiveRef | None = None  #: only of a body that changed


async def ask(client: Client, feed: Feed, archive: ArchiveWriter) -> Asked:
    """Poll `feed`; archive the answer if its body is new."""
    request = Request(url=feed.url, kind="feed", etag=feed.etag, last_modified=feed.last_modified)
    try:
        response = await client.fetch(request)
    except RequestError as error:
        return Asked(feed=feed, answer=error)
    asked = Asked(
        feed=feed,
        answer=replace(response, raw=b"", body=b""),
        body_hash=hashlib.sha256(response.body).hexdigest(),
        received_bytes=len(response.raw),
    )
    if response.http_status == _NOT_MODIFIED or asked.body_hash == feed.body_hash:
        return asked
    archived = archive.append(response, kind="feed", requested_url=feed.url, feed_id=feed.feed_id)
    return replace(asked, archived=archived)


def to_read(asked: Sequence[Asked]) -> tuple[ArchivedFeed, ...]:
    """Return the archived bodies that must be read."""
    return tuple(
        ArchivedFeed(
            feed_id=each.feed.feed_id,
            url=each.feed.url,
            file=each.archived.file,
            offset=each.archived.offset,
        )
        for each in asked
        if each.archived
    )


def harvest_of(
    asked: Sequence[Asked],
    contents: Mapping[str, FeedContent | Trouble],
    known: Collection[str],
    *,
    batch: Harvest,
) -> Harvest:
    """Return `batch` with all that the polls gave, to be loaded together.

    Args:
        asked: the feeds and their answers.
        contents: what was read from the bodies that changed, by feed id.
        known: ids of entries that the warehouse has already.
        batch: of the run that asked, begun after the answers came.
    """
    judged = [
        _judged(each, contents.get(each.feed.feed_id), known, at=batch.made_at) for each in asked
    ]
    return replace(
        batch,
        feeds=tuple(each.feed for each in judged),
        polls=tuple(each.poll for each in judged if each.poll),
        entries=tuple(entry for each in judged for entry in each.entries),
        failures=tuple(each.failure for each in judged if each.failure),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    feed: Feed
    poll: Poll | None
    entries: tuple[Entry, ...] = ()
    failure: Failure | None = None


def _judged(
    asked: Asked, content: FeedContent | Trouble | None, known: Collection[str], *, at: datetime
) -> _Judged:
    answer = asked.answer
    if isinstance(answer, DeferredError):
        # Held back by an earlier answer to somebody else: nothing was asked, nothing to record.
        poll = _poll(asked, answer.attempt, "deferred", answer.detail) if answer.attempt else None
        deferred = Deferred(until=answer.retry_after, was_asked=answer.attempt is not None)
        feed = after_poll(asked.feed, deferred, at)
        return _Judged(feed=feed, poll=poll)
    if isinstance(answer, RequestError):
        return _failed(asked, answer.reason, answer.detail, at=at)
    if isinstance(content, Trouble):
        return _failed(asked, content.reason, content.detail, at=at)
    entries = content.entries if content else ()
    feed = after_poll(asked.feed, _answered(asked, answer, content, known), at)
    status: PollStatus = "new" if asked.archived else "unchanged"
    return _Judged(
        feed=feed,
        poll=_poll(asked, _attempt(asked, answer), status, seen=len(entries)),
        entries=entries,
    )


def _answered(
    asked: Asked, response: Response, content: FeedContent | None, known: Collection[str]
) -> Answered:
    entries = content.entries if content else ()
    return Answered(
        url=response.final_url,
        moved_for_good=response.moved_for_good,
        is_full=response.http_status != _NOT_MODIFIED,
        etag=response.header("ETag"),
        last_modified=response.header("Last-Modified"),
        body_hash=asked.body_hash,
        title=content.title if content else None,
        entries=len(entries),
        known=sum(entry.entry_id in known for entry in entries),
        at_least_s=max(
            max_age_s(response.header("Cache-Control")), (content.ttl_s or 0) if content else 0
        ),
    )


def _failed(asked: Asked, reason: str, detail: str, *, at: datetime) -> _Judged:
    answer = asked.answer
    attempt = _attempt(asked, answer) if isinstance(answer, Response) else answer.attempt
    outcome = Failed(
        reason=reason, detail=detail, http_status=attempt.http_status if attempt else None
    )
    feed = after_poll(asked.feed, outcome, at)
    failure = Failure(
        stage="feed",
        url=asked.feed.url,
        feed_id=asked.feed.feed_id,
        reason=reason,
        detail=detail,
        at=at,
        next_try_at=feed.next_poll_at,
    )
    status: PollStatus = "refused" if reason in REFUSALS else "failed"
    attempt = attempt or attempt_not_made(asked.feed.url, at=at)
    poll = _poll(asked, attempt, status, f"{reason}: {detail}")
    return _Judged(feed=feed, poll=poll, failure=failure)


def _attempt(asked: Asked, response: Response) -> Attempt:
    return Attempt(
        fetch_id=response.fetch_id,
        started_at=response.started_at,
        duration_ms=response.duration_ms,
        final_url=response.final_url,
        http_status=response.http_status,
        received_bytes=asked.received_bytes,
    )


def _poll(
    asked: Asked,
    attempt: Attempt,
    status: PollStatus,
    error: str | None = None,
    *,
    seen: int = 0,
) -> Poll:
    return Poll(
        poll_id=attempt.fetch_id,
        feed_id=asked.feed.feed_id,
        started_at=attempt.started_at,
        duration_ms=attempt.duration_ms,
        status=status,
        http_status=attempt.http_status,
        bytes=attempt.received_bytes,
        entries_seen=seen,
        error=error,
        archive_file=asked.archived.file if asked.archived else None,
        archive_offset=asked.archived.offset if asked.archived else None,
    )
