"""What people are told to do about a failure."""

import re
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.reasons import REASONS
from flows.advice import advice_for, with_advice
from flows.cli import _parser
from flows.exchange import Approach
from flows.settings import Settings

TRACEBACK = """\
Traceback (most recent call last):
  File "jobs.py", line 7, in extract
    1 / 0
ZeroDivisionError: division by zero
"""
NAMED = {each.name for record in (Settings, Approach) for each in fields(record)}


@pytest.mark.parametrize("reason", sorted(REASONS))
def test_every_reason_has_one_sentence_that_says_what_it_is_and_what_to_do(reason):
    advice = advice_for(reason)

    assert re.fullmatch(r"[A-Z][^:]+: \S.+\.", advice)
    assert not re.search(r"[.!?] [A-Z]", advice)
    assert 60 < len(advice) < 180
    assert advice.isprintable()


def test_no_two_reasons_are_told_the_same():
    assert len({advice_for(reason) for reason in REASONS}) == len(REASONS)


@pytest.mark.parametrize("reason", sorted(REASONS))
def test_what_an_advice_names_exists(reason):
    for code in re.findall(r"`([^`]+)`", advice_for(reason)):
        if code.startswith("onrecord "):
            _parser().parse_args([*code.split()[1:], *(["x"] if "feeds" in code else [])])
        else:
            assert code.partition(" = ")[0] in NAMED


@pytest.mark.parametrize(
    ("detail", "said"),
    [
        ("the server answered 404 Not Found", "the server answered 404 Not Found. "),
        ("Only the beginning is free.", "Only the beginning is free. "),
        ("  no\tanswer \n", "no answer. "),
        ("the server answered 499 \x1b[2J\x00", "the server answered 499 [2J. "),
        ("", ""),
        ("x" * 5_000, "x" * 600 + "… "),
    ],
    ids=["phrase", "sentence", "blanks", "control characters", "nothing", "endless"],
)
def test_what_happened_comes_before_what_to_do(detail, said):
    assert with_advice("http_4xx", detail) == said + advice_for("http_4xx")


def test_a_traceback_follows_after_its_error_and_the_advice():
    first, *rest = with_advice("internal", TRACEBACK).splitlines()

    assert first == f"ZeroDivisionError: division by zero. {advice_for('internal')}"
    assert rest == TRACEBACK.splitlines()


def test_further_lines_stay_after_the_first():
    first, *rest = with_advice("crashed", "the worker died\nsignal 11").splitlines()

    assert first == f"the worker died. {advice_for('crashed')}"
    assert rest == ["signal 11"]


@given(st.sampled_from(sorted(REASONS)), st.text())
def test_whatever_happened_the_first_line_ends_with_the_advice(reason, detail):
    first = with_advice(reason, detail).partition("\n")[0]

    assert first.endswith(advice_for(reason))
    assert first.isprintable()
