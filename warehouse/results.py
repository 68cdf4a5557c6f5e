"""What the warehouse answers besides the records of `extractors.records`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from extractors.records import Outcome, TextSource

Change = Literal["cosmetic", "substantive"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One pass, as the warehouse counts it."""

    run_id: str
    started_at: datetime
    flow_run_id: str | None = None
    ended_at: datetime | None = None
    outcome: Outcome | None = None
    feeds_polled: int = 0
    feeds_failed: int = 0
    entries_new: int = 0
    pages_fetched: int = 0
    articles_new: int = 0
    articles_changed: int = 0
    quotes: int = 0
    mentions: int = 0
    failures: int = 0
    extractor_version: str | None = None
    invalid: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestCount:
    """How many requests of a run came to one end."""

    kind: Literal["feed", "page"]
    status: str  #: as in `polls` and `fetches`
    requests: int
    bytes: int  #: received
    entries_seen: int  #: listed by feeds; 0 for pages
    entries_new: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HostTime:
    """How long a run waited for a host."""

    host: str  #: with its port, if the address has one
    requests: int
    failed: int  #: of these, or refused
    median_ms: int
    slowest_ms: int
    total_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedFeed:
    """A feed that gave a run nothing."""

    feed_id: str
    url: str | None  #: None: it was removed, and polled before addresses were kept
    title: str | None
    error: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Requests:
    """What a run asked for, and what came of it."""

    counts: tuple[RequestCount, ...] = ()
    hosts: tuple[HostTime, ...] = ()  #: the longest waited for first
    failed_feeds: tuple[FailedFeed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """A page to fetch, whatever number of entries lead to it."""

    target: str  #: the canonical form of the addresses that lead there
    url: str  #: the first of them that was listed
    tries: int  #: failures so far, since it was last read
    feed_id: str  #: the feed that listed it first
    content_file: str | None = None  #: archived feed body that gives its text; None: none does
    content_offset: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recheck:
    """A page of a known article that is to be asked for again, and what its last answer was."""

    target: str  #: the canonical form of `url`
    url: str  #: what was asked for when it was last read
    tries: int  #: failures so far, since it was last read
    feed_id: str | None  #: the feed that listed it first; None where none did
    repeats: str | None  #: the fetch that gave the last body; None if that could not be read
    etag: str | None
    last_modified: str | None
    body_hash: str | None
    not_modified_in_a_row: int  #: answers of 304 since that body


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What one call of `load_staged` put into the warehouse."""

    batches: int = 0  #: loaded now
    replayed: int = 0  #: of the files, those whose batch was loaded before
    set_aside: tuple[str, ...] = ()  #: names of files that could not be loaded, now in staging/bad
    entries_new: int = 0
    pages_fetched: int = 0
    articles_new: int = 0
    articles_changed: int = 0  #: new versions of known articles
    quotes: int = 0
    mentions: int = 0
    failures: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """A page in the archive that a stored version rests on."""

    fetch_id: str
    article_id: str
    url: str
    final_url: str | None
    seen_at: datetime
    archive_file: str
    archive_offset: int
    text_source: TextSource
    text_hash: str  #: of title and text, as they were read
    extractor_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a question gave."""

    columns: tuple[str, ...]
    types: tuple[str, ...]  #: names of DuckDB types, one a column
    rows: tuple[tuple[Any, ...], ...]  #: times are aware and in UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class Compacted:
    """What came of writing the warehouse anew."""

    bytes_before: int
    bytes_after: int
