"""Names written in one of their longer forms: letters, "Jr.", lands; sample texts are invented."""

import pytest

from extractors.entities import resolve
from extractors.naming.gazetteer import place_called
from extractors.naming.names import normalised_name
from tests.quoting import Parsed


def named(parsed: Parsed, text: str) -> list[tuple[str, str]]:
    mentions, _ = resolve(*parsed(text))
    return [(one.text, one.label) for one in mentions if one.label != "DATE"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Helen Marsh, KC, said the council had failed.",
            [("Helen Marsh", "PERSON")],
            id="letters behind a comma name nothing",
        ),
        pytest.param(
            "Helen Marsh, M.D., Ph.D., will chair the panel.",
            [("Helen Marsh", "PERSON")],
            id="nor do two, with points",
        ),
        pytest.param(
            "He lives in Baltimore, MD, and works in Boston.",
            [("Baltimore", "PLACE"), ("MD", "PLACE"), ("Boston", "PLACE")],
            id="a state behind a city stays",
        ),
        pytest.param(
            "Ada Okafor, TD Bank's chief, met Tom Lind, JD Vance and Ada Brandt.",
            [
                ("Ada Okafor", "PERSON"),
                ("TD Bank", "ORG"),
                ("Tom Lind", "PERSON"),
                ("JD Vance", "PERSON"),
                ("Ada Brandt", "PERSON"),
            ],
            id="letters that begin a name stay",
        ),
        pytest.param(
            "Stephen Marlowe, Jr., won the seat of Leeds.",
            [("Stephen Marlowe, Jr.", "PERSON"), ("Leeds", "PLACE")],
            id="a mark of generation behind a comma is part of the name",
        ),
        pytest.param(
            "Walter Haverstock built the ranch. “It was a hard year,” Haverstock said.",
            [("Walter Haverstock", "PERSON"), ("Haverstock", "PERSON")],
            id="who speaks by surname is a person",
        ),
        pytest.param(
            "“It is late,” said Joost Verhagen, its head.",
            [("Joost Verhagen", "PERSON")],
            id="a given name the model left out",
        ),
        pytest.param(
            "“We will grow,” said its founder, Odile Marchand.",
            [("Odile Marchand", "PERSON")],
            id="a surname the model left out",
        ),
        pytest.param(
            "Rt Hon Amara Delacroix-Voss spoke on Monday.",
            [("Amara Delacroix-Voss", "PERSON")],
            id="a given name before a double surname",
        ),
        pytest.param(
            "The man, TOBIAS RENFIELD, was seen at the harbour on Friday.",
            [("TOBIAS RENFIELD", "PERSON")],
            id="a full name in capitals",
        ),
        pytest.param(
            "He joined Hallmann Glas GmbH. Hallmann Glas said it would grow.",
            [("Hallmann Glas GmbH.", "ORG"), ("Hallmann Glas", "ORG")],
            id="a company that ends a sentence and begins the next",
        ),
    ],
)
def test_names_are_found_in_their_longer_forms(
    parsed: Parsed, text: str, expected: list[tuple[str, str]]
) -> None:
    assert named(parsed, text) == expected


def test_letters_are_no_part_of_a_name(parsed: Parsed) -> None:
    text = "Clarissa Penhale DBE was sorry about the delay. “We are sorry,” Penhale said."

    mentions, entities = resolve(*parsed(text))

    assert [one.name for one in entities] == ["Clarissa Penhale"]
    assert {one.entity for one in mentions} == {entities[0].entity}


def test_a_son_is_one_with_or_without_a_comma_and_not_his_father(parsed: Parsed) -> None:
    text = (
        "Stephen Marlowe, Jr., won the seat. His father, Stephen Marlowe, held it before. "
        "Stephen Marlowe Jr. thanked him."
    )

    mentions, _ = resolve(*parsed(text))
    son, father, again = [one.entity for one in mentions]

    assert son == again != father


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Department of Trade & Safety", "Department of Trade and Safety", id="and"),
        pytest.param("Tolliver & Co", "Tolliver and Company", id="before a legal form"),
        pytest.param("World Ferry Organisation", "World Ferry Organization", id="-isation"),
        pytest.param("Defence Centre", "Defense Center", id="British and American words"),
        pytest.param("Labour", "Labor", id="a word alone"),
    ],
)
def test_spellings_of_an_organisation_are_one(one: str, other: str) -> None:
    assert normalised_name(one, "ORG") == normalised_name(other, "ORG")


@pytest.mark.parametrize(
    ("formal", "usual"),
    [
        ("Federal Republic of Germany", "Germany"),
        ("Kingdom of the Netherlands", "Netherlands"),
        ("Grand Duchy of Luxembourg", "Luxembourg"),
        ("People's Republic of China", "China"),
        ("Republic of China", "Taiwan"),
        ("Republic of Ireland", "Ireland"),
        ("State of Israel", "Israel"),
        ("Hellenic Republic", "Greece"),
    ],
)
def test_the_formal_name_of_a_state_means_it(formal: str, usual: str) -> None:
    place = place_called(formal)

    assert place is not None
    assert place.name == usual


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "He lives in Paris, Texas, near a lake. The mayor of Paris said so.",
            ["Paris, Texas", "Texas"],
            id="the place behind the comma decides in the whole article",
        ),
        pytest.param(
            "He lives in Paris, Texas. She lives in Paris, France.",
            ["Paris, Texas", "Texas", "Paris", "France"],
            id="two cities of one name",
        ),
        pytest.param(
            "Offices in Oslo, London, Ontario and Warsaw closed.",
            ["Oslo", "London", "Ontario", "Warsaw"],
            id="a list tells nothing",
        ),
    ],
)
def test_cities_are_where_the_article_says(parsed: Parsed, text: str, expected: list[str]) -> None:
    _, entities = resolve(*parsed(text))

    assert [one.name for one in entities] == expected
