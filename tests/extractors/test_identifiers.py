import re
from collections import Counter

import pytest

from extractors.naming.gazetteer import organisation_called, place_called
from extractors.naming.identifiers import Identifiers, identifiers_of
from extractors.wordlists import lines_in

_APPLE = Identifiers(isin="US0378331005", ticker="AAPL")
_TARGET = Identifiers(isin="US87612E1064", ticker="TGT")
_GUARDIAN = Identifiers(domain="theguardian.com")
_NOTHING = Identifiers()
#: Lists of places with geonameids, and of all that has a country.
_NUMBERED = ("cities", "places")
_WITH_COUNTRY = ("cities", "countries", "demonyms", "places", "states")


def _fields_of(list_name):
    return [line.split(";") for line in lines_in(list_name)]


@pytest.mark.parametrize(
    ("name", "country", "geonameid"),
    [
        pytest.param("United States", "US", None, id="a country"),
        pytest.param("Texas", "US", None, id="a state"),
        pytest.param("Europe", None, None, id="a continent"),
        pytest.param("North Sea", None, None, id="a sea"),
        pytest.param("Oslo", "NO", 3143244, id="a city"),
        pytest.param("Kyiv", "UA", 703448, id="a city with an older name"),
        pytest.param("Kiev", "UA", 703448, id="the older name"),
        pytest.param("Washington, D.C.", "US", 4140963, id="a comma in the name"),
        pytest.param("Birmingham", "GB", 2655603, id="the larger of two by far"),
        pytest.param("Birmingham, Ala.", "US", 4049979, id="the smaller, with its state"),
        pytest.param("Birmingham, England", "GB", 2655603, id="the larger, with its country"),
        pytest.param("Cambridge", None, None, id="two cities of about one size"),
        pytest.param("Arlington", "US", None, id="two cities of one country"),
        pytest.param("Portland, Maine", "US", None, id="a namesake too small to be listed"),
        pytest.param("Hollywood", "US", None, id="a district with a city's name"),
        pytest.param("Harbour Bay", None, None, id="a place nobody knows"),
    ],
)
def test_a_place_has_a_country_and_a_city_a_geonameid(name, country, geonameid):
    known = identifiers_of("PLACE", name)

    assert known == Identifiers(country=country, geonameid=geonameid)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        pytest.param("Apple", _APPLE, id="short"),
        pytest.param("Apple Inc.", _APPLE, id="with a legal form"),
        pytest.param("Apple Inc", _APPLE, id="without its point"),
        pytest.param("Target", _NOTHING, id="a word that means other things"),
        pytest.param("Target Corp.", _TARGET, id="the same word with its legal form"),
        pytest.param("Target Corporation", _TARGET, id="with the legal form in full"),
        pytest.param("Target Ltd", _NOTHING, id="with a legal form of another company"),
        pytest.param("Merck", _NOTHING, id="the name of two companies"),
        pytest.param("BASF SE", Identifiers(isin="DE000BASF111", ticker="BAS"), id="a form abroad"),
        pytest.param(
            "The Coca-Cola Company", Identifiers(isin="US1912161007", ticker="KO"), id="an article"
        ),
        pytest.param("Northwind Holdings", _NOTHING, id="no listed company"),
    ],
)
def test_a_listed_company_has_isin_and_ticker(name, known):
    assert identifiers_of("ORG", name) == known


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("The Guardian", id="with its article"),
        pytest.param("the Guardian", id="with a small one"),
        pytest.param("Guardian", id="without"),
    ],
)
def test_an_outlet_has_a_domain(name):
    assert identifiers_of("ORG", name) == _GUARDIAN


@pytest.mark.parametrize(
    ("label", "name", "known"),
    [
        pytest.param("GROUP", "Danes", Identifiers(country="DK"), id="a people"),
        pytest.param("GROUP", "Republicans", _NOTHING, id="a party's members"),
        pytest.param("PLACE", "Amazon", _NOTHING, id="a river, not the company"),
        pytest.param("PERSON", "Paris", _NOTHING, id="somebody with a city's name"),
        pytest.param("WORK", "The Guardian", _NOTHING, id="a film with a paper's name"),
        pytest.param("ORG", "", _NOTHING, id="no name"),
    ],
)
def test_the_label_says_what_kind_of_identifier_a_name_may_have(label, name, known):
    assert identifiers_of(label, name) == known


def test_every_isin_has_the_check_digit_it_must_have():
    isins = [isin for _, isin, *_ in _fields_of("companies")]

    assert [isin for isin in isins if not _is_isin(isin)] == []


def _is_isin(isin):
    digits = "".join(str(int(letter, 36)) for letter in isin)
    doubled = "".join(str(int(digit) * (1 + at % 2)) for at, digit in enumerate(digits[::-1]))
    return len(isin) == 12 and sum(map(int, doubled)) % 10 == 0


def test_no_two_companies_share_a_name_or_an_isin():
    listed = _fields_of("companies")
    names = Counter(name for name, _, _, *forms in listed for name in {name, *forms})
    isins = Counter(isin for _, isin, *_ in listed)

    assert [name for name, count in (names + isins).items() if count > 1] == []


def test_every_company_is_found_by_each_of_its_names():
    listed = _fields_of("companies")

    wrong = [
        name
        for first, isin, ticker, *forms in listed
        for name in (first, *forms)
        if (found := identifiers_of("ORG", name)).isin != isin or found.ticker != ticker
    ]

    assert wrong == []


def test_every_domain_is_a_host_in_small_letters():
    domains = [domain for _, domain, *_ in _fields_of("outlets") if domain]

    assert [one for one in domains if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", one)] == []


def test_no_body_and_no_outlet_share_a_form():
    outlets = [(name, *forms) for name, _, *forms in _fields_of("outlets")]
    forms = Counter(form for names in (*_fields_of("organisations"), *outlets) for form in {*names})

    assert [form for form, count in forms.items() if count > 1] == []
    assert all(organisation_called(form) for form in forms)


def test_no_geonameid_stands_under_two_names():
    numbers = Counter(number for name in _NUMBERED for _, _, number, *_ in _fields_of(name))
    del numbers[""]

    assert [number for number, count in numbers.items() if count > 1] == []


def test_every_country_code_of_the_lists_is_a_country():
    codes = {code for _, code, *_ in _fields_of("countries")} | {"", "AQ"}

    strange = {
        code for name in _WITH_COUNTRY for _, code, *_ in _fields_of(name) if code not in codes
    }

    assert strange == set()
    assert all(re.fullmatch(r"[A-Z]{2}|", code) for code in codes)


def test_every_form_of_a_country_means_that_country():
    countries = [fields for fields in _fields_of("countries") if fields[1] != "GE"]

    wrong = [
        form
        for name, code, *forms in countries
        for form in (name, *forms)
        if (place := place_called(form)) is None or place.country != code or place.name != name
    ]

    assert wrong == []
