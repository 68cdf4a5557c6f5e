"""Headlines within the text: lines in capitals, where the model sees names everywhere."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from extractors.identity import Label
from extractors.naming.gazetteer import organisation_called, place_called
from extractors.naming.names import GENERATIONS
from extractors.naming.spans import WITHOUT_ENTITY, Span, Words

_FEWEST_WORDS = 4  #: of a line that is one
_LONGEST_NAME = 6  #: words
_SHARE = 3  #: lines in capitals are fewer than one in so many, else the article is written so


def with_headlines(words: Words, spans: Iterable[Span]) -> list[Span]:
    """Return `spans`, in order, those in a line in capitals only on names known otherwise.

    Known are the names and surnames of the other lines, countries, and bodies of the lists.
    """
    spans = list(spans)
    lines = words.paragraphs
    capital = [line for line in lines if _is_headline(words.texts[line[0] : line[1]])]
    if not capital or len(capital) * _SHARE > len(lines):
        return spans
    inside = {index for first, end in capital for index in range(first, end)}
    kept = [span for span in spans if span.first not in inside or span.label in WITHOUT_ENTITY]
    known = _known(words, (span for span in kept if span.first not in inside))
    taken = {index for span in kept for index in range(span.first, span.end)}
    found = [span for line in capital for span in _names_in(words, line, known, taken)]
    return sorted([*kept, *found], key=lambda span: span.first)


def _is_headline(texts: Sequence[str]) -> bool:
    if any(map(str.islower, texts)):
        return False
    letters = [text for text in texts if any(map(str.isalpha, text))]
    return len(letters) >= _FEWEST_WORDS and all(map(str.isupper, letters))


def _known(words: Words, spans: Iterable[Span]) -> Mapping[tuple[str, ...], Label]:
    """Return the names of `spans`, and the surnames among them, in capitals."""
    known: dict[tuple[str, ...], Label] = {}
    for span in spans:
        name = tuple(text.upper() for text in words.texts[span.first : span.end])
        if span.label in {"PERSON", "ORG", "PLACE"}:
            known.setdefault(name, span.label)
        if span.label == "PERSON" and name[-1].casefold().rstrip(".") not in GENERATIONS:
            known.setdefault(name[-1:], "PERSON")
    return known


def _names_in(
    words: Words, line: tuple[int, int], known: Mapping[tuple[str, ...], Label], taken: set[int]
) -> Iterator[Span]:
    index, end = line
    while index < end:
        stops = range(min(index + _LONGEST_NAME, end), index, -1)
        label, stop = next(
            ((label, stop) for stop in stops if (label := _label(words, index, stop, known))),
            (None, index + 1),
        )
        if label and taken.isdisjoint(range(index, stop)):
            yield Span(first=index, end=stop, label=label)
        index = stop


def _label(
    words: Words, first: int, end: int, known: Mapping[tuple[str, ...], Label]
) -> Label | None:
    name = words.phrase(first, end)
    if label := known.get(words.texts[first:end]):
        return label
    if organisation_called(name):
        return "ORG"
    place = place_called(name) if len(name) > 2 or "." in name else None
    return "PLACE" if place and not place.is_city else None
