"""What the polls of a group of feeds gave, made into the Harvest that remembers it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus

from extractors.feeds import FeedContent
from extractors.records import Entry, Failure, Feed, FeedPart, Harvest, Poll, PollStatus, Withdrawal
from flows.advice import with_advice
from flows.assembly import Polled
from flows.exchange import REFUSALS, DeferredError, RequestError
from flows.httptimes import fresh_for_s
from flows.jobs import Trouble
from flows.polling import Asked
from flows.schedule import Answered, Deferred, Failed, after_poll

_PARTIAL = 206


def harvest_of(polled: Sequence[Polled], known: Collection[str], *, batch: Harvest) -> Harvest:
    """Return `batch` with all that the polls gave, to be loaded together.

    Args:
        polled: the feeds and their answers.
        known: ids of entries that the warehouse has already.
        batch: of the run that asked, begun after the answers came.
    """
    at = batch.made_at
    feeds = [_feed_after(each, known, at) for each in polled]
    return replace(
        batch,
        feeds=tuple(feeds),
        polls=tuple(poll for each in polled for poll in _polls(each)),
        entries=tuple(entry for each in polled for entry in each.entries),
        withdrawals=tuple(gone for each in polled for gone in _withdrawals(each)),
        failures=tuple(
            failure
            for each, feed in zip(polled, feeds, strict=True)
            for failure in _failures(each, at=at, next_try_at=feed.next_poll_at)
        ),
    )


def _feed_after(polled: Polled, known: Collection[str], at: datetime) -> Feed:
    asked, entries = polled.asked, polled.entries
    if isinstance(asked.answer, DeferredError):
        was_asked = asked.answer.attempt is not None
        deferred = Deferred(until=asked.answer.retry_after, was_asked=was_asked)
        return after_poll(asked.feed, deferred, at)
    if trouble := _trouble(asked):
        status = asked.attempt.http_status
        failed = Failed(reason=trouble.reason, detail=trouble.detail, http_status=status)
        return after_poll(asked.feed, failed, at)
    answered = _answered(asked)
    unknown = [entry for entry in entries if entry.entry_id not in known]
    answered = replace(
        answered,
        entries=len(entries),
        known=len(entries) - len(unknown),
        arrivals=tuple(_arrival(entry, asked.attempt.started_at) for entry in unknown),
        parts=tuple(_part_after(part) for part in polled.parts),
    )
    return after_poll(asked.feed, answered, at)


def _answered(asked: Asked) -> Answered:
    response, content = asked.answer, asked.content
    if isinstance(response, RequestError) or isinstance(content, Trouble):
        raise TypeError("only a poll that gave something was answered")
    answered = Answered(
        url=response.final_url,
        moved_for_good=response.moved_for_good,
        is_whole=response.http_status != HTTPStatus.NOT_MODIFIED,
        etag=response.header("ETag"),
        last_modified=response.header("Last-Modified"),
        body_hash=asked.body_hash,
        fresh_s=fresh_for_s(
            response.header("Cache-Control"),
            expires=response.header("Expires"),
            date=response.header("Date"),
            age=response.header("Age"),
            received_at=response.started_at,
        ),
    )
    if content is None:
        return answered
    # Or an answer of 304 would hide what did not arrive.
    if not content.is_whole or response.http_status == _PARTIAL:
        answered = replace(answered, etag=None, last_modified=None)
    return replace(
        answered,
        title=content.title,
        asks_s=content.ttl_s,
        skip_hours=content.skip_hours,
        skip_days=content.skip_days,
    )


def _arrival(entry: Entry, polled_at: datetime) -> datetime:
    return entry.published.at if entry.published else polled_at


def _part_after(asked: Asked) -> FeedPart:
    """Return what to remember of a part; one that failed is asked for again as before."""
    part, answer, content = asked.question.part, asked.answer, asked.content
    if part is None:
        raise TypeError("the question for a part names it")
    if isinstance(answer, RequestError) or isinstance(content, Trouble):
        return part
    if answer.http_status == HTTPStatus.NOT_MODIFIED:
        return part
    is_whole = (content is None or content.is_whole) and answer.http_status != _PARTIAL
    return replace(
        part,
        etag=answer.header("ETag") if is_whole else None,
        last_modified=answer.header("Last-Modified") if is_whole else None,
        body_hash=asked.body_hash,
    )


def _trouble(asked: Asked) -> Trouble | None:
    """Return why an answer gave nothing to read; None if it did, or was put off."""
    if isinstance(asked.answer, DeferredError):
        return None
    if isinstance(asked.answer, RequestError):
        return Trouble(reason=asked.answer.reason, detail=asked.answer.detail)
    return asked.content if isinstance(asked.content, Trouble) else None


def _failures(polled: Polled, *, at: datetime, next_try_at: datetime | None) -> Iterator[Failure]:
    for each in polled.all:
        if trouble := _trouble(each):
            yield Failure(
                stage="feed",
                url=each.url,
                feed_id=each.feed.feed_id,
                reason=trouble.reason,
                detail=with_advice(trouble.reason, trouble.detail),
                at=at,
                next_try_at=next_try_at,
            )


def _withdrawals(polled: Polled) -> Iterator[Withdrawal]:
    for each in polled.all:
        if isinstance(each.content, FeedContent):
            for guid in each.content.withdrawn:
                yield Withdrawal(feed_id=each.feed.feed_id, guid=guid, at=each.attempt.started_at)


def _polls(polled: Polled) -> Iterator[Poll]:
    for each in polled.all:
        if isinstance(each.answer, DeferredError) and each.answer.attempt is None:
            continue  # held back by an answer to somebody else: nothing was asked
        yield _poll(each)


def _poll(asked: Asked) -> Poll:
    attempt, content = asked.attempt, asked.content
    return Poll(
        poll_id=attempt.fetch_id,
        feed_id=asked.feed.feed_id,
        url=asked.url,
        started_at=attempt.started_at,
        duration_ms=attempt.duration_ms,
        status=_status(asked),
        http_status=attempt.http_status,
        bytes=attempt.received_bytes,
        entries_seen=len(content.entries) if isinstance(content, FeedContent) else 0,
        error=_error(asked),
        archive_file=asked.archived.file if asked.archived else None,
        archive_offset=asked.archived.offset if asked.archived else None,
    )


def _status(asked: Asked) -> PollStatus:
    if isinstance(asked.answer, DeferredError):
        return "deferred"
    if trouble := _trouble(asked):
        return "refused" if trouble.reason in REFUSALS else "failed"
    return "new" if asked.archived else "unchanged"


def _error(asked: Asked) -> str | None:
    if isinstance(asked.answer, DeferredError):
        return asked.answer.detail
    trouble = _trouble(asked)
    return f"{trouble.reason}: {trouble.detail}" if trouble else None
