"""The gold is what the contract says quotations are; and its markup is read or refused."""

import pytest

from tests.accuracy.marked import (
    NOBODY,
    GoldArticle,
    MarkupError,
    article_from_markup,
    newsroom_gold,
    styles_gold,
)

STYLES = list(styles_gold())
ARTICLES = [*STYLES, *newsroom_gold()]
_DOUBLE = '“”«»„"'
_MARKS = _DOUBLE + "‘’'"

every_article = pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.name)
every_style = pytest.mark.parametrize("article", STYLES, ids=lambda article: article.name)


def test_the_gold_has_many_styles():
    assert len(STYLES) >= 28
    assert len({article.style for article in STYLES}) >= 20


@every_article
def test_rows_stand_in_order_within_a_line_and_never_overlap(article: GoldArticle):
    last = 0

    for quote in article.quotes:
        assert last <= quote.start < quote.end
        assert article.text[quote.start : quote.end] == quote.text == quote.text.strip(" ,\n")
        assert "\n" not in quote.text
        last = quote.end


@every_style
def test_direct_rows_stand_in_marks_and_leave_them_out(article: GoldArticle):
    for quote in article.quotes:
        before = article.text[max(0, quote.start - 1) : quote.start]
        if quote.kind == "direct":
            assert before in tuple(_MARKS)
            assert quote.text[0] not in _DOUBLE
        else:
            assert before not in tuple(_DOUBLE)


@every_style
def test_mixed_rows_have_marks_and_indirect_ones_none(article: GoldArticle):
    for quote in article.quotes:
        if quote.kind == "mixed":
            assert any(mark in quote.text for mark in _MARKS), quote.text
        if quote.kind == "indirect":
            assert not any(mark in quote.text for mark in _DOUBLE), quote.text


@every_style
def test_speakers_stand_in_the_article_as_they_are_named(article: GoldArticle):
    text = article.text.casefold()

    names = {name for quote in article.quotes for name in quote.speakers} - {NOBODY}

    assert {name for name in names if name.casefold() not in text} == set()


def test_markup_gives_text_rows_speakers_and_utterances():
    marked = (
        "style: uk\nA = Ada Quill\nS = a spokesman | spokesman\n\n"
        "“{A|No},” said Ada Quill. “{+|Never.}” A spokesman said {S/it was “late”}; {-~it is}.\n"
    )

    article = article_from_markup("name", marked)

    assert article.text == "“No,” said Ada Quill. “Never.” A spokesman said it was “late”; it is."
    assert [(q.text, q.kind, q.utterance, q.speakers) for q in article.quotes] == [
        ("No", "direct", 0, ("Ada Quill",)),
        ("Never.", "direct", 0, ("Ada Quill",)),
        ("it was “late”", "mixed", 1, ("a spokesman", "spokesman")),
        ("it is", "indirect", 2, ()),
    ]


@pytest.mark.parametrize(
    ("marked", "reason"),
    [
        pytest.param("A = Ada\n\nText", "first line", id="no style"),
        pytest.param("style: uk\nAda\n\nText", "KEY = name", id="no key"),
        pytest.param("style: uk\n\n{A|No}", "nobody is 'A'", id="an unknown speaker"),
        pytest.param("style: uk\n\n{+|No}", r"nobody is '\+'", id="nothing to go on from"),
        pytest.param("style: uk\nA = Ada\n\n{A No}", "no row", id="no sign"),
        pytest.param("style: uk\nA = Ada\n\n{A|No", "no row", id="no closing brace"),
    ],
)
def test_damaged_markup_is_refused_with_the_reason(marked: str, reason: str):
    with pytest.raises(MarkupError, match=reason):
        article_from_markup("name", marked)
