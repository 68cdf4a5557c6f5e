"""What is known of places, nationalities, organisations and office holders in the news.

Loaded when first asked for and kept.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from extractors.naming.names import folded_words, without_accents
from extractors.wordlists import lines_in

_LONGEST_OFFICE = 3  #: words
_SMALL_WORD = re.compile(r" (?:Al|And|Au|D|De|Del|Do|La|Of|On|The|Upon)\b(?= |-)")


#: What a state calls itself before its usual name: "Federal Republic of", "Kingdom of the".
_FORMAL = re.compile(
    r"\A(?:(?:Arab|Co-operative|Democratic|Federal|Federative|Hashemite|Islamic|Oriental|People['’]s|"
    r"Plurinational|Socialist|United) )*"
    r"(?:Commonwealth|Emirate|Grand Duchy|Kingdom|Principality|Republic|State|Sultanate|Union) of "
    r"(?:the )?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place under its usual English name."""

    name: str
    country: str | None  #: ISO 3166 alpha-2; None for what spans several
    is_city: bool = False
    geonameid: int | None = None  #: of a city whose name leaves no doubt


@lru_cache(maxsize=2048)  # each rule asks again for the names of its article
def place_called(name: str) -> Place | None:
    """Return the place that `name` says in the news, if it is one that everybody knows.

    Countries, states and provinces with their AP abbreviations, regions, cities of 100,000 and
    more. A city's name means the most populous one; a name that another shares with more than a
    third as many inhabitants is that of a city without geonameid. What stands behind a comma
    decides: "Paris, Texas" is in Texas. `name` is as written, without article.
    """
    if name.isupper() and len(name) > 4:  # the dateline's: "WASHINGTON"
        name = _SMALL_WORD.sub(lambda word: word[0].lower(), name.title())
    if " of " in name and name not in _places():
        name = _FORMAL.sub("", name)
    if place := _places().get(name) or _cities().get(name):
        return place
    city, comma, region = name.rpartition(", ")
    return _city_within(city, region) if comma else None


def _city_within(city: str, region: str) -> Place | None:
    """Return the known city, or its namesake, that "Paris" and "Texas" are."""
    within, namesake = _places().get(region), _cities().get(city) or _places().get(city)
    if within is None or namesake is None or not (namesake.is_city or namesake.geonameid):
        return None
    name = f"{city}, {within.name}"
    if listed := _cities().get(name):
        return listed
    if namesake.country == within.country and within.name not in _states():
        return namesake
    return Place(name=name, country=within.country, is_city=True)


def country_called(name: str) -> str | None:
    """Return the country (ISO alpha-2) that `name` says, None for what lies within one."""
    place = _countries().get(name)
    return place.country if place else None


def country_of_group(word: str) -> str | None:
    """Return the country (ISO alpha-2) whose people are called `word`: "Danish", "Danes"."""
    folded = word.casefold()
    known = _demonyms()
    return known.get(folded) or (known.get(folded[:-1]) if folded.endswith("s") else None)


def is_known(name: str) -> bool:
    """Answer whether `name` is that of an organisation, a place or a people in the lists."""
    return bool(organisation_called(name) or place_called(name) or country_of_group(name))


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
def _countries() -> MappingProxyType[str, Place]:
    return MappingProxyType(_listed("countries"))


@cache
def _states() -> MappingProxyType[str, Place]:
    return MappingProxyType(_listed("states"))


def _listed(list_name: str) -> dict[str, Place]:
    """Return the places of a list by their names and other forms."""
    listed: dict[str, Place] = {}
    for name, country, *forms in (line.split(";") for line in lines_in(list_name)):
        listed |= dict.fromkeys((name, *forms), Place(name=name, country=country))
    return listed


@cache
def _places() -> MappingProxyType[str, Place]:
    return MappingProxyType(_countries() | _states() | _numbered("places", is_city=False))


@cache
def _cities() -> MappingProxyType[str, Place]:
    return MappingProxyType(_numbered("cities", is_city=True))


def _numbered(list_name: str, *, is_city: bool) -> dict[str, Place]:
    """Return the places of a list with geonameids by their names and other forms."""
    numbered: dict[str, Place] = {}
    for name, country, number, *forms in (line.split(";") for line in lines_in(list_name)):
        place = Place(
            name=name,
            country=country or None,
            is_city=is_city,
            geonameid=int(number) if number else None,
        )
        numbered |= dict.fromkeys((name, *forms), place)
    return numbered


@cache
def _demonyms() -> MappingProxyType[str, str]:
    pairs = (line.split(";") for line in lines_in("demonyms"))
    return MappingProxyType(dict(pairs))


@cache
def _organisations() -> MappingProxyType[str, str]:
    bodies = [line.split(";") for line in lines_in("organisations")]
    outlets = [line.split(";") for line in lines_in("outlets")]
    known: dict[str, str] = {}
    for name, *forms in (*bodies, *([name, *forms] for name, _, *forms in outlets)):
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
