"""Words in quotation marks that nobody says, by where they stand: sub-headings and nicknames."""

import re

from extractors.records import Article
from extractors.speech.marks import Marked

_LONGEST_HEADING = 6  #: words
_SMALL_WORD = 4  #: letters of a word that a heading may leave without a capital
_NICKNAME = re.compile(r"[A-Z][a-z]{2,11}")
_GIVEN_NAME = re.compile(r"(?:^|[^\w.])(?:[A-Z][a-z]+|[A-Z]\.) \Z")
_SURNAME = re.compile(r" [A-Z][\w'’-]+")
_LONGEST_GIVEN_NAME = 20


def is_heading(marked: Marked, article: Article) -> bool:
    """Answer whether `marked` is a sub-heading: 'Roads Remain Closed.' as a paragraph."""
    text, index = article.text, marked.paragraph
    paragraph = article.paragraphs[index]
    if marked.continued or not marked.closed or marked.outer_start == marked.start:
        return False
    if (marked.outer_start, marked.outer_end) != (paragraph.start, paragraph.end):
        return False
    if index and text[article.paragraphs[index - 1].end - 1] == ":":
        return False
    words = text[marked.start : marked.end].split()
    return (
        1 < len(words) <= _LONGEST_HEADING
        and all(
            not word[0].islower() or (place and len(word) < _SMALL_WORD)
            for place, word in enumerate(words)
        )
        and sum(word[0].isupper() for word in words) > 1
    )


def is_nickname(marked: Marked, text: str) -> bool:
    """Answer whether `marked` stands within a name: Tom “Bobby” Reed."""
    if not _NICKNAME.fullmatch(text, marked.start, marked.end):
        return False
    before = text[max(marked.outer_start - _LONGEST_GIVEN_NAME, 0) : marked.outer_start]
    return bool(_GIVEN_NAME.search(before) and _SURNAME.match(text, marked.outer_end))
