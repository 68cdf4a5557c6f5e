"""Where the name of a person begins and ends."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractors.naming.gazetteer import organisation_called, place_called
from extractors.naming.givennames import goes_by, is_first_name
from extractors.naming.spans import Span, Words, is_post_nominal
from extractors.wordlists import words_in

_OPENING = frozenset("\"“‘'(")
_CLOSING = frozenset("\"”’')")
_IRISH = re.compile(r"[OD][’'‘ʼ][A-Z]\w")
_POSSESSIVES = frozenset({"'s", "’s"})
_OWNING = frozenset((sign,) for sign in _POSSESSIVES)
#: What stands between names, or around a remark, and never in a name.
_SIGNS = frozenset({"—", "–", "-", "|", ":", "/", ";", "“", "”", '"', "(", ")", "["})
#: Behind a person, not in the name: "Ada Okafor of the council".
_TAILS = frozenset({"of", "and", ","})
#: How words end that say what somebody does.
_ENDINGS = ("ist", "ian", "aire", "yer", "tor", "winner", "keeper", "writer", "maker", "owner")


def with_nicknamed(words: Words, spans: Iterable[Span]) -> list[Span]:
    """Return `spans`, in order, and each name with a nickname in marks as one."""
    nicknamed = list(_nicknamed(words))
    inside = {index for span in nicknamed for index in range(span.first, span.end)}
    kept = [span for span in spans if inside.isdisjoint(range(span.first, span.end))]
    return sorted([*nicknamed, *kept], key=lambda span: span.first)


def with_irish_surnames(words: Words, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield `spans`, those on "Ada" of "Ada O’Hara-Lind" as the whole name."""
    end = 0
    for span in spans:
        if span.first >= end:
            whole = _with_irish_surname(words, span)
            end = whole.end
            yield whole


def with_surnames_behind(words: Words, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield `spans`, a person and the unknown word behind it as one: "P.V. Okafor" and "Lind"."""
    person: Span | None = None
    for span in spans:
        if person and _is_surname_behind(words, person, span):
            yield replace(person, end=span.end)
            person = None
            continue
        if person:
            yield person
        person = span if span.label == "PERSON" else None
        if person is None:
            yield span
    if person:
        yield person


def _is_surname_behind(words: Words, person: Span, span: Span) -> bool:
    word = words.texts[span.first]
    return (
        person.end == span.first
        and span.end - span.first == 1
        and span.label in {"PERSON", "ORG", "PLACE", "PRODUCT"}
        and word.istitle()
        and words.is_one_line(person.first, span.end)
        and word.casefold() not in words_in("org_words")
        and organisation_called(word) is None
        and place_called(word) is None
    )


def without_verbs(words: Words, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield `spans`, those on a person and what he does as the person: "Ada Okafor Backs Ferry"."""
    return (_without_verb(words, span) for span in spans)


def cut_to_names(words: Words, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield `spans`, those on persons without what a name never holds.

    That is a dash, a colon, "CNN's", "and", and the trade before a first name: "Librarian Ada
    Okafor".
    """
    for span in spans:
        is_person = span.label == "PERSON"
        yield _with_letters(words, _cut(words, span)) if is_person else span


def _nicknamed(words: Words) -> Iterator[Span]:
    """Yield the names with a nickname in marks: "Robert “Bobby” Okafor"."""
    texts = words.texts
    for mark in range(1, len(texts) - 3):
        if texts[mark] not in _OPENING or texts[mark + 2] not in _CLOSING:
            continue
        first, end = mark - 1, mark + 4
        is_name = (
            is_first_name(texts[first]) and words.is_proper(first) and words.is_proper(end - 1)
        )
        if is_name and texts[mark + 1].istitle() and words.is_one_line(first, end):
            yield Span(first=first, end=end, label="PERSON")


def _with_irish_surname(words: Words, span: Span) -> Span:
    """Return "Ada O’Hara-Lind", typed PERSON, for "Ada" or "Ada O’Hara" in front of the rest."""
    texts, end = words.texts, span.end
    if end < len(texts) and _IRISH.match(texts[end]) and span.end - span.first == 1:
        end += 1
    elif not _IRISH.match(texts[_first_of_surname(words, span)]):
        return span
    while texts[end : end + 1] == ("-",) and _is_hyphen(words, end) and texts[end + 1].istitle():
        end += 2
    is_whole = is_first_name(texts[span.first]) and words.is_one_line(span.first, end)
    return Span(first=span.first, end=end, label="PERSON") if is_whole else span


def _first_of_surname(words: Words, span: Span) -> int:
    """Return where the parts of the last name begin that hyphens join."""
    first = span.end - 1
    while first - 1 > span.first and _is_hyphen(words, first - 1):
        first -= 2
    return first


def _without_verb(words: Words, span: Span) -> Span:
    """Return "Ada Okafor" for "Ada Okafor Backs Ferry", and for "Will Ada Okafor" of a headline."""
    if span.label not in {"PERSON", "ORG", "PLACE", "PRODUCT"}:
        return span
    parse, first = words.parse, span.first
    if parse.tags[first] == "MD" and span.end - first > 1:
        return replace(span, first=first + 1)
    for at in range(first + 1, span.end):
        is_verb = parse.tags[at] in {"VBZ", "VBD", "VBP"}
        if is_verb and (parse.heads[at - 1], parse.relations[at - 1]) == (at, "nsubj"):
            is_full = at - first > 1 and is_first_name(words.texts[first])
            if is_full or words.texts[at - 1] in words.surnames:
                return Span(first=first, end=at, label="PERSON")
    return span


def _cut(words: Words, span: Span) -> Span:
    """Return the person `span` without what is no part of the name."""
    if organisation_called(words.name(span)) or goes_by(words.name(span)):
        return span
    span = _between_signs(words, span)
    while span.end - span.first > 1 and not any(map(str.isalpha, words.texts[span.first])):
        span = replace(span, first=span.first + 1)  # "10:04 OKAFOR:"
    while span.end - span.first > 1 and _is_before_name(words.texts[span.first : span.end]):
        span = replace(span, first=span.first + 1)
    return span


def _with_letters(words: Words, span: Span) -> Span:
    """Return `span` with the letters behind the name, which the parse takes for its last word."""
    end = span.end
    while end < len(words.texts) and is_post_nominal(words.texts[end]):
        end += 1
    return replace(span, end=end) if words.is_one_line(span.first, end) else span


def _between_signs(words: Words, span: Span) -> Span:
    """Return the part of `span` between signs that is a name, one behind "CNN's" rather."""
    parts = [part for part in _parts(words, span) if part.first < part.end]
    full = [part for part in parts if _is_full(words, part)]
    full.sort(key=lambda part: words.texts[part.end : part.end + 1] in _OWNING)
    return next(iter(full or parts), span)


def _is_full(words: Words, span: Span) -> bool:
    return span.end - span.first > 1 and all(
        text[0].isalpha() and "/" not in text for text in words.texts[span.first : span.end]
    )


def _parts(words: Words, span: Span) -> Iterator[Span]:
    texts, first = words.texts, span.first
    for index in range(span.first, span.end):
        text = texts[index]
        if text in _POSSESSIVES or (text in _SIGNS and not _is_hyphen(words, index)):
            yield replace(span, first=first, end=index)
            first = index + 1
        elif text in _TAILS and index > first and _ends_name(texts, index, first, span.end):
            yield replace(span, first=first, end=index)
            return
    yield replace(span, first=first)


def _is_hyphen(words: Words, index: int) -> bool:
    """Answer whether the sign at `index` joins the parts of a name: "Voss-Tarrant"."""
    starts, ends = words.parse.starts, words.parse.ends
    return (
        words.texts[index] == "-"
        and 0 < index < len(starts) - 1
        and (ends[index - 1], ends[index]) == (starts[index], starts[index + 1])
    )


def _ends_name(texts: Sequence[str], index: int, first: int, end: int) -> bool:
    """Answer whether the name before "of", "and" or a comma is whole."""
    if texts[index] == "of":
        return index - first > 1 or texts[min(index + 1, end - 1)] == "the"
    return texts[min(index + 1, end - 1)].rstrip(".") not in {"Jr", "Sr", "II", "III", "IV"}


def _is_before_name(texts: Sequence[str]) -> bool:
    """Answer whether the first of `texts` is what the person does or is to somebody."""
    word, following, *others = texts
    if word.casefold() in words_in("trades"):
        return bool(others) or is_first_name(following)
    return (
        bool(others)
        and is_first_name(following)
        and not is_first_name(word)
        and (word.casefold().endswith(_ENDINGS) or word.casefold() in words_in("titles"))
    )
