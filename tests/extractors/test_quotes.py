from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.nlp import Parse
from extractors.quotes import quotes_in, quotes_without_parse
from extractors.records import Article, Paragraph, Quote
from extractors.speakers import attributed
from tests.builders import an_article
from tests.quoting import Parsed


def said_in(parsed: Parsed, text: str) -> list[tuple[str, str]]:
    return [(quote.kind, quote.text) for quote in quotes_in(*parsed(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "“We will rebuild the bridge,” Anna Lind said.",
            [("direct", "We will rebuild the bridge")],
            id="marks and closing comma are left out",
        ),
        pytest.param(
            "“Will it hold?” asked Anna Lind.",
            [("direct", "Will it hold?")],
            id="a question mark belongs to the quotation",
        ),
        pytest.param(
            "Anna Lind said that the bridge “was never safe” for lorries.",
            [("mixed", "that the bridge “was never safe” for lorries")],
            id="a mixed report is one row over the whole content",
        ),
        pytest.param(
            "Anna Lind said the town “was poor” and the bridge “was never safe” for lorries.",
            [("mixed", "the town “was poor” and the bridge “was never safe” for lorries")],
            id="two quoted parts get no rows of their own",
        ),
        pytest.param(
            "“You told me ‘never again’ in May,” Anna Lind said.",
            [("direct", "You told me ‘never again’ in May")],
            id="a nested quotation belongs to the outer one",
        ),
        pytest.param("“Yes,” said Anna Lind.", [("direct", "Yes")], id="one attributed word"),
        pytest.param(
            "Anna Lind bought an “organic” apple.", [], id="a scare quote is no quotation"
        ),
        pytest.param(
            "Peter Holm told reporters: “We are ready to go.”",
            [("direct", "We are ready to go.")],
            id="a colon leads in a direct quotation",
        ),
        pytest.param("The bridge was opened on Monday.", [], id="nothing is reported"),
        pytest.param(
            "“One must repair it.\n\n“And one must pay for it,” Peter Holm said.",
            [("direct", "One must repair it."), ("direct", "And one must pay for it")],
            id="one row a paragraph",
        ),
    ],
)
def test_reported_words_are_found(parsed: Parsed, text: str, expected: list[tuple[str, str]]):
    assert said_in(parsed, text) == expected


@pytest.mark.parametrize(
    ("text", "utterances"),
    [
        pytest.param(
            "“We will rebuild it,” Anna Lind said, “and we will do it soon.”",
            [0, 0],
            id="interrupted in mid-sentence",
        ),
        pytest.param(
            "“We will rebuild it,” Anna Lind said. “It will take a year.”",
            [0, 0],
            id="interrupted between sentences",
        ),
        pytest.param(
            "“We must repair it.\n\n“And we must pay for it,” Peter Holm said.",
            [0, 0],
            id="continued in the next paragraph",
        ),
        pytest.param(
            "“We are ready,” Peter Holm said. “You are not ready at all,” Anna Lind replied.",
            [0, 1],
            id="two people",
        ),
        pytest.param("The plan, Anna Lind said, would cost a million crowns.", [0, 0], id="report"),
    ],
)
def test_parts_of_one_utterance_share_its_number(parsed: Parsed, text: str, utterances: list[int]):
    assert [quote.utterance for quote in quotes_in(*parsed(text))] == utterances


def test_words_in_marks_of_a_caption_are_no_quotation():
    text = "“We will go now,” Anna Lind said."
    caption = Paragraph(start=0, end=len(text), role="caption")

    quotes = list(quotes_in(an_article(text=text, paragraphs=(caption,)), Parse()))

    assert quotes == []


def test_paragraphs_of_a_transcript_are_quotations_without_their_labels(parsed: Parsed):
    text = (
        "SMITH: We will not raise the tax this year.\n\n"
        "JONES: But you said in March that you had no choice.\n\n"
        "SMITH: And in April I changed my mind about it."
    )

    quotes = list(quotes_in(*parsed(text)))

    assert [quote.text.split()[0] for quote in quotes] == ["We", "But", "And"]
    assert [quote.utterance for quote in quotes] == [0, 1, 2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("„Das ist sehr gut“, sagte er.", ["Das ist sehr gut"], id="low-high"),
        pytest.param(
            "« Nous irons tous demain », dit-il.", ["Nous irons tous demain"], id="spaced"
        ),
        pytest.param("Das „Glück“ ist fern.", [], id="too few words"),
    ],
)
def test_without_a_model_marks_alone_make_direct_quotations(text: str, expected: list[str]):
    quotes = list(quotes_without_parse(an_article(text=text, lang=None)))

    assert [quote.text for quote in quotes] == expected
    assert all(quote.kind == "direct" and quote.speaker is None for quote in quotes)
    assert all(quote.confidence <= 0.5 for quote in quotes)


SENTENCES = [
    "“We go,” Anna Lind said, “now.” ",
    "He said that she “was late.”",
    '"Why?',
    "According to the ministry, it rained.\n",
    "\n\n“And then",
    "SMITH: No, never, not at all.\n",
    "‘It’s fine’, they claimed. ",
    "“ ” ‘’ '' \" ",
    "― Maria Duarte\n",
    "\u202e\u0000😀 “é\u0301” ",
]


def assert_sound(quotes: tuple[Quote, ...], article: Article) -> None:
    for quote in quotes:
        assert 0 <= quote.start < quote.end <= len(article.text)
        assert quote.text == article.text[quote.start : quote.end]
        assert any(p.start <= quote.start and quote.end <= p.end for p in article.paragraphs)
        assert 0 <= quote.confidence <= 1
        if quote.speaker_start is not None and quote.speaker_end is not None:
            assert quote.speaker_mention == article.text[quote.speaker_start : quote.speaker_end]
        if quote.cue_start is not None and quote.cue_end is not None:
            assert quote.cue == article.text[quote.cue_start : quote.cue_end]
    assert all(one.end <= two.start for one, two in pairwise(quotes))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.one_of(st.sampled_from(SENTENCES), st.text(max_size=30)), max_size=6).map("".join)
)
def test_any_text_gives_sound_rows_and_the_same_again(parsed: Parsed, text: str):
    article, parse = parsed(text)

    quotes = attributed(quotes_in(article, parse), article, parse, (), ())

    assert quotes == attributed(quotes_in(article, parse), article, parse, (), ())
    assert_sound(quotes, article)
    assert_sound(tuple(quotes_without_parse(article)), article)


PARTS = {
    "another cue in the next paragraph": (
        '"We have no money," said Quill, "and no time."\n\nQuill said the bridge was closed.',
        [("We have no money", 0), ("and no time.", 0), ("the bridge was closed", 1)],
    ),
    "short paragraphs of one quotation": (
        "Mr Smith said: “We will build it.\n\n“It will take three years.\n\n“Nobody pays.”",
        [("We will build it.", 0), ("It will take three years.", 0), ("Nobody pays.", 0)],
    ),
}


@pytest.mark.parametrize(("text", "expected"), PARTS.values(), ids=PARTS.keys())
def test_parts_share_their_utterance_whatever_follows(
    parsed: Parsed, text: str, expected: list[tuple[str, int]]
):
    article, parse = parsed(text)

    rows = [(quote.text, quote.utterance) for quote in quotes_in(article, parse)]

    assert rows == expected


@pytest.mark.parametrize(
    "text",
    [
        'PARIS, Nov 3 (Reuters) - "It is over," Ada Quill said on Monday in Paris.',
        "PARIS (AP) — “It is over,” the mayor, Ada Quill, said Monday.",
        'LOS ANGELES — "It is over," said Ada Quill, the mayor.',
    ],
    ids=["with a day", "with an agency", "place alone"],
)
def test_a_dateline_is_no_part_of_a_quotation(parsed: Parsed, text: str):
    article, parse = parsed(text)

    rows = [(quote.kind, quote.text) for quote in quotes_in(article, parse)]

    assert rows == [("direct", "It is over")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“Absolutely not,” said Bob Stone, the mayor.", "Absolutely not"),
        ('"No," said Ms Quill. She left the room.', "No"),
        ("“No comment,” a spokesman for the ministry said.", "No comment"),
    ],
    ids=["two words", "one word", "a speaker with a description"],
)
def test_a_short_quotation_counts_where_somebody_says_it(parsed: Parsed, text: str, words: str):
    article, parse = parsed(text)

    rows = [(quote.kind, quote.text) for quote in quotes_in(article, parse)]

    assert rows == [("direct", words)]


@pytest.mark.parametrize(
    "content",
    [
        "that his members ‘did not go to sea to drown in paperwork’",
        "that the drivers ‘had not been asked by anybody’ before the vote",
    ],
    ids=["marks to the end", "words behind the marks"],
)
def test_a_clause_partly_in_marks_is_one_mixed_row_whatever_verb_reports_it(
    parsed: Parsed, content: str
):
    article, parse = parsed(f"Dougal Fenwright answers {content}. He is right too.")

    rows = [(quote.kind, quote.text) for quote in quotes_in(article, parse)]

    assert rows == [("mixed", content)]
