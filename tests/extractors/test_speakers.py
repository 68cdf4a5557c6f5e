import math

import pytest

from extractors.entities import resolve
from extractors.quotes import quotes_in
from extractors.speakers import attributed
from extractors.speech.confidence import trusted
from tests.quoting import Parsed, last_speaker, quotes_of


@pytest.mark.parametrize(
    ("text", "mention", "speaker"),
    [
        pytest.param(
            "“We will rebuild the bridge,” Mayor Anna Lind said on Monday.",
            "Mayor Anna Lind",
            "Anna Lind",
            id="title before the name",
        ),
        pytest.param(
            "“We will rebuild the bridge,” said Anna Lind.", "Anna Lind", "Anna Lind", id="said X"
        ),
        pytest.param(
            "Anna Lind replied: “We will rebuild the bridge.”", "Anna Lind", "Anna Lind", id="colon"
        ),
        pytest.param(
            "Anna Lind opened the bridge.\n\n“It is a good day for the town,” Lind said.",
            "Lind",
            "Anna Lind",
            id="short name",
        ),
        pytest.param(
            "Anna Lind opened the bridge.\n\n“It is a good day for the town,” she said.",
            "she",
            "Anna Lind",
            id="she",
        ),
        pytest.param(
            "Anna Lind met Peter Holm.\n\n“It is a good day for the town,” he said.",
            "he",
            "Peter Holm",
            id="he, of two people",
        ),
        pytest.param(
            "Peter Holm met Anna Lind.\n\n“It is a good day for the town,” he said.",
            "he",
            "Peter Holm",
            id="he, of two people the other way round",
        ),
        pytest.param(
            "“Trains will run again in May,” a spokesman said.",
            "a spokesman",
            "a spokesman",
            id="a phrase",
        ),
        pytest.param(
            "The bridge will be closed until spring, the ministry said.",
            "the ministry",
            "the ministry",
            id="an office",
        ),
        pytest.param(
            "“I loved the old bridge and its lamps.” ― Maria Duarte",
            "Maria Duarte",
            "Maria Duarte",
            id="signed",
        ),
        pytest.param(
            "Peter Holm, who said the bridge was unsafe, resigned on Monday.",
            "who",
            "Peter Holm",
            id="who",
        ),
        pytest.param(
            "According to Anna Lind, the bridge will be closed until spring.",
            "Anna Lind",
            "Anna Lind",
            id="according to",
        ),
    ],
)
def test_the_speaker_is_found(parsed: Parsed, text: str, mention: str, speaker: str):
    quote = quotes_of(parsed, text)[-1]

    assert (quote.speaker_mention, quote.speaker) == (mention, speaker)


def test_the_speaker_is_the_entity_that_names_it(parsed: Parsed):
    article, parse = parsed("Anna Lind opened the bridge.\n\n“It is a good day,” she said.")
    mentions, entities = resolve(article, parse)

    quotes = attributed(quotes_in(article, parse), article, parse, mentions, entities)

    assert [quote.speaker_id for quote in quotes] == [
        entity.entity for entity in entities if entity.name == "Anna Lind"
    ]


def test_parts_of_an_utterance_have_one_speaker(parsed: Parsed):
    text = "“We will rebuild it,” Anna Lind told Peter Holm. “It will take a year.”"

    assert [quote.speaker for quote in quotes_of(parsed, text)] == ["Anna Lind", "Anna Lind"]


def test_two_people_take_turns(parsed: Parsed):
    text = "“I am tired of it,” Anna Lind said. “So am I,” Peter Holm replied."

    assert [quote.speaker for quote in quotes_of(parsed, text)] == ["Anna Lind", "Peter Holm"]


def test_labels_of_a_transcript_name_the_speakers(parsed: Parsed):
    text = (
        "SMITH: We will not raise the tax this year.\n\n"
        "JONES: But you said in March that you had no choice.\n\n"
        "SMITH: And in April I changed my mind about it."
    )

    mentions = [quote.speaker_mention for quote in quotes_of(parsed, text)]

    assert mentions == ["SMITH", "JONES", "SMITH"]


def test_the_cue_is_given_with_its_place(parsed: Parsed):
    (quote,) = quotes_of(parsed, "“We will rebuild the bridge,” Anna Lind said on Monday.")

    assert (quote.cue, quote.cue_start, quote.cue_end) == ("said", 40, 44)


def test_a_pronoun_without_anybody_before_it_has_no_speaker_but_a_mention(parsed: Parsed):
    (quote,) = quotes_of(parsed, "“We will rebuild the bridge,” he said.")

    assert (quote.speaker_mention, quote.speaker, quote.speaker_id) == ("he", None, None)


def test_a_sure_attribution_has_more_confidence_than_a_guess(parsed: Parsed):
    (sure,) = quotes_of(parsed, "“We will rebuild the bridge,” Anna Lind said on Monday.")
    (guess,) = quotes_of(parsed, "Lind met Holm.\n\n“The bridge will be built again.”")

    assert sure.confidence > 0.8 > guess.confidence


@pytest.mark.parametrize(
    ("kind", "probability", "believed"),
    [
        pytest.param("direct", 0.9, 0.75, id="slope"),
        pytest.param("mixed", 0.5, 0.8, id="shift"),
        pytest.param("indirect", 0.9, 0.9, id="as it is"),
        pytest.param("indirect", 1.0, 0.9999, id="never quite sure"),
    ],
)
def test_a_probability_is_trusted_as_its_kind_was_right(
    kind: str, probability: float, believed: float
):
    table = {"confidence direct slope": 0.5, "confidence mixed shift": math.log(4)}

    assert trusted(probability, kind, table) == pytest.approx(believed)


def test_what_opens_in_the_next_sentence_has_said_nothing(parsed: Parsed):
    text = "“It is a building, not an apology.” The tower opens next spring."

    assert [quote.speaker for quote in quotes_of(parsed, text)] == [None]


@pytest.mark.parametrize(
    "sentence",
    ["Fish, he said, “is not magic”.", "Fish, he said, “is not magic”, and he left."],
    ids=["to the end of the sentence", "with words behind"],
)
def test_an_interrupted_quotation_that_marks_only_go_on_with_is_one_utterance(
    parsed: Parsed, sentence: str
):
    quotes = quotes_of(parsed, f"Bo Ek spoke to the Klaxon. {sentence}")

    assert [(quote.kind, quote.text) for quote in quotes] == [
        ("indirect", "Fish"),
        ("direct", "is not magic"),
    ]
    assert {(quote.utterance, quote.speaker, quote.cue) for quote in quotes} == {
        (0, "Bo Ek", "said")
    }


@pytest.mark.parametrize(
    ("lead", "speaker"),
    [
        pytest.param("Anna Bell was blunter:", "Anna Bell", id="name"),
        pytest.param("Anna Bell, the mayor, was not so sure:", "Anna Bell", id="with an office"),
        pytest.param("Anna Bell is my friend. She was blunter:", "Anna Bell", id="pronoun"),
        pytest.param("Anna Bell was angry. “No,” said Tom Reed:", "Tom Reed", id="a cue between"),
    ],
)
def test_who_is_described_before_a_colon_says_what_follows(parsed: Parsed, lead: str, speaker: str):
    text = f"“The road is closed for good,” said Tom Reed. {lead} “Nobody wants that road now.”"

    assert last_speaker(parsed, text) == speaker
