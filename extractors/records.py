"""The vocabulary: everything that passes between two steps.

A Feed lists Entries; an Entry leads to a Page; a Page is read into a Document: an Article with its
Quotes, Mentions and Entities. What did not work is a Failure. A Harvest is what is loaded at once.

All times are aware datetimes. All character offsets index `Article.text`, end exclusive.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from extractors.identity import Identity, Label

Role = Literal["standfirst", "heading", "body",
               "headline", "caption", "credit", "byline", "boilerplate"]  # fmt: skip

QuoteKind = Literal["direct", "mixed", "indirect"]
Precision = Literal["instant", "day"]
PageKind = Literal["article", "live", "video", "gallery", "opinion"]
Access = Literal["free", "metered", "locked", "unknown"]
FeedState = Literal["active", "paused", "gone", "removed"]
PollStatus = Literal["new", "unchanged", "deferred", "failed", "refused"]
FetchStatus = Literal["ok", "unchanged", "failed", "refused", "deferred"]
Stage = Literal["feed", "page", "text", "quotes", "entities", "load"]
Outcome = Literal["done", "partial", "failed", "interrupted"]
TextSource = Literal["page", "feed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time as a page or feed gives it."""

    at: datetime  #: aware, with the offset as written; midnight UTC where only a day is known
    precision: Precision = "instant"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPart:
    """A document that a feed is made of besides its own: a sitemap that an index lists."""

    url: str
    etag: str | None = None  #: byte for byte as received
    last_modified: str | None = None  #: byte for byte as received
    body_hash: str | None = None  #: SHA-256 of the last decoded body


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A subscribed feed and what the last polls of it left to remember."""

    feed_id: str  #: hash of the URL as first subscribed
    url: str  #: where it is now
    title: str | None = None
    outlet: str | None = None
    state: FeedState = "active"
    added_at: datetime | None = None
    last_polled_at: datetime | None = None
    next_poll_at: datetime | None = None  #: None: due now
    not_before: datetime | None = None  #: a `Retry-After`, which even `--force` honours
    interval_s: int | None = None  #: seconds between two polls, as adapted so far
    failures_in_a_row: int = 0
    backoff: float = 0.0  #: the failures in a row, each as much as its reason counts
    last_error: str | None = None
    etag: str | None = None  #: byte for byte as received
    last_modified: str | None = None  #: byte for byte as received
    body_hash: str | None = None  #: SHA-256 of the last decoded body
    not_modified_in_a_row: int = 0  #: answers of 304 since the last full one
    moving_to: str | None = None  #: where the last poll was redirected to for good
    asks_s: int = 0  #: how long its last body asks to be left alone (ttl, sy:*)
    skip_hours: tuple[int, ...] = ()  #: hours of the UTC day in which it asks not to be polled
    skip_days: tuple[int, ...] = ()  #: the same for days of the week, 1 is Monday
    hourly_rates: tuple[float, ...] = ()  #: new entries an hour, for each hour of the UTC day
    parts: tuple[FeedPart, ...] = ()  #: what an index lists and was polled with it


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file that an item comes with: audio, video, a picture."""

    url: str  #: absolute
    media_type: str | None = None
    size_bytes: int | None = None  #: as the feed states it


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An item a feed has listed."""

    entry_id: str  #: hash of the feed and of its guid, else link, else title and date
    feed_id: str
    guid: str | None = None
    url: str | None = None  #: absolute; None where the item has no usable link
    target: str | None = None  #: the canonical form of `url`: what two links to a page share
    title: str | None = None
    published: Moment | None = None
    updated: Moment | None = None  #: only where the feed states it
    date_problem: str | None = None  #: why a date that the feed gives was not taken
    authors: tuple[str, ...] = ()  #: in the feed's order, each once
    categories: tuple[str, ...] = ()  #: in the feed's order, each once
    enclosures: tuple[Enclosure, ...] = ()
    has_content: bool = False  #: the feed gives the text itself, not only a summary
    seen_at: datetime | None = None  #: when the poll that gave it began


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A response, with its body content-decoded."""

    fetch_id: str
    url: str  #: as asked for
    final_url: str  #: after redirects
    fetched_at: datetime
    http_status: int
    headers: tuple[tuple[str, str], ...]  #: in order, names as received
    body: bytes

    def header(self, name: str) -> str | None:
        """Return the first header called `name`, in any case of letters."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A line of an article's text with its part in the page: `text[start:end]`."""

    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The text of a page and what the page says about it."""

    article_id: str  #: hash of the canonical URL
    url: str  #: canonical
    outlet: str | None  #: registrable domain, or host:port where there is none
    title: str | None
    text: str
    paragraphs: tuple[Paragraph, ...]  #: in order, never overlapping
    authors: tuple[str, ...] = ()
    published: Moment | None = None
    modified: Moment | None = None
    lang: str | None = None  #: ISO 639-1
    agency: str | None = None
    page_kind: PageKind = "article"
    access: Access = "unknown"
    section: str | None = None  #: the part of the site that it stands in, as the page names it
    tags: tuple[str, ...] = ()  #: in the page's order, each once
    lead_image: str | None = None  #: absolute http(s) URL
    sources: tuple[tuple[str, str], ...] = ()  #: fields with a value, and what of the page gave it
    captions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words reported in an article: `text[start:end]`, outer marks and a closing comma left out."""

    start: int
    end: int
    text: str
    kind: QuoteKind
    utterance: int  #: number within the article; parts of one interrupted quotation share it
    cue: str | None = None  #: the reporting words: "said", "according to"
    cue_start: int | None = None
    cue_end: int | None = None
    speaker: str | None = None  #: the fullest name, else the descriptive phrase
    speaker_id: str | None = None  #: the entity, where the speaker is one
    speaker_mention: str | None = None  #: what stands in the text: "he"
    speaker_start: int | None = None
    speaker_end: int | None = None
    confidence: float = 0.5  #: 0 to 1, that span and speaker are right


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place where an entity is named: `text[start:end]`."""

    start: int
    end: int
    text: str
    label: Label
    entity: str | None = None  #: None for DATE and MONEY


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Somebody or something named in an article, under its fullest name there."""

    entity: str  #: hash of label and normalised full name; see `Identity.name_id`
    name: str
    label: Label
    country: str | None = None  #: ISO 3166 alpha-2
    aliases: tuple[str, ...] = ()  #: the other forms in this article, sorted
    identity: Identity = field(default_factory=Identity)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article with everything that was found in it."""

    article: Article
    quotes: tuple[Quote, ...] = ()  #: in order, never overlapping
    mentions: tuple[Mention, ...] = ()  #: in order, never overlapping
    entities: tuple[Entity, ...] = ()  #: in order of first mention
    extractor_version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Something that did not work, once."""

    stage: Stage
    url: str
    reason: str  #: one of `reasons.REASONS`
    detail: str  #: one sentence a person can act on
    at: datetime
    target: str | None = None  #: the canonical form of a page's `url`
    feed_id: str | None = None
    next_try_at: datetime | None = None  #: None: set aside until a person asks for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """One request for a feed."""

    poll_id: str
    feed_id: str
    url: str  #: as asked for
    started_at: datetime
    duration_ms: int
    status: PollStatus
    http_status: int | None = None
    bytes: int = 0  #: received, before decoding
    entries_seen: int = 0
    error: str | None = None
    archive_file: str | None = None  #: relative to the home's `archive/`
    archive_offset: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """One request for a page, and what it gave."""

    fetch_id: str
    url: str  #: as asked for
    target: str | None = None  #: the canonical form of `url`
    final_url: str | None
    started_at: datetime
    duration_ms: int
    status: FetchStatus
    http_status: int | None = None
    bytes: int = 0  #: received, before decoding
    archive_file: str | None = None  #: relative to the home's `archive/`
    archive_offset: int | None = None
    text_source: TextSource = "page"  #: "feed": the archived bytes are the feed that gave the text
    error: str | None = None
    etag: str | None = None  #: byte for byte as received
    last_modified: str | None = None  #: byte for byte as received
    body_hash: str | None = None  #: SHA-256 of the decoded body; None if none came
    repeats: str | None = None  #: of an unchanged page: the fetch that gave the body it still has


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document read from one fetch: what becomes a version if its text is new."""

    fetch_id: str
    seen_at: datetime
    document: Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """An item that its feed has taken back (a tombstone)."""

    feed_id: str
    guid: str
    at: datetime  #: when the poll that told of it began


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest:
    """All that one batch of work gave; staged as one file, loaded in one transaction."""

    batch_id: str  #: unique; the ledger's key, so a replay is a no-op
    run_id: str
    made_at: datetime
    feeds: tuple[Feed, ...] = ()  #: new state after a poll
    polls: tuple[Poll, ...] = ()
    entries: tuple[Entry, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    fetches: tuple[Fetch, ...] = ()
    readings: tuple[Reading, ...] = ()
    failures: tuple[Failure, ...] = ()
