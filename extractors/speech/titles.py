"""Words in marks that are what something is called: "so-called “dividend”", "her novel “Rain”"."""

import re

from extractors.speech.marks import Marked
from extractors.wordlists import words_in

#: "so-called", "the word", and what no speaker stands behind.
_NAMES_ANYTHING = re.compile(
    r"(?:\bso-called|\bentitled|\btitled|[”’\"'] means|\bthe (?:word|term))\s\Z", re.I
)
_NAMES_A_TITLE = re.compile(r"\b(?:called|dubbed|named|nicknamed|known as),?\s\Z", re.I)
_WORD_BEFORE = re.compile(r"([A-Za-z]+),?\s\Z")
_REACH = 24  #: characters before the opening mark
_SMALL_WORD = 5  #: letters; shorter ones may stand in a title without a capital
_LONGEST = 14  #: words of a title


def is_name(marked: Marked, text: str) -> bool:
    """Answer whether the words before the opening mark make a name of `marked`.

    A title is told by its capitals too: "called “the worst idea”" is what somebody said.
    """
    if marked.continued or marked.start == marked.outer_start:
        return False
    before = text[max(0, marked.outer_start - _REACH) : marked.outer_start]
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
        len(listed) <= _LONGEST
        and 2 * capitals >= len(listed) > 0
        and all(word[0].isupper() or len(word) < _SMALL_WORD for word in listed)
    )
