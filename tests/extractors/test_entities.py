from dataclasses import replace

import pytest

from extractors.entities import resolve
from extractors.nlp import Parse
from tests.builders import an_article


@pytest.fixture
def read(parsed):
    """Return a function that gives mentions and entities of a text."""
    return lambda text: resolve(*parsed(text))


def named(mentions):
    return [(one.text, one.label) for one in mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "President Ada Okafor met reporters on Friday.",
            [("Ada Okafor", "PERSON"), ("Friday", "DATE")],
            id="a title is no part of a name",
        ),
        pytest.param(
            "Angela Brandt's plan was welcomed by the European Union.",
            [("Angela Brandt", "PERSON"), ("European Union", "ORG")],
            id="neither are a possessive and an article",
        ),
        pytest.param(
            "The Washington Post reported the talks in Denmark.",
            [("The Washington Post", "ORG"), ("Denmark", "PLACE")],
            id="an article that belongs to a fixed name stays",
        ),
        pytest.param(
            "French and Danish ministers flew to Poland.",
            [("French", "GROUP"), ("Danish", "GROUP"), ("Poland", "PLACE")],
            id="peoples and places",
        ),
        pytest.param(
            "The company paid $25 million for the land in Finland in March 2021.",
            [("$25 million", "MONEY"), ("Finland", "PLACE"), ("March 2021", "DATE")],
            id="money and dates",
        ),
        pytest.param(
            "He waited three hours for a decision in Norway.",
            [("Norway", "PLACE")],
            id="a duration is no date",
        ),
        pytest.param(
            "The Crimean peninsula was quiet, said the mayor.",
            [("Crimean peninsula", "PLACE")],
            id="a word that makes a people a place",
        ),
        pytest.param(
            "The bill of Sen. Brandt (D-Calif.) was praised by Moody's.",
            [("Brandt", "PERSON"), ("Calif.", "PLACE"), ("Moody's", "ORG")],
            id="a party is no name and some names end in a possessive",
        ),
        pytest.param(
            "Larry Okafor King was late. King said the train had stopped.",
            [("Larry Okafor King", "PERSON"), ("King", "PERSON")],
            id="a title is a surname where somebody has it",
        ),
        pytest.param(
            "“We agree,” said Ursula von der Leyen in Bonn. Von der Leyen left at noon.",
            [("Ursula von der Leyen", "PERSON"), ("Bonn", "PLACE"), ("Von der Leyen", "PERSON")],
            id="particles belong to a surname",
        ),
        pytest.param("nothing here has a capital.", [], id="no capital, no name"),
    ],
)
def test_mentions_are_the_bare_names(read, text, expected):
    mentions, _ = read(text)

    assert named(mentions) == expected


@pytest.mark.parametrize(
    ("text", "name", "aliases"),
    [
        pytest.param(
            "Prime Minister Maria Lindqvist spoke in Oslo. Lindqvist said the plan would hold. "
            "“We are ready,” Mrs. Lindqvist said.",
            "Maria Lindqvist",
            ("Lindqvist",),
            id="a surname",
        ),
        pytest.param(
            "Senator Joseph R. Okafor spoke in Oslo. Joe Okafor left, and Okafor was tired.",
            "Joseph R. Okafor",
            ("Joe Okafor", "Okafor"),
            id="a short given name",
        ),
        pytest.param(
            "The United States agreed on Monday. Officials in the U.S. said so, and US "
            "diplomats confirmed it.",
            "United States",
            ("U.S.", "US"),
            id="a country's abbreviations",
        ),
        pytest.param(
            "The Office of Rail Safety (ORS) closed the line. The ORS said repairs would follow.",
            "Office of Rail Safety",
            ("ORS",),
            id="an explained abbreviation",
        ),
        pytest.param(
            "Leaders of the North Atlantic Treaty Organization (NATO) met in Denmark. NATO said "
            "the talks went well.",
            "North Atlantic Treaty Organization",
            ("NATO",),
            id="a known body under its long name",
        ),
        pytest.param(
            "The Washington Post reported the deal on Tuesday. The Post said two officials had "
            "confirmed it.",
            "The Washington Post",
            ("Post",),
            id="a paper's short name",
        ),
        pytest.param(
            "Russian officials left. The Russians had stayed for a week.",
            "Russian",
            ("Russians",),
            id="a people",
        ),
    ],
)
def test_names_of_one_entity_share_it(read, text, name, aliases):
    mentions, entities = read(text)

    (one,) = (entity for entity in entities if entity.name == name)
    assert one.aliases == aliases
    assert {m.entity for m in mentions if m.text in {name, *aliases}} == {one.entity}


def test_a_lone_surname_that_fits_two_persons_is_neither(read):
    mentions, entities = read(
        "Ada Okafor and Samuel Okafor arrived together. Later, Okafor said she was tired."
    )

    of = {one.text: one.entity for one in mentions}
    assert len({of["Ada Okafor"], of["Samuel Okafor"], of["Okafor"]}) == 3
    assert [one.name for one in entities] == ["Ada Okafor", "Samuel Okafor", "Okafor"]


def test_a_full_name_is_one_entity_in_all_articles_and_a_lone_surname_in_one(parsed):
    article, parse = parsed("Ada Okafor spoke in Oslo. Then Mr. Brandt left.")
    _, here = resolve(replace(article, article_id="one"), parse)
    _, there = resolve(replace(article, article_id="two"), parse)

    shared = {one.entity for one in here} & {one.entity for one in there}
    assert {one.name for one in here if one.entity in shared} == {"Ada Okafor", "Oslo"}
    assert {one.name for one in here if one.entity not in shared} == {"Brandt"}


def test_places_and_peoples_know_their_country(read):
    _, entities = read("Danish troops left Poland for Lyon. The European Union was silent.")

    assert {one.name: one.country for one in entities} == {
        "Danish": "DK",
        "Poland": "PL",
        "Lyon": "FR",
        "European Union": None,
    }


def test_dates_and_money_are_no_entities(read):
    mentions, entities = read("On Friday the city of Oslo paid $3 million.")

    assert {one.label for one in mentions if one.entity is None} == {"DATE", "MONEY"}
    assert [one.name for one in entities] == ["Oslo"]


def test_captions_and_credits_name_nobody(parsed):
    article, parse = parsed("(Photo by Karl Brandt/Getty Images)\n\nAda Okafor spoke in Oslo.")

    _, entities = resolve(article, parse)

    assert [one.name for one in entities] == ["Ada Okafor", "Oslo"]


def test_a_text_without_a_parse_names_nobody():
    assert resolve(an_article(), Parse()) == ((), ())
