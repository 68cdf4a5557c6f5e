"""Items cut out of a feed's document, the rest of it left as it is, byte for byte."""

import codecs
import html
import json
import re
import zlib
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin

from extractors.feeds.bodies import GZIP, marked_charset

#: What may hold the look of a tag without being one.
_HIDDEN = re.compile(rb"<!\[CDATA\[.*?\]\]>|<!--.*?-->", re.DOTALL)
#: An item of RSS, RDF, Atom or a sitemap, the last one of a torn document, or a line of RDF's list.
_ITEM = re.compile(
    rb"<(?P<tag>(?:[\w.-]+:)?(?:item|entry|url))(?=[\s/>])(?:[^<>]*/>|.*?(?:</(?P=tag)\s*>|\Z))"
    rb"|<(?:[\w.-]+:)?li\s[^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_ADDRESS = re.compile(
    rb"<(?:[\w.-]+:)?(?:link|guid|id|origlink|loc)(?:\s[^<>]*)?>\s*(?:<!\[CDATA\[)?(?P<text>[^<\]]+)",
    re.IGNORECASE,
)
_LINK = re.compile(rb"<(?:[\w.-]+:)?link\s[^<>]*>", re.IGNORECASE)
_OPENING = re.compile(rb"<(?:[\w.-]+:)?(?:item|li)\s[^<>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    rb"(?P<name>[\w:.-]+)\s*=\s*(?P<mark>[\"'])(?P<value>.*?)(?P=mark)", re.DOTALL
)
_OTHER_RELATIONS = re.compile(rb"\srel\s*=\s*[\"'](?!alternate[\"'])", re.IGNORECASE)
_MOST_BYTES = 15_000_000


def without_items(body: bytes, *, base_url: str, covers: Callable[[str], bool]) -> bytes:
    """Return `body` without the items whose address `covers` holds of; itself if it has none.

    One that is packed in itself comes back unpacked, one in wide characters in UTF-8.

    Args:
        body: of a feed in any format that we read, content-decoded.
        base_url: what relative addresses are relative to.
        covers: tells of an absolute address whether its item is to go.
    """

    def is_covered(address: str) -> bool:
        try:
            return covers(urljoin(base_url, address.strip()))
        except ValueError:
            return False

    plain = _plain(body)
    if plain.removeprefix(codecs.BOM_UTF8).lstrip().startswith((b"{", b"[")):
        kept = _without_objects(plain, is_covered)
    else:
        kept = _without_elements(plain, is_covered)
    return body if kept is plain else kept


def _plain(body: bytes) -> bytes:
    if body.startswith(GZIP):
        try:
            body = zlib.decompressobj(31).decompress(body, _MOST_BYTES)
        except zlib.error:
            return body
    charset = marked_charset(body)
    if charset is None:
        return body
    return codecs.BOM_UTF8 + body.decode(charset, "replace").encode("utf-8", "replace")


def _without_elements(body: bytes, is_covered: Callable[[str], bool]) -> bytes:
    shown = _HIDDEN.sub(lambda found: b"x" * len(found[0]), body)
    kept: list[bytes] = []
    end = 0
    for found in _ITEM.finditer(shown):
        if any(is_covered(address) for address in _addresses_in(body[slice(*found.span())])):
            kept.append(body[end : found.start()])
            end = found.end()
    return b"".join([*kept, body[end:]]) if kept else body


def _addresses_in(item: bytes) -> Iterator[str]:
    """Yield what an item gives as its own address, in every place where it may stand."""
    for found in _ADDRESS.finditer(item):
        yield _text(found["text"])
    for tag in (*_OPENING.findall(item), *_LINK.findall(item)):
        if not _OTHER_RELATIONS.search(tag):
            for found in _ATTRIBUTE.finditer(tag):
                if found["name"].lower().endswith((b"href", b"about", b"resource")):
                    yield _text(found["value"])


def _text(markup: bytes) -> str:
    return html.unescape(markup.decode("utf-8", "replace"))


def _without_objects(body: bytes, is_covered: Callable[[str], bool]) -> bytes:
    try:
        feed: Any = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return body
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        return body
    kept = [item for item in items if not _is_object_covered(item, is_covered)]
    if len(kept) == len(items):
        return body
    return json.dumps(feed | {"items": kept}, ensure_ascii=False).encode("utf-8", "replace")


def _is_object_covered(item: object, is_covered: Callable[[str], bool]) -> bool:
    given = (
        [item.get(name) for name in ("url", "external_url", "id")] if isinstance(item, dict) else []
    )
    return any(isinstance(each, str) and is_covered(each) for each in given)
