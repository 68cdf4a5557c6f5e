"""Signs that part two names or make a name a part of another word: slashes, dashes, hyphens."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from extractors.identity import Label
from extractors.naming.contests import is_contest
from extractors.naming.gazetteer import is_known, place_called
from extractors.naming.givennames import is_first_name
from extractors.naming.names import PARTICLES
from extractors.naming.spans import Span, Words

_DASHES = frozenset({"-", "–", "—", "--"})
_OPPOSING = frozenset({"v", "vs", "beat"})
_HYPHENS = frozenset({"-", "‐", "‑"})
#: Before a hyphen they begin an Arabic surname.
_ARABIC = PARTICLES | {"ul", "as", "ash", "at", "ad", "an", "ar", "az", "es", "ol"}
#: What stands behind a name and a hyphen, besides participles.
_TAILS = frozenset({"era", "esque", "friendly", "like", "run", "style", "type", "world"})
_PREFIXES = frozenset({"ex", "pro", "anti", "non", "pre", "post"})
_NAMED: frozenset[Label] = frozenset({"PERSON", "ORG", "PLACE"})


def parted(words: Words, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield `spans`, those over a slash or a free dash in parts: "Bank/The Post", "BONN - Bank".

    So are those over a comma before a place, "Okafor, Norway", and over "v" in a report of matches.
    A person's name is not parted here.
    What follows a dash is a person if it begins with a first name.
    """
    for span in spans:
        if span.label not in {"ORG", "PLACE", "PRODUCT"} or span.end - span.first < 3:
            yield span
            continue
        first = span.first
        for index in range(span.first + 1, span.end - 1):
            if index > first and _parts_names(words, index, span.end):
                yield _part(words, replace(span, first=first, end=index))
                first = index + 1
        yield _part(words, replace(span, first=first))


def _parts_names(words: Words, index: int, end: int) -> bool:
    if words.texts[index] == "/" or (words.texts[index] in _OPPOSING and is_contest(words)):
        return True
    if words.texts[index] == ",":
        return place_called(words.phrase(index + 1, end)) is not None
    is_dash = words.texts[index] in _DASHES
    return is_dash and not (_is_glued(words, index) or _is_glued(words, index + 1))


def _part(words: Words, span: Span) -> Span:
    is_full = span.end - span.first > 1 and words.texts[span.end - 1].istitle()
    is_person = span.first > 0 and words.texts[span.first - 1] in _DASHES and is_full
    is_person = is_person and is_first_name(words.texts[span.first])
    return replace(span, label="PERSON") if is_person else span


def _is_glued(words: Words, index: int) -> bool:
    """Answer whether no blank stands before word `index`."""
    return words.parse.ends[index - 1] == words.parse.starts[index]


def with_hyphenated(words: Words, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield `spans`, persons with all that hyphens join to them: "Anne-Lise Okafor-Brandt"."""
    end = 0
    for span in spans:
        if span.label == "PERSON":
            whole = _behind_hyphen(words, _before_hyphen(words, span, end))
        else:
            whole = span
        if whole.first >= end:
            end = whole.end
            yield whole


def _before_hyphen(words: Words, span: Span, end: int) -> Span:
    """Return `span` with the first half of a given name, which begins at word `end` or later."""
    first = span.first - 2
    if first < end or not _hyphen_at(words, span.first - 1):
        return span
    is_given = words.texts[first].istitle() and is_first_name(words.texts[first])
    return replace(span, first=first) if is_given and span.end - span.first > 1 else span


def _behind_hyphen(words: Words, span: Span) -> Span:
    """Return `span`, a full name, with the second half of its last word: "Tae-won"."""
    if span.end - span.first < 2 or not _hyphen_at(words, span.end):
        return span
    word = words.texts[span.end + 1]
    is_name = not is_known(word) if word.istitle() else word.isalpha() and not _is_behind_name(word)
    return replace(span, end=span.end + 2) if is_name else span


def _is_behind_name(word: str) -> bool:
    """Answer whether `word` makes a compound with a name: "led", "backed", "era"."""
    return word in _TAILS or word.endswith(("ed", "ing"))


def _hyphen_at(words: Words, index: int) -> bool:
    """Answer whether a hyphen joins what stands before and behind word `index`, in one line."""
    return (
        0 < index < len(words.texts) - 1
        and words.texts[index] in _HYPHENS
        and _is_glued(words, index)
        and _is_glued(words, index + 1)
    )


def without_compounds(words: Words, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield `spans` without names that are part of a longer word: "Oslo-based", "pro-Okafor".

    Peoples stay: "Danish-led".
    """
    for span in spans:
        is_part = _hyphen_at(words, span.end) or (
            _hyphen_at(words, span.first - 1) and not _is_label(words.texts[span.first - 2])
        )
        if span.label not in _NAMED or not (is_part or _is_compound(words, span)):
            yield span


def _is_label(text: str) -> bool:
    """Answer whether `text` before a hyphen makes no word with the name: "al", "D", a figure.

    "al-Okafor" is a surname; "2-Ada Okafor" a seed; "D-Calif." a party and a state.
    """
    return text.casefold() in _ARABIC or text.isdigit() or len(text) == 1


def _is_compound(words: Words, span: Span) -> bool:
    """Answer whether `span` is "Okafor-style" or "ex-Okafor" in whole."""
    is_person = span.label == "PERSON"  # of whom some are called "Ki-moon"
    if is_person or span.end - span.first < 3 or not _hyphen_at(words, span.end - 2):
        return False
    return words.texts[span.end - 1].islower() or words.texts[span.first].casefold() in _PREFIXES
