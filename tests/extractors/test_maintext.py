import json

import pytest

from extractors.maintext import article_from
from tests.extractors.bridge_pages import BODY, PARAGRAPHS, TITLE, a_page, a_story, json_ld


def text_with(**parts: str) -> str:
    return article_from(a_page(a_story(**parts))).text


def test_the_text_is_the_paragraphs_one_a_line():
    article = article_from(a_page(a_story()))

    assert article.text == "\n".join(PARAGRAPHS)
    assert article.lang == "en"
    assert article.outlet == "gazette.example"


def test_every_paragraph_is_where_its_offsets_say():
    article = article_from(a_page(a_story(after="<h2>What it costs</h2>" + BODY.upper())))

    lines = [article.text[p.start : p.end] for p in article.paragraphs]

    assert lines == article.text.split("\n")
    assert "heading" in {p.role for p in article.paragraphs}


NOT_TEXT = {
    "caption": {"before": "<figure><img><figcaption>The bridge in May.</figcaption></figure>"},
    "caption by class": {"after": '<div class="wp-caption-text">The bridge in May.</div>'},
    "credit": {"before": "<p>Photo: Jo Doe/Agency</p>"},
    "byline": {"before": "<p>By Ada Quill</p>"},
    "stamp": {"before": "<p>Updated 2 March 2026, 14:05</p>"},
    "promotion": {"after": "<p>Read more: The river in numbers</p>"},
    "follow": {"after": "<p>Follow Ada Quill on Facebook and Twitter.</p>"},
    "newsletter box": {"after": '<div class="newsletter-signup"><p>News by post.</p></div>'},
    "agency": {"after": "<p>(AFP)</p>"},
    "teaser link": {"after": '<p><a href="/b">The river in numbers, year by year</a></p>'},
    "headline once more": {"before": f"<p>{TITLE}</p>"},
    "embedded post": {"after": '<blockquote class="twitter-tweet"><p>So it is.</p></blockquote>'},
    "script": {"after": "<script>var a = '<p>nothing</p>'</script>"},
    "next article": {"after": f"</article><article><h1>Other news</h1>{BODY.lower()}"},
}


@pytest.mark.parametrize("parts", NOT_TEXT.values(), ids=NOT_TEXT.keys())
def test_what_is_not_the_article_is_not_in_its_text(parts):
    assert text_with(**parts) == "\n".join(PARAGRAPHS)


def test_captions_are_kept_beside_the_text():
    caption = "<figure><img><figcaption>The bridge in May.</figcaption></figure>"

    article = article_from(a_page(a_story(before=caption)))

    assert article.captions == ("The bridge in May.",)


def test_the_line_that_repeats_the_description_is_the_standfirst():
    summary = "The council has voted, and the stone masons start work on the pillars next week"
    head = f'<meta name="description" content="{summary}">'

    article = article_from(a_page(a_story(head=head, before=f"<p>{summary}.</p>")))

    first = article.paragraphs[0]
    assert first.role == "standfirst"
    assert article.text[first.start : first.end] == f"{summary}."


def test_text_that_only_a_script_holds_is_found():
    payload = json.dumps(f'{BODY}<div class="caption">A caption.</div>').replace("<", "\\u003c")
    html = f"<html><head><title>{TITLE}</title></head><body><script>push([1,{payload}])</script>"

    assert article_from(a_page(html)).text == "\n".join(PARAGRAPHS)


def test_text_that_only_json_ld_holds_is_found():
    head = json_ld(articleBody="\n".join(PARAGRAPHS))

    article = article_from(a_page(f"<html><head>{head}</head><body><div></div></body></html>"))

    assert article.text == "\n".join(PARAGRAPHS)


def test_a_very_long_text_is_kept_whole_with_a_warning():
    long = " ".join(f"word{n}" for n in range(150_000))

    article = article_from(a_page(f"<article><p>{long}</p></article>"))

    assert article.text == long
    assert article.warnings == ("too_long",)
