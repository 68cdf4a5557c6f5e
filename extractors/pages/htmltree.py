"""HTML into one tree, whatever is wrong with it."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import cast

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from extractors.pages.bounded import bounded_tree

#: No text of an article is in these, and they are most of the bytes.
_DEAD = (
    "script", "style", "svg", "template", "iframe", "object", "embed", "canvas", "select",
    "input", "source", "track", "link", "meta",
)  # fmt: skip
#: A browser closes a drawing before any of these, which lxml does not (WHATWG HTML, 13.2.6.5).
_NEVER_DRAWN = ("p", "div", "h1", "h2", "h3", "ul", "ol", "table")
#: lxml chooses a class for each tag in Python, for every element met and in every copy of a tree;
#: nobody here asks for its classes of forms and inputs.
_ONE_CLASS = etree.ElementDefaultClassLookup(element=HtmlElement)
#: Deeper trees make the libraries that walk them by recursion die.
MAX_DEPTH = 200
#: Nearly three times as many as any page we have met; start tags and end tags.
_MAX_TAGS = 16_000
#: libxml2 compares each attribute of an element with all before it. A tag with very many is long,
#: however marks stand in the values; most long tags have one long value, though.
_LONG_CHARS = 50_000
_LONG_TAG = re.compile(
    r"<(?!script|style)[a-zA-Z][\w:-]{0,50}(?=[\s/])"
    rf"(?=[^>]{{{_LONG_CHARS}}}|[^<]{{{_LONG_CHARS}}})"
)
_MANY_ATTRIBUTES = re.compile(
    r"""(?:[\s/]++[^\s=>/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+){500}"""
)
#: Words longer than any, and as much of anything but words: nobody reads it, and it costs as much
#: as text. Looked for in pages larger than any article's, for the search takes its time.
_LARGE_CHARS = 3_000_000
_STUFFING = re.compile(r"(?<!\w)\w{5000,}+|(?<![^\w<>])[^\w<>]{5000,}+")
_CAMEL = re.compile("(?<=[a-z])(?=[A-Z])")
#: Elements that hold a whole page or article, not a part of one.
WHOLES = frozenset({"html", "body", "main", "article"})
#: Control characters, which trees of XML cannot hold.
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")


def selector(xpath: str) -> Callable[[HtmlElement], list[HtmlElement]]:
    """Return a function that gives the elements an XPath expression finds below its argument."""
    return cast("Callable[[HtmlElement], list[HtmlElement]]", etree.XPath(xpath))


#: Gathered by libxml2, piece for piece what `itertext` gives.
_ALL_TEXT = cast("Callable[[HtmlElement], str]", etree.XPath("string()", smart_strings=False))
#: One step a level, so that libxml2 walks each level once.
_TOO_DEEP = selector("/" + "/".join("*" * MAX_DEPTH) + "[*]")


def affordable(text: str) -> str:
    """Return `text`, or HTML that says the same within bounds if its tree would be absurd.

    Worth it for a page that is to be made into trees more than once.
    """
    if len(text) > _LARGE_CHARS:
        text = _STUFFING.sub(" ", text)
    if not _is_absurd(text):
        return text
    tree = tree_from(text)
    return "" if tree is None else str(etree.tostring(tree, encoding="unicode", method="html"))


def tree_from(text: str) -> HtmlElement | None:
    """Return the tree of an HTML page, or None if there is not one element in `text`.

    It is never deeper than `MAX_DEPTH`, so that walking it by recursion is safe, and a page of
    absurdly many elements or attributes loses what its text can do without.
    """
    characters = text.encode("utf-8", "replace").translate(None, _CONTROLS)
    if not _is_absurd(text):
        tree = _parsed(characters)
        if tree is None or not _TOO_DEEP(tree):
            return tree
    return bounded_tree(characters, _parser().makeelement("html"))


@lru_cache(maxsize=1)  # a page is made into trees more than once
def _is_absurd(text: str) -> bool:
    if text.count("<") > _MAX_TAGS:
        return True
    if not (_has_long_run(text, "<") or _has_long_run(text, ">")):
        return False
    return any(_MANY_ATTRIBUTES.match(text, tag.end()) for tag in _LONG_TAG.finditer(text))


def _has_long_run(text: str, mark: str) -> bool:
    """Return whether a piece of `text` as long as a long tag is without `mark`."""
    start = 0
    while start + _LONG_CHARS <= len(text):
        start = text.rfind(mark, start, start + _LONG_CHARS) + 1
        if not start:
            return True
    return False


def _parser() -> HTMLParser:
    parser = HTMLParser(
        encoding="utf-8", huge_tree=True, recover=True, remove_comments=True, remove_pis=True
    )
    parser.set_element_class_lookup(_ONE_CLASS)
    return parser


def _parsed(characters: bytes) -> HtmlElement | None:
    try:
        tree = document_fromstring(characters, parser=_parser())
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    if not isinstance(tree, HtmlElement):
        return None
    for drawing in list(tree.iter("svg")):
        if next(drawing.iter(*_NEVER_DRAWN), None) is not None:
            drawing.drop_tag()
    return tree


def strip_dead(tree: HtmlElement) -> None:
    """Take out of `tree` what never holds an article's text; what follows it stays."""
    etree.strip_elements(tree, *_DEAD, with_tail=False)


def text_of(element: HtmlElement) -> str:
    """Return all text inside `element`, with single blanks."""
    return " ".join(_ALL_TEXT(element).split())


def has_text(element: HtmlElement) -> bool:
    """Return whether there is anything but blanks inside `element`."""
    return any(map(str.strip, element.itertext()))


def template_names(element: HtmlElement, *attributes: str) -> str:
    """Return what templates call an element in its `attributes`, with hyphens for camelCase."""
    return hyphenated(" ".join(element.get(name) or "" for name in attributes))


def hyphenated(names: str) -> str:
    """Return `names` with a hyphen in the place of each change from small to capital letters."""
    return _CAMEL.sub("-", names)


def text_within(element: HtmlElement, most_chars: int) -> str | None:
    """Return all text inside `element`, with single blanks; None where it is longer.

    Args:
        element: however large.
        most_chars: blanks included, as they stand in the page.
    """
    text = _ALL_TEXT(element)
    return None if len(text) > most_chars else " ".join(text.split())
