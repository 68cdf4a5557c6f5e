"""HTML into one tree, whatever is wrong with it."""

import re
from collections.abc import Callable, Iterable
from typing import cast

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

#: No text of an article is in these, and they are most of the bytes.
_DEAD = (
    "script", "style", "svg", "template", "iframe", "object", "embed", "canvas", "select",
    "input", "source", "track", "link", "meta",
)  # fmt: skip
#: lxml chooses a class for each tag in Python, for every element met and in every copy of a tree;
#: nobody here asks for its classes of forms and inputs.
_ONE_CLASS = etree.ElementDefaultClassLookup(element=HtmlElement)
#: Deeper trees make the libraries that walk them by recursion die.
MAX_DEPTH = 200
#: Control characters, which trees of XML cannot hold.
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")
_RUN_OF_TAGS = re.compile(r"((?:<\w+[^<>]{0,200}>\s*+){1,4}?)\1{50,}+")


def selector(xpath: str) -> Callable[[HtmlElement], list[HtmlElement]]:
    """Return a function that gives the elements an XPath expression finds below its argument."""
    return cast("Callable[[HtmlElement], list[HtmlElement]]", etree.XPath(xpath))


#: One step a level, so that libxml2 walks each level once.
_TOO_DEEP = selector("/" + "/".join("*" * MAX_DEPTH) + "[*]")


def tree_from(text: str) -> HtmlElement | None:
    """Return the tree of an HTML page, or None if there is not one element in `text`.

    What is nested deeper than `MAX_DEPTH` is lifted out flat, so that walking the tree by
    recursion is safe.
    """
    tree = _parsed(text)
    if tree is not None and _TOO_DEEP(tree):
        # libxml2 gives up at a depth of 2,048; what is opened that often is opened in a row.
        tree = _parsed(_RUN_OF_TAGS.sub(r"\1", text))
        if tree is not None:
            _flatten(tree)
    return tree


def _parsed(text: str) -> HtmlElement | None:
    parser = HTMLParser(
        encoding="utf-8", huge_tree=True, recover=True, remove_comments=True, remove_pis=True
    )
    parser.set_element_class_lookup(_ONE_CLASS)
    try:
        characters = text.encode("utf-8", "replace").translate(None, _CONTROLS)
        tree = document_fromstring(characters, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    return tree if isinstance(tree, HtmlElement) else None


def strip_dead(tree: HtmlElement) -> None:
    """Take out of `tree` what never holds an article's text; what follows it stays."""
    etree.strip_elements(tree, *_DEAD, with_tail=False)


def text_of(element: HtmlElement) -> str:
    """Return all text inside `element`, with single blanks."""
    return " ".join("".join(element.itertext()).split())


def _flatten(tree: HtmlElement) -> None:
    """Move the text of what is nested too deep to the end of the body, a piece a paragraph."""
    body = next(tree.iter("body"), tree)
    for element in _TOO_DEEP(tree):
        pieces = [piece for piece in map(str.strip, element.itertext()) if piece]
        element.drop_tree()
        _append_paragraphs(body, pieces)


def _append_paragraphs(body: HtmlElement, pieces: Iterable[str]) -> None:
    for piece in pieces:
        etree.SubElement(body, "p").text = piece
