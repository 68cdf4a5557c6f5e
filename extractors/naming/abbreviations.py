"""Abbreviations an article explains: "Office of Rail Safety (ORS)"."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.naming.names import is_acronym

if TYPE_CHECKING:
    from extractors.naming.spans import Words

_ABBREVIATION = re.compile(r"(?:[A-Z]\.?){2,8}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A name and the abbreviation in brackets behind it."""

    first: int  #: first word of the name
    end: int  #: the bracket's word
    short: str  #: the abbreviation, which is word `end + 1`

    def long(self, words: "Words") -> str:
        """Return the name that is abbreviated."""
        return " ".join(words.phrase(self.first, self.end).split())


def definitions_in(words: "Words") -> tuple[Definition, ...]:
    """Return the abbreviations that the article explains, in order."""
    texts = words.texts
    brackets = [index for index, text in enumerate(texts[:-2]) if text == "(" and index > 0]
    found = (
        _definition(words, index)
        for index in brackets
        if texts[index + 2] == ")" and _ABBREVIATION.match(texts[index + 1])
    )
    return tuple(definition for definition in found if definition)


def _definition(words: "Words", bracket: int) -> Definition | None:
    short = words.texts[bracket + 1]
    furthest = max(bracket - 2 * len(short) - 2, 0)
    for first in range(bracket - 2, furthest - 1, -1):
        word = words.texts[first]
        if not words.is_one_line(first, bracket + 2):
            return None
        if word[0] == short[0] and is_acronym(short, words.phrase(first, bracket)):
            return Definition(first=first, end=bracket, short=short)
    return None
