"""RSS 0.9x to 2.0, RDF and Atom, by feedparser."""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import feedparser  # type: ignore[import-untyped]

from extractors.errors import FeedError
from extractors.feeds.channel import (
    skipped_days,
    skipped_hours,
    time_to_live_s,
    withdrawn_guids,
)
from extractors.feeds.items import MOST_ITEMS, Item, ParsedFeed, markup_of, plain_text, whole_number
from extractors.feeds.traps import ROOT, ends_within_item, is_torn, items_listed, without_traps
from extractors.records import Enclosure, Page

#: What feedparser raises, instead of telling of it, on references and names that cannot be.
_RAISED = (
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
    OverflowError,
    RecursionError,
    AssertionError,
    re.error,
)
_HTML_START = re.compile(rb"<(?:!doctype\s{1,99}html|html|head|body)[\s>]", re.IGNORECASE)
_SNIFFED = 4_096
_MOST_TAGS = 1_000_000  #: feedparser takes 20 microseconds for each
_MAIL_AND_NAME = re.compile(r"\S{1,200}@\S{1,200}\s+\(([^()]{1,200})\)")
_HTML_TYPES = ("text/html", "application/xhtml+xml")


def parse_syndication(page: Page) -> ParsedFeed:
    """Return the feed in `page`, whose body is UTF-8; ill-formed ones are read as far as they go.

    Raises:
        FeedError: `not_feed`, or `malformed` if it cannot be read at all or breaks off before its
            first whole item.
    """
    head = page.body[:_SNIFFED]
    if _HTML_START.search(head) and not ROOT.search(head):
        detail = "the address gives a web page, not a feed"
        raise FeedError(page.url, "not_feed", detail)
    _refuse_endless(page)
    body = without_traps(page.body)
    found = _found_in(body, page.url)
    if not found.version and not found.entries:
        detail = "the document is no feed: neither RSS nor Atom, JSON Feed or a sitemap"
        raise FeedError(page.url, "not_feed", detail)
    entries = _whole(found.entries, body, page.url)
    markup = body.decode("utf-8", "replace")
    feed, is_atom = found.feed, found.version.startswith("atom")
    authors = tuple(_authors_of(feed)) if is_atom else ()
    link = dict.get(feed, "link")
    return ParsedFeed(
        title=_text(feed, "title"),
        link=link,
        base=None if is_atom else link,
        items=tuple(
            replace(item, lang=_lang_of(entry) or _lang_of(feed))
            for entry in entries
            for item in [_item_from(entry, is_atom, authors)]
        ),
        ttl_s=time_to_live_s(
            dict.get(feed, "ttl"),
            dict.get(feed, "sy_updateperiod"),
            dict.get(feed, "sy_updatefrequency"),
        ),
        skip_hours=skipped_hours(markup),
        skip_days=skipped_days(markup),
        withdrawn=withdrawn_guids(markup),
        is_whole=not is_torn(body),
    )


def _refuse_endless(page: Page) -> None:
    """Raise FeedError for what feedparser would take minutes to read."""
    if items_listed(page.body) > MOST_ITEMS:
        raise FeedError(
            page.url,
            "too_large",
            f"the feed lists over {MOST_ITEMS} items; subscribe to a shorter one",
        )
    if page.body.count(b"<") > _MOST_TAGS:
        raise FeedError(
            page.url,
            "too_large",
            f"the feed has over {_MOST_TAGS} tags; subscribe to a shorter one",
        )


@dataclass(frozen=True, slots=True)
class _Found:
    """What feedparser found; its own objects do not leave this file."""

    version: str  #: of the format, "" if it is none
    feed: dict[str, Any]
    entries: list[dict[str, Any]]


def _found_in(body: bytes, url: str) -> _Found:
    try:
        # Of bytes it would try to open the file of that name; a relative guid would be resolved
        # and so change with the feed's address if it knew that.
        found = feedparser.parse(
            io.BytesIO(body),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except _RAISED as error:
        detail = f"the feed cannot be read: {type(error).__name__}: {error}"
        raise FeedError(url, "malformed", detail) from error
    return _Found(found.get("version") or "", found.feed, found.entries)


def _whole(entries: list[dict[str, Any]], body: bytes, url: str) -> list[dict[str, Any]]:
    """Return `entries` without the last if the document ends in the middle of it.

    Raises:
        FeedError: it ends before there is one.
    """
    if not is_torn(body):
        return entries
    whole = entries[:-1] if ends_within_item(body) else entries
    if not whole:
        detail = "the feed breaks off before its first whole item; the next poll asks for it again"
        raise FeedError(url, "malformed", detail)
    return whole


def _item_from(entry: dict[str, Any], is_atom: bool, feed_authors: tuple[str, ...]) -> Item:
    published = [dict.get(entry, name) for name in ("published", "created")]
    updated = dict.get(entry, "updated")
    if not is_atom:
        # RSS has no other date: feedparser calls its dc:date "updated".
        published.append(updated)
        updated = updated if any(published[:2]) else None
    return Item(
        guid=(dict.get(entry, "id") or "").strip() or None,
        link=_link_of(entry),
        title=_text(entry, "title"),
        published=tuple(filter(None, published)),
        updated=updated,
        authors=tuple(_authors_of(entry)) or _source_authors(entry) or feed_authors,
        categories=tuple(_categories_of(entry)),
        enclosures=tuple(_enclosures_of(entry)),
        summary=_summary_of(entry),
        content=_content_of(entry),
    )


def _lang_of(holder: dict[str, Any]) -> str | None:
    """Return RSS's `language`, else the `xml:lang` in which the text or title is."""
    said = dict.get(holder, "language")
    contents = dict.get(holder, "content")
    details = (*(contents if isinstance(contents, list) else ()), dict.get(holder, "title_detail"))
    stated = (detail.get("language") for detail in details if isinstance(detail, dict))
    return said or next(filter(None, stated), None)


def _link_of(entry: dict[str, Any]) -> str | None:
    """Return the link to the article, past a redirecting counter where the feed names both."""
    link: str | None = dict.get(entry, "feedburner_origlink") or dict.get(entry, "link")
    links = dict.get(entry, "links") or ()
    is_guid = link == dict.get(entry, "id") and all(
        each.get("rel") != "alternate" for each in links
    )
    if link and is_guid and not link.lower().startswith(("http://", "https://")):
        return None  # feedparser takes every guid for a link unless told otherwise
    return link


def _text(holder: dict[str, Any], name: str) -> str | None:
    value = dict.get(holder, name)
    detail = dict.get(holder, f"{name}_detail") or {}
    if not isinstance(value, str):
        return None
    is_markup = detail.get("type") != "text/plain"
    return plain_text(value) if is_markup else " ".join(value.split()) or None


def _authors_of(holder: dict[str, Any]) -> Iterator[str]:
    people = dict.get(holder, "authors") or ()
    named = [plain_text(each.get("name") or each.get("email")) for each in people]
    if named and (found := _MAIL_AND_NAME.fullmatch(dict.get(holder, "author") or "")):
        # feedparser takes them apart only where the domain ends in 2-4 letters.
        named[-1] = found[1]
    return (name for name in named if name)


def _source_authors(entry: dict[str, Any]) -> tuple[str, ...]:
    """Return the authors of the feed that an entry was taken over from (RFC 4287, 4.2.11)."""
    return tuple(_authors_of(dict.get(entry, "source") or {}))


def _categories_of(entry: dict[str, Any]) -> Iterator[str]:
    for tag in dict.get(entry, "tags") or ():
        if name := plain_text(tag.get("label") or tag.get("term")):
            yield name


def _enclosures_of(entry: dict[str, Any]) -> Iterator[Enclosure]:
    links: Iterable[dict[str, Any]] = dict.get(entry, "links") or ()
    for each in links:
        if each.get("rel") == "enclosure" and each.get("href"):
            # feedparser gives a link without a type the type of a page, which is no enclosure's.
            media_type = each.get("type") if each.get("type") != "text/html" else None
            yield _enclosure(each["href"], media_type, each.get("length"))
    for each in dict.get(entry, "media_content") or ():
        if each.get("url"):
            yield _enclosure(each["url"], each.get("type"), each.get("filesize"))


def _enclosure(url: str, media_type: str | None, size: str | None) -> Enclosure:
    return Enclosure(url=url, media_type=media_type or None, size_bytes=whole_number(size) or None)


def _summary_of(entry: dict[str, Any]) -> str | None:
    """Return the summary that the feed gives; without one feedparser copies the content there."""
    return dict.get(entry, "summary") if "summary_detail" in entry else None


def _content_of(entry: dict[str, Any]) -> str | None:
    """Return the longest text that an entry holds itself, as HTML."""
    texts = [
        each["value"] if each["type"] in _HTML_TYPES else markup_of(each["value"])
        for each in dict.get(entry, "content") or ()
        if each.get("type") in (*_HTML_TYPES, "text/plain") and not each.get("src")
    ]
    return max(texts, key=len, default=None)
