"""Broken pages without number: an article that holds what records promise, or a PageError.

The inputs are mutations of the pages in tests/extractors/page_corpus.py, drawn with a fixed seed,
so that a failure can be had again; and pages that are heavy in one way, read within a bound that
only something worse than linear can pass.
"""

import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from time import process_time
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.errors import PageError
from extractors.maintext import article_from, forget_caches
from extractors.reasons import REASONS
from extractors.records import Article
from tests.extractors.feed_pages import SEEN_AT, a_page
from tests.extractors.mutations import mutations
from tests.extractors.page_corpus import BODY, NEWS, PAGES, page

ROUNDS = 12
INPUTS_A_ROUND = 120
MAX_CPU_S = 10
URL = "https://gazette.example/news/pier"
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
TOKENS = (
    b"<", b">", b"</", b"&", b"&#0;", b"&#xD800;", b"&#x110000;", b"&nbsp;", b"&amp;amp;", b"<!--",
    b"-->", b"<![CDATA[", b"]]>", b"<?php", b"<!DOCTYPE x [<!ENTITY a '&a;'>]>", b"<p>", b"</p>",
    b"<div>", b"</div>", b"<body>", b"</body>", b"</html>", b"<html lang='x-'>", b"<frameset>",
    b"<template>", b"<noscript>", b"<script>", b"</script>", b"<style>", b"<svg>", b"<math>",
    b"<plaintext>", b"<textarea>", b"<title>", b"</title>", b"<table>", b"<td>", b"<tr>", b"<li>",
    b"<ul>", b"<blockquote>", b"<q>", b"<br>", b"<figure>", b"<figcaption>", b"</figcaption>",
    b"<h2>", b"<article>", b"<a href='http://['>", b"<p class='caption'>", b"<time datetime=''>",
    b"<base href='javascript:x'>", b"<link rel=canonical href='https://[::1'>", b"<x:y z:='1'>",
    b"<meta property='og:url' content='//'>", b"<meta charset=utf-16>", b"<meta charset=idna>",
    b"<meta property='article:published_time' content='0001-01-01T00:00:00+14:00'>",
    b"<meta property='article:modified_time' content='9999-12-31T23:59:59-14:00'>",
    b"<meta name=author content='By  https://a.example and \n, , and'>",
    b"<p style='display:none'>",
    b"\0", b"\x0b", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xe2\x80\xa8", b"\x85", b"\r",
    b"\xef\xbf\xbe", b"\\ud83d", b"\\u0000", b"{", b"}", b"[", b"]", b'"', b",", b":", b"null",
    b"1e999", b"-1e-999", b"NaN", b"1" * 5_000, b'"@type":7,', b'"@type":["NewsArticle",{}],',
    b'"@graph":[[{}]],', b'"author":{"name":[{}]},', b'"author":[[]],', b'"name":{},', b'"@id":[],',
    b'"datePublished":20260210,', b'"datePublished":[null],', b'"headline":["a",1],',
    b'"headline":"\\ud83d",', b'"mainEntityOfPage":[[]],', b'"inLanguage":{"name":1},',
    b'"articleBody":["a"],', b'"description":false,', b'"url":"http://[",', b'"hasPart":"x",',
)  # fmt: skip
#: Charsets that the server states, most of them falsely.
MEDIA_TYPES = (
    "text/html; charset=utf-8", "text/html", "", "application/xhtml+xml; charset=iso-8859-1",
    "text/html; charset=utf-16", "text/html; charset=utf-7", "text/html; charset=shift_jis",
    "text/html; charset=iso-2022-jp", "text/html; charset=unicode_escape", 'text/html; charset="',
    "text/html; charset=x-user-defined", "text/html; charset=rot13", "text/html; charset=gb18030",
)  # fmt: skip


def page_stating(json: str) -> str:
    """Return a page with characters in place of JSON-LD, whatever they are."""
    script = f'<script type="application/ld+json">{json}</script></head>'
    return page(BODY).replace("</head>", script)


HEAVY = {
    "10,000 nested tags": "<div>" * 10_000 + BODY,
    "10,000 nested tags of two kinds": "<b><i>" * 5_000 + BODY,
    "10,000 nested tags that differ": "".join(f"<x{n}>" for n in range(10_000)) + BODY,
    "10,000 nested quotations": "<blockquote><p>a" * 10_000 + BODY,
    "10,000 tags never opened": "</div>" * 10_000 + BODY,
    "50,000 paragraphs": "<p>" * 50_000,
    "a megabyte of one tag": f"{BODY}{'<wbr>' * 200_000}",
    "a megabyte of open brackets": "<" * 1_000_000,
    "a megabyte of one word": f"<p>{'a' * 1_000_000}</p>",
    "a megabyte of blanks": f"<p>a{' ' * 1_000_000}b</p>{BODY}",
    "50,000 line breaks": f"<p>a{'<br>' * 50_000}b</p>{BODY}",
    "a megabyte of a comment": f"{BODY}<!--{'-' * 1_000_000}",
    "20,000 attributes": f"<body {' '.join(f'a{n}=1' for n in range(20_000))}>{BODY}",
    "an attribute of a megabyte": f"<p title='{'a ' * 500_000}'>{BODY}",
    "a class of a megabyte": f"<p class='{'caption ' * 125_000}'>{BODY}",
    "a title of a megabyte": page(BODY, f"<title>{'a - ' * 250_000}</title>"),
    "an author of a megabyte": page(BODY, f"<meta name=author content='{'Jo and ' * 140_000}'>"),
    "a date of a megabyte": page(BODY, "", NEWS | {"datePublished": "2026-" * 200_000}),
    "an address of a megabyte": page(BODY, f"<link rel=canonical href='/{'a/amp/' * 160_000}'>"),
    "5,000 meta tags": page(BODY, "<meta name=author content='Jo Lund'><meta name=x>" * 2_500),
    "1,000 figures": f"<figure><figcaption>Waves</figcaption></figure>{BODY}" * 1_000,
    "10,000 links": "<p><a href=/a>Ferry number nine is late again</a></p>" * 10_000 + BODY,
    "JSON 100,000 deep": page_stating("[" * 100_000),
    "JSON 900 deep": page_stating("[" * 900 + "1" + "]" * 900),
    "JSON objects 5,000 deep": page_stating('{"author":' * 5_000 + "1" + "}" * 5_000),
    "a graph in a graph 400 times": page_stating('{"@graph":[' * 400 + "]}" * 400),
    "5,000 authors": page(BODY, "", NEWS | {"author": [[{"name": [7, None]}]] * 5_000}),
    "a name said 50,000 times": page_stating(
        '{"@type":"NewsArticle"' + ',"author":NaN' * 50_000 + "}"
    ),
    "5,000 JSON objects": page(BODY, "", {"@graph": [NEWS] * 5_000}),
    "a number of 100,000 digits": page(BODY, "", NEWS).replace('"en"', "9" * 100_000),
    "a megabyte of backslashes": page(BODY, "", NEWS).replace('"en"', '"' + "\\" * 1_000_000),
    "a megabyte of entities": page(BODY, "", NEWS | {"headline": "&amp;" * 200_000}),
    "a megabyte of tags in a headline": page(BODY, "", NEWS | {"headline": "<" * 1_000_000}),
}  # fmt: skip

#: What JSON-LD may say, with values of any type under the names that are read.
STATED = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    | st.sampled_from(
        ["NewsArticle", "LiveBlogPosting", "VideoObject", "#agency", "By Mara Quill", "Mara Quill",
         "2026-02-10T09:30:00+01:00", "0001-01-01", "https://gazette.example/x", "http://[", "en",
         "half \ud83d", "null\0"]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(
            ["@type", "@id", "@graph", "name", "headline", "author", "creator", "publisher", "url",
             "datePublished", "dateModified", "mainEntityOfPage", "mainEntity", "hasPart",
             "articleBody", "description", "inLanguage", "isAccessibleForFree"]
        ),
        inner,
        max_size=6,
    ),
    max_leaves=20,
)  # fmt: skip


def outcome_of(sent) -> Article | PageError:
    try:
        return article_from(sent)
    except PageError as error:
        return error


def check(outcome) -> None:
    if isinstance(outcome, PageError):
        assert outcome.reason in REASONS
        assert outcome.detail
        return
    check_text(outcome)
    check_metadata(outcome)


def check_text(article) -> None:
    for paragraph in article.paragraphs:
        assert paragraph.role in ("standfirst", "heading", "body")
        assert 0 <= paragraph.start < paragraph.end <= len(article.text)
    lines = [article.text[each.start : each.end] for each in article.paragraphs]
    assert all(first.end < second.start for first, second in pairwise(article.paragraphs))
    assert "\n".join(lines) == article.text
    assert lines == article.text.splitlines()
    assert not set(lines) & set(article.captions)
    assert not {"\0", "\r"} & set(article.text)
    assert article.text.encode("utf-8")


def check_metadata(article) -> None:
    assert urlsplit(article.url).scheme in ("http", "https")
    assert urlsplit(article.url).hostname.endswith("gazette.example")
    for moment in (article.published, article.modified):
        assert moment is None or EARLIEST <= moment.at <= SEEN_AT + timedelta(days=2)
    for name in article.authors:
        assert 0 < len(name) <= 80
        assert name == " ".join(name.split())
        assert not name.lower().startswith("by ")
        assert not any(mark in name for mark in ("@", "://", "www."))
    assert len({name.casefold() for name in article.authors}) == len(article.authors)
    shown = (article.title, article.lang, article.agency, *article.authors, *article.captions)
    for text in shown:
        assert text is None or text.splitlines() == [text]
        assert text is None or (text.strip() and "\0" not in text and text.encode("utf-8"))


@pytest.fixture(autouse=True)
def _flat_memory():
    yield
    forget_caches()


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_mutated_page_gives_a_sound_article_or_a_page_error(seed):
    chance = random.Random(seed)  # noqa: S311
    bodies = mutations(chance, [text.encode() for text in PAGES.values()], TOKENS)

    for number in range(INPUTS_A_ROUND):
        sent = a_page(next(bodies), chance.choice(MEDIA_TYPES), url=URL)

        try:
            check(outcome_of(sent))
        except Exception as error:
            error.add_note(f"input {number}: {sent.headers} {sent.body!r}")
            raise


@settings(max_examples=300, deadline=None, derandomize=True)
@given(STATED, STATED)
def test_any_json_in_place_of_json_ld_gives_a_sound_article_or_a_page_error(first, other):
    text = page(BODY, jsonld=[{"@type": "NewsArticle", "headline": "Pier", "author": first}, other])

    outcome = outcome_of(a_page(text.encode(), "text/html; charset=utf-8", url=URL))

    check(outcome)


@pytest.mark.parametrize("text", HEAVY.values(), ids=HEAVY.keys())
def test_a_page_that_is_heavy_in_one_way_is_read_in_bounded_time(text):
    sent = a_page(text.encode(), "text/html; charset=utf-8", url=URL)
    began = process_time()

    outcome = outcome_of(sent)

    assert process_time() - began < MAX_CPU_S
    check(outcome)


@pytest.mark.parametrize("media_type", MEDIA_TYPES)
@pytest.mark.parametrize(
    "charset", ["utf-8", "utf-16", "cp1252", "shift_jis", "iso-2022-jp", "koi8-r"]
)
def test_a_charset_that_lies_does_no_more_than_spoil_letters(charset, media_type):
    text = page(BODY + "<p>Häfen, гавань, 港</p>", '<meta charset="big5">', NEWS)
    sent = a_page(text.encode(charset, "replace"), media_type, url=URL)

    outcome = outcome_of(sent)

    check(outcome)


def test_every_kind_of_page_gives_a_sound_outcome():
    sent = [a_page(text.encode(), "text/html; charset=utf-8", url=URL) for text in PAGES.values()]

    outcomes = [outcome_of(each) for each in sent]

    for outcome in outcomes:
        check(outcome)
    assert {outcome.reason for outcome in outcomes if isinstance(outcome, PageError)} >= {
        "consent", "paywall", "challenge", "index_page", "video_only", "empty",
    }  # fmt: skip
