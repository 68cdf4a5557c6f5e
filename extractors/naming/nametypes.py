"""What type a name is of, judged by its words, what stands before it and the whole article."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from extractors.identity import Label
from extractors.naming.gazetteer import (
    country_called,
    country_of_group,
    organisation_called,
    place_called,
)
from extractors.naming.givennames import is_first_name
from extractors.naming.names import GENERATIONS, folded_words, is_title, normalised_name, surname
from extractors.naming.spans import WITHOUT_ENTITY, Span, Words
from extractors.wordlists import words_in

_FULL = 2  #: words of a name with a first name or an initial
#: Labels that the rules of this module move between.
MOVABLE: frozenset[Label] = frozenset({"PERSON", "ORG", "PLACE", "GROUP", "WORK", "PRODUCT"})
_MAY_BE_SURNAMES = MOVABLE - {"GROUP", "PERSON"}
#: Names of persons as well as of places and peoples: the model decides.
_NAMESAKES = frozenset(
    {
        *("Jordan", "Chad", "Israel", "Georgia", "Virginia", "Carolina", "Montana", "Dakota"),
        *("India", "Kenya", "Washington", "Cuba", "Jersey", "Guinea", "Dane", "Finn", "French"),
        *("German", "Pole", "Scot", "English", "Holland", "Ireland", "West"),
    }
)
#: Words after which a city is a city and not the person who has its name.
_WHERE = frozenset({"in", "near", "outside", "around", "across"})
#: Last words of laws and treaties.
_LAWS = frozenset({"Act", "Law", "Treaty", "Accord", "Accords", "Agreement", "Pact", "Amendment"})
#: Last words of places that end no person's name.
_SURE_PLACES = frozenset(
    {"Mountain", "Island", "Islands", "Airport", "Avenue", "Stadium", "Palace"}
)
#: First words of bodies, banks and clubs that begin nothing else.
_FIRST_OF_BODIES = frozenset(
    [
        *("Banco", "Banca", "Banque", "Grupo", "Groupe", "Gruppo", "Partido", "Parti", "Partito"),
        *("Ministry", "Department", "University", "Institute", "Association", "Federation", "FC"),
        *("Dinamo", "Dynamo", "Spartak", "Atletico", "Real", "Borussia", "Bayern", "Olympique"),
    ]
)
_INITIAL = re.compile(r"[A-Z]\.(?:-?[A-Z]\.)*")
#: Verbs whose subject is a person, if it is no body, place or people that is known.
SAYING = frozenset({"say", "tell", "add", "explain", "recall"})
#: Words for peoples, creeds and parties end so; surnames may as well.
_ENDINGS_OF_GROUPS = ("s", "an", "ish", "ese", "ist", "ic", "i", "crat", "men", "al", "ite")
_JOINTS = frozenset({",", "and", "or"})


def typed_by_words(words: Words, spans: Iterable[Span]) -> list[Span]:
    """Return `spans`, typed by lists of names, telling last words and what stands before them."""
    typed: list[Span] = []
    for span in spans:
        before = typed[-1] if typed else None
        typed.append(_by_its_words(words, _with_next_word(words, span), before))
    return typed


def surnames_in(words: Words, spans: Iterable[Span]) -> frozenset[str]:
    """Return the surnames, folded, of the persons whom `spans` name in full."""
    names = (words.name(span) for span in spans if span.label == "PERSON")
    return frozenset(surname(name) for name in names if " " in name)


def _with_next_word(words: Words, span: Span) -> Span:
    """Return `span` with the small word that makes it another thing.

    "Crimean" peninsula is a place, the "Okafor" administration a body and not the person.
    """
    follows = words.texts[span.end : span.end + 1]
    if span.end - span.first > 1 or not follows or not follows[0].islower():
        return span
    if not words.is_one_line(span.first, span.end + 1):
        return span
    if span.label == "PERSON" and follows[0] == "administration":
        return replace(span, end=span.end + 1, label="ORG")
    if span.label in {"GROUP", "PLACE"} and place_called(words.phrase(span.first, span.end + 1)):
        return replace(span, end=span.end + 1, label="PLACE")
    return span


def _by_its_words(words: Words, span: Span, before: Span | None) -> Span:
    if span.label not in MOVABLE:
        return span
    name = words.name(span)
    label = (
        _label_by_title(words, span)
        or _known_label(name, span.label)
        or _label_by_last_word(name, span.label)
        or _label_by_first_word(words, span)
        or _label_by_place_before(words, span, before)
        or _label_by_capitals(words, span)
        or _label_by_verb(words, span)
    )
    return replace(span, label=label) if label and label != span.label else span


def _label_by_title(words: Words, span: Span) -> Label | None:
    """Return PERSON for one unknown word behind a person's title."""
    if span.end - span.first > 1 or span.first == 0 or span.label == "GROUP":
        return None
    title = words.texts[span.first - 1]
    if not title[:1].isupper() or not is_title(title):
        return None
    name = words.name(span)
    return None if place_called(name) or organisation_called(name) else "PERSON"


def _known_label(name: str, label: Label) -> Label | None:
    if organisation_called(name):
        return "ORG"
    if country_called(name) and label != "PERSON":
        return "PLACE"  # "Philippines" reads like a people
    if country_of_group(name) and not (label == "PERSON" and name in _NAMESAKES):
        return "GROUP"
    place = place_called(name)
    if place is None or (label == "PERSON" and (place.is_city or name in _NAMESAKES)):
        return None
    return "PLACE"


def _label_by_last_word(name: str, label: Label) -> Label | None:
    *before, last = name.split()
    if not before:
        return None
    if last.casefold() in words_in("event_words"):
        return "EVENT"
    if last in _LAWS:
        return "LAW"
    if last.casefold() in words_in("org_words") and label not in {"ORG", "WORK"}:
        return "ORG"
    is_place = last.casefold() in words_in("place_words")
    if is_place and (label in {"ORG", "PRODUCT", "WORK"} or last in _SURE_PLACES):
        return "PLACE"
    return None


def _label_by_place_before(words: Words, span: Span, before: Span | None) -> Label | None:
    """Return PLACE for a city that stands behind "in" or in a list of places."""
    place = place_called(words.name(span))
    if place is None or not place.is_city or span.first == 0:
        return None
    if words.texts[span.first - 1].casefold() in _WHERE:
        return "PLACE"
    if before is None or before.label != "PLACE" or span.first - before.end > 2:
        return None
    joints = words.texts[before.end : span.first]
    return "PLACE" if joints and _JOINTS.issuperset(joints) else None


def _label_by_capitals(words: Words, span: Span) -> Label | None:
    """Return ORG for a supposed person that is one abbreviation, unless it labels a speaker."""
    name = words.texts[span.first]
    if span.label not in {"PERSON", "GROUP"} or span.end - span.first > 1 or not name.isupper():
        return None
    is_label = words.texts[span.end : span.end + 1] == (":",)
    return "ORG" if name.isalpha() and 3 <= len(name) <= 5 and not is_label else None


def _label_by_first_word(words: Words, span: Span) -> Label | None:
    """Return ORG for "Banco Okafor", PERSON for "J. Okafor" and "Ada Okafor (Norway)"."""
    first, *others = words.texts[span.first : span.end]
    if others and first in _FIRST_OF_BODIES and span.label != "GROUP":
        return "ORG"
    if not others or not others[-1].istitle():
        return None
    if span.end - span.first == _FULL and _INITIAL.fullmatch(first) and not place_called(first):
        return "PERSON"
    behind = words.texts[span.end : span.end + 3]
    is_in_list = len(behind) == 3 and (behind[0], behind[2]) == ("(", ")")
    if is_in_list and country_called(behind[1]) and is_first_name(first):
        return "PERSON"
    return None


def _label_by_verb(words: Words, span: Span) -> Label | None:
    """Return PERSON for one unknown word, taken for a people or a place, that says something."""
    name, parse = words.texts[span.first], words.parse
    if span.label not in {"GROUP", "PLACE"} or span.end - span.first > 1 or not name.istitle():
        return None
    if name.endswith(_ENDINGS_OF_GROUPS) or place_called(name) or country_of_group(name):
        return None
    is_speaker = words.is_subject(span.first) and parse.lemmas[parse.heads[span.first]] in SAYING
    return "PERSON" if is_speaker else None


def cut_to_known_persons(words: Words, spans: Iterable[Span]) -> list[Span]:
    """Return `spans` with "Ada Okafor Tells" cut to "Ada Okafor", where that is a known name."""
    spans = list(spans)
    seen = Counter(words.texts[span.first : span.end] for span in spans if span.label == "PERSON")
    return [_cut(words, span, seen) if span.label == "PERSON" else span for span in spans]


def _cut(words: Words, span: Span, seen: Counter[tuple[str, ...]]) -> Span:
    own = words.texts[span.first : span.end]
    for length in range(len(own) - 1, 1, -1):
        rest = own[length:]
        is_other_name = seen[rest] or "".join(folded_words(rest[0])) in GENERATIONS
        is_full = " " in words.phrase(span.first, span.first + length)
        if is_full and seen[own[:length]] >= seen[own] and not is_other_name:
            return replace(span, end=span.first + length)
    return span


def surnames_as_persons(words: Words, spans: Iterable[Span]) -> list[Span]:
    """Return `spans`, a lone surname typed PERSON where the article has the person's full name."""
    spans = list(spans)
    surnames = surnames_in(words, spans)
    return [
        replace(span, label="PERSON") if _is_lone_surname(words, span, surnames) else span
        for span in spans
    ]


def _is_lone_surname(words: Words, span: Span, surnames: frozenset[str]) -> bool:
    if span.label not in _MAY_BE_SURNAMES:
        return False
    name = words.name(span)
    if organisation_called(name):
        return False
    if span.label == "PLACE" and (place := place_called(name)):
        where = words.texts[span.first - 1].casefold() if span.first else ""
        if not place.is_city or where in _WHERE:
            return False
    return normalised_name(name, "PERSON") in surnames


def typed_by_majority(words: Words, spans: Iterable[Span]) -> list[Span]:
    """Return `spans`, those of one name all under the type that most of them have."""
    spans = list(spans)
    votes: defaultdict[str, list[Label]] = defaultdict(list)
    for span in spans:
        if span.label not in WITHOUT_ENTITY:
            votes[words.name(span)].append(span.label)
    winner = {name: max(dict.fromkeys(labels), key=labels.count) for name, labels in votes.items()}
    return [
        replace(span, label=label)
        if span.label not in WITHOUT_ENTITY and (label := winner[words.name(span)]) != span.label
        else span
        for span in spans
    ]
