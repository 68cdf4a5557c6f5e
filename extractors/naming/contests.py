"""Reports of matches: tables of results, and cities that stand for their team."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractors.naming.gazetteer import country_called, organisation_called, place_called
from extractors.naming.names import PARTICLES, is_first_name
from extractors.naming.spans import Span, Words
from extractors.naming.trimming import CALENDAR
from extractors.records import Label
from extractors.wordlists import word_classes

_ENOUGH = 4  #: different words of sport that make an article a report of it
_LONGEST_ROW = 60  #: words
_LONGEST_NAME = 4  #: words
_FEWEST_FIGURES = 2  #: in a row
#: Small words in a row: "c Okafor b Brandt 43".
_BY = frozenset({"c", "b", "st", "lbw"})
_SMALL = PARTICLES | _BY | {"of", "and", "not", "out"}


def is_contest(words: Words) -> bool:
    """Answer whether the article reports matches."""
    kinds = word_classes("contests")
    return sum(word in kinds for word in {text.casefold() for text in words.texts}) >= _ENOUGH


def with_rows(words: Words, spans: Iterable[Span]) -> list[Span]:
    """Return `spans`, in order, with the names in the rows of results, each before its figures.

    A row is a paragraph of names and figures only: "Harbour Rovers 14 8 4 2", "3. Ada Okafor
    (Norway) 67". One of a country is a place; one that begins with a first name or an initial, or
    stands behind a rank, a person; another a team.
    """
    spans = list(spans)
    if not is_contest(words):
        return spans
    found = [span for first, end in _rows(words) for span in _names_in_row(words, first, end)]
    taken = {index for span in found for index in range(span.first, span.end)}
    kept = [span for span in spans if taken.isdisjoint(range(span.first, span.end))]
    return sorted([*found, *kept], key=lambda span: span.first)


def _rows(words: Words) -> Iterator[tuple[int, int]]:
    """Yield first word and end of each line of names and figures."""
    paragraphs, first = words.parse.paragraphs, 0
    for index in range(1, len(paragraphs) + 1):
        if index < len(paragraphs) and paragraphs[index] == paragraphs[first]:
            continue
        if index - first <= _LONGEST_ROW and _is_row(words.texts[first:index]):
            yield first, index
        first = index


def _is_row(texts: Sequence[str]) -> bool:
    figures = sum(text[0].isdigit() for text in texts)
    return figures >= _FEWEST_FIGURES and not any(
        text[0].islower() and text not in _SMALL for text in texts
    )


def _names_in_row(words: Words, first: int, end: int) -> Iterator[Span]:
    index = first
    while index < end:
        stop = index
        while stop < end and _is_of_name(words.texts[stop], is_first=stop == index):
            stop += 1
        is_name = stop <= index + _LONGEST_NAME and not _is_of_match(words.texts[index:stop])
        if index < stop and is_name and _is_before_figures(words, stop, end):
            yield Span(first=index, end=stop, label=_label_in_row(words, first, index, stop))
        index = max(stop, index + 1)


def _is_of_match(texts: Sequence[str]) -> bool:
    """Answer whether `texts` speak of the match: "Halftime", "Attendance"."""
    return any("match" in word_classes("contests").get(text.casefold(), ()) for text in texts)


def _is_of_name(text: str, *, is_first: bool) -> bool:
    if text.casefold() in CALENDAR:
        return text == "Wednesday" and not is_first  # the team's name ends so
    return (text[0].isupper() and len(text) > 1) or (text in PARTICLES and not is_first)


def _is_before_figures(words: Words, stop: int, end: int) -> bool:
    behind = words.texts[stop : stop + 1]
    return stop < end and (behind[0][0].isdigit() or behind[0] in {"(", *_BY})


def _label_in_row(words: Words, row: int, first: int, stop: int) -> Label:
    name = words.phrase(first, stop)
    if country_called(name if len(name) < 4 or not name.isupper() else name.title()):
        return "PLACE"
    given = words.texts[first]
    before = words.texts[first - 1] if first > row else ""
    is_ranked = first - row in {1, 2} and words.texts[row][0].isdigit()
    is_full = stop - first > 1 and organisation_called(name) is None
    is_person = is_full and (is_ranked or is_first_name(given) or given.endswith("."))
    is_by = before in _BY or words.texts[stop] in _BY
    return "PERSON" if is_person or is_by else "ORG"


def with_teams(words: Words, spans: Iterable[Span]) -> list[Span]:
    """Return `spans`, cities that win, lose or have a coach typed ORG in a report of matches."""
    spans = list(spans)
    if not is_contest(words):
        return spans
    return [
        replace(span, label="ORG")
        if span.label in {"PLACE", "PRODUCT"} and _is_team(words, span)
        else span
        for span in spans
    ]


def _is_team(words: Words, span: Span) -> bool:
    place = place_called(words.name(span))
    if place is not None and not (place.is_city or place.country == "US"):
        return False
    if country_called(words.name(span)):
        return False
    kinds, parse, last = word_classes("contests"), words.parse, span.end - 1
    follows = words.texts[span.end : span.end + 1]
    if follows and "teamwork" in kinds.get(follows[0], ()):
        return True
    head, relation = parse.heads[last], parse.relations[last]
    if relation == "pobj":
        return parse.lemmas[head] == "against" or (
            parse.lemmas[head] == "with" and parse.lemmas[parse.heads[head]] == "draw"
        )
    wanted = {"nsubj": "play", "dobj": "beat"}.get(relation, "")
    return wanted in kinds.get(parse.lemmas[head], ())
