"""What the visible part of a page says about its article: h1, time, byline, at need any date."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from extractors.pages.claims import Claims
from extractors.pages.htmltree import selector, text_of

_BYLINE = re.compile(
    r"(?:^|[-_ ])(?:bylines?|authors?|autor(?:en|in)?|auteurs?|(?:byline|author)-?names?)"
    r"(?=$|[-_ ])"
)
_MODIFIED = re.compile(r"modif|updat|aktualis|maj", re.IGNORECASE)
#: A coarse net in libxml2, over attributes for they are fewer; `_BYLINE` looks at what it catches.
_SIGNED = selector(
    "//@class[contains(., 'uthor') or contains(., 'utor') or contains(., 'uteur')"
    " or contains(., 'yline')]/..|//@rel[contains(., 'author')]/.."
    "|//@itemprop[contains(., 'author')]/.."
)
_AFTER_HEADLINE = selector(
    "(//h1)[1]/following::*[self::p or self::div or self::span or self::li][position() <= 60]"
)
_NAME = r"[^\W\d_a-z][\w.’'-]*"
#: "By Jo Doe", "von Dr. Jo van Doe", "Author: Jo Doe", and nothing else.
_SIGNATURE = re.compile(
    r"\b(?i:by|von|par|por|door|av|af|di|text|autor(?:in)?(?:/autor(?:in)?)?|authors?|auteur)\b\s*:?\s*"
    rf"{_NAME}(?:\s(?:{_NAME}|de|van|von|der|den|al|bin|la)){{1,4}}"
)
_MAX_BYLINE_CHARS = 120
#: What templates call a date, in the languages we have met. Not "data": it is Italian and English.
_DATED = re.compile(
    r"(?:^|[-_ ])(?:(?:pub|post|article|entry|meta|story)?(?:date|datum|datetime|time|timestamp)"
    r"|publi(?:sh|c|k|q)\w*|pubblica\w*|posted|created|fecha|tarih|dato|datering|stand)(?=$|[-_ ])",
    re.IGNORECASE,
)
_CAMEL = re.compile("(?<=[a-z])(?=[A-Z])")
#: The headline's surroundings, and what comes after it.
_NEAR_HEADLINE = selector(
    "(//h1)[1]/ancestor::*[position() <= 2]//*[@class or @id]|(//h1)[1]/following::*[@class or @id]"
)
_DATING_ATTRIBUTE = re.compile(
    r"data-(?:article-|first-)?(?:publi(?:sh|c)\w*|pub|post(?:ed)?|creat\w+|deploy\w*)"
    r"(?:-?(?:date|datetime|dt|time|at|on))?"
)
_WITH_ATTRIBUTES = selector("//body//*[@*[starts-with(name(), 'data-')]]")
_LABEL = re.compile(r"^[^:：\d]{1,40}[:：]\s*")
_DIGIT = re.compile(r"\d")
_BEFORE_DIGIT = re.compile(r"^\D+")
_MAX_DATED = 3
_MAX_DATE_CHARS = 120


def claims_in_body(tree: HtmlElement) -> Claims:
    """Return what h1, time and byline elements say."""
    times = [(_is_modified(time), _stated(time)) for time in tree.iter("time")]
    return Claims(
        titles=tuple(_headings(tree)),
        authors=tuple(_bylines(tree)),
        published=tuple(text for late, text in times if text and not late)[:3],
        modified=tuple(text for late, text in times if text and late)[:3],
    )


def dates_shown(tree: HtmlElement) -> Iterator[str]:
    """Yield what may be the date in the first elements near the headline that are called dates.

    Of "erstellt: 1. Mai 2025" all of it comes first, then what follows the label, then what
    begins with a digit. Last comes the attribute in which templates keep the date for scripts, if
    there is but one: teasers have it too.
    """
    for text in islice(_dated_texts(tree), _MAX_DATED):
        yield from dict.fromkeys((text, _LABEL.sub("", text), _BEFORE_DIGIT.sub("", text)))
    attributes = (item for element in _WITH_ATTRIBUTES(tree) for item in element.attrib.items())
    kept = {str(value) for name, value in attributes if _DATING_ATTRIBUTE.fullmatch(str(name))}
    if len(kept) == 1:
        yield from kept


def _dated_texts(tree: HtmlElement) -> Iterator[str]:
    for element in _NEAR_HEADLINE(tree):
        marks = _CAMEL.sub("-", f"{element.get('class') or ''} {element.get('id') or ''}")
        if _DATED.search(marks) and not _MODIFIED.search(marks):
            text = text_of(element)
            if len(text) <= _MAX_DATE_CHARS and _DIGIT.search(text):
                yield text


def _headings(tree: HtmlElement) -> Iterator[str]:
    for heading in tree.iter("h1"):
        if text := text_of(heading):
            yield text


def _bylines(tree: HtmlElement) -> Iterator[str]:
    """Yield the first byline and those beside it, by class; else what signs like one."""
    first: HtmlElement | None = None
    for element in _SIGNED(tree):
        if first is not None and element.getparent() is not first.getparent():
            continue
        if _is_called_byline(element) and (text := _signature(text_of(element))):
            first = element if first is None else first
            yield text
    if first is None:
        texts = map(text_of, _AFTER_HEADLINE(tree))
        yield from islice(filter(_SIGNATURE.fullmatch, texts), 1)


def _signature(text: str) -> str:
    """Return the part of a short text that signs; where a date stands beside it, that is cut."""
    if len(text) > _MAX_BYLINE_CHARS:
        return ""
    if not _DIGIT.search(text):
        return text
    found = _SIGNATURE.search(text)
    return found[0] if found else ""


def _is_called_byline(element: HtmlElement) -> bool:
    marks = " ".join(element.get(name) or "" for name in ("rel", "itemprop", "class"))
    return _BYLINE.search(_CAMEL.sub("-", marks).lower()) is not None


def _stated(time: HtmlElement) -> str:
    return (time.get("datetime") or time.get("content") or text_of(time))[:100]


def _is_modified(time: HtmlElement) -> bool:
    around = [time, *list(time.iterancestors())[:2]]
    marks = " ".join(f"{item.get('class') or ''} {item.get('itemprop') or ''}" for item in around)
    return bool(_MODIFIED.search(marks))
