"""Texts, names and addresses out of the values of JSON-LD, in whatever form they are given."""

import html
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TypeAlias

#: An object of JSON-LD.
Node: TypeAlias = Mapping[str, object]

_TAG = re.compile(r"<[^<>]{1,200}>")
#: What ends a paragraph where a text is given in HTML.
_LINE_END = re.compile(r"</(?:p|div|li|h[1-6]|blockquote)\s{0,9}>|<br\s{0,9}/?>", re.IGNORECASE)
#: What JSON can spell and no text may hold: control characters, and halves of a surrogate pair.
_UNSOUND = re.compile("[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff]")
_ICON_PIXELS = 100


def texts(value: object) -> list[str]:
    """Return the strings in a value that may be one, or a list of them."""
    values = value if isinstance(value, list) else [value]
    found = (_text(item) for item in values if isinstance(item, str | int) and item is not True)
    return [text for text in found if text]


def _text(value: str | int) -> str:
    text = _UNSOUND.sub("", html.unescape(html.unescape(str(value))))
    return " ".join(_TAG.sub(" ", text).split())


def running_text(value: object) -> str:
    """Return the paragraphs of a text that may be in pieces, or in HTML, one a line."""
    values = value if isinstance(value, list) else [value]
    pieces = (item.get("@value") if isinstance(item, Mapping) else item for item in values)
    text = "\n".join(piece for piece in pieces if isinstance(piece, str))
    lines = _TAG.sub(" ", _LINE_END.sub("\n", text)) if _LINE_END.search(text) else text
    return _UNSOUND.sub("", html.unescape(lines))


def names(value: object, named: Mapping[str, Node]) -> Iterator[str]:
    """Yield the names of things given as string, object, reference or list of these."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str):
            yield from texts(item)
        elif isinstance(item, Mapping):
            known = item if "name" in item else named.get(str(item.get("@id")), {})
            yield from texts(known.get("name"))


def addresses(value: object, known: Mapping[str, Node]) -> Iterator[str]:
    """Yield the addresses of pictures given as string, object, reference or list of these."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str):
            yield from texts(item)
        elif isinstance(item, Mapping):
            picture = known.get(str(item.get("@id")), item)
            if not _is_icon(picture):
                yield from islice(
                    (*texts(picture.get("url")), *texts(picture.get("contentUrl"))), 1
                )


def _is_icon(picture: Node) -> bool:
    digits = re.match(r"\d{1,9}(?!\d)", str(picture.get("width")))
    return digits is not None and int(digits[0]) <= _ICON_PIXELS
