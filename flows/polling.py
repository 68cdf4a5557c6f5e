"""One feed, or one part of one: asked for, archived if its body is new, and later read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http import HTTPStatus

from extractors.feeds import FeedContent
from extractors.records import Feed, FeedPart
from flows.archive import ArchiveRef, ArchiveWriter
from flows.exchange import (
    Approach,
    Attempt,
    Request,
    RequestError,
    Response,
    attempt_not_made,
    body_hash_of,
)
from flows.fetch import Client
from flows.jobs import ArchivedFeed, Trouble
from flows.schedule import wants_whole_feed
from flows.subscriptions import Subscription


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What to ask for: a feed itself, or a part of it."""

    feed: Feed
    subscription: Subscription
    part: FeedPart | None = None  #: None: the feed itself

    @property
    def held(self) -> Feed | FeedPart:
        """What is asked for, as it was last seen."""
        return self.part or self.feed

    @property
    def url(self) -> str:
        """The address to ask for."""
        return self.held.url

    @property
    def approach(self) -> Approach:
        """How to ask: as the subscription says, as far as that is meant for this address."""
        return self.subscription.approach.to(self.url, meant_for=self.subscription.url)

    @property
    def request(self) -> Request:
        """The request to make; without validators now and then, against false 304s."""
        held, is_conditional = self.held, not wants_whole_feed(self.feed)
        return Request(
            url=held.url,
            kind="feed",
            etag=held.etag if is_conditional else None,
            last_modified=held.last_modified if is_conditional else None,
            approach=self.approach,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question and what came of it, without the body: hundreds are held at a time."""

    question: Question
    answer: Response | RequestError
    attempt: Attempt
    body_hash: str | None = None
    archived: ArchiveRef | None = None  #: only of a body that changed
    content: FeedContent | Trouble | None = None  #: what was read from such a body

    @property
    def feed(self) -> Feed:
        """The feed that was asked for, or whose part was."""
        return self.question.feed

    @property
    def url(self) -> str:
        """The address asked for."""
        return self.question.url


async def ask(client: Client, question: Question, archive: ArchiveWriter) -> Asked:
    """Poll a feed or a part of one; archive the answer if its body is new."""
    try:
        response = await client.fetch(question.request)
    except RequestError as error:
        attempt = error.attempt or attempt_not_made(question.url, at=datetime.now(UTC))
        return Asked(question=question, answer=error, attempt=attempt)
    asked = Asked(
        question=question,
        answer=replace(response, raw=b"", body=b""),
        attempt=_attempt_of(response),
        body_hash=body_hash_of(response.body),
    )
    is_same_body = asked.body_hash == question.held.body_hash
    if is_same_body or response.http_status == HTTPStatus.NOT_MODIFIED:
        return asked
    archived = archive.append(
        response, kind="feed", requested_url=question.url, feed_id=question.feed.feed_id
    )
    return replace(asked, archived=archived)


def _attempt_of(response: Response) -> Attempt:
    return Attempt(
        fetch_id=response.fetch_id,
        started_at=response.started_at,
        duration_ms=response.duration_ms,
        final_url=response.final_url,
        http_status=response.http_status,
        received_bytes=len(response.raw),
    )


def to_read(asked: Sequence[Asked]) -> tuple[ArchivedFeed, ...]:
    """Return the archived bodies that must be read."""
    return tuple(
        ArchivedFeed(
            poll_id=each.attempt.fetch_id,
            feed_id=each.feed.feed_id,
            url=each.url,
            file=each.archived.file,
            offset=each.archived.offset,
        )
        for each in asked
        if each.archived
    )


def with_contents(
    asked: Sequence[Asked], contents: Mapping[str, FeedContent | Trouble]
) -> list[Asked]:
    """Return `asked` with what was read from their bodies, which is given by poll id."""
    return [replace(each, content=contents.get(each.attempt.fetch_id)) for each in asked]


def parts_of(asked: Asked) -> list[Question]:
    """Return the questions for the parts of a feed that was asked for and read.

    Those that an index lists; those it listed when it last changed, if it did not change.
    """
    is_part = asked.question.part is not None  # an index in an index leads no further
    if is_part or isinstance(asked.answer, RequestError) or isinstance(asked.content, Trouble):
        return []
    held = {part.url: part for part in asked.feed.parts}
    urls = asked.content.parts if asked.content else held
    return [replace(asked.question, part=held.get(url) or FeedPart(url=url)) for url in urls]
