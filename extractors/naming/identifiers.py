"""Under what numbers and codes the world knows a country, a city, a company or an outlet.

Loaded when first asked for and kept.
"""

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from extractors.identity import Label
from extractors.naming.gazetteer import country_of_group, organisation_called, place_called
from extractors.naming.names import folded_words
from extractors.wordlists import lines_in, words_in

#: Legal forms that are written in two ways, folded.
_IN_FULL = MappingProxyType(
    {"co": "company", "corp": "corporation", "inc": "incorporated", "ltd": "limited"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifiers:
    """What others know an entity by; None where there is nothing or doubt."""

    country: str | None = None  #: ISO 3166 alpha-2, of a place or a people
    geonameid: int | None = None  #: of a city
    isin: str | None = None  #: of a listed company's ordinary share
    ticker: str | None = None  #: of that share on its main exchange, without the exchange
    domain: str | None = None  #: registrable, of a news outlet


def identifiers_of(label: Label, name: str) -> Identifiers:
    """Return what is known of the entity called `name`; nothing rather than another's.

    Args:
        label: "Amazon" the ORG is a company, the PLACE is none.
        name: the full name. A company's legal form is optional ("Siemens AG"), save where the
            name without it may mean something else ("Target Corp.").
    """
    if label == "PLACE" and (place := place_called(name)):
        return Identifiers(country=place.country, geonameid=place.geonameid)
    if label == "GROUP":
        return Identifiers(country=country_of_group(name))
    if label != "ORG":
        return Identifiers()
    company, domain = _company(name), _domains().get(organisation_called(name) or name)
    if company is None:
        return Identifiers(domain=domain)
    return Identifiers(isin=company[0], ticker=company[1], domain=domain)


def _company(name: str) -> tuple[str, str] | None:
    """Return ISIN and ticker of the company called `name`, with its legal form or without."""
    words = _company_words(name)
    end = len(words)
    while end > 1 and words[end - 1] in _legal_forms():
        end -= 1
    return _companies().get(" ".join(words)) or _companies().get(" ".join(words[:end]))


def _company_words(name: str) -> list[str]:
    """Return the words of a company's name, folded: no article, the legal form in full."""
    words = folded_words(name)
    if len(words) > 1 and words[0] == "the":
        del words[0]
    return [*words[:-1], *(_IN_FULL.get(word, word) for word in words[-1:])]


@cache
def _legal_forms() -> frozenset[str]:
    forms = words_in("corporate_suffixes")
    return forms | {_IN_FULL[form] for form in forms & _IN_FULL.keys()}


@cache
def _companies() -> MappingProxyType[str, tuple[str, str]]:
    """Return ISIN and ticker of each company by its folded names."""
    companies: dict[str, tuple[str, str]] = {}
    for name, isin, ticker, *forms in (line.split(";") for line in lines_in("companies")):
        companies |= {" ".join(_company_words(one)): (isin, ticker) for one in (name, *forms)}
    return MappingProxyType(companies)


@cache
def _domains() -> MappingProxyType[str, str]:
    """Return the domain of each outlet by its usual name."""
    lines = (line.split(";") for line in lines_in("outlets"))
    return MappingProxyType({name: domain for name, domain, *_ in lines})
