"""What every feed format is brought to: the feed and its items as they state themselves."""

import html
import re
from dataclasses import dataclass

from extractors.records import Enclosure

#: More than any feed of news lists, and all that a sitemap may. feedparser takes half a minute.
MOST_ITEMS = 50_000

_BLOCK_TAG = re.compile(r"<(?:br|/?p|/?div|/?li|/?h[1-6]|/?td|!)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
_BLANK_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item as its feed states it, nothing judged yet."""

    guid: str | None = None
    link: str | None = None  #: may be relative
    title: str | None = None  #: plain text
    published: tuple[str, ...] = ()  #: as written; where one cannot be, the next is looked at
    updated: str | None = None  #: as written
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()  #: their addresses may be relative
    summary: str | None = None  #: HTML
    content: str | None = None  #: HTML, where the format has a place for the text itself
    lang: str | None = None  #: the tag that it has, else its feed: "fr-CA"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A document that an index lists."""

    url: str | None
    changed: str | None = None  #: as written


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """A feed as it states itself."""

    title: str | None = None
    link: str | None = None  #: the site's page; may be relative
    base: str | None = None  #: what relative links are relative to, if not to the feed's address
    items: tuple[Item, ...] = ()
    ttl_s: int = 0  #: how long it asks to be left alone, 0 if it does not say
    skip_hours: tuple[int, ...] = ()  #: 0 to 23 in UTC, sorted
    skip_days: tuple[int, ...] = ()  #: 1 is Monday, sorted
    withdrawn: tuple[str, ...] = ()  #: guids
    parts: tuple[Part, ...] = ()
    is_whole: bool = True  #: False: the document breaks off, and more was to come


def plain_text(markup: str | None) -> str | None:
    """Return text with tags taken out, references resolved and blanks collapsed."""
    if not markup:
        return None
    words = _TAG.sub("", _BLOCK_TAG.sub(" ", markup)) if "<" in markup else markup
    return " ".join(html.unescape(words).split()) or None


def markup_of(text: str) -> str:
    """Return plain `text` as HTML, a paragraph for each that a blank line sets off."""
    return "".join(f"<p>{html.escape(part)}</p>" for part in _BLANK_LINES.split(text.strip()))


def whole_number(text: object) -> int:
    """Return the number that `text` states in digits, 0 if it states none or a monstrous one."""
    digits = str(text or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 16 else 0
