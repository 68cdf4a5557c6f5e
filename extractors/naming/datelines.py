"""Places that the model takes for persons or bodies: datelines, and one word after "in"."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from extractors.naming.gazetteer import organisation_called
from extractors.naming.spans import Span, Words

#: What follows the place in a dateline: ", Wis. (Interlake Press) —", ", Norway 2024-05-03".
_REST = re.compile(
    r"(?: ?, [\w. ]{2,20}?)?(?: ?, [A-Z][\w.]{2,8} \d\d?)?[ ]?(?:\([^()\n]{2,30}\))?[ ]?"
    r"(?:(?:—|–|--?) (?=[^\n]*[a-z])|\d{4}-\d\d-\d\d)"
)
_SHORTEST = 3  #: characters of the place
_MOST_WORDS = 3  #: of the place
_LAST_PARAGRAPH = 4  #: of those in which an article may begin
#: What else begins a paragraph in capitals before a dash.
_NOTICES = frozenset(
    [
        *("EXCLUSIVE", "LIVE", "UPDATE", "UPDATED", "BREAKING", "WATCH", "VIDEO", "OPINION"),
        *("ANALYSIS", "EDITORIAL", "NOTE", "CORRECTION", "REVIEW", "REPORT", "POLL"),
    ]
)
_WHERE = frozenset({"in", "near", "outside"})


def with_datelines(words: Words, spans: Iterable[Span]) -> list[Span]:
    """Return `spans`, in order, with the places of datelines.

    Such a place is in capitals at the beginning of a paragraph, before a dash: "COLBURN, Wis.
    (AP) —".
    """
    datelines = list(_datelines(words))
    taken = {index for span in datelines for index in range(span.first, span.end)}
    kept = [span for span in spans if taken.isdisjoint(range(span.first, span.end))]
    return sorted([*datelines, *kept], key=lambda span: span.first)


def places_behind_in(words: Words, spans: Iterable[Span]) -> list[Span]:
    """Return `spans`, one unknown word after "in" typed PLACE if nobody else is called so."""
    spans = list(spans)
    acting = {
        word
        for span in spans
        if not _is_behind_in(words, span)
        for word in words.texts[span.first : span.end]
    }
    return [
        replace(span, label="PLACE")
        if span.label in {"PERSON", "ORG"}
        and _is_behind_in(words, span)
        and words.texts[span.first] not in acting
        else span
        for span in spans
    ]


def _is_behind_in(words: Words, span: Span) -> bool:
    """Answer whether `span` is one unknown word after "in"."""
    name = words.texts[span.first]
    return (
        span.end - span.first == 1
        and span.first > 0
        and words.texts[span.first - 1].casefold() in _WHERE
        and name.istitle()
        and words.parse.relations[span.first] == "pobj"
        and name not in words.surnames
        and organisation_called(name) is None
    )


def _datelines(words: Words) -> Iterator[Span]:
    """Yield the places in capitals that begin one of the first paragraphs."""
    paragraphs = words.parse.paragraphs
    for first, paragraph in enumerate(paragraphs):
        if paragraph > _LAST_PARAGRAPH:
            return
        if first and paragraphs[first - 1] == paragraph:
            continue
        end = first
        while end < len(paragraphs) and end - first < _MOST_WORDS and _is_capital(words, end):
            end += 1
        if end > first and words.is_one_line(first, end):
            span = Span(first=first, end=end, label="PLACE")
            if _is_place_of_dateline(words, span):
                yield span


def _is_capital(words: Words, index: int) -> bool:
    """Answer whether word `index` is in capitals, or the hyphen in "AL-BARID"."""
    text, starts, ends = words.texts[index], words.parse.starts, words.parse.ends
    return text.isupper() or (text == "-" and index > 0 and ends[index - 1] == starts[index])


def _is_place_of_dateline(words: Words, span: Span) -> bool:
    text, name = words.article.text, words.name(span)
    if len(name) < _SHORTEST or name in _NOTICES:
        return False
    if name.title() in words.surnames:  # "OKAFOR — We shall see"
        return False
    end = words.parse.ends[span.end - 1]
    return _REST.match(text, end) is not None
