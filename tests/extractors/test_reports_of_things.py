"""Reports without a clause, turns of phrase, and where the narrator goes on."""

import pytest

from extractors.quotes import quotes_in
from tests.quoting import Parsed


def texts_of(parsed: Parsed, text: str) -> list[str]:
    return [quote.text for quote in quotes_in(*parsed(text))]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The drivers' union called a strike for Monday.", id="called a strike"),
        pytest.param("Ida Kvist and Jonas Berg published a letter on Monday.", id="a letter"),
        pytest.param("Jonas Berg told a joke. Nora Hale asked a question.", id="asked a question"),
        pytest.param("The film tells the story of two sisters.", id="tells the story"),
        pytest.param("Ida Kvist posted a photo. The sign warns drivers.", id="posted a photo"),
        pytest.param("It goes without saying that it is wide.", id="goes without saying"),
        pytest.param("The hall is narrow. That said, it is long.", id="that said"),
        pytest.param("The hall is wide. Needless to say, it is long.", id="needless to say"),
        pytest.param("The clerk asked not to be named.", id="asked not to be named"),
        pytest.param("Ida Kvist praised her.", id="praised her"),
        pytest.param("Ida Kvist replied with a wink.", id="replied with a wink"),
        pytest.param("His wife did not say a word.", id="did not say a word"),
        pytest.param("No injuries were reported.", id="no injuries were reported"),
        pytest.param("Nobody said the bridge was safe.", id="nobody said"),
        pytest.param("No official has said that the bridge will close.", id="no official said"),
        pytest.param("If she says the bridge is closed, drivers will go home.", id="if she says"),
    ],
)
def test_what_is_done_or_only_a_turn_of_phrase_is_no_report(parsed: Parsed, text: str):
    assert texts_of(parsed, text) == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        pytest.param(
            "Ida Kvist opposed the new tax on ferries.", "the new tax on ferries", id="opposed"
        ),
        pytest.param(
            "Ida Kvist denied the charges of fraud against her.",
            "the charges of fraud against her",
            id="denied",
        ),
    ],
)
def test_an_attitude_needs_no_clause(parsed: Parsed, text: str, content: str):
    assert texts_of(parsed, text) == [content]


def test_what_another_says_in_the_same_sentence_is_a_report_of_its_own(parsed: Parsed):
    text = "Ida Kvist said that the bridge was safe, but Jonas Berg said that it would fall."

    assert texts_of(parsed, text) == ["that the bridge was safe", "that it would fall"]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        pytest.param(
            "Jonas Berg described his time at sea as “the longest winter of my life” in a letter.",
            "his time at sea as “the longest winter of my life”",
            id="in a letter",
        ),
        pytest.param(
            "Protesters chanted “Save our bridge, save our town” as they marched on Saturday.",
            "Save our bridge, save our town",
            id="as they marched",
        ),
    ],
)
def test_a_quotation_ends_before_the_occasion_of_it(parsed: Parsed, text: str, content: str):
    assert texts_of(parsed, text) == [content]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The so-called “bridge to nowhere” was never built.", id="so-called"),
        pytest.param("The show, called “Nobody Leaves the Party”, opens on Friday.", id="called"),
        pytest.param(
            "Her essay “What the River Taught Me About Rain” was printed again in 2004.", id="essay"
        ),
        pytest.param(
            "His first album, “Songs From the Last House,” sold a million copies.", id="album"
        ),
    ],
)
def test_a_title_is_no_quotation(parsed: Parsed, text: str):
    assert texts_of(parsed, text) == []


def test_small_letters_behind_called_are_what_somebody_said(parsed: Parsed):
    text = "Ida Kvist has called the plan “the worst idea we ever had in this town”."

    assert any(
        "the worst idea we ever had in this town" in found for found in texts_of(parsed, text)
    )
