"""Feeds as a server sends them, and what was read from them as it is written in a pair."""

from datetime import UTC, datetime
from pathlib import Path

from extractors.errors import FeedError
from extractors.feeds import entries_in
from extractors.records import Page

FEEDS = Path(__file__).parents[1] / "data" / "feeds"
SEEN_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
URL = "https://gazette.example/feeds/news.xml"


def a_page(body, media_type="application/rss+xml", url=URL):
    return Page(
        fetch_id="0" * 32,
        url=url,
        final_url=url,
        fetched_at=SEEN_AT,
        http_status=200,
        headers=(("Content-Type", media_type),),
        body=body,
    )


def read(body, media_type="application/rss+xml", url=URL):
    return entries_in(a_page(body, media_type, url), feed_id="f1", seen_at=SEEN_AT)


def entry_of(item, head=""):
    """Return the entry that a feed with this one item gives."""
    (entry,) = read(rss(item, head=head)).entries
    return entry


def rss(*items, head=""):
    inner = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0"><channel><title>T</title>{head}{inner}</channel></rss>'.encode()


def entries_or_reason(body):
    try:
        return read(body).entries
    except FeedError as error:
        return error.reason


def shown(content):
    """Return what a pair states, with what is not there left out."""
    found = {
        "title": content.title,
        "link": content.link,
        "ttl_s": content.ttl_s,
        "skip_hours": list(content.skip_hours),
        "skip_days": list(content.skip_days),
        "withdrawn": list(content.withdrawn),
        "parts": list(content.parts),
        "entries": [shown_entry(entry) for entry in content.entries],
    }
    return {name: value for name, value in found.items() if value}


def shown_entry(entry):
    found = {
        "guid": entry.guid,
        "url": entry.url,
        "target": entry.target if entry.target != entry.url else None,
        "title": entry.title,
        "published": shown_moment(entry.published),
        "updated": shown_moment(entry.updated),
        "date_problem": entry.date_problem,
        "authors": list(entry.authors),
        "categories": list(entry.categories),
        "enclosures": [[each.url, each.media_type, each.size_bytes] for each in entry.enclosures],
        "has_content": entry.has_content,
    }
    return {name: value for name, value in found.items() if value}


def shown_moment(moment):
    if moment is None:
        return None
    return moment.at.isoformat() if moment.precision == "instant" else str(moment.at.date())
