"""Whom an office and a surname mean: "President Obama"; sample texts are invented."""

import pytest

from extractors.entities import resolve
from extractors.naming.gazetteer import holder_called, office_at_end
from extractors.records import Entity
from extractors.wordlists import lines_in
from tests.quoting import Parsed


def persons(parsed: Parsed, text: str) -> dict[str, Entity]:
    _, entities = resolve(*parsed(text))
    return {entity.name: entity for entity in entities if entity.label == "PERSON"}


@pytest.mark.parametrize(
    ("office", "surname", "holder"),
    [
        pytest.param("president", "Obama", "Barack Obama", id="one bearer"),
        pytest.param("president", "Bush", None, id="two bearers"),
        pytest.param("president", "Merkel", None, id="another office"),
        pytest.param("president", "Pena Nieto", "Enrique Peña Nieto", id="without accents"),
        pytest.param("president", "Xi", "Xi Jinping", id="the family name first"),
        pytest.param("pope", "Francis", "Pope Francis", id="a name that goes with its title"),
        pytest.param("harbourmaster", "Obama", None, id="no such office"),
    ],
)
def test_an_office_and_a_surname_mean_one_bearer_or_nobody(
    office: str, surname: str, holder: str | None
):
    assert holder_called(office, surname) == holder


@pytest.mark.parametrize(
    ("text", "office"),
    [
        pytest.param("the former Secretary of State", "secretary of state", id="the longest"),
        pytest.param("President-elect", "president", id="elect"),
        pytest.param("ex-President", "president", id="ex"),
        pytest.param("Gov.", "gov", id="abbreviated"),
        pytest.param("the ferry of", None, id="none"),
    ],
)
def test_an_office_is_read_at_the_end_of_words(text: str, office: str | None):
    assert office_at_end(text) == office


def test_every_line_of_the_list_has_offices_a_full_name_and_what_the_press_calls_it():
    for line in lines_in("office_holders"):
        offices, name, *called = line.split(";")

        assert offices == offices.lower()
        assert " " in name
        assert len(called) < 2


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param(
            "President Obama opened a bridge. Obama smiled.", {"Barack Obama"}, id="never in full"
        ),
        pytest.param(
            "Prime Minister Trudeau met Chancellor Merkel.",
            {"Justin Trudeau", "Angela Merkel"},
            id="two offices",
        ),
        pytest.param("President Bush opened a bridge.", {"Bush"}, id="two held the office"),
        pytest.param("Obama opened a bridge.", {"Obama"}, id="without the office"),
        pytest.param(
            "Deputy Prime Minister Trudeau opened a bridge.", {"Trudeau"}, id="a lower office"
        ),
        pytest.param(
            "President Drew Fox runs the college. President Fox spoke.",
            {"Drew Fox"},
            id="the article gives the office to somebody else",
        ),
        pytest.param(
            "President Barack Hussein Obama spoke. President Obama left.",
            {"Barack Hussein Obama"},
            id="the article has a fuller name",
        ),
        pytest.param(
            "President Volodymyr Zelenskyy spoke. President Zelensky left.",
            {"Volodymyr Zelenskyy"},
            id="the article writes the full name otherwise",
        ),
    ],
)
def test_an_office_holder_has_the_usual_full_name(parsed: Parsed, text: str, names: set[str]):
    assert set(persons(parsed, text)) == names


def test_what_stands_in_the_article_is_an_alias_of_the_office_holder(parsed: Parsed):
    found = persons(parsed, "President Obama opened a bridge.")

    assert found["Barack Obama"].aliases == ("Obama",)


def test_an_office_holder_is_the_same_in_two_articles(parsed: Parsed):
    one = persons(parsed, "President Obama opened a bridge.")
    other = persons(parsed, "Barack Obama opened a school.")

    assert one["Barack Obama"].entity == other["Barack Obama"].entity


def test_a_pope_is_the_same_in_two_articles_and_no_other_francis_is(parsed: Parsed):
    one = persons(parsed, "Pope Francis opened a school.")
    other = persons(parsed, "On Monday Pope Francis spoke. Francis smiled.")
    unknown = persons(parsed, "Mr. Francis opened a bridge.")

    assert one["Pope Francis"].entity == other["Pope Francis"].entity
    assert unknown["Francis"].entity != one["Pope Francis"].entity


def test_the_office_holder_is_one_more_bearer_of_a_surname(parsed: Parsed):
    found = persons(parsed, "Michelle Obama met pupils in Ohio. President Obama was in Oslo.")

    assert set(found) == {"Michelle Obama", "Barack Obama"}
