"""What shows that words name a person."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from extractors.naming.gazetteer import organisation_called, place_called
from extractors.naming.givennames import is_first_name
from extractors.naming.names import PARTICLES
from extractors.naming.nametypes import SAYING
from extractors.naming.spans import WITHOUT_ENTITY, Span, Words
from extractors.naming.trimming import trimmed
from extractors.wordlists import word_classes, words_in

_MOST_WORDS = 4  #: of a name
_FULL = 2  #: words of a name that is no lone surname
_NEAR = 12  #: words from a name to what explains it
_AGE = re.compile(r"[1-9]\d|1[01]\d")
#: Titles that stand before no name but a person's.
_SURE_TITLES = frozenset(
    [
        *("mr", "mrs", "ms", "dr", "prof", "professor", "sen", "senator", "rep", "gov", "mayor"),
        *("congressman", "congresswoman", "governor", "councillor", "cllr", "commissioner"),
        *("det", "detective", "sgt", "sergeant", "insp", "inspector", "superintendent", "sheriff"),
        *("minister", "secretary", "spokesman", "spokeswoman", "sir", "dame", "rev", "constable"),
    ]
)
#: For one with a first name, also the verbs that a body may be the subject of.
_SAYING = SAYING | {"reply", "answer"}


def typed_by_signs(words: Words, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield `spans`, those with a sign of a person typed so.

    A person is a name of two to four words before an age or ", who", behind a sure title, one
    that says what "she" does, and one that begins with a first name and says something or is
    explained as somebody.
    """
    return (
        trimmed(words, replace(span, label="PERSON")) if _is_person(words, span) else span
        for span in spans
    )


def with_aged(words: Words, spans: Iterable[Span]) -> list[Span]:
    """Return `spans`, in order, and the names before an age that the model has missed."""
    spans = list(spans)
    taken = {index for span in spans for index in range(span.first, span.end)}
    return sorted([*spans, *_aged(words, taken)], key=lambda span: span.first)


def _is_person(words: Words, span: Span) -> bool:
    if span.label in {"PERSON", *WITHOUT_ENTITY} or not _may_be_person(words, span):
        return False
    title = words.texts[span.first].casefold().rstrip(".")
    is_with_trade = title in words_in("trades") and span.end - span.first > _FULL
    return (
        is_with_trade
        or title in _SURE_TITLES
        or any(tells(words, span) for tells in (_has_age_behind, _is_who, _speaks, _is_he))
        or _is_described(words, span)
        or _describes(words, span)
        or _speaks_by_surname(words, span)
    )


def _may_be_person(words: Words, span: Span) -> bool:
    texts = words.texts[span.first : span.end]
    name = words.name(span)
    lists = ("org_words", "place_words", "event_words", "not_names")
    return (
        1 < len(texts) <= _MOST_WORDS
        and all(text.istitle() or text in PARTICLES for text in texts)
        and not any(text.casefold() in words_in(one) for text in texts for one in lists)
        and organisation_called(name) is None
        and place_called(name) is None
    )


def _has_age(words: Words, end: int) -> bool:
    """Answer whether ", 61," stands at word `end`."""
    after = words.texts[end : end + 3]
    return (
        len(after) == 3
        and after[0] == ","
        and _AGE.fullmatch(after[1]) is not None
        and after[2] in {",", "."}
    )


def _has_age_behind(words: Words, span: Span) -> bool:
    return _has_age(words, span.end)


def _is_who(words: Words, span: Span) -> bool:
    return words.texts[span.end : span.end + 2] == (",", "who")


def _speaks(words: Words, span: Span) -> bool:
    parse, last = words.parse, span.end - 1
    return (
        is_first_name(words.texts[span.first])
        and words.is_subject(last)
        and parse.lemmas[parse.heads[last]] in _SAYING
    )


def _speaks_by_surname(words: Words, span: Span) -> bool:
    """Answer whether the surname alone says something elsewhere, or stands behind a title.

    What says that "it" will do something is a body.
    """
    *_, last = words.texts[span.first : span.end]
    return is_first_name(words.texts[span.first]) and any(
        _is_lone_person(words, at)
        for at, text in enumerate(words.texts)
        if text == last and at not in range(span.first, span.end)
    )


def _is_lone_person(words: Words, index: int) -> bool:
    parse, before = words.parse, words.texts[max(index - 1, 0)]
    if before[:1].isupper() and index > 0:
        return before.casefold().rstrip(".") in _SURE_TITLES
    verb = parse.heads[index]
    if not words.is_subject(index) or parse.lemmas[verb] not in _SAYING:
        return False
    return not any(
        parse.lemmas[at] == "it" and parse.heads[parse.heads[at]] == verb
        for at in range(verb + 1, min(verb + _NEAR, len(parse.heads)))
    )


def _is_described(words: Words, span: Span) -> bool:
    """Answer whether a noun for people explains the name: "Ada Okafor, director of the ferry"."""
    parse, last = words.parse, span.end - 1
    return is_first_name(words.texts[span.first]) and any(
        parse.heads[at] == last
        and parse.relations[at] == "appos"
        and (parse.lemmas[at] in words_in("titles") or parse.lemmas[at] in word_classes("roles"))
        for at in range(span.end, min(span.end + _NEAR, len(parse.heads)))
    )


def _describes(words: Words, span: Span) -> bool:
    """Answer whether the name explains a noun for people: "the council's leader, Ada Okafor"."""
    parse, last = words.parse, span.end - 1
    head = parse.heads[last]
    return (
        is_first_name(words.texts[span.first])
        and parse.relations[last] == "appos"
        and parse.tags[head] == "NN"
        and "person" in word_classes("roles").get(parse.lemmas[head], ())
    )


def _is_he(words: Words, span: Span) -> bool:
    """Answer whether the clause goes on with "she": "Ifeoma Okafor claimed she would win"."""
    parse, last = words.parse, span.end - 1
    verb = parse.heads[last]
    return parse.relations[last] == "nsubj" and any(
        parse.lemmas[at] in {"he", "she"}
        and parse.relations[at] == "nsubj"
        and parse.relations[parse.heads[at]] == "ccomp"
        and parse.heads[parse.heads[at]] == verb
        for at in range(verb + 1, min(verb + _NEAR, len(parse.heads)))
    )


def _aged(words: Words, taken: set[int]) -> Iterator[Span]:
    """Yield the names before an age that the model has missed: "Ada Okafor, 61, said"."""
    for comma, text in enumerate(words.texts):
        if text != "," or not _has_age(words, comma):
            continue
        first = comma
        while first > 0 and comma - first < _MOST_WORDS and words.is_proper(first - 1):
            first -= 1
        span = Span(first=first, end=comma, label="PERSON")
        is_free = taken.isdisjoint(range(first, comma))
        if is_free and comma - first > 1 and words.is_one_line(first, comma):
            while not is_first_name(words.texts[span.first]) and span.end - span.first > 2:
                span = replace(span, first=span.first + 1)
            if _may_be_person(words, span):
                yield span
