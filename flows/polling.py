"""One group of feeds: asked and archived, with the parts that an index lists."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.feeds import FeedContent
from extractors.records import Feed, FeedPart
from flows.archive import ArchiveRef, ArchiveWriter
from flows.exchange import Access, Request, RequestError, Response
from flows.fetch import Client
from flows.jobs import ArchivedFeed, Trouble
from flows.schedule import wants_full_answer

NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What to ask for: a feed itself, or a part of it."""

    feed: Feed
    access: Access
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
    def request(self) -> Request:
        """The request to make; without validators now and then, against false 304s."""
        held, is_conditional = self.held, not wants_full_answer(self.feed)
        return Request(
            url=held.url,
            kind="feed",
            etag=held.etag if is_conditional else None,
            last_modified=held.last_modified if is_conditional else None,
            access=self.access,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question and what the server said, without the body: hundreds are held at a time."""

    question: Question
    answer: Response | RequestError
    body_hash: str | None = None
    received_bytes: int = 0
    archived: ArchiveRef | None = None  #: only of a body that changed

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
        return Asked(question=question, answer=error)
    asked = Asked(
        question=question,
        answer=replace(response, raw=b"", body=b""),
        body_hash=hashlib.sha256(response.body).hexdigest(),
        received_bytes=len(response.raw),
    )
    if response.http_status == NOT_MODIFIED or asked.body_hash == question.held.body_hash:
        return asked
    archived = archive.append(
        response, kind="feed", requested_url=question.url, feed_id=question.feed.feed_id
    )
    return replace(asked, archived=archived)


def to_read(asked: Sequence[Asked]) -> tuple[ArchivedFeed, ...]:
    """Return the archived bodies that must be read."""
    return tuple(
        ArchivedFeed(
            poll_id=each.answer.fetch_id,
            feed_id=each.feed.feed_id,
            url=each.url,
            file=each.archived.file,
            offset=each.archived.offset,
        )
        for each in asked
        if each.archived and isinstance(each.answer, Response)
    )


def content_of(
    asked: Asked, contents: Mapping[str, FeedContent | Trouble]
) -> FeedContent | Trouble | None:
    """Return what was read from the answer; None if its body brought nothing new."""
    return contents.get(asked.answer.fetch_id) if isinstance(asked.answer, Response) else None


def parts_of(
    asked: Sequence[Asked], contents: Mapping[str, FeedContent | Trouble]
) -> list[Question]:
    """Return the questions for the parts of the feeds in `asked`.

    Those that an index lists; those it listed when it last changed, if it did not change.
    """
    questions: list[Question] = []
    for each in asked:
        content = content_of(each, contents)
        if isinstance(each.answer, RequestError) or isinstance(content, Trouble):
            continue
        held = {part.url: part for part in each.feed.parts}
        urls = content.parts if content else held
        questions += [
            replace(each.question, part=held.get(url) or FeedPart(url=url)) for url in urls
        ]
    return questions
