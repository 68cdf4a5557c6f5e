"""RSS 0.9x to 2.0, RDF and Atom, by feedparser."""

import calendar
import codecs
import io
import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import feedparser  # type: ignore[import-untyped]

from extractors.dates import written_time
from extractors.errors import FeedError
from extractors.feeds.content import Item, ParsedFeed, plain_text
from extractors.records import Moment, Page

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
_REFERENCE = re.compile(rb"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_SRS_NAME = re.compile(rb"\ssrsName\s*=\s*(?:\"[^\"]*\"|'[^']*')", re.IGNORECASE)
#: Places, which no Entry has; feedparser raises where they are not nested as it expects.
_PLACE_TAG = re.compile(rb"</?(?:georss|gml):[^<>]{0,999}>", re.IGNORECASE)
_HTML_START = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_FEED_START = re.compile(rb"<(?:[a-z0-9]+:)?(?:rss|feed|rdf|channel)[\s>]", re.IGNORECASE)
_ROOT_END = re.compile(rb"</(?:[a-z0-9]+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
_ITEM_END = re.compile(rb"</(?:[a-z0-9]+:)?(?:item|entry)\s*>|<item\s[^<>]{0,999}/>", re.IGNORECASE)
_MAIL_AND_NAME = re.compile(r"\S{1,200}@\S{1,200}\s+\(([^()]{1,200})\)")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_SNIFFED = 4096
_DOCTYPE_WITHIN = 65_536
_PERIODS_S = {
    "hourly": 3_600,
    "daily": 86_400,
    "weekly": 604_800,
    "monthly": 2_592_000,
    "yearly": 31_536_000,
}


def parse_syndication(page: Page) -> ParsedFeed:
    """Return the feed in `page`; ill-formed ones are read as far as they go.

    Raises:
        FeedError: `not_feed`, or `malformed` if it cannot be read at all.
    """
    head = page.body[:_SNIFFED]
    if _HTML_START.search(head) and not _FEED_START.search(head):
        raise FeedError(page.url, "not_feed", "the address gives a web page, not a feed")
    found = _parsed(page)
    if not found.version and not found.entries:
        raise FeedError(page.url, "not_feed", "the document is neither RSS nor Atom")
    return ParsedFeed(
        title=_text(found.feed, "title"),
        link=dict.get(found.feed, "link"),
        items=tuple(_item_from(entry, found.version) for entry in _whole(found.entries, page.body)),
        ttl_s=_ttl_s(found.feed),
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """What feedparser found; its own objects do not leave this file."""

    version: str  #: of the format, "" if it is none
    feed: dict[str, Any]
    entries: list[dict[str, Any]]


def _parsed(page: Page) -> _Found:
    body = _without_traps(page.body)
    try:
        # Of bytes it would try to open the file of that name; a relative guid would be resolved
        # and so change with the feed's address if it knew that.
        found = feedparser.parse(
            io.BytesIO(body),
            response_headers={"content-type": _content_type(page)},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except _RAISED as error:
        raise FeedError(
            page.url, "malformed", f"the feed cannot be read: {type(error).__name__}: {error}"
        ) from error
    return _Found(found.get("version") or "", found.feed, found.entries)


def _without_traps(body: bytes) -> bytes:
    """Take out what makes feedparser raise, and what no feed needs."""
    body = _PLACE_TAG.sub(b"", _REFERENCE.sub(_possible_reference, body))
    body = _SRS_NAME.sub(b"", body)
    start = body[:_DOCTYPE_WITHIN].upper().find(b"<!DOCTYPE")
    doctype = _DOCTYPE.match(body, start) if start >= 0 else None
    return body[:start] + body[doctype.end() :] if doctype else body


def _possible_reference(match: re.Match[bytes]) -> bytes:
    digits = match[1] or match[2]
    number = int(digits, 16 if match[1] else 10) if len(digits) < 10 else -1
    is_character = 0 < number < 0xD800 or 0xDFFF < number < 0x110000
    return match[0] if is_character else "\N{REPLACEMENT CHARACTER}".encode()


def _content_type(page: Page) -> str:
    """Return the media type to read by: what decodes as UTF-8 is UTF-8, whatever it claims.

    Source:
        RFC 7303, 3.2, for the rest: a byte order mark, then the header, then the declaration. The
        header's own media type is left out, for text/xml would make it US-ASCII.
    """
    claimed = _CHARSET.search(page.header("Content-Type") or "")
    charset = claimed[1] if claimed and not page.body.startswith(_BOMS) else None
    if not page.body.isascii() and _is_utf8(page.body):
        charset = "utf-8"
    return f"application/xml; charset={charset}" if charset else "application/xml"


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _whole(entries: list[dict[str, Any]], body: bytes) -> list[dict[str, Any]]:
    """Return `entries` without the last if the document ends in the middle of it."""
    if _ROOT_END.search(body) or b"\0" in body[:_SNIFFED]:  # UTF-16 cannot be searched so
        return entries
    is_torn = len(_ITEM_END.findall(body)) + 1 == len(entries)
    return entries[:-1] if is_torn else entries


def _item_from(entry: dict[str, Any], version: str) -> Item:
    published = _moment(entry, "published") or _moment(entry, "created")
    updated = _moment(entry, "updated")
    if not published and not version.startswith("atom"):
        # RSS has no other date: feedparser calls its dc:date "updated".
        published, updated = updated, None
    return Item(
        guid=dict.get(entry, "id") or None,
        link=_link_of(entry),
        title=_text(entry, "title"),
        published=published,
        updated=updated,
        authors=_authors_of(entry),
    )


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


def _authors_of(entry: dict[str, Any]) -> tuple[str, ...]:
    people = dict.get(entry, "authors") or ()
    named = [plain_text(each.get("name") or each.get("email")) for each in people]
    if named and (found := _MAIL_AND_NAME.fullmatch(dict.get(entry, "author") or "")):
        named[-1] = found[
            1
        ]  # feedparser takes them apart only where the domain ends in 2-4 letters
    return tuple(name for name in named if name)


def _moment(entry: dict[str, Any], name: str) -> Moment | None:
    """Return the date as written; what only feedparser can read comes without its offset."""
    written = written_time(dict.get(entry, name))
    if written:
        return written.moment
    parsed: time.struct_time | None = dict.get(entry, f"{name}_parsed")
    try:
        seconds = calendar.timegm(parsed) if parsed else None
        return None if seconds is None else Moment(at=datetime.fromtimestamp(seconds, UTC))
    except (ValueError, OverflowError, OSError):
        return None


def _ttl_s(feed: dict[str, Any]) -> int:
    ttl_s = _whole_number(dict.get(feed, "ttl")) * 60
    period_s = _PERIODS_S.get(str(dict.get(feed, "sy_updateperiod", "")).strip().lower(), 0)
    return max(ttl_s, period_s // (_whole_number(dict.get(feed, "sy_updatefrequency")) or 1))


def _whole_number(text: object) -> int:
    digits = str(text or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 9 else 0
