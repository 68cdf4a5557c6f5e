"""Text that a page carries in its scripts and builds only in a browser."""

import json
import re

from lxml.html import HtmlElement

#: A JSON string, however long; without backtracking.
_STRING = re.compile(r'"((?:[^"\\]|\\.)*+)"', re.DOTALL)
_PARAGRAPH = re.compile(r"<p[\s>]", re.IGNORECASE)
_MIN_CHARS = 500
_MIN_PARAGRAPHS = 3


def embedded_html(tree: HtmlElement) -> str | None:
    """Return the longest piece of HTML with paragraphs that a script holds as a string."""
    found = [piece for script in tree.iter("script") for piece in _pieces(script.text or "")]
    return max(found, key=len, default=None)


def _pieces(script: str) -> list[str]:
    if len(script) < _MIN_CHARS or ("\\u003cp" not in script.lower() and "<p" not in script):
        return []
    strings = (match[0] for match in _STRING.finditer(script) if len(match[0]) >= _MIN_CHARS)
    pieces = [text for text in map(_unquoted, strings) if text]
    return [text for text in pieces if len(_PARAGRAPH.findall(text)) >= _MIN_PARAGRAPHS]


def _unquoted(literal: str) -> str:
    try:
        return str(json.loads(literal, strict=False))
    except (ValueError, RecursionError):
        return ""
