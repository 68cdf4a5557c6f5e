"""What is known of places, nationalities, organisations and office holders in the news.

Loaded when first asked for and kept: about 20 ms and 2 MB.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from extractors.naming.names import folded_words, without_accents
from extractors.wordlists import lines_in

_LONGEST_OFFICE = 3  #: words


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place under its usual English name."""

    name: str
    country: str | None  #: ISO 3166 alpha-2; None for what spans several
    is_city: bool = False


def place_called(name: str) -> Place | None:
    """Return the place that `name` says in the news, if it is one that everybody knows.

    Countries, states of the United States with their AP abbreviations, regions, cities of
    100,000 and more. `name` is as written, without article.
    """
    if name.isupper() and len(name) > 4:  # the dateline's: "WASHINGTON"
        name = name.title()
    name = name.removeprefix("State of ")
    return _places().get(name) or _cities().get(name)


def country_called(name: str) -> str | None:
    """Return the country (ISO alpha-2) that `name` says, None for what lies within one."""
    return _countries().get(name)


def country_of_group(word: str) -> str | None:
    """Return the country (ISO alpha-2) whose people are called `word`: "Danish", "Danes"."""
    folded = word.casefold()
    known = _demonyms()
    return known.get(folded) or (known.get(folded[:-1]) if folded.endswith("s") else None)


def organisation_called(name: str) -> str | None:
    """Return the full name of the organisation or outlet that the news calls `name`."""
    return _organisations().get(name)


def other_names_of(organisation: str) -> tuple[str, ...]:
    """Return what the list has beside the full name that `organisation_called` gave."""
    return _other_names().get(organisation, ())


def office_at_end(text: str) -> str | None:
    """Return the office of one bearer that `text` ends with, folded: "prime minister"."""
    folded = folded_words(text)
    if folded[-1:] == ["elect"]:
        folded.pop()
    endings = (" ".join(folded[-length:]) for length in range(_LONGEST_OFFICE, 0, -1))
    return next((ending for ending in endings if ending in _holders()), None)


def holder_called(office: str, name: str) -> str | None:
    """Return the usual full name of whom the news calls `office` and `name`: "president", "Xi".

    None as well where two have held the office under that name: "President Bush".
    """
    fitting = _holders().get(office, {}).get(_folded_name(name), ())
    return fitting[0] if len(fitting) == 1 else None


@cache
def _countries() -> MappingProxyType[str, str]:
    return MappingProxyType(dict(_pairs("countries")))


@cache
def _places() -> MappingProxyType[str, Place]:
    places = {name: Place(name=name, country=code) for name, code in _countries().items()}
    for line in lines_in("us_states"):
        name, *forms = line.split(";")
        places |= dict.fromkeys((name, *forms), Place(name=name, country="US"))
    for line in lines_in("places"):
        name, country, *forms = line.split(";")
        places |= dict.fromkeys((name, *forms), Place(name=name, country=country or None))
    return MappingProxyType(places)


def _pairs(list_name: str) -> Iterator[tuple[str, str]]:
    for line in lines_in(list_name):
        name, _, code = line.partition(";")
        yield name, code


@cache
def _cities() -> MappingProxyType[str, Place]:
    return MappingProxyType(
        {name: Place(name=name, country=code, is_city=True) for name, code in _pairs("cities")}
    )


@cache
def _demonyms() -> MappingProxyType[str, str]:
    return MappingProxyType(dict(_pairs("demonyms")))


@cache
def _organisations() -> MappingProxyType[str, str]:
    known: dict[str, str] = {}
    for name, *forms in (line.split(";") for line in lines_in("organisations")):
        known |= dict.fromkeys((name, *forms, *_with_small_article(name)), name)
    return MappingProxyType(known)


def _with_small_article(name: str) -> tuple[str, ...]:
    """Return how "The Harbour Post" is also written; one word alone may be anything."""
    if not name.startswith("The "):
        return ()
    bare = name.removeprefix("The ")
    return (f"the {bare}", bare) if " " in bare else (f"the {bare}",)


@cache
def _holders() -> MappingProxyType[str, dict[str, tuple[str, ...]]]:
    """Return who held each office, by what the news calls them."""
    holders: dict[str, dict[str, tuple[str, ...]]] = {}
    for line in lines_in("office_holders"):
        offices, name, *called = line.split(";")
        for office in offices.split(","):
            bearers = holders.setdefault(office, {})
            for short in called[0].split(",") if called else (name.split()[-1],):
                folded = _folded_name(short)
                bearers[folded] = (*bearers.get(folded, ()), name)
    return MappingProxyType(holders)


def _folded_name(name: str) -> str:
    return " ".join(folded_words(without_accents(name)))


@cache
def _other_names() -> MappingProxyType[str, tuple[str, ...]]:
    lines = (line.split(";") for line in lines_in("organisations"))
    return MappingProxyType({name: tuple(forms) for name, *forms in lines})
