"""The summary between headline and text, which main-text extraction tends to lose."""

import re
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from extractors.pages.htmltree import selector, text_of
from extractors.pages.textfilter import SENTENCE_ENDS, Line, is_boilerplate
from extractors.pages.titles import folded_words
from extractors.records import Role

#: What templates call it, in the languages we have met.
_CALLED = re.compile(
    r"(?:^|[-_ ])(?:lead|lede|intro|introduction|standfirst|dek|deck|sub-?title|sub-?headline"
    r"|subhead|strapline|summary|excerpt|abstract|article-?desc(?:ription)?|chapo|chapeau"
    r"|einleitung|vorspann|anreisser|ingress|manchet|perex|underrubrik|sottotitolo|sommario"
    r"|entradilla|bajada|copete|lead-text|teaser-text|story-?intro|article-?lead)(?=$|[-_ ])",
    re.IGNORECASE,
)
_AFTER_HEADLINE = selector(
    "(//h1)[1]/following::*[self::p or self::h2 or self::h3 or self::div or self::span]"
    "[position() <= 60]"
)
_BLOCK_INSIDE = selector("./ancestor::a|./p|./div|./section|./ul|./h2|./h3|./figure")
_MIN_WORDS = 8
_MAX_WORDS = 90
#: Some outlets set the place before the summary: "Lindby. The council …"
_PLACE_WORDS = 2


def standfirst_in(tree: HtmlElement, descriptions: Sequence[str]) -> str | None:
    """Return the standfirst that follows the headline of a page, if it has one.

    Args:
        tree: with teasers taken out.
        descriptions: how the page's meta tags sum it up; a text under the headline that says
            the same is the standfirst, and so is one whose class calls it that.
    """
    wanted = [folded_words(description) for description in descriptions]
    called: str | None = None
    told = False  # the text has begun
    for element, text in _candidates(tree):
        if any(says_the_same(folded_words(text), words) for words in wanted):
            return text
        if called is None and not told and _is_called(element, text):
            called = text
        told = told or element.tag == "p"
    return called


def _is_called(element: HtmlElement, text: str) -> bool:
    """Return whether a template calls an element so, or has its sentences in a heading's block."""
    if _CALLED.search(element.get("class") or ""):
        return True
    header = next(element.iterancestors("header", "hgroup"), None)
    if header is None or next(header.iter("h1"), None) is None:
        return False
    return text.endswith(SENTENCE_ENDS) and not is_boilerplate(text)


def with_standfirst(
    lines: Sequence[Line], standfirst: str | None, descriptions: Sequence[str]
) -> list[Line]:
    """Return `lines` with the standfirst at their head, marked as what it is.

    A line that repeats `standfirst` or a description becomes it; else `standfirst` is added.
    """
    wanted = [folded_words(text) for text in (standfirst, *descriptions) if text]
    marked = list(lines)
    for index, (_, line) in enumerate(marked[:3] if len(marked) > 3 else ()):
        if any(says_the_same(folded_words(line), words) for words in wanted):
            marked[index] = ("standfirst", line)
            return marked
    if marked and _is_sentence(*marked[0]):
        marked[0] = ("standfirst", marked[0][1])
    elif standfirst and marked and not _is_told(standfirst, marked):
        marked.insert(0, ("standfirst", standfirst))
    return marked


def _is_sentence(role: Role, line: str) -> bool:
    return role == "heading" and line.endswith(".") and len(line.split()) >= _MIN_WORDS


def says_the_same(words: Sequence[str], description: Sequence[str]) -> bool:
    """Return whether a description says a whole text, or was cut off late in it."""
    for skipped in range(_PLACE_WORDS + 1):
        rest = words[skipped:]
        shorter = min(len(rest), len(description))
        if shorter >= max(6, 0.6 * len(rest)) and rest[:shorter] == description[:shorter]:
            return True
    return False


def _candidates(tree: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    for element in _AFTER_HEADLINE(tree):
        if _BLOCK_INSIDE(element):
            continue
        text = text_of(element)
        if _MIN_WORDS <= len(text.split()) <= _MAX_WORDS:
            yield element, text


def _is_told(standfirst: str, lines: Sequence[Line]) -> bool:
    """Return whether the lines say it anyhow, so that nothing would be said twice."""
    words = " ".join(folded_words(standfirst))
    return any(words in " ".join(folded_words(line)) for _, line in lines)
