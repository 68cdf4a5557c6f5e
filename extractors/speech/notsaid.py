"""Words in marks that nobody says: sub-headings, nicknames, and what something is called."""

import re

from extractors.records import Article
from extractors.speech.marks import Marked
from extractors.wordlists import words_in

_LONGEST_HEADING = 6  #: words
_SMALL_WORD_OF_HEADING = 4  #: letters of a word that a heading may leave without a capital
_NICKNAME = re.compile(r"[A-Z][a-z]{2,11}")
_GIVEN_NAME = re.compile(r"(?:^|[^\w.])(?:[A-Z][a-z]+|[A-Z]\.) \Z")
_SURNAME = re.compile(r" [A-Z][\w'’-]+")
_LONGEST_GIVEN_NAME = 20  #: characters
#: "so-called", "the word", and what no speaker stands behind.
_NAMES_ANYTHING = re.compile(
    r"(?:\bso-called|\bentitled|\btitled|[”’\"'] means|\bthe (?:word|term))\s\Z", re.I
)
_NAMES_A_TITLE = re.compile(r"\b(?:called|dubbed|named|nicknamed|known as),?\s\Z", re.I)
_WORD_BEFORE = re.compile(r"([A-Za-z]+),?\s\Z")
_LONGEST_LEAD = 24  #: characters before the opening mark
_SMALL_WORD_OF_TITLE = 5  #: letters; shorter ones may stand in a title without a capital
_LONGEST_TITLE = 14  #: words of a title


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
            not word[0].islower() or (place and len(word) < _SMALL_WORD_OF_HEADING)
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


def is_name(marked: Marked, text: str) -> bool:
    """Answer whether the words before the opening mark make a name of `marked`.

    A title is told by its capitals too: "called “the worst idea”" is what somebody said.
    """
    if marked.continued or marked.start == marked.outer_start:
        return False
    before = text[max(0, marked.outer_start - _LONGEST_LEAD) : marked.outer_start]
    if _NAMES_ANYTHING.search(before):
        return True
    work = _WORD_BEFORE.search(before)
    is_led_in = _NAMES_A_TITLE.search(before) or (
        work is not None and work[1].lower() in words_in("works")
    )
    return bool(is_led_in) and _is_title(text[marked.start : marked.end])


def _is_title(words: str) -> bool:
    listed = [word for word in words.split() if word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in listed)
    return (
        len(listed) <= _LONGEST_TITLE
        and 2 * capitals >= len(listed) > 0
        and all(word[0].isupper() or len(word) < _SMALL_WORD_OF_TITLE for word in listed)
    )
