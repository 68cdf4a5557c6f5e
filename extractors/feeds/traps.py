"""What in a feed makes feedparser raise, crawl or invent, and how to tell a torn feed.

All of it works on UTF-8 without a byte order mark.
"""

import re
from collections import deque
from collections.abc import Iterator

#: The start of a feed, which may be deep in a document.
ROOT = re.compile(rb"<(?:[a-z0-9]{1,20}:)?(?:rss|feed|rdf|channel)[\s>]", re.IGNORECASE)
_SRS_NAME = re.compile(rb"\ssrsName\s{0,20}=\s{0,20}(?:\"[^\"<>]{0,999}\"|'[^'<>]{0,999}')", re.I)
#: Places, which no Entry has; feedparser raises where they are not nested as it expects.
_PLACE_TAG = re.compile(rb"</?(?:georss|gml):[^<>]{0,999}>", re.IGNORECASE)
#: Further descriptions, the second of which feedparser takes for the text itself.
_BLURB_TAG = re.compile(rb"(</?(?:itunes|media|dc):)(?:summary|subtitle|description)(?=[\s/>])")
#: A tag of hundreds of attributes, over which feedparser takes the square of their number.
_ENDLESS_TAG = re.compile(rb"<[^<>]{8000,}>")
#: A name as long as a book, in which it looks for an address in the same way.
_ENDLESS_NAME = re.compile(
    rb"(<(?:[\w.-]{1,20}:)?(?:author|creator|managingeditor|webmaster|publisher|owner|name|email)"
    rb"(?:\s[^<>]{0,999})?>(?:<!\[CDATA\[)?[^<>]{0,1000})[^<>]*",
    re.IGNORECASE,
)
_ROOT_END = re.compile(rb"</(?:[a-z0-9]{1,20}:)?(?:rss|feed|rdf)\s{0,99}>", re.IGNORECASE)
_CHANNEL_END = re.compile(rb"</channel\s{0,99}>\s*\Z", re.IGNORECASE)
_ITEM = re.compile(rb"<(?:[a-z0-9]{1,20}:)?(?:item|entry)(?=[\s/<>])", re.IGNORECASE)
_ITEM_END = re.compile(
    rb"</(?:[a-z0-9]{1,20}:)?(?:item|entry)\s{0,99}>|<item(?:\s[^<>]{0,999})?/>", re.IGNORECASE
)


def without_traps(body: bytes) -> bytes:
    """Return `body` without what makes feedparser raise or crawl, and what no feed needs.

    What stands before the root goes: declarations of entities, notices of programs, and blanks,
    over which feedparser's own patterns take the square of their number.
    """
    root = ROOT.search(body)
    body = body[root.start() :] if root else body.lstrip()
    body = _PLACE_TAG.sub(b"", body)
    if b"srsname" in body.lower():
        body = _SRS_NAME.sub(b"", body)
    body = _ENDLESS_NAME.sub(rb"\1", _ENDLESS_TAG.sub(b"", body))
    return _BLURB_TAG.sub(rb"\1blurb", body)


def items_listed(body: bytes) -> int:
    """Return how many items begin in `body`."""
    return sum(1 for _ in _ITEM.finditer(body))


def is_torn(body: bytes) -> bool:
    """Tell whether the document breaks off before its end."""
    return not (_ROOT_END.search(body) or _CHANNEL_END.search(body, max(0, len(body) - 999)))


def ends_within_item(body: bytes) -> bool:
    """Tell whether what is left of a torn document ends in the middle of an item."""
    opened, closed = _last(_ITEM.finditer(body)), _last(_ITEM_END.finditer(body))
    return opened is not None and (closed is None or closed.end() <= opened.start())


def _last(matches: Iterator[re.Match[bytes]]) -> re.Match[bytes] | None:
    kept = deque(matches, maxlen=1)
    return kept[0] if kept else None
