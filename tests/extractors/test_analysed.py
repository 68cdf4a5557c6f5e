import pytest

from extractors.analysed import MAX_ANALYSED_CHARS, analysed_paragraphs
from extractors.errors import SettingsError
from extractors.nlp import Models
from extractors.plaintext import article_from_text
from extractors.records import Paragraph
from tests.builders import an_article

LIMIT = MAX_ANALYSED_CHARS


def test_captions_and_credits_are_not_analysed():
    article = an_article(
        text="Rain.\nPhoto: Jo Doe\nMore rain.",
        paragraphs=(
            Paragraph(start=0, end=5, role="standfirst"),
            Paragraph(start=6, end=19, role="credit"),
            Paragraph(start=20, end=30, role="body"),
        ),
    )

    analysed = [index for index, _ in analysed_paragraphs(article)]

    assert analysed == [0, 2]


def test_a_paragraph_at_the_limit_is_analysed_up_to_it():
    article = an_article(
        text="x" * (LIMIT + 100),
        paragraphs=(
            Paragraph(start=0, end=LIMIT + 50, role="body"),
            Paragraph(start=LIMIT + 51, end=LIMIT + 100, role="body"),
        ),
    )

    analysed = list(analysed_paragraphs(article))

    assert analysed == [(0, Paragraph(start=0, end=LIMIT, role="body"))]


def test_a_monstrous_paragraph_is_parsed_whole_in_pieces(parsed):
    sentence = "Ada Lind said that the bridge over the river would be closed until Monday. "

    article, parse = parsed(sentence * 200)

    tokens = [article.text[a:b] for a, b in zip(parse.starts, parse.ends, strict=True)]
    assert set(parse.paragraphs) == {0}
    assert tokens.count("bridge") == 200
    assert "".join(tokens) == "".join(article.text.split())


@pytest.mark.parametrize("end", ["$5m.", "£5m.", "150m.", "about plan B.", "25ºC."])
def test_a_sentence_ends_behind_an_amount_or_a_single_capital(parsed, end: str):
    article, parse = parsed(f"Ada Lind said it was {end} “It is too much,” said Bo Ek.")

    tokens = [article.text[a:b] for a, b in zip(parse.starts, parse.ends, strict=True)]
    stop = tokens.index("“") - 1
    assert tokens[stop] == "."
    assert parse.sentences[stop] != parse.sentences[stop + 1]


@pytest.mark.parametrize("words", ["at 3 p.m. on", "by J. Smith of", "Robert C. “Bobby” Reed of"])
def test_the_full_stop_of_an_abbreviation_is_no_token_of_its_own(parsed, words: str):
    article, parse = parsed(f"The ferry was built {words} Oslo")

    tokens = [article.text[a:b] for a, b in zip(parse.starts, parse.ends, strict=True)]
    assert "." not in tokens


def test_text_beyond_the_limit_is_kept_and_marked():
    text = "Rain fell.\n" * (LIMIT // 11 + 2)

    article = article_from_text(text)

    assert article.text == text
    assert "too_long" in article.warnings


def test_a_model_that_is_not_installed_is_a_bad_setting():
    with pytest.raises(SettingsError, match="no_such_model"):
        Models("no_such_model")
