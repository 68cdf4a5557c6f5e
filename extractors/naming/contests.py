"""Reports of matches: tables of results, and cities that stand for their team."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from extractors.identity import Label
from extractors.naming.gazetteer import country_called, organisation_called, place_called
from extractors.naming.givennames import is_first_name
from extractors.naming.names import PARTICLES
from extractors.naming.spans import Span, Words
from extractors.naming.trimming import CALENDAR
from extractors.wordlists import word_classes

#: A preposition behind which an opponent stands, and the word before it.
_OPPOSED = frozenset({("with", "draw"), ("over", "win"), ("over", "victory"), ("to", "lose")})
_ENOUGH = 3  #: different words of sport that make an article a report of it
_YEAR = 4  #: digits
_VERSUS = frozenset({"v", "vs"})
_LONGEST_ROW = 60  #: words
_LONGEST_NAME = 4  #: words
_FEWEST_FIGURES = 2  #: in a row
#: Small words in a row: "c Okafor b Brandt 43".
_BY = frozenset({"c", "b", "st", "lbw"})
_SMALL = PARTICLES | _BY | {"of", "and", "not", "out"}


def is_contest(words: Words) -> bool:
    """Answer whether the article reports matches."""
    return len(words.lower_case & _words_of_matches()) >= _ENOUGH


@cache
def _words_of_matches() -> frozenset[str]:
    classes = word_classes("contests")
    return frozenset(word for word, kinds in classes.items() if "match" in kinds)


def with_rows(words: Words, spans: Iterable[Span]) -> list[Span]:
    """Return `spans`, in order, with the names in the rows of results.

    A row is a paragraph of names and figures only: "Harbour Rovers 14 8 4 2", "3. Ada Okafor
    (Norway) 67". A name before figures is a place if it is a country's; a person's if it begins
    with a first name or an initial, or stands behind a rank; else a team. In other lines a first
    name begins a person before a country in brackets.
    """
    spans = list(spans)
    if not is_contest(words):
        return spans
    found = [span for first, end in _rows(words) for span in _names_in_row(words, first, end)]
    rows = {index for span in found for index in range(span.first, span.end)}
    found += [
        span for span in _before_countries(words) if rows.isdisjoint((span.first, span.end - 1))
    ]
    taken = {index for span in found for index in range(span.first, span.end)}
    kept = [span for span in spans if taken.isdisjoint(range(span.first, span.end))]
    return sorted([*found, *kept], key=lambda span: span.first)


def _before_countries(words: Words) -> Iterator[Span]:
    """Yield the persons before a country in brackets: "beat 7-Ada Okafor (Norway) 6-4"."""
    texts, least = words.texts, 0
    for bracket in range(2, len(texts) - 2):
        if texts[bracket] != "(" or texts[bracket + 2] != ")":
            continue
        first = bracket
        while first > max(least, bracket - _LONGEST_NAME) and _is_of_name(texts[first - 1]):
            first -= 1
        least = bracket
        is_full = bracket - first > 1 and is_first_name(texts[first])
        if is_full and country_called(texts[bracket + 1]) and words.is_one_line(first, bracket):
            yield Span(first=first, end=bracket, label="PERSON")


def _rows(words: Words) -> Iterator[tuple[int, int]]:
    """Yield first word and end of each line of names and figures."""
    for first, end in words.paragraphs:
        if end - first <= _LONGEST_ROW and _is_row(words.texts[first:end]):
            yield first, end


def _is_row(texts: Sequence[str]) -> bool:
    figures = sum(text[0].isdigit() for text in texts) + any(text in _BY for text in texts)
    return figures >= _FEWEST_FIGURES and not any(
        text[0].islower() and text not in _SMALL for text in texts
    )


def _names_in_row(words: Words, first: int, end: int) -> Iterator[Span]:
    index = first
    while index < end:
        stop = index
        while stop < end and _is_of_name(words.texts[stop], behind=words.texts[index:stop]):
            stop += 1
        is_name = stop <= index + _LONGEST_NAME and not _is_of_match(words.texts[index:stop])
        if index < stop and is_name and _is_before_figures(words, stop, end):
            yield Span(first=index, end=stop, label=_label_in_row(words, first, index, stop))
        index = max(stop, index + 1)


def _is_of_match(texts: Sequence[str]) -> bool:
    """Answer whether `texts` speak of the match: "Halftime", "Attendance"."""
    return any(text.casefold() in _words_of_matches() for text in texts)


def _is_of_name(text: str, behind: Sequence[str] = ("",)) -> bool:
    """Answer whether `text` may be a word of a name, `behind` those that begin it."""
    if text.casefold() in CALENDAR:
        return text == "Wednesday" and bool(behind)  # a team's name ends so
    return (text[0].isupper() and len(text) > 1) or (text in PARTICLES and bool(behind))


def _is_before_figures(words: Words, stop: int, end: int) -> bool:
    """Answer whether a figure, which is no year, or a bracket stands at word `stop`."""
    if stop == end:
        return False
    behind = words.texts[stop]
    is_figure = behind[0].isdigit() and len(behind) < _YEAR
    return is_figure or behind in {"(", *_BY}


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
    scored = "".join(words.texts[stop : stop + 2])  # "(55": the minute of a goal
    is_by |= scored.startswith("(") and scored[1:].isdigit()
    return "PERSON" if is_person or is_by else "ORG"


def with_teams(words: Words, spans: Iterable[Span]) -> list[Span]:
    """Return `spans`, cities that win, lose or have a coach typed ORG in a report of matches.

    So are all other mentions of such a city but those behind "in".
    """
    spans = list(spans)
    if not is_contest(words):
        return spans
    teams = {
        words.phrase(span.first, span.end).casefold()
        for span in spans
        if _is_city(words, span) and (span.label == "ORG" or _is_team(words, span))
    }
    return [
        replace(span, label="ORG")
        if span.label in {"PLACE", "PRODUCT"}
        and words.phrase(span.first, span.end).casefold() in teams
        and not _is_where(words, span)
        else span
        for span in spans
    ]


def _is_where(words: Words, span: Span) -> bool:
    """Answer whether `span` says where something is: behind "in", or in a dateline."""
    before = words.texts[span.first - 1] if span.first else ""
    if before.casefold() in {"in", "near", "outside"}:
        return True
    paragraphs = words.parse.paragraphs
    is_begun = span.first == 0 or paragraphs[span.first - 1] != paragraphs[span.first]
    is_row = _is_before_figures(words, span.end, len(words.texts))
    return is_begun and words.texts[span.first].isupper() and not is_row


def _is_city(words: Words, span: Span) -> bool:
    """Answer whether `span` may be a city or a state, and not a country."""
    if span.label not in {"ORG", "PLACE", "PRODUCT"} or country_called(words.name(span)):
        return False
    place = place_called(words.name(span))
    return place is None or place.is_city or place.country == "US"


def _is_team(words: Words, span: Span) -> bool:
    kinds, parse, last = word_classes("contests"), words.parse, span.end - 1
    follows = words.texts[span.end] if span.end < len(words.texts) else ""
    before = words.texts[span.first - 1] if span.first else ""
    if "teamwork" in kinds.get(follows, ()) or {follows, before} & _VERSUS:
        return True
    head, relation = parse.heads[last], parse.relations[last]
    if relation == "pobj":
        pair = (parse.lemmas[head], parse.lemmas[parse.heads[head]])
        is_by = pair[0] == "by" and "beat" in kinds.get(pair[1], ())
        return is_by or pair[0] == "against" or pair in _OPPOSED
    wanted = {"nsubj": "play", "nsubjpass": "beat", "dobj": "beat"}.get(relation, "")
    return wanted in kinds.get(parse.lemmas[head], ())
