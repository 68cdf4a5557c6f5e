import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.entities import resolve
from extractors.plaintext import article_from_text
from extractors.quotes import quotes_in
from tests.extractors.pasted_texts import ROLES, TEXTS

HEADLINE = "Lindby’s Mayor Hints Council Could ‘Adjust’ Plan for the Old Bridge"
FIRST = (
    "The mayor of Lindby, Ada Lind, suggested on Monday that the council could mend the bridge"
    " over the river before the winter if the county paid for half of the work."
)
SECOND = "“We have waited long enough, and the bridge has not,” Lind told reporters on Monday."


def roles_in(*lines: str) -> list[str]:
    text = "\n\n".join((HEADLINE, FIRST, *lines, SECOND))
    return [paragraph.role for paragraph in article_from_text(text).paragraphs][2:-1]


LINES = {
    "caption with agency photo": (
        "Mayor Ada Lind speaks at the bridge in Lindby, on May 2, 2026. (AP Photo/Jo Doe, Pool)",
        "caption",
    ),
    "caption with photo by": ("The bridge in May. (Photo by Jo Doe/Getty Images)", "caption"),
    "caption with name and agency": ("Mayor Ada Lind (Jo Doe/Getty Images)", "caption"),
    "datelined caption": (
        "LINDBY, NORLAND - MAY 12: on May 12, 2026 in Lindby. The river is high this year.",
        "caption",
    ),
    "file photo": ("FILE PHOTO: The bridge in Lindby", "caption"),
    "credit": ("JO DOE/AFP via Getty Images", "credit"),
    "agency": ("(Reuters)", "credit"),
    "byline": ("By Ada Quill", "byline"),
    "follow": ("Follow Ada Quill on\xa0Facebook\xa0and\xa0Twitter.", "boilerplate"),
    "comments": (
        "Please let us know if you're having issues with commenting.",
        "boilerplate",
    ),
    "newsletter": ("Sign up for our newsletter.", "boilerplate"),
    "heading": ("What the work will cost", "heading"),
    "parties in brackets": (
        "Gov. Bo Ek (R) said that the county would pay, and Sen. Cy Roe (D) agreed with him.",
        "body",
    ),
    "short quotation": ("“It is over,” she said.", "body"),
    "quoted invitation": ("“Read more books,” the mayor told the children.", "body"),
}


@pytest.mark.parametrize(("line", "role"), LINES.values(), ids=LINES.keys())
def test_each_line_has_its_role(line, role):
    assert roles_in(line) == [role]


@pytest.mark.parametrize("break_", ["\n", "\n\n", "\r\n"], ids=["lines", "blocks", "CRLF"])
@pytest.mark.parametrize("marked", TEXTS.values(), ids=TEXTS.keys())
def test_a_pasted_article_has_the_roles_a_reader_sees(marked, break_):
    lines = [(ROLES[line[0]], line[2:]) for line in marked.strip().split("\n")]
    text = break_.join(line for _, line in lines)

    found = [(p.role, text[p.start : p.end]) for p in article_from_text(text).paragraphs]

    assert found == lines


@pytest.mark.parametrize(
    "line",
    [
        "Photo: “Ada Lind said that it was over,” Bo Ek/AFP",
        "FILE PHOTO: Ada Lind said that “it is over for good” in Norhaven",
        "By Ada Lind",
        "Follow Ada Lind on Facebook",
        "Ada Lind is a reporter at the Norhaven Gazette.",
    ],
)
def test_no_quotation_or_name_comes_of_what_is_not_analysed(parsed, line):
    story = "The council of Lindby met on Monday, and it voted to close the bridge for good."

    article, parse = parsed(f"{story}\n“We have waited long enough.\n{line}")

    (*_, last) = article.paragraphs
    quotes, (mentions, _) = list(quotes_in(article, parse)), resolve(article, parse)
    assert article.text[last.start :] == line
    assert all(found.end <= last.start for found in (*quotes, *mentions))


def test_a_name_alone_before_its_caption_belongs_to_the_caption():
    roles = roles_in("Ada Lind", "Mayor Ada Lind (Jo Doe/Getty Images)")

    assert roles == ["caption", "caption"]


@pytest.mark.parametrize(
    ("byline", "authors"),
    [("By Ada Lind", ("Ada Lind",)), ("By Ada Lind, Senior Reporter", ("Ada Lind",)),
     ("By Ada Lind and Bo Ek", ("Ada Lind", "Bo Ek")), ("By Staff Reporter", ())],
)  # fmt: skip
def test_who_signs_a_text_is_its_author(byline, authors):
    article = article_from_text(f"{HEADLINE}\n\n{byline}\n\n{FIRST}\n\n{SECOND}")

    assert article.authors == authors


def test_the_first_unclosed_line_is_the_headline():
    article = article_from_text(f"{HEADLINE}\n\n{FIRST}\n\n{SECOND}")

    assert article.title == HEADLINE
    assert [p.role for p in article.paragraphs] == ["headline", "body", "body"]


def test_a_text_that_begins_with_a_sentence_has_no_headline():
    article = article_from_text(f"{FIRST}\n{SECOND}")

    assert article.title is None
    assert {p.role for p in article.paragraphs} == {"body"}


def test_the_line_between_headline_and_byline_is_the_standfirst():
    summary = "The council has voted and the masons start next week."

    article = article_from_text("\n".join((HEADLINE, summary, "By Ada Quill", FIRST, SECOND)))

    roles = [p.role for p in article.paragraphs]
    assert roles == ["headline", "standfirst", "byline", "body", "body"]


def test_a_text_wrapped_to_a_width_has_blocks_for_paragraphs():
    block = FIRST.replace(" on Monday that", "\non Monday that").replace(" over the", "\nover the")
    text = f"{block}\n\n{block}\n\n{block}\n"

    article = article_from_text(text)

    assert [text[p.start : p.end] for p in article.paragraphs] == [block] * 3


def test_nul_becomes_the_replacement_character_one_for_one():
    article = article_from_text("a\0b")

    assert article.text == "a\ufffdb"
    assert article.warnings == ("nul",)


def test_a_very_long_text_is_kept_whole_with_a_warning():
    text = "It rains on Lindby. " * 60_000

    article = article_from_text(text)

    assert article.text == text
    assert article.warnings == ("too_long",)


def test_without_an_address_the_id_is_of_the_text():
    one, same, other = (article_from_text(text) for text in (FIRST, FIRST, SECOND))

    assert one.article_id == same.article_id != other.article_id
    assert (one.url, one.outlet) == ("", None)


def test_with_an_address_the_id_is_of_the_address():
    one = article_from_text(FIRST, url="https://gazette.example/a?utm_source=x")
    same = article_from_text(SECOND, url="https://gazette.example/a")

    assert one.article_id == same.article_id
    assert one.outlet == "gazette.example"


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_every_character_comes_back_and_paragraphs_are_in_order(text):
    article = article_from_text(text)

    assert article.text == text.replace("\0", "\ufffd")
    ends = [0, *(p.end for p in article.paragraphs)]
    for paragraph, end_before in zip(article.paragraphs, ends, strict=False):
        words = article.text[paragraph.start : paragraph.end]
        assert end_before <= paragraph.start < paragraph.end
        assert words == words.strip()


@given(st.text(alphabet=" \n\tab.", max_size=200))
def test_all_words_are_in_paragraphs(text):
    article = article_from_text(text)

    found = "".join(article.text[p.start : p.end] for p in article.paragraphs)
    assert "".join(found.split()) == "".join(text.split())


def test_a_byte_order_mark_is_kept_in_the_text_and_is_in_no_paragraph():
    article = article_from_text("\ufeff“It is a fine town,” said Ada Quill.")

    assert article.text[0] == "\ufeff"
    assert [(p.start, p.end) for p in article.paragraphs] == [(1, len(article.text))]
