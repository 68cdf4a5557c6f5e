"""What the visible part of a page says about its article: h1, time, byline."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from extractors.pages.claims import Claims
from extractors.pages.htmltree import selector, text_of

_BYLINE = re.compile(r"\b(?:byline|author|autor)\b|byline[_-]{1,2}name|author[_-]{1,2}name", re.I)
_MODIFIED = re.compile(r"modif|updat|aktualis|maj", re.IGNORECASE)
#: A coarse net in libxml2; `_BYLINE` looks at what it catches.
_SIGNED = selector(
    "//body//*[contains(@rel, 'author') or contains(@itemprop, 'author')"
    " or contains(@class, 'author') or contains(@class, 'Author') or contains(@class, 'autor')"
    " or contains(@class, 'byline') or contains(@class, 'Byline')]"
)
_MAX_BYLINE_CHARS = 120


def claims_in_body(tree: HtmlElement) -> Claims:
    """Return what h1, time and byline elements say."""
    times = [(_is_modified(time), _stated(time)) for time in tree.iter("time")]
    return Claims(
        titles=tuple(_headings(tree)),
        authors=tuple(_bylines(tree)),
        published=tuple(text for late, text in times if text and not late)[:3],
        modified=tuple(text for late, text in times if text and late)[:3],
    )


def _headings(tree: HtmlElement) -> Iterator[str]:
    for heading in tree.iter("h1"):
        if text := text_of(heading):
            yield text


def _bylines(tree: HtmlElement) -> Iterator[str]:
    for element in _SIGNED(tree):
        marks = " ".join(element.get(name) or "" for name in ("rel", "itemprop", "class"))
        if marks and _BYLINE.search(marks):
            text = text_of(element)
            if text and len(text) <= _MAX_BYLINE_CHARS:
                yield text
                return


def _stated(time: HtmlElement) -> str:
    return (time.get("datetime") or time.get("content") or text_of(time))[:100]


def _is_modified(time: HtmlElement) -> bool:
    around = [time, *list(time.iterancestors())[:2]]
    marks = " ".join(f"{item.get('class') or ''} {item.get('itemprop') or ''}" for item in around)
    return bool(_MODIFIED.search(marks))
