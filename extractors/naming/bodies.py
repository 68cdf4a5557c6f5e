"""Which names of an article mean one organisation."""

from collections.abc import Iterator, Mapping, Sequence

from extractors.naming.claims import Claims
from extractors.naming.gazetteer import (
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
    bodies, meant = _Bodies(), dict[str, str]()
    for name in sorted(names, key=lambda name: (-len(long[name].split()), name)):
        known = organisation_called(long[name])
        key = _key(known or long[name])
        if key not in meant:
            meant[key] = bodies.owner(key, is_known=known is not None) or key
        bodies.add(long[name], meant[key], known)
    return {name: meant[_key(organisation_called(long[name]) or long[name])] for name in names}


class _Bodies:
    """What the organisations read so far may be called."""

    def __init__(self) -> None:
        self._bare, self._short = Claims(), Claims()
        self._initials, self._parts = Claims(), Claims()

    def add(self, name: str, owner: str, known: str | None) -> None:
        """Note what `owner`, called `name` once and `known` by all, may be called elsewhere."""
        key = _key(name)
        bare = without_legal_form(key)
        self._bare.add({bare, _without_club(bare)} - {key}, owner)
        self._short.add({*_heads(bare), *_without_place(name)} - {key}, owner)
        self._initials.add(initials_of(name) | initials_of(bare), owner)
        first, *others = bare.split() or [""]
        if others:
            self._parts.add({first, others[-1]}, owner)
        for form in other_names_of(known) if known else ():
            self._parts.add(_key(form).split()[1:][-1:], owner)

    def owner(self, key: str, *, is_known: bool) -> str | None:
        """Return the one organisation that may be called `key`.

        What everybody knows under that name is nothing else, but may have a legal form.
        """
        if self._bare.has(key) or is_known:
            return self._bare.owner(key)
        if " " in key:
            return self._short.owner(key)
        return self._initials.owner(key) or self._parts.owner(key)


def _key(name: str) -> str:
    """Return `name` normalised, its words in the singular, "Ministry of X" as "X Ministry"."""
    place, rest = _place_and_rest(name)
    words = [singular(word) for word in normalised_name(f"{place} {rest}", "ORG").split()]
    for at in range(len(words) - 2):
        if words[at] in _OFFICES and words[at + 1] == "of":
            topic = words[at + 2 :]
            return " ".join([*words[:at], *topic[topic[0] == "the" :], words[at]])
    return " ".join(words)


def _place_and_rest(name: str) -> tuple[str, str]:
    """Return "United States" and "Department of Trade" for "U.S. Department of Trade"."""
    words = name.removeprefix("The ").split()
    for count in range(min(_LONGEST_PLACE, len(words) - 1), 0, -1):
        if place := place_called(" ".join(words[:count])):
            return place.name, " ".join(words[count:])
    return "", name


def _without_place(name: str) -> Iterator[str]:
    """Yield the key of "Harbour Board" for "Oslo Harbour Board" and "Danish Harbour Board"."""
    place, rest = _place_and_rest(name)
    first, *others = rest.removeprefix("The ").split() or [""]
    if place:
        others = [first, *others]
    elif not country_of_group(first):
        return
    if len(others) > 1:
        yield _key(" ".join(others))


def _heads(key: str) -> Iterator[str]:
    """Yield "harbour court" of "harbour court of appeal"; one word is no name."""
    words = key.split()
    for at in range(2, len(words)):
        if words[at] in _JOINTS:
            yield " ".join(words[:at])


def _without_club(key: str) -> str:
    return " ".join(word for word in key.split() if word not in _OF_CLUBS) or key
