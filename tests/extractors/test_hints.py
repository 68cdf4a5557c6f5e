"""Speakers to whom the story around words in marks points, where no reporting verb does."""

import pytest

from tests.quoting import Parsed, quotes_of

TWO = "“You never wrote to me,” Anna Lind said.\n\n“I wrote to you in May,” Peter Holm said."


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        pytest.param(
            "The plan is, in the words of Anna Lind, “the worst idea in living memory”.",
            "Anna Lind",
            id="in the words of",
        ),
        pytest.param(
            "“This is the end of a long road for us.”\n\n"
            "That was how Anna Lind opened the meeting on Monday.",
            "Anna Lind",
            id="that was how she spoke",
        ),
        pytest.param(
            "The spot uses footage of Anna Lind asking, “Why is the old bridge still closed?”",
            "Anna Lind",
            id="footage of her asking",
        ),
        pytest.param(
            "Some of what Anna Lind has said over the years:\n\n“The river is my office.” (1998)",
            "Anna Lind",
            id="announced by a paragraph",
        ),
        pytest.param(
            "The news came as a shock to Anna Lind. “I had worked there since I was sixteen.”",
            "Anna Lind",
            id="the only one told of",
        ),
        pytest.param(
            "Anna Lind opened the meeting. “Good evening to all of you.” "
            "Peter Holm stood up. “I want to speak first.”",
            "Peter Holm",
            id="who acts in the sentence before",
        ),
        pytest.param(
            TWO + "\n\n“I never saw a letter from you.”", "Anna Lind", id="whose turn it is"
        ),
    ],
)
def test_the_last_quotation_is_said_by_whom_the_story_points_to(
    parsed: Parsed, text: str, speaker: str
):
    assert quotes_of(parsed, text)[-1].speaker == speaker


def test_two_persons_who_talk_take_turns_however_long(parsed: Parsed):
    turns = "\n\n“Then you must have lost it.”\n\n“I lose nothing, and you know it.”" * 3

    quotes = quotes_of(parsed, f"{TWO}{turns}\n\nThen it rained.")

    assert [quote.speaker for quote in quotes] == ["Anna Lind", "Peter Holm"] * 4


def test_one_person_who_goes_on_takes_no_turns(parsed: Parsed):
    text = "“It was a long night,” Lind said.\n\n“It was cold,” Lind said.\n\n“It was very dark.”"

    quotes = quotes_of(parsed, "Anna Lind lost her house.\n\n" + text)

    assert {quote.speaker for quote in quotes} == {"Anna Lind"}


@pytest.mark.parametrize("word", ["Nobody", "No one", "Everybody"])
def test_nobody_is_no_speaker(parsed: Parsed, word: str):
    (quote,) = quotes_of(parsed, f"“The talks are over for this year at least.” {word} clapped.")

    assert quote.speaker is None


def test_a_thing_without_a_reporting_verb_says_nothing(parsed: Parsed):
    text = "The exhibition “We All Live by the River and We Like It” opens at the museum on Friday."

    assert all(quote.speaker is None for quote in quotes_of(parsed, text))


def test_the_label_of_the_next_item_signs_nothing(parsed: Parsed):
    text = "- Anna Lind: “It is a danger to us.”\n\n- Peter Holm: “It is as good as new.”"

    quotes = quotes_of(parsed, "What they said about the bridge:\n\n" + text)

    assert [quote.speaker for quote in quotes] == ["Anna Lind", "Peter Holm"]
