"""Speakers that a transcript names in capitals before a colon: "ADA OKAFOR, HOST:"."""

from collections.abc import Iterable, Iterator, Sequence

from extractors.naming.spans import Span, Words
from extractors.naming.trimming import trimmed
from extractors.wordlists import words_in

_MOST_WORDS = 4  #: of a name in a label
_COLONS = frozenset({":", "):"})
_LONGEST_TIME = 4  #: words before the name that are no words
_LONGEST = 10  #: words of a label with what is said of the speaker


def with_speaker_labels(words: Words, spans: Iterable[Span]) -> list[Span]:
    """Return `spans`, in order, with the names in the labels of a transcript typed PERSON.

    A label is in capitals and begins a paragraph. Of two words or more it names a person if it
    begins with a first name or its last word is a label elsewhere, "OKAFOR:"; that one does then
    as well.
    """
    colons = dict(_labels(words))
    labels = list(colons)
    full = [span for span in labels if span.end - span.first > 1]
    lone = {words.texts[span.first] for span in labels if span.end - span.first == 1}
    names = [span for span in full if _is_name(words, span, lone)]
    surnames = {words.texts[span.end - 1] for span in names}
    names += [
        span
        for span in labels
        if span.end - span.first == 1 and words.texts[span.first] in surnames
    ]
    if not names:
        return list(spans)
    taken = {index for span in names for index in range(span.first, colons[span])}
    kept = [span for span in spans if taken.isdisjoint(range(span.first, span.end))]
    return sorted([*names, *kept], key=lambda span: span.first)


def _is_name(words: Words, span: Span, lone: set[str]) -> bool:
    first = words.texts[span.first].casefold()
    return (
        first in words_in("first_names_male")
        or first in words_in("first_names_female")
        or words.texts[span.end - 1] in lone
    )


def _labels(words: Words) -> Iterator[tuple[Span, int]]:
    """Yield the name in each label, without titles, and where the label's colon stands."""
    texts = words.texts
    for begin, limit in words.paragraphs:
        first = _after_time(texts, begin)
        if first >= limit or not texts[first].isupper():
            continue
        end = first + 1
        while end < len(texts) and end - first < _MOST_WORDS and _is_capital(texts[end]):
            end += 1
        if (colon := _colon(texts, end, first + _LONGEST)) is not None:
            yield trimmed(words, Span(first=first, end=end, label="PERSON")), colon


def _after_time(texts: Sequence[str], begin: int) -> int:
    """Return where the name begins behind "10:04" or "[10:04]"."""
    first = begin
    while first < min(begin + _LONGEST_TIME, len(texts)) and not _has_letter(texts[first]):
        first += 1
    return first


def _has_letter(text: str) -> bool:
    return any(map(str.isalpha, text))


def _is_capital(text: str) -> bool:
    return text.isupper() or text == "-"


def _colon(texts: Sequence[str], end: int, limit: int) -> int | None:
    """Return the colon at word `end`, or after a comma and more capitals, or after brackets."""
    colon = next((at for at in range(end, min(limit, len(texts))) if texts[at] in _COLONS), None)
    if colon is None:
        return None
    rest = texts[end:colon]
    in_brackets = rest[:1] == ("(",) and ")" in (texts[colon][0], rest[-1])
    is_capital = rest[:1] == (",",) and not any(map(_has_small, rest))
    return colon if not rest or in_brackets or is_capital else None


def _has_small(text: str) -> bool:
    return any(map(str.islower, text))
