"""What the polls of a group of feeds gave, made into the Harvest that remembers it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from extractors.feeds import FeedContent
from extractors.records import Entry, Failure, Feed, FeedPart, Harvest, Poll, PollStatus, Withdrawal
from flows.advice import told
from flows.exchange import (
    REFUSALS,
    Attempt,
    DeferredError,
    RequestError,
    Response,
    attempt_not_made,
)
from flows.jobs import Trouble
from flows.policy import fresh_for_s
from flows.polling import NOT_MODIFIED, Asked, content_of
from flows.schedule import Answered, Deferred, Failed, after_poll

Contents = Mapping[str, FeedContent | Trouble]


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """All that was asked about one feed: it itself, then the parts that it lists."""

    asked: Asked
    parts: tuple[Asked, ...] = ()

    @property
    def all(self) -> tuple[Asked, ...]:
        """The feed and its parts."""
        return (self.asked, *self.parts)


def together(asked: Sequence[Asked], parts: Sequence[Asked]) -> list[Polled]:
    """Return each feed of `asked` with those of `parts` that are its own."""
    by_feed: dict[str, list[Asked]] = defaultdict(list)
    for part in parts:
        by_feed[part.feed.feed_id].append(part)
    return [Polled(asked=each, parts=tuple(by_feed[each.feed.feed_id])) for each in asked]


def entries_of(polled: Polled, contents: Contents) -> tuple[Entry, ...]:
    """Return the entries that the feed and its parts list, each once."""
    found: dict[str, Entry] = {}
    for each in polled.all:
        content = content_of(each, contents)
        if isinstance(content, FeedContent):
            for entry in content.entries:
                found.setdefault(entry.entry_id, entry)
    return tuple(found.values())


def harvest_of(
    polled: Sequence[Polled], contents: Contents, known: Collection[str], *, batch: Harvest
) -> Harvest:
    """Return `batch` with all that the polls gave, to be loaded together.

    Args:
        polled: the feeds and their answers.
        contents: what was read from the bodies that changed, by poll id.
        known: ids of entries that the warehouse has already.
        batch: of the run that asked, begun after the answers came.
    """
    at = batch.made_at
    feeds = tuple(_feed_after(each, contents, known, at) for each in polled)
    return replace(
        batch,
        feeds=feeds,
        polls=tuple(poll for each in polled for poll in _polls(each, contents, at)),
        entries=tuple(entry for each in polled for entry in entries_of(each, contents)),
        withdrawals=tuple(gone for each in polled for gone in _withdrawals(each, contents)),
        failures=tuple(
            failure
            for each, feed in zip(polled, feeds, strict=True)
            for failure in _failures(each, contents, at=at, next_try_at=feed.next_poll_at)
        ),
    )


def _feed_after(polled: Polled, contents: Contents, known: Collection[str], at: datetime) -> Feed:
    asked = polled.asked
    trouble = _trouble(asked, contents)
    if isinstance(asked.answer, DeferredError):
        was_asked = asked.answer.attempt is not None
        deferred = Deferred(until=asked.answer.retry_after, was_asked=was_asked)
        return after_poll(asked.feed, deferred, at)
    if trouble:
        attempt = _attempt(asked, at)
        failed = Failed(
            reason=trouble.reason, detail=trouble.detail, http_status=attempt.http_status
        )
        return after_poll(asked.feed, failed, at)
    return after_poll(asked.feed, _answered(polled, contents, known), at)


def _answered(polled: Polled, contents: Contents, known: Collection[str]) -> Answered:
    asked, response = polled.asked, polled.asked.answer
    if isinstance(response, RequestError):
        raise TypeError("a poll that was answered has a response")
    content = content_of(asked, contents)
    answered = Answered(
        url=response.final_url,
        moved_for_good=response.moved_for_good,
        is_full=response.http_status != NOT_MODIFIED,
        etag=response.header("ETag"),
        last_modified=response.header("Last-Modified"),
        body_hash=asked.body_hash,
        fresh_s=fresh_for_s(
            response.header("Cache-Control"),
            expires=response.header("Expires"),
            date=response.header("Date"),
            age=response.header("Age"),
        ),
    )
    entries = entries_of(polled, contents)
    unknown = [entry for entry in entries if entry.entry_id not in known]
    answered = replace(
        answered,
        entries=len(entries),
        known=len(entries) - len(unknown),
        arrivals=tuple(_arrival(entry, response.started_at) for entry in unknown),
        parts=tuple(_part_after(part, contents) for part in polled.parts),
    )
    if not isinstance(content, FeedContent):
        return answered
    return replace(
        answered,
        title=content.title,
        asks_s=content.ttl_s,
        skip_hours=content.skip_hours,
        skip_days=content.skip_days,
    )


def _arrival(entry: Entry, polled_at: datetime) -> datetime:
    return entry.published.at if entry.published else polled_at


def _part_after(asked: Asked, contents: Contents) -> FeedPart:
    """Return what to remember of a part; one that failed is asked for again as before."""
    part, answer = asked.question.part, asked.answer
    if part is None:
        raise TypeError("a part's question names it")
    if isinstance(answer, RequestError) or answer.http_status == NOT_MODIFIED:
        return part
    if isinstance(content_of(asked, contents), Trouble):
        return part
    return replace(
        part,
        etag=answer.header("ETag"),
        last_modified=answer.header("Last-Modified"),
        body_hash=asked.body_hash,
    )


def _trouble(asked: Asked, contents: Contents) -> Trouble | None:
    """Return why an answer gave nothing to read; None if it did, or was put off."""
    if isinstance(asked.answer, DeferredError):
        return None
    if isinstance(asked.answer, RequestError):
        return Trouble(reason=asked.answer.reason, detail=asked.answer.detail)
    content = content_of(asked, contents)
    return content if isinstance(content, Trouble) else None


def _failures(
    polled: Polled, contents: Contents, *, at: datetime, next_try_at: datetime | None
) -> Iterator[Failure]:
    for each in polled.all:
        if trouble := _trouble(each, contents):
            yield Failure(
                stage="feed",
                url=each.url,
                feed_id=each.feed.feed_id,
                reason=trouble.reason,
                detail=told(trouble.reason, trouble.detail),
                at=at,
                next_try_at=next_try_at,
            )


def _withdrawals(polled: Polled, contents: Contents) -> Iterator[Withdrawal]:
    for each in polled.all:
        content = content_of(each, contents)
        if isinstance(content, FeedContent) and isinstance(each.answer, Response):
            for guid in content.withdrawn:
                yield Withdrawal(feed_id=each.feed.feed_id, guid=guid, at=each.answer.started_at)


def _polls(polled: Polled, contents: Contents, at: datetime) -> Iterator[Poll]:
    for each in polled.all:
        if isinstance(each.answer, DeferredError) and each.answer.attempt is None:
            continue  # held back by an answer to somebody else: nothing was asked
        yield _poll(each, contents, at)


def _poll(asked: Asked, contents: Contents, at: datetime) -> Poll:
    attempt, content = _attempt(asked, at), content_of(asked, contents)
    return Poll(
        poll_id=attempt.fetch_id,
        feed_id=asked.feed.feed_id,
        url=asked.url,
        started_at=attempt.started_at,
        duration_ms=attempt.duration_ms,
        status=_status(asked, contents),
        http_status=attempt.http_status,
        bytes=attempt.received_bytes,
        entries_seen=len(content.entries) if isinstance(content, FeedContent) else 0,
        error=_error(asked, contents),
        archive_file=asked.archived.file if asked.archived else None,
        archive_offset=asked.archived.offset if asked.archived else None,
    )


def _status(asked: Asked, contents: Contents) -> PollStatus:
    if isinstance(asked.answer, DeferredError):
        return "deferred"
    if trouble := _trouble(asked, contents):
        return "refused" if trouble.reason in REFUSALS else "failed"
    return "new" if asked.archived else "unchanged"


def _error(asked: Asked, contents: Contents) -> str | None:
    if isinstance(asked.answer, DeferredError):
        return asked.answer.detail
    trouble = _trouble(asked, contents)
    return f"{trouble.reason}: {trouble.detail}" if trouble else None


def _attempt(asked: Asked, at: datetime) -> Attempt:
    answer = asked.answer
    if isinstance(answer, RequestError):
        return answer.attempt or attempt_not_made(asked.url, at=at)
    return Attempt(
        fetch_id=answer.fetch_id,
        started_at=answer.started_at,
        duration_ms=answer.duration_ms,
        final_url=answer.final_url,
        http_status=answer.http_status,
        received_bytes=asked.received_bytes,
    )
