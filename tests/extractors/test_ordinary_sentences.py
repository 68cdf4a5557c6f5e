"""Sentences that no rule on labels, credits, bylines, notes and invitations may take away."""

import pytest

from extractors.pages.linesigns import firm_role
from extractors.pages.textfilter import is_boilerplate
from tests.extractors.ordinary_sentences import ORDINARY


@pytest.mark.parametrize("line", ORDINARY)
def test_an_ordinary_sentence_on_a_page_is_no_boilerplate(line):
    assert not is_boilerplate(line)


@pytest.mark.parametrize("line", ORDINARY)
def test_an_ordinary_sentence_of_a_plain_text_has_no_role_but_its_place_s(line):
    assert firm_role(line) is None


def test_a_long_line_of_a_script_without_blanks_is_no_invitation():
    line = "町議会は月曜日に橋の修理を決めた。" * 20 + "有料記事です"

    assert not is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "Read more: the mayor said no.",
        "Read on below",
        "This article was first published in the Gazette.",
        "Copyright 2026 The Gazette",
        "Share this article",
        "Subscribe to our newsletter",
        "By Jo Doe and Bo Lund",
        "Von Jo Doe, Lindby",
        "Published 2 March 2026, 14:05",
        "Jo Doe/AFP",
        "Mehr zum Thema",
        "Translated from the German by Jo Doe",
        "Jo Doe contributed to this report.",
    ],
)
def test_a_label_or_invitation_is_boilerplate(line):
    assert is_boilerplate(line)
