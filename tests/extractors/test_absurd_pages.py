"""Pages deeper, wider or larger than any real one, which still tell their story."""

from time import process_time

import pytest

from extractors.maintext import article_from
from extractors.pages.htmltree import MAX_DEPTH, affordable, tree_from
from tests.extractors.feed_pages import a_page
from tests.extractors.page_corpus import BODY, page

#: Only what is worse than linear passes this.
MAX_CPU_S = 10
OPENING = "The harbour board of Eastmere voted on Tuesday"
STORY = f"<main><article><h1>Old pier closes for the winter</h1>{BODY}</article></main>"
SENTENCE = "The council of Lindby agreed on Monday to mend the bridge before the winter. "
OPEN = {
    "link": "<a href=/pier>",
    "drawing": "<svg><path d=M0>",
    "divs that differ": "".join(f"<div id=a{n}>" for n in range(2_100)),
    "very many divs": "".join(f"<div id=a{n}>" for n in range(20_000)),
    "tags of no known name": "".join(f"<x-{n}>" for n in range(10_000)),
    "tables": "<table><tr><td>" * 5_000,
    "fonts": "".join(f"<font size={n}>" for n in range(10_000)),
    "items": "<ul><li>" * 5_000,
}
WIDE = {
    "attributes of the body": page(STORY).replace(
        "<body>", f"<body {' '.join(f'a{n}=1' for n in range(80_000))}>"
    ),
    "attributes with marks in them": page(
        "<p " + " ".join(f"a{n}='>'" for n in range(40_000)) + f">x</p>{STORY}"
    ),
    "empty paragraphs": page("<p>" * 300_000 + STORY),
    "line breaks": page("<br>" * 250_000 + STORY),
    "labels": page("".join(f"<p>{n}" for n in range(100_000)) + STORY),
    "numbers that differ": page("".join(f"<p>{n}" for n in range(300_000)) + STORY),
    "headings": page("".join(f"<h1>{n} more</h1>" for n in range(100_000)) + STORY),
    "articles with headings": page(
        "".join(f"<article><h1>{n} more</h1></article>" for n in range(3_000)) + STORY
    ),
    "links that differ": page(
        "<p>" + "".join(f"<a href=/{n}>link {n}</a> " for n in range(50_000)) + f"</p>{STORY}"
    ),
    "a word": page(f"<p>{'a' * 5_000_000}</p>{STORY}"),
    "digits": page(f"<p>{'1' * 5_000_000}</p>{STORY}"),
    "points": page(f"<p>{'.' * 5_000_000}</p>{STORY}"),
    "dashes": page(f"<p>{'- ' * 2_500_000}</p>{STORY}"),
    "names in a link": page(
        f"<a href=/x>{'<span class=author>Jo Doe Smith</span>' * 7_000}{'word ' * 400_000}</a>"
        f"{STORY}"
    ),
    "a title of one letter in a script": page(
        STORY,
        head="<meta property=og:title content=é><script>"
        + "'pub':'2026-05-03' " * 300
        + "é" * 1_000_000
        + "</script>",
    ),
    "cells": page(f"<table>{'<tr><td>12<td>13' * 50_000}</table>{STORY}"),
}


def text_of_page(html: str) -> str:
    return article_from(a_page(html.encode(), "text/html", url="https://gazette.example/a")).text


@pytest.mark.parametrize("opened", OPEN.values(), ids=OPEN.keys())
def test_a_story_inside_any_number_of_tags_is_found(opened):
    assert OPENING in text_of_page(page(opened + STORY))


@pytest.mark.parametrize("html", WIDE.values(), ids=WIDE.keys())
def test_a_story_beside_any_number_of_elements_is_found_in_bounded_time(html):
    began = process_time()

    text = text_of_page(html)

    assert process_time() - began < MAX_CPU_S
    assert OPENING in text


def test_boxes_in_boxes_are_no_dearer_than_their_text():
    boxes = "<div class=related>" * 90 + f"<p>{SENTENCE * 50_000}</p>"
    began = process_time()

    text = text_of_page(page(boxes))

    assert process_time() - began < MAX_CPU_S
    assert SENTENCE.strip() in text


@pytest.mark.parametrize("opened", OPEN.values(), ids=OPEN.keys())
def test_a_tree_is_never_too_deep_to_walk(opened):
    tree = tree_from(page(opened + STORY))

    assert tree is not None
    assert max(sum(1 for _ in leaf.iterancestors()) for leaf in tree.iter("p")) < MAX_DEPTH


def test_a_page_of_usual_size_is_left_alone():
    html = page(STORY * 20)

    assert affordable(html) == html


def test_elements_stay_in_their_order_with_the_text_between_them():
    html = "<br>" * 20_000 + "<p>a<b>b</b>c<br>d</p>e<i> f</i>"

    tree = tree_from(html)

    assert tree is not None
    assert "".join(tree.itertext()) == "abcde f"
    assert [each.tag for each in tree.iter("p", "b", "br", "i")][-4:] == ["p", "b", "br", "i"]
