"""Which names of an article mean one organisation."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from extractors.naming.claims import ShortForms
from extractors.naming.gazetteer import (
    country_called,
    country_of_group,
    organisation_called,
    other_names_of,
    place_called,
)
from extractors.naming.names import initials_of, normalised_name, singular, without_legal_form

_LONGEST_PLACE = 3  #: words before the rest of a name: "New York City Police Department"
_JOINTS = frozenset({"of", "for", "on"})
#: "Ministry of Transport" is also "Transport Ministry".
_OFFICES = frozenset({"department", "ministry"})
_AREAS = frozenset({"european", "african", "asian", "arab"})
_OF_CLUBS = frozenset({"fc", "afc", "cf"})


def keys_of_bodies(names: Sequence[str], abbreviations: Mapping[str, str]) -> dict[str, str]:
    """Return a key for each name of an organisation, equal for names that mean the same.

    A company of one legal form is another than that of the same name and another form; the name
    without any means the one of the article that has it.

    Args:
        names: as written, each once.
        abbreviations: explained in the article, with what they stand for.
    """
    long = {name: abbreviations.get(name, name) for name in names}
    known = {name: organisation_called(long[name]) for name in names}
    keys = {name: _key(known[name] or long[name]) for name in names}
    bodies, meant = _Bodies(), dict[str, str]()
    for name in sorted(names, key=lambda name: (-_most_words(long[name], known[name]), name)):
        key = keys[name]
        if key not in meant:
            meant[key] = bodies.owner(key, long[name]) or key
        bodies.add(long[name], meant[key], known[name])
    return {name: meant[keys[name]] for name in names}


def _most_words(name: str, known: str | None) -> int:
    """Return the words of the longest of the names of a body called `name` and `known` by all."""
    forms = (known, *other_names_of(known)) if known else ()
    return max(len(form.split()) for form in (name, *forms))


class _Bodies:
    """What the organisations read so far may be called."""

    def __init__(self) -> None:
        self._bare, self._short = ShortForms(), ShortForms()
        self._initials, self._parts = ShortForms(), ShortForms()

    def add(self, name: str, owner: str, known: str | None) -> None:
        """Note what `owner`, called `name` once and `known` by all, may be called elsewhere."""
        key = _key(name)
        bare, rest = without_legal_form(key), _without_place(name)
        self._bare.add({bare, _without_club(bare)} - {key}, owner)
        place, without_place = _place_and_rest(name)
        if country_called(place):
            self._bare.add(rest, owner)
        self._short.add({*_heads(name), *rest} - {key}, owner)
        for form in (name, bare, without_place):
            self._initials.add(initials_of(form), owner)
        first, *others = bare.split() or [""]
        if others:
            self._parts.add({first, others[-1]}, owner)
        for form in other_names_of(known) if known else ():
            self._parts.add(_key(form).split()[1:][-1:], owner)

    def owner(self, key: str, name: str) -> str | None:
        """Return the one organisation that may be called `name`, whose key is `key`.

        What everybody knows under that name is nothing else, but may have a legal form or a land.
        A place that stands for its rulers is no part of a name.
        """
        if self._bare.has(key) or organisation_called(name):
            return self._bare.owner(key)
        if " " in key:
            return self._short.owner(key)
        return self._initials.owner(key) or (None if place_called(name) else self._parts.owner(key))


@lru_cache(maxsize=1024)
def _key(name: str) -> str:
    """Return `name` normalised, its words in the singular, "Ministry of X" as "X Ministry"."""
    place, rest = _place_and_rest(name)
    words = [singular(word) for word in normalised_name(f"{place} {rest}", "ORG").split()]
    for at in range(len(words) - 2):
        if words[at] in _OFFICES and words[at + 1] == "of":
            topic = words[at + 2 :]
            return " ".join([*words[:at], *topic[topic[0] == "the" :], words[at]])
    return " ".join(words)


@lru_cache(maxsize=1024)
def _place_and_rest(name: str) -> tuple[str, str]:
    """Return "United States" and "Department of Trade" for "U.S. Department of Trade"."""
    words = name.removeprefix("The ").split()
    for count in range(min(_LONGEST_PLACE, len(words) - 1), 0, -1):
        if place := place_called(" ".join(words[:count])):
            return place.name, " ".join(words[count:])
    return "", name


def _without_place(name: str) -> tuple[str, ...]:
    """Return the key of "Harbour Board" for "Oslo Harbour Board" and "Danish Harbour Board".

    Nothing where one word is left.
    """
    place, rest = _place_and_rest(name)
    first, *others = rest.removeprefix("The ").split() or [""]
    if place:
        others = [first, *others]
    elif not _is_of_area(first):
        return ()
    return (_key(" ".join(others)),) if len(others) > 1 else ()


def _heads(name: str) -> Iterator[str]:
    """Yield the key of "Harbour Court" for "Harbour Court of Appeal".

    One word is no name, nor is one behind a place: "Oslo Court", "European Court".
    """
    place, rest = _place_and_rest(name)
    words = rest.split()
    shortest = 3 if not place and words and _is_of_area(words[0]) else 2
    for at in range(shortest, len(words)):
        if words[at] in _JOINTS:
            yield _key(" ".join((place, *words[:at])))


def _is_of_area(word: str) -> bool:
    """Answer whether `word` says where a body is: "Danish", "European"."""
    return country_of_group(word) is not None or word.lower() in _AREAS


def _without_club(key: str) -> str:
    return " ".join(word for word in key.split() if word not in _OF_CLUBS) or key
