"""Small true records for tests; a test names only the fields it is about."""

from datetime import UTC, datetime
from typing import Any

from extractors.records import (
    Article,
    Document,
    Entity,
    Entry,
    Failure,
    Feed,
    Fetch,
    Harvest,
    Mention,
    Moment,
    Paragraph,
    Poll,
    Quote,
    Reading,
)

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def a_feed(**fields: Any) -> Feed:
    return Feed(**{"feed_id": "feed-1", "url": "https://gazette.example/feed.xml"} | fields)


def a_poll(**fields: Any) -> Poll:
    given = {
        "poll_id": "poll-1",
        "feed_id": "feed-1",
        "url": "https://gazette.example/feed.xml",
        "started_at": NOON,
        "duration_ms": 120,
        "status": "new",
        "http_status": 200,
    }
    return Poll(**given | fields)


def an_entry(**fields: Any) -> Entry:
    given = {
        "entry_id": "entry-1",
        "feed_id": "feed-1",
        "url": "https://gazette.example/rain",
        "title": "Rain falls on Oslo",
        "published": Moment(at=NOON),
        "seen_at": NOON,
    }
    return Entry(**given | fields)


def a_fetch(**fields: Any) -> Fetch:
    given = {
        "fetch_id": "fetch-1",
        "url": "https://gazette.example/rain",
        "final_url": "https://gazette.example/rain",
        "started_at": NOON,
        "duration_ms": 80,
        "status": "ok",
        "http_status": 200,
        "archive_file": "2026/03/01.warc.gz",
        "archive_offset": 17,
    }
    return Fetch(**given | fields)


def an_article(**fields: Any) -> Article:
    text = fields.get("text", "Rain fell on Oslo.")
    given = {
        "article_id": "article-1",
        "url": "https://gazette.example/rain",
        "outlet": "gazette.example",
        "title": "Rain falls on Oslo",
        "text": text,
        "paragraphs": (Paragraph(start=0, end=len(text), role="body"),),
        "published": Moment(at=NOON),
        "lang": "en",
    }
    return Article(**given | fields)


def a_quote(**fields: Any) -> Quote:
    text = fields.get("text", "Rain fell")
    start = fields.get("start", 0)
    given = {
        "start": start,
        "end": start + len(text),
        "text": text,
        "kind": "direct",
        "utterance": 1,
        "confidence": 0.9,
    }
    return Quote(**given | fields)


def a_mention(**fields: Any) -> Mention:
    text = fields.get("text", "Oslo")
    start = fields.get("start", 13)
    given = {
        "start": start,
        "end": start + len(text),
        "text": text,
        "label": "PLACE",
        "entity": "entity-oslo",
    }
    return Mention(**given | fields)


def an_entity(**fields: Any) -> Entity:
    return Entity(**{"entity": "entity-oslo", "name": "Oslo", "label": "PLACE"} | fields)


def a_document(**fields: Any) -> Document:
    return Document(**{"article": an_article(), "extractor_version": "x1"} | fields)


def a_reading(**fields: Any) -> Reading:
    given = {"fetch_id": "fetch-1", "seen_at": NOON, "document": a_document()}
    return Reading(**given | fields)


def a_failure(**fields: Any) -> Failure:
    given = {
        "stage": "page",
        "url": "https://gazette.example/rain",
        "reason": "timeout",
        "detail": "The server did not answer within 30 s.",
        "at": NOON,
    }
    return Failure(**given | fields)


def a_harvest(**fields: Any) -> Harvest:
    return Harvest(**{"batch_id": "batch-1", "run_id": "run-1", "made_at": NOON} | fields)
