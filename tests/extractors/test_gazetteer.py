import subprocess
import sys
from pathlib import Path

import pytest

from extractors.naming.gazetteer import (
    country_called,
    country_of_group,
    organisation_called,
    place_called,
)

ROOT = Path(__file__).parents[2]
#: Lines of Python to load all lists: half as many again as it takes, of some half a second at most.
MOST_STEPS = 160_000


@pytest.mark.parametrize(
    ("written", "name", "country"),
    [
        pytest.param("Moldova", "Moldova", "MD", id="a country"),
        pytest.param("U.S.", "United States", "US", id="a country's abbreviation"),
        pytest.param("US", "United States", "US", id="without points"),
        pytest.param("America", "United States", "US", id="a country's other name"),
        pytest.param("Britain", "United Kingdom", "GB", id="a short name"),
        pytest.param("Calif.", "California", "US", id="a state as agencies write it"),
        pytest.param("N.H.", "New Hampshire", "US", id="a state in two letters"),
        pytest.param("Oslo", "Oslo", "NO", id="a city"),
        pytest.param("OSLO", "OSLO", None, id="four capitals may be anything"),
        pytest.param("MADRID", "Madrid", "ES", id="a dateline"),
        pytest.param("Kiev", "Kyiv", "UA", id="an older spelling"),
        pytest.param("Middle East", "Middle East", None, id="a region of many countries"),
        pytest.param("Georgia", "Georgia", None, id="a country or a state"),
        pytest.param("Ga.", "Georgia", "US", id="the state alone is abbreviated so"),
        pytest.param("B.C.", "British Columbia", "CA", id="a province"),
        pytest.param("Czechia", "Czech Republic", "CZ", id="a country's new name"),
        pytest.param("Burma", "Myanmar", "MM", id="a country's old name"),
        pytest.param("Köln", "Cologne", "DE", id="a name in its own language"),
        pytest.param("Sao Paulo", "São Paulo", "BR", id="without its marks"),
        pytest.param("RIO DE JANEIRO", "Rio de Janeiro", "BR", id="a dateline with a small word"),
        pytest.param("Valencia", "Valencia", None, id="cities of two countries"),
        pytest.param("Paris, Texas", "Paris, Texas", "US", id="a city's namesake in a state"),
        pytest.param("Paris, France", "Paris", "FR", id="the city itself in its country"),
        pytest.param("Portland, Ore.", "Portland", "US", id="the city itself in its state"),
        pytest.param("Valencia, Spain", "Valencia, Spain", "ES", id="one of two cities"),
        pytest.param("Harbour Bay, Spain", "Harbour Bay, Spain", None, id="no city at all"),
        pytest.param("Holland", "Netherlands", "NL", id="a part for the whole"),
    ],
)
def test_a_place_is_known_by_what_the_news_calls_it(written, name, country):
    place = place_called(written)

    assert (place.name if place else written) == name
    assert (place.country if place else None) == country


@pytest.mark.parametrize(
    ("word", "country"),
    [
        pytest.param("Danish", "DK", id="adjective"),
        pytest.param("Danes", "DK", id="people"),
        pytest.param("French", "FR", id="shared by territories"),
        pytest.param("South Korean", "KR", id="two words"),
        pytest.param("Chinese", "CN", id="not Macau"),
        pytest.param("Swedes", "SE", id="people of Sweden"),
        pytest.param("Poles", "PL", id="people of Poland"),
        pytest.param("Turks", "TR", id="people of Turkey"),
        pytest.param("Filipinos", "PH", id="people of the Philippines"),
        pytest.param("Croats", "HR", id="people of Croatia"),
        pytest.param("Frenchmen", "FR", id="a plural without s"),
        pytest.param("Liechtenstein", None, id="the country and not its people"),
        pytest.param("Republicans", None, id="a party"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_people_belongs_to_a_country(word, country):
    assert country_of_group(word) == country


@pytest.mark.parametrize(
    ("written", "name"),
    [
        pytest.param("AP", "Associated Press", id="an agency"),
        pytest.param("Washington Post", "The Washington Post", id="without its article"),
        pytest.param("North Atlantic Treaty Organization", "NATO", id="known by its acronym"),
        pytest.param("FEMA", "Federal Emergency Management Agency", id="an acronym"),
        pytest.param("ICC", None, id="an acronym of two bodies"),
        pytest.param("Northwind", None, id="unknown"),
    ],
)
def test_an_organisation_has_one_usual_name(written, name):
    assert organisation_called(written) == name


@pytest.mark.parametrize(
    ("name", "country"),
    [
        pytest.param("U.S.", "US", id="an abbreviation"),
        pytest.param("Britain", "GB", id="a short name"),
        pytest.param("England", None, id="a part of a country"),
        pytest.param("Paris", None, id="a city"),
    ],
)
def test_a_country_is_known_by_all_its_names(name, country):
    assert country_called(name) == country


def test_every_country_code_is_two_capitals():
    names = ("France", "Kosovo", "Hong Kong", "Paris", "Tibet", "Namibia")

    codes = [place.country for place in map(place_called, names) if place]

    assert all(code and len(code) == 2 and code.isupper() for code in codes)
    assert len(codes) == len(names)


def test_loading_takes_few_steps():
    script = (
        "from extractors.naming import gazetteer\n"
        "from tests.steps import steps_of\n"
        "print(steps_of(lambda: (gazetteer.place_called('Oslo'),"
        " gazetteer.country_of_group('Danes'), gazetteer.organisation_called('AP'))))"
    )

    said = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True
    ).stdout

    assert int(said) < MOST_STEPS
