import pytest

from extractors.pages.htmltree import text_of, tree_from
from extractors.pages.mainpart import keep_main_part

SENTENCE = "The council of Lindby agreed on Monday to mend the old bridge before the winter comes."
STORY = f"<h2>Bridge</h2><p>{SENTENCE}</p>" * 8
ASIDE = "<ul><li>Weather</li><li>Sport</li></ul>"


def left_of(body: str) -> str:
    tree = tree_from(f"<html><body>{body}</body></html>")
    assert tree is not None
    keep_main_part(tree)
    return text_of(tree)


def text_of_story(story: str) -> str:
    tree = tree_from(story)
    assert tree is not None
    return text_of(tree)


@pytest.mark.parametrize(
    "story",
    [
        f"<article>{STORY}</article>",
        f"<div>{STORY.replace('<p>', '<div>').replace('</p>', '</div>')}</div>",
        f"<div>{STORY.replace('<p>', '').replace('</p>', '<br><br>')}</div>",
    ],
    ids=["paragraphs", "divs", "line breaks"],
)
def test_what_stands_beside_the_story_goes(story):
    left = left_of(f"<div>{ASIDE}<main>{ASIDE}{story}</main></div><div>{ASIDE}</div>")

    assert left == text_of_story(story)


def test_a_story_in_two_parts_is_left_whole():
    left = left_of(f"<div><section>{STORY}</section><section>{STORY}</section></div>{ASIDE}")

    assert left.count(SENTENCE) == 16


def test_a_page_of_little_text_is_left_as_it_is():
    assert left_of(f"{ASIDE}<main><p>{SENTENCE}</p></main>") == f"WeatherSport{SENTENCE}"


def test_a_long_link_is_no_story():
    teasers = f"<nav><a href='/x'>{SENTENCE}</a></nav>" * 20

    assert SENTENCE * 2 not in left_of(f"{teasers}<main>{STORY}</main>")
