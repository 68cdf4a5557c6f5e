import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.errors import PageError
from extractors.maintext import article_from, forget_caches
from tests.extractors.bridge_pages import BODY, PARAGRAPHS, a_page, a_story

BOMBS = {
    "nothing": b"",
    "only NUL": b"\0" * 1000,
    "nested once more than anybody can": b"<div>" * 10_000 + BODY.encode(),
    "nested and mixed": b"<ul><li><b>" * 5_000 + BODY.encode(),
    "no body": b"<html><head><title>x</title></head></html>",
    "frames": b"<html><frameset><frame src=a></frameset></html>",
    "characters that are none": b"<p>\xed\xa0\x80 &#55296; &#1114112; &#0;</p>" + BODY.encode(),
    "deep JSON": b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script>",
    "title of separators": b"<title>" + b" - a" * 20_000 + b"</title>" + BODY.encode(),
    "attributes": b"<p " + b"a=b " * 100_000 + b">x</p>",
    "unclosed comment": b"<!--" * 10_000,
    "open brackets": b"<p>" + b"(" * 100_000 + b"</p>",
    "slashes": b"<p>" + b"a/" * 50_000 + b"</p>",
    "many lines": b"<article>" + b"<p>It rains on Lindby.</p>" * 5_000,
}


@pytest.mark.parametrize("body", BOMBS.values(), ids=BOMBS.keys())
def test_a_broken_page_gives_an_article_or_a_page_error(body):
    try:
        article = article_from(a_page(body))
    except PageError:
        return

    assert article.text


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<div class=share>", "</div>", "<h1>", "<a href=x>", "<br>", "<li>",
             "<article>", "<figure>", "<figcaption>", "<time datetime=2026>", "<meta name=author>",
             '<script type="application/ld+json">{"@type":["Article"],"author":[[]]}', "</script>",
             "It rains on Lindby again. ", "\x00\x0b", "&#0;", "<!--", "<table><td>", PARAGRAPHS[0]]
        ),
        max_size=40,
    )
)  # fmt: skip
def test_any_mixture_of_tags_gives_an_article_or_a_page_error(pieces):
    try:
        article = article_from(a_page("".join(pieces)))
    except PageError:
        return

    assert [article.text[p.start : p.end] for p in article.paragraphs] == article.text.split("\n")


@pytest.mark.parametrize("tag", ["<div>", "<b>", "<ul><li>"])
def test_text_below_ten_thousand_tags_is_found(tag):
    html = tag * 10_000 + BODY

    assert PARAGRAPHS[1] in article_from(a_page(html)).text


def test_nul_in_a_page_leaves_no_trace_but_a_warning():
    html = a_story().encode().replace(b"mayor", b"ma\0yor")

    article = article_from(a_page(html))

    assert article.text == "\n".join(PARAGRAPHS)
    assert article.warnings == ("nul",)


def test_caches_can_be_forgotten_between_pages():
    before = article_from(a_page(a_story()))

    forget_caches()

    assert article_from(a_page(a_story())) == before
