"""What is said under the labels of transcripts and interviews, and who is its speaker."""

import pytest

from extractors.entities import resolve
from extractors.quotes import quotes_in
from extractors.speakers import utterance_of
from extractors.speech.candidates import candidates_of, sole_speaker
from extractors.speech.scene import Scene
from extractors.speech.syntax import Tree
from extractors.speech.transcripts import labels_in, speeches_in
from tests.quoting import Parsed

TALKS = {
    "capitals, a line without a label, a stage direction": (
        "PELL: You had no choice in March.\n\nYou said it again in May.\n\n"
        "FARRADAY: (applause) I changed my mind. [crosstalk]\n\nMODERATOR: Thank you both.",
        [
            ("You had no choice in March.", 0),
            ("You said it again in May.", 0),
            ("I changed my mind.", 1),
            ("Thank you both.", 2),
        ],
    ),
    "the time before the name": (
        "Nora Pell met Gus Farraday.\n\n[10:02] PELL: It was closed on the first of March.\n\n"
        "[10:04] FARRADAY: It was the second.\n\n10:05 PELL: Then the paper is wrong.",
        [
            ("It was closed on the first of March.", 0),
            ("It was the second.", 1),
            ("Then the paper is wrong.", 2),
        ],
    ),
    "the party behind the name": (
        "John Farraday (Labour): The bridge must be rebuilt soon.\n\n"
        "Nora Pell (Green): No, we must have a ferry.",
        [("The bridge must be rebuilt soon.", 0), ("No, we must have a ferry.", 1)],
    ),
    "the office behind the name": (
        "John Farraday, mayor: The bridge must be rebuilt soon.\n\n"
        "Nora Pell, teacher: No, we must have a ferry.",
        [("The bridge must be rebuilt soon.", 0), ("No, we must have a ferry.", 1)],
    ),
    "short answers": (
        "Nora Pell met John Farraday on Monday in the hall.\n\n"
        "Nora Pell: Is the bridge safe?\n\nJohn Farraday: Yes.",
        [("Is the bridge safe?", 0), ("Yes.", 1)],
    ),
    "questions under a role": (
        "The mayor came to the studio on Monday morning.\n\n"
        "Interviewer: Is the bridge safe?\n\nMayor: It was never safe at all.\n\n"
        "Interviewer: Who pays for it?\n\nMayor: The county pays.",
        [
            ("Is the bridge safe?", 0),
            ("It was never safe at all.", 1),
            ("Who pays for it?", 2),
            ("The county pays.", 3),
        ],
    ),
    "letters": (
        "Here are the answers of the engineer to our readers.\n\n"
        "Q. Why did the bridge close?\n\nA. It was never safe, and they knew it.\n\n"
        "Q. Who will pay?\n\nA. The county will pay for the most part of it.",
        [
            ("Why did the bridge close?", 0),
            ("It was never safe, and they knew it.", 1),
            ("Who will pay?", 2),
            ("The county will pay for the most part of it.", 3),
        ],
    ),
    "names on lines of their own": (
        "The committee heard two witnesses on Friday, in the hall.\n\nJohn Farraday\n\n"
        "I closed the bridge on the first of March.\n\nNora Pell\n\n"
        "It was closed on the second of March.\n\nJohn Farraday\n\n"
        "Then the paper is wrong about that.",
        [
            ("I closed the bridge on the first of March.", 0),
            ("It was closed on the second of March.", 1),
            ("Then the paper is wrong about that.", 2),
        ],
    ),
}


@pytest.mark.parametrize(("text", "expected"), TALKS.values(), ids=TALKS.keys())
def test_what_stands_under_a_label_is_said(
    parsed: Parsed, text: str, expected: list[tuple[str, int]]
):
    quotes = list(quotes_in(*parsed(text)))

    assert [(quote.text, quote.utterance) for quote in quotes] == expected
    assert {quote.kind for quote in quotes} == {"indirect"}


def test_a_turn_with_words_in_marks_is_mixed(parsed: Parsed):
    text = (
        "The host asked Ada Quill in the studio on Monday morning.\n\nHOST: How fast?\n\n"
        "QUILL: The mayor says “very fast” to all.\n\nHOST: Thank you so much."
    )

    kinds = [quote.kind for quote in quotes_in(*parsed(text))]

    assert kinds[-3:] == ["indirect", "mixed", "indirect"]


@pytest.mark.parametrize(
    "text",
    [
        "Farraday: 547 votes.\n\nPell: 612 votes.\n\nTurnout: 71 percent.",
        "Updated: The hall is open again.\n\nUpdated: The hall is closed now.",
        "WATCH: The bridge falls.\n\nMORE: The bridge is closed.\n\nREAD: The bridge is old.",
        "PRICE: It costs a dollar.\n\nPLACE: It is by the pier.\n\nPRICE: It costs two on Sunday.",
        "Nora Pell: 43, teacher, two children\n\nJohn Farraday: 54, farmer, no children",
    ],
    ids=["figures", "notes", "links", "notices", "who they are"],
)
def test_other_words_before_a_colon_are_no_labels(parsed: Parsed, text: str):
    article, parse = parsed(text)

    labels = labels_in(article, Tree(parse))

    assert list(speeches_in(article, labels)) == []


def test_a_paragraph_that_names_the_speaker_is_none_of_the_turn(parsed: Parsed):
    text = (
        "PELL: You had no choice in March.\n\nPell then left the hall for an hour.\n\n"
        "FARRADAY: I changed my mind in May.\n\nPELL: So I read in the paper."
    )

    quotes = list(quotes_in(*parsed(text)))

    assert [quote.text.split()[0] for quote in quotes] == ["You", "I", "So"]


SPEAKERS = {
    "name and party": (TALKS["the party behind the name"][0], ["Farraday", "Pell"]),
    "name and office": (TALKS["the office behind the name"][0], ["Farraday", "Pell"]),
    "the one who was introduced answers": (
        "Mary Cosma has kept the light since 2019. Here are her answers.\n\n"
        "Q: Is it lonely there?\n\nA: I have visitors by boat every week.",
        [None, "Cosma"],
    ),
    "two were introduced": (
        "Mary Cosma and John Ferris have kept the light since 2019.\n\n"
        "Q: Is it lonely there?\n\nA: I have visitors by boat every week.",
        [None, None],
    ),
    "led in": (
        "In a letter to the drivers, Maria Duarte, the mayor, wrote:\n\n"
        "The river has risen three times. We must be ready.",
        ["Duarte"],
    ),
    "led in by a noun": (
        "Here is the full statement by Tom Hale, the minister:\n\n"
        "The river has risen three times. We must be ready.",
        ["Hale"],
    ),
    "signed": (
        "Readers wrote to us about the bridge on Monday.\n\n"
        "“I loved the old bridge.” ― Maria Duarte, Leeds\n\n“I did not like it.”\n\n- Tom Hale",
        ["Duarte", "Hale"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), SPEAKERS.values(), ids=SPEAKERS.keys())
def test_a_label_or_signature_alone_can_be_the_speaker(
    parsed: Parsed, text: str, expected: list[str | None]
):
    article, parse = parsed(text)
    quotes = list(quotes_in(article, parse))
    scene = Scene(article, Tree(parse), quotes, resolve(article, parse)[0])

    found = [candidates_of(utterance_of([quote], scene), scene).distances for quote in quotes]

    assert [[scene.text(token) for token in tokens] for tokens in found] == [
        [] if name is None else [name] for name in expected
    ]


def test_a_list_of_names_with_colons_is_not_signed(parsed: Parsed):
    article, parse = parsed(
        "What they said:\n\n- Maria Duarte: “It is a danger to all of us.”\n\n"
        "- Tom Hale: “It is as good as new.”"
    )
    quotes = list(quotes_in(article, parse))
    scene = Scene(article, Tree(parse), quotes, resolve(article, parse)[0])

    found = [sole_speaker(utterance_of([quote], scene), scene) for quote in quotes]

    assert found == [None, None]
