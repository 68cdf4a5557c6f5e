"""What every feed format is brought to: items as the feed has them, then Entries."""

import html
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin, urlsplit

from extractors.records import Entry, Moment
from extractors.urls import entry_id_of

#: Before this a date is a default of some program: year 1, 1601, 1899, 1970.
_EARLIEST = datetime(1970, 1, 3, tzinfo=UTC)
#: A wrong zone makes a date this far in the future; what is further ahead is no date of a text.
_MOST_AHEAD = timedelta(days=1)
_BLOCK_TAG = re.compile(r"<(?:br|/?p|/?div|/?li|/?h[1-6]|/?td|!)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item as its feed states it, nothing judged yet."""

    guid: str | None = None
    link: str | None = None  #: may be relative
    title: str | None = None  #: plain text
    published: Moment | None = None
    updated: Moment | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """A feed as it states itself."""

    title: str | None = None
    link: str | None = None  #: the site's page; may be relative
    items: tuple[Item, ...] = ()
    ttl_s: int = 0  #: how long it asks to be left alone, 0 if it does not say


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedContent:
    """What a poll of a feed gave."""

    title: str | None
    link: str | None  #: the site's page, absolute
    entries: tuple[Entry, ...]  #: as listed, each once
    ttl_s: int


def content_from(
    parsed: ParsedFeed, *, feed_id: str, base_url: str, seen_at: datetime
) -> FeedContent:
    """Return `parsed` with ids, absolute links and dates that can be.

    Args:
        parsed: the feed as its format's parser has it.
        feed_id: whose entries they are.
        base_url: what relative links are relative to.
        seen_at: when the poll began; dates more than a day later are dropped.
    """
    items = [
        replace(item, link=absolute_url(item.link, base_url))
        for item in parsed.items
        if item.guid or item.link or item.title
    ]
    shared = _shared_guids(items)
    entries: dict[str, Entry] = {}
    for item in items:
        entry_id = entry_id_of(feed_id, _key_of(item, shared))
        if entry_id not in entries:
            entries[entry_id] = _entry_from(item, entry_id, feed_id, seen_at)
    return FeedContent(
        title=parsed.title,
        link=absolute_url(parsed.link, base_url),
        entries=tuple(entries.values()),
        ttl_s=parsed.ttl_s,
    )


def absolute_url(link: str | None, base_url: str) -> str | None:
    """Return `link` as an absolute http(s) URL None if it is none."""
    if not link or not link.strip():
        return None
    try:
        url = urljoin(base_url, link.strip())
        parts = urlsplit(url)
        is_usable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    return url if is_usable else None


def plain_text(markup: str | None) -> str | None:
    """Return text with tags taken out, references resolved and blanks collapsed."""
    words = _TAG.sub("", _BLOCK_TAG.sub(" ", markup or ""))
    return " ".join(html.unescape(words).split()) or None


def _shared_guids(items: Iterable[Item]) -> frozenset[str]:
    """Return the guids that stand for several links, as templates with a fixed guid make them."""
    pairs = {(item.guid, item.link) for item in items if item.guid}
    counts = Counter(guid for guid, _ in pairs if guid)
    return frozenset(guid for guid, count in counts.items() if count > 1)


def _key_of(item: Item, shared: frozenset[str]) -> str:
    """Return what tells an item from others: its guid, else its link, else title and date."""
    if item.guid and item.guid not in shared:
        return f"guid:{item.guid}"
    if item.link:
        return f"link:{item.link}"
    date = item.published.at.isoformat() if item.published else ""
    return f"title:{item.title or ''}|{date}"


def _entry_from(item: Item, entry_id: str, feed_id: str, seen_at: datetime) -> Entry:
    return Entry(
        entry_id=entry_id,
        feed_id=feed_id,
        guid=item.guid,
        url=item.link,
        title=item.title,
        published=_possible(item.published, seen_at),
        updated=_possible(item.updated, seen_at),
        authors=tuple(dict.fromkeys(item.authors)),
        seen_at=seen_at,
    )


def _possible(moment: Moment | None, seen_at: datetime) -> Moment | None:
    return moment if moment and _EARLIEST <= moment.at <= seen_at + _MOST_AHEAD else None
