"""Companies, known by the legal form that ends their names: "Okafor Brothers Ltd"."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from extractors.naming.gazetteer import place_called
from extractors.naming.spans import Span, Words
from extractors.wordlists import words_in

_MOST_WORDS = 5  #: before the legal form


def with_companies(words: Words, spans: Iterable[Span]) -> list[Span]:
    """Return `spans`, in order, and the names that end in a legal form, in place of their parts."""
    spans = list(spans)
    by_end = {span.end: span for span in spans if span.label != "PERSON"}
    found = [_longer(by_end.get(span.end, span), span) for span in _companies(words)]
    if not found:
        return spans
    taken = {index for span in found for index in range(span.first, span.end)}
    repeated = (_behind_company(words, span, taken) for span in spans)
    kept = [span for span in repeated if taken.isdisjoint(range(span.first, span.end))]
    return sorted([*found, *kept], key=lambda span: span.first)


def _behind_company(words: Words, span: Span, taken: set[int]) -> Span:
    """Return the part of `span` that begins a sentence with a company's name, where it ended one.

    The parse takes "joined Okafor Lines GmbH. Okafor Lines said" for one sentence.
    """
    for at in range(span.first + 1, span.end):
        is_after_point = at - 1 in taken and words.texts[at - 1].endswith(".")
        if is_after_point and words.texts[at] == words.texts[span.first]:
            return replace(span, first=at)
    return span


def _longer(given: Span, found: Span) -> Span:
    """Return `found`, from the first word of `given`, with which it ends, if that is earlier."""
    return replace(found, first=min(given.first, found.first))


def _companies(words: Words) -> Iterator[Span]:
    """Yield the capitalised words before each legal form, with it."""
    texts, least = words.texts, 0
    forms = {text for text in words.forms if text[0].isupper() and _is_legal_form(text)}
    for last, text in enumerate(texts if forms else ()):
        if text not in forms:
            continue
        first = last
        while first > max(least, last - _MOST_WORDS) and _is_of_company(texts[first - 1]):
            first -= 1
        if first < last and words.is_one_line(first, last + 1):
            yield Span(first=first, end=last + 1, label="ORG")
        least = last + 1


def _is_legal_form(text: str) -> bool:
    return text.casefold().rstrip(".") in words_in("corporate_suffixes")


def _is_of_company(text: str) -> bool:
    return text == "&" or (text[0].isupper() and text.casefold() not in {"the", "a"})


def parts_typed_as_bodies(words: Words, spans: Iterable[Span]) -> list[Span]:
    """Return `spans`, an unknown word typed ORG where it is part of a company's name.

    "Okafor" of "Okafor Brothers Ltd", if nobody is called so.
    """
    spans = list(spans)
    parts = {
        text
        for span in spans
        if span.label == "ORG" and _is_legal_form(words.texts[span.end - 1])
        for text in words.texts[span.first : span.end - 1]
    }
    parts -= words.surnames
    return [
        replace(span, label="ORG")
        if span.end - span.first == 1
        and span.label in {"PERSON", "PLACE", "PRODUCT"}
        and words.texts[span.first] in parts
        and place_called(words.texts[span.first]) is None
        else span
        for span in spans
    ]
