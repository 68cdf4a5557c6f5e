"""Under what numbers and codes the world knows a country, a city, a company or an outlet.

Loaded when first asked for and kept.
"""

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from extractors.identity import Label
from extractors.naming.gazetteer import country_of_group, organisation_called, place_called
from extractors.naming.names import normalised_name, without_legal_form
from extractors.wordlists import lines_in


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
    normalised = normalised_name(name, "ORG")
    return _companies().get(normalised) or _companies().get(without_legal_form(normalised))


@cache
def _companies() -> MappingProxyType[str, tuple[str, str]]:
    """Return ISIN and ticker of each company by its normalised names."""
    companies: dict[str, tuple[str, str]] = {}
    for name, isin, ticker, *forms in (line.split(";") for line in lines_in("companies")):
        companies |= {normalised_name(one, "ORG"): (isin, ticker) for one in (name, *forms)}
    return MappingProxyType(companies)


@cache
def _domains() -> MappingProxyType[str, str]:
    """Return the domain of each outlet by its usual name."""
    lines = (line.split(";") for line in lines_in("outlets"))
    return MappingProxyType({name: domain for name, domain, *_ in lines})
