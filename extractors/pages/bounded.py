"""A page of any depth and size into a tree that later steps can afford.

News pages have 2,000 elements, and hardly one has 6,000. What has many times as many, or nests
hundreds deep, is broken, generated or hostile; its text can be had, its finer structure not.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any, cast

from lxml import etree
from lxml.html import HtmlElement, HTMLParser

#: How deep elements may stand by what they are: what holds text has room below what wraps it.
_WRAPPERS_TO = 100
_BLOCKS_TO = 150
_TEXTS_TO = 190
_TEXTS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "script", "title"})
_BLOCKS = frozenset(
    {"article", "main", "section", "figure", "figcaption", "blockquote", "ul", "ol", "li", "aside",
     "nav", "footer", "header", "table", "tr", "td", "a", "time"}
)  # fmt: skip
_INLINE = frozenset(
    {"a", "b", "strong", "i", "em", "u", "s", "span", "font", "small", "big", "sub", "sup", "mark",
     "abbr", "cite", "q", "code", "label"}
)  # fmt: skip
#: These say something without text; what empty ones say in great number, nobody reads.
_TELLING_EMPTY = frozenset({"meta", "link", "base", "time", "video", "iframe"})
_MAX_TELLERS = 2_000
_FRAME = frozenset({"html", "head", "body"})
_NEVER_SMALL = frozenset({"title", "script", *_FRAME, *_TELLING_EMPTY})
#: The more elements there are, the more characters a further one must have to be kept.
_LEAST_CHARS = ((6_000, 1), (12_000, 20), (60_000, 80))
_LEAST_BEYOND = 200
_MAX_ATTRIBUTES = 50
#: One to three tags with hardly any text, over and over.
_RUN = re.compile(rb"((?:<[^<>]{1,60}>[^<>]{0,20}){1,3}?)\1{99,}+")
_PLAIN_NAME = re.compile("[a-z][a-z0-9_-]{0,40}")


def bounded_tree(characters: bytes, root: HtmlElement) -> HtmlElement | None:
    """Return the tree of a page without empty elements, and within bounds of depth and size.

    What stands there a hundred times in a row stands there once. Beyond 6,000 elements short ones
    are left out, text and all, and spans are dissolved.

    Args:
        characters: in UTF-8.
        root: an empty element that becomes the root, so that all are of its class.
    """
    building = _Building(root=root)
    target = cast("Any", building)  # lxml's stubs want a method for comments, lxml does not
    reader = HTMLParser(encoding="utf-8", huge_tree=True, recover=True, target=target)
    try:
        reader.feed(_RUN.sub(rb"\1", characters))
        reader.close()
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    return root if len(root) else None


@dataclass(slots=True)
class _Building:
    """A target of lxml's parser, which has no bounds of its own.

    A tag becomes an element when there is text in it that is worth one.
    """

    root: HtmlElement
    open: list[tuple[str, bool]] = field(default_factory=list)  #: tags, and which are wanted
    waiting: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)  #: innermost wanted
    made: list[HtmlElement] = field(default_factory=list)  #: the elements of the other wanted ones
    kept: int = 0  #: elements in the tree
    least: int = _LEAST_CHARS[0][1]  #: characters that a further one must have
    tellers: int = 0  #: those kept without text
    breaks: bool = False  #: a line break comes before the pieces
    pieces: list[str] = field(default_factory=list)  #: text that may be too short
    accepted: list[str] = field(default_factory=list)  #: text for the innermost element made
    last: HtmlElement | None = None  #: the child of that element which the text follows

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Open an element; if it never gets text, nobody will see it."""
        is_wanted = self._is_wanted(tag)
        if is_wanted or tag not in _INLINE:
            self._settle()
        self.breaks = self.breaks or tag == "br" or not (is_wanted or tag in _INLINE)
        self.open.append((tag, is_wanted))
        if is_wanted:
            self.waiting.append((tag, attributes))
        if tag in _FRAME or (is_wanted and tag in _TELLING_EMPTY):
            self.tellers += tag not in _FRAME
            self._make_waiting()

    def data(self, text: str) -> None:
        """Take a piece of text."""
        self.pieces.append(text)

    def end(self, _: str) -> None:
        """Close the innermost element."""
        tag, is_wanted = self.open.pop()
        if is_wanted or tag not in _INLINE:
            self._settle()
        if is_wanted and self.waiting:
            self.waiting.pop()
        elif is_wanted:
            self._write()
            self.last = self.made.pop()

    def close(self) -> None:
        """Do nothing: the end of the document closes all elements."""

    def _is_wanted(self, tag: str) -> bool:
        deepest = _deepest(tag)
        if not deepest:
            return False
        if self.kept > _LEAST_CHARS[0][0] and tag in _INLINE:
            return False
        if tag in _TELLING_EMPTY and self.tellers >= _MAX_TELLERS:
            return False
        return len(self.made) + len(self.waiting) < deepest

    def _settle(self) -> None:
        """Accept the pieces, or drop them if they are too short to begin an element or a line."""
        if not self.pieces:
            return
        text = "".join(self.pieces)
        self.pieces.clear()
        chars = len(text.strip())
        if (self.waiting or self.breaks) and chars < self._least_chars():
            return
        if self.breaks:
            self.breaks = False
            self._make("br", {})
            self.last = self.made.pop()
        self._make_waiting()
        self.accepted.append(text)

    def _least_chars(self) -> int:
        if self.waiting and self.waiting[-1][0] in _NEVER_SMALL:
            return 1
        return self.least

    def _make_waiting(self) -> None:
        for tag, attributes in self.waiting:
            self._make(tag, attributes)
        self.waiting.clear()

    def _make(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._write()
        element = etree.SubElement(self.made[-1], tag) if self.made else self.root
        for name, value in islice(attributes.items(), _MAX_ATTRIBUTES):
            if _PLAIN_NAME.fullmatch(name):
                element.set(name, value)
        self.made.append(cast("HtmlElement", element))
        self.kept += 1
        self.least = next(
            (chars for most, chars in _LEAST_CHARS if self.kept < most), _LEAST_BEYOND
        )

    def _write(self) -> None:
        """Put the accepted text in its place, and so in one piece."""
        text = "".join(self.accepted)
        self.accepted.clear()
        if self.last is not None:
            self.last.tail = text
        elif self.made:
            self.made[-1].text = text
        self.last = None


@lru_cache(maxsize=1024)
def _deepest(tag: str) -> int:
    """Return how deep an element may stand; 0 if it is none of HTML or comes with its text."""
    if tag == "br" or not _PLAIN_NAME.fullmatch(tag):
        return 0
    return _TEXTS_TO if tag in _TEXTS else _BLOCKS_TO if tag in _BLOCKS else _WRAPPERS_TO
