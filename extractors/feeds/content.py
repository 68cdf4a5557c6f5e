"""From a feed as it states itself to its Entries: ids, links and dates that can be."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from extractors.feeds.dating import Dated, dated
from extractors.feeds.items import Item, ParsedFeed, plain_text
from extractors.feeds.links import canonical_or_none, past_redirectors
from extractors.feeds.parts import parts_worth_polling
from extractors.records import Enclosure, Entry
from extractors.urls import absolute_url, entry_id_of

#: An item lists this many authors, categories or enclosures at most; the rest is left out.
_MOST_LISTED = 50
#: Shorter contents are what other feeds have as their summary.
_FEWEST_WORDS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedContent:
    """What a poll of a feed gave."""

    title: str | None
    link: str | None  #: the site's page, absolute
    entries: tuple[Entry, ...]  #: as listed, each once
    ttl_s: int  #: how long it asks to be left alone, 0 if it does not say
    skip_hours: tuple[int, ...] = ()  #: in which it asks not to be polled: 0 to 23, UTC, sorted
    skip_days: tuple[int, ...] = ()  #: the same for days of the week, 1 is Monday, sorted
    withdrawn: tuple[str, ...] = ()  #: guids of entries that it has taken back
    #: Absolute URLs of the sitemaps that an index lists and that are worth polling now, best first.
    parts: tuple[str, ...] = ()
    is_whole: bool = True  #: False: the document breaks off, and more was to come


@dataclass(frozen=True, slots=True, kw_only=True)
class _Surroundings:
    """What the entries of one poll have in common."""

    feed_id: str
    base_url: str  #: what relative links are relative to
    seen_at: datetime
    shared_guids: frozenset[str]
    shared_links: frozenset[str]  #: as listed


def content_from(
    parsed: ParsedFeed, *, feed_id: str, feed_url: str, seen_at: datetime
) -> FeedContent:
    """Return `parsed` with ids, absolute links and dates that can be.

    Args:
        parsed: the feed as its format's parser has it.
        feed_id: whose entries they are.
        feed_url: where it is; what relative links are relative to unless the feed says.
        seen_at: when the poll began; dates more than a day later are dropped.
    """
    entries: dict[str, Entry] = {}
    for entry, _ in entries_with_items(parsed, feed_id=feed_id, feed_url=feed_url, seen_at=seen_at):
        held = entries.get(entry.entry_id)
        if held is None or _is_later(entry, held):
            entries[entry.entry_id] = entry
    return FeedContent(
        title=parsed.title,
        link=absolute_url(parsed.link, feed_url),
        entries=tuple(entries.values()),
        ttl_s=parsed.ttl_s,
        skip_hours=parsed.skip_hours,
        skip_days=parsed.skip_days,
        withdrawn=parsed.withdrawn,
        parts=parts_worth_polling(parsed.parts, index_url=feed_url, seen_at=seen_at),
        is_whole=parsed.is_whole,
    )


def _is_later(entry: Entry, held: Entry) -> bool:
    """Tell whether `entry` is the newer state of an item that is listed twice (RFC 4287, 4.1.1)."""
    if entry.updated is None:
        return False
    return held.updated is None or entry.updated.at > held.updated.at


def entries_with_items(
    parsed: ParsedFeed, *, feed_id: str, feed_url: str, seen_at: datetime
) -> list[tuple[Entry, Item]]:
    """Return the entries of `parsed` in order, each with the item it was made of."""
    around = _Surroundings(
        feed_id=feed_id,
        base_url=absolute_url(parsed.base, feed_url) or feed_url,
        seen_at=seen_at,
        shared_guids=_shared_guids(parsed.items),
        shared_links=_shared_links(parsed.items),
    )
    pairs = ((_entry_from(item, around), item) for item in parsed.items)
    return [(entry, item) for entry, item in pairs if entry]


def _gives_text(item: Item) -> bool:
    """Tell whether `item` gives the text itself: 20 words or more that are not its summary."""
    text = plain_text(item.content) or ""
    return text.count(" ") + 1 >= _FEWEST_WORDS and text != plain_text(item.summary)


def _shared_guids(items: Iterable[Item]) -> frozenset[str]:
    """Return the guids that stand for several links, as templates with a fixed guid make them.

    Or for several titles: three at least, for an item may be listed before and after an edit.
    """
    items = [item for item in items if item.guid]
    links = Counter(guid for guid, _ in {(item.guid, item.link) for item in items})
    titles = Counter(guid for guid, _ in {(item.guid, item.title) for item in items})
    return frozenset(guid for guid in links if guid and (links[guid] > 1 or titles[guid] > 2))


def _shared_links(items: Iterable[Item]) -> frozenset[str]:
    """Return the links that stand for several titles, as where all items link to the front page."""
    pairs = {(item.link, item.title) for item in items if item.link}
    counts = Counter(link for link, _ in pairs if link)
    return frozenset(link for link, count in counts.items() if count > 1)


def _entry_from(item: Item, around: _Surroundings) -> Entry | None:
    """Return the entry that `item` makes; None if there is nothing to know it by."""
    link = absolute_url(item.link, around.base_url)
    if not (item.guid or link or item.title or plain_text(item.summary)):
        return None
    published = dated(item.published, around.seen_at)
    updated = dated([item.updated] if item.updated else [], around.seen_at)
    url = past_redirectors(link) if link else None
    return Entry(
        entry_id=entry_id_of(around.feed_id, _key_of(item, link, published, around)),
        feed_id=around.feed_id,
        guid=item.guid,
        url=url,
        target=canonical_or_none(url),
        title=item.title,
        published=published.moment,
        updated=updated.moment,
        date_problem=published.problem or updated.problem,
        authors=tuple(dict.fromkeys(item.authors))[:_MOST_LISTED],
        categories=tuple(dict.fromkeys(item.categories))[:_MOST_LISTED],
        enclosures=_enclosures(item.enclosures, around.base_url),
        has_content=_gives_text(item),
        seen_at=around.seen_at,
    )


def _key_of(item: Item, link: str | None, published: Dated, around: _Surroundings) -> str:
    """Return what tells an item from others: its guid, else its link, else title and date.

    Of an item that has no title either, its summary.

    The link is the one listed: what it is past redirectors depends on how many of them we know.
    """
    if item.guid and item.guid not in around.shared_guids:
        return f"guid:{item.guid}"
    if link and item.link not in around.shared_links:
        return f"link:{link}"
    date = published.stated.at.isoformat() if published.stated else ""
    return f"title:{item.title or plain_text(item.summary) or ''}|{date}"


def _enclosures(stated: Sequence[Enclosure], base_url: str) -> tuple[Enclosure, ...]:
    """Return the enclosures that have a usable address, each once."""
    found: dict[str, Enclosure] = {}
    for each in stated[: 2 * _MOST_LISTED]:
        if url := absolute_url(each.url, base_url):
            found.setdefault(url, replace(each, url=url))
    return tuple(found.values())[:_MOST_LISTED]
