"""Which rows an article's paragraphs make, and which of them are one utterance."""

import pytest

from extractors.plaintext import article_from_text
from extractors.quotes import quotes_in, quotes_without_parse
from tests.quoting import Parsed


@pytest.mark.parametrize(
    "heading",
    ["'Roads Remain Closed.'", "“A Very Long Winter”", '"Back to the Bridge"', "‘Never Again!’"],
)
def test_a_sub_heading_in_marks_is_no_quotation(parsed: Parsed, heading: str):
    text = f"The bridge was closed on Monday.\n\n{heading}\n\nThe ferry took over on Tuesday."

    assert list(quotes_in(*parsed(text))) == []


def test_a_nickname_in_marks_is_no_quotation(parsed: Parsed):
    text = "Tom “Bobby” Reed said the bridge was gone for good."

    assert [quote.text for quote in quotes_in(*parsed(text))] == ["the bridge was gone for good"]


def test_words_in_capitals_below_a_colon_are_a_quotation(parsed: Parsed):
    text = "The union wrote on its door:\n\n“We Will Not Go Back.”\n\nThe door was open."

    assert [quote.text for quote in quotes_in(*parsed(text))] == ["We Will Not Go Back."]


STATEMENTS = {
    "without marks": (
        "In a statement, Ada Quill said:\n\nThe bridge was never safe, and I told them.\n\n"
        "The mayor did not answer.",
        [("indirect", "The bridge was never safe, and I told them.")],
    ),
    "with some words in marks": (
        "Bo Ek wrote:\n\nI never called the bridge “unsafe” in all those years.",
        [("mixed", "I never called the bridge “unsafe” in all those years.")],
    ),
    "a list": (
        "Bo Ek said the town has:\n\n- A bridge that is closed.\n\n- A ferry.",
        [("indirect", "the town has")],
    ),
    "over paragraphs in the first person": (
        "On Monday Bo Ek wrote:\n\nI am sorry for what happened here.\n\n"
        "We owe it to the town.\n\nThe ferry was full.",
        [
            ("indirect", "I am sorry for what happened here."),
            ("indirect", "We owe it to the town."),
        ],
    ),
    "in a text whose author is a first person too": (
        "We were in town. On Monday Bo Ek wrote:\n\nI am sorry for what happened here.\n\n"
        "I was in the hall.",
        [("indirect", "I am sorry for what happened here.")],
    ),
    "a noun and whose text it is": (
        "Here is the full statement by Ada Quill, the mayor:\n\n"
        "The bridge was never safe, and I told them.",
        [("indirect", "The bridge was never safe, and I told them.")],
    ),
    "a noun and nobody's": ("This is the statement:\n\nA bridge that is closed is no use.", []),
    "no reporting verb": ("The town has these:\n\nA bridge that is closed, and a ferry.", []),
}


@pytest.mark.parametrize(("text", "expected"), STATEMENTS.values(), ids=STATEMENTS.keys())
def test_a_paragraph_that_a_colon_leads_in_is_a_statement(
    parsed: Parsed, text: str, expected: list[tuple[str, str]]
):
    quotes = list(quotes_in(*parsed(text)))

    assert [(quote.kind, quote.text) for quote in quotes] == expected


FORGOTTEN = {
    "another name speaks": (
        "“It is a shame,” Gwen Moore said Friday. “If indeed he were a friend.\n\n"
        "“I have been thinking about it,” added Jim Clyburn. “It is bad for us.”",
        [0, 0, 1, 1],
    ),
    "another name after a name and a colon": (
        "Gwen Moore said: “If indeed he were a friend.\n\n"
        "“I have been thinking about it,” Jim Clyburn replied.",
        [0, 1],
    ),
    "the same name speaks": (
        "“It is a shame,” Gwen Moore said Friday. “If indeed he were a friend.\n\n"
        "“I have been thinking about it,” Moore added. “It is bad for us.”",
        [0, 0, 0, 0],
    ),
    "a pronoun speaks": (
        "“It is a shame,” Gwen Moore said Friday. “If indeed he were a friend.\n\n"
        "“I have been thinking about it,” she added.",
        [0, 0, 0],
    ),
}


@pytest.mark.parametrize(("text", "utterances"), FORGOTTEN.values(), ids=FORGOTTEN.keys())
def test_a_paragraph_with_a_speaker_of_its_own_is_no_continuation(
    parsed: Parsed, text: str, utterances: list[int]
):
    assert [quote.utterance for quote in quotes_in(*parsed(text))] == utterances


def test_parts_between_dashes_are_one_direct_utterance(parsed: Parsed):
    text = "“The bridge,” Anna Lind said — “our bridge” — “is gone for good.”"

    quotes = list(quotes_in(*parsed(text)))

    assert [(quote.kind, quote.text, quote.utterance) for quote in quotes] == [
        ("direct", "The bridge", 0),
        ("direct", "our bridge", 0),
        ("direct", "is gone for good.", 0),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Er kam am Montag an. „Das ist mir zu teuer.\n\n„Viel zu teuer“, sagte er.\n\n"
            "„Mir ist es recht“, rief sie.",
            [("Das ist mir zu teuer.", 0), ("Viel zu teuer", 0), ("Mir ist es recht", 1)],
        ),
        (
            "Er kam am Montag an. „Das ist mir zu teuer“, sagte er. „Nein.\n\n"
            "„Mir ist es recht“, rief sie.",
            [("Das ist mir zu teuer", 0), ("Mir ist es recht", 1)],
        ),
        (
            "Elle est arrivée lundi. « Nous irons tous demain.\n\n» Oui », dit-il.",
            [("Nous irons tous demain.", 0), ("Oui", 0)],
        ),
    ],
    ids=["over paragraphs", "a head too short to count", "a short end"],
)
def test_without_a_model_paragraphs_of_one_quotation_are_one_utterance(
    text: str, expected: list[tuple[str, int]]
):
    quotes = quotes_without_parse(article_from_text(text))

    assert [(quote.text, quote.utterance) for quote in quotes] == expected


SIGNED = {
    "two readers": (
        "Our readers are of two minds.\n\n"
        "It is far too narrow for the buses. ― Maria Duarte, teacher\n\n"
        "I cross it every day and I love it. -- Tom Hale, Leeds",
        ["It is far too narrow for the buses.", "I cross it every day and I love it."],
    ),
    "a name on a line of its own": (
        "It is far too narrow for the buses.\n\n― Maria Duarte\n\n"
        "I cross it every day and I love it.\n\n― Tom Hale",
        ["It is far too narrow for the buses.", "I cross it every day and I love it."],
    ),
    "one post with its account": (
        "I never took a penny. Read the papers! — Maria Duarte (@duarte) May 3, 2019",
        ["I never took a penny. Read the papers!"],
    ),
    "one author": ("The bridge was closed on the first day of March. — Maria Duarte", []),
    "reporters of short news": (
        "The bridge was closed on the first day of March.--Maria Duarte.\n\n"
        "The ferry was full on the second day of March.--Tom Hale.",
        [],
    ),
    "names at the end of a sentence": (
        "The town has only two engineers of its own -- Maria Duarte and Tom Hale.\n\n"
        "The other towns around it have one -- Priya Raman",
        [],
    ),
    "words between dashes": (
        "The bridge — Maria Duarte built it — was closed.\n\nThe ferry — Tom Hale's — was not.",
        [],
    ),
}


@pytest.mark.parametrize(("text", "expected"), SIGNED.values(), ids=SIGNED.keys())
def test_what_is_signed_behind_a_dash_is_said(parsed: Parsed, text: str, expected: list[str]):
    quotes = list(quotes_in(*parsed(text)))

    assert [quote.text for quote in quotes] == expected
    assert {quote.kind for quote in quotes} <= {"indirect"}


WHOLE = {
    "the speaker pauses": (
        "“I saw the car” — Bo Ek paused — “and I jumped,” the witness said.",
        [("I saw the car", 0), ("and I jumped", 0)],
    ),
    "in brackets": (
        "The mayor was late (“I missed the bus to the hall,” said Ada Quill) and tired.",
        [("I missed the bus to the hall", 0)],
    ),
    "words between the verb and the second part": (
        "“Not in my town,” she said a third time, “and not in yours.”",
        [("Not in my town", 0), ("and not in yours.", 0)],
    ),
    "a year behind": (
        "What Ada Quill has said over the years:\n\n“The river is my office.” (1998)",
        [("The river is my office.", 0)],
    ),
    "short parts over paragraphs": (
        "“I was out,” said Ada Quill, a fisher. “It was calm.\n\n“Then it blew.\n\n“I was cold.”",
        [("I was out", 0), ("It was calm.", 0), ("Then it blew.", 0), ("I was cold.", 0)],
    ),
}


@pytest.mark.parametrize(("text", "expected"), WHOLE.values(), ids=WHOLE.keys())
def test_a_part_that_is_wholly_in_marks_is_direct(
    parsed: Parsed, text: str, expected: list[tuple[str, int]]
):
    quotes = list(quotes_in(*parsed(text)))

    assert [(quote.text, quote.utterance) for quote in quotes] == expected
    assert {quote.kind for quote in quotes} == {"direct"}


@pytest.mark.parametrize(
    "text",
    [
        "市长周一表示：“在这件事上我们没有别的选择。”",
        "市長は「選択の余地がありません」と述べました。",
    ],
)
def test_without_blanks_between_words_eight_characters_are_a_quotation(text: str):
    (quote,) = quotes_without_parse(article_from_text(text))

    assert quote.kind == "direct"


@pytest.mark.parametrize(
    "lead",
    [
        "Anna Bell was blunter:",
        "A party source was franker:",
        "His wife’s view:",
        "Anna Bell shrugged:",
        "Fire chief Anna Bell countered:",
    ],
)
def test_what_a_new_sentence_leads_in_is_another_utterance(parsed: Parsed, lead: str):
    text = f"“I am not relaxed,” said Tom Reed. {lead} “We will see what comes.”"

    assert [quote.utterance for quote in quotes_in(*parsed(text))] == [0, 1]


def test_a_sentence_that_a_cue_interrupts_is_one_utterance(parsed: Parsed):
    text = "“I saw the car,” said Mr. Tom Reed, of Ostby. “It was red.”"

    assert [quote.utterance for quote in quotes_in(*parsed(text))] == [0, 0]


def test_a_short_sentence_in_marks_that_is_a_paragraph_is_a_quotation(parsed: Parsed):
    text = "What kept you here?\n\n“Ice and paperwork.”\n\nShe poured the tea."

    assert [quote.text for quote in quotes_in(*parsed(text))] == ["Ice and paperwork."]


def test_a_dateline_is_no_part_of_a_report(parsed: Parsed):
    text = "NICOSIA — According to Minister Andreas Kyriakou, the port will reopen in May."

    assert [quote.text for quote in quotes_in(*parsed(text))] == ["the port will reopen in May"]
