"""Feeds that are made of parts, put together as the answers come in."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.feeds import FeedContent
from extractors.records import Entry
from flows.polling import Asked, Question, parts_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """All that was asked about one feed: it itself, then the parts that it lists."""

    asked: Asked
    parts: tuple[Asked, ...]
    entries: tuple[Entry, ...]  #: that the feed and its parts list, each once

    @property
    def all(self) -> tuple[Asked, ...]:
        """The feed and its parts."""
        return (self.asked, *self.parts)

    @property
    def is_new(self) -> bool:
        """Whether any body was new."""
        return any(each.archived for each in self.all)


def _polled(asked: Asked, parts: Sequence[Asked] = ()) -> Polled:
    listed: dict[str, Entry] = {}
    for each in (asked, *parts):
        if isinstance(each.content, FeedContent):
            for entry in each.content.entries:
                listed.setdefault(entry.entry_id, entry)
    return Polled(asked=asked, parts=tuple(parts), entries=tuple(listed.values()))


@dataclass(slots=True)
class _Waiting:
    asked: Asked
    left: int
    parts: list[Asked] = field(default_factory=list)


class Assembly:
    """The feeds whose parts are still being asked for; any thread may call it."""

    def __init__(self) -> None:
        self._waiting: dict[str, _Waiting] = {}
        self._lock = threading.Lock()

    def take(self, answers: Sequence[Asked]) -> tuple[list[Polled], list[Question]]:
        """Return the feeds that are whole with `answers`, and the parts yet to be asked for."""
        whole: list[Polled] = []
        missing: list[Question] = []
        with self._lock:
            for asked in answers:
                if asked.question.part:
                    whole += self._with_part(asked)
                elif questions := parts_of(asked):
                    self._waiting[asked.feed.feed_id] = _Waiting(asked, len(questions))
                    missing += questions
                else:
                    whole.append(_polled(asked))
        return whole, missing

    def _with_part(self, asked: Asked) -> list[Polled]:
        waiting = self._waiting[asked.feed.feed_id]
        waiting.parts.append(asked)
        waiting.left -= 1
        if waiting.left:
            return []
        del self._waiting[asked.feed.feed_id]
        return [_polled(waiting.asked, waiting.parts)]
