"""The ladder of re-checks, and when a page is asked for as a whole."""

from datetime import timedelta

import pytest

from flows.ladder import LADDER, due_by, wants_whole_page
from tests.builders import NOON


@pytest.mark.parametrize(
    ("age", "wait"),
    [
        (timedelta(hours=3), timedelta(minutes=15)),
        (timedelta(days=1), timedelta(hours=1)),
        (timedelta(days=7), timedelta(hours=3)),
        (timedelta(days=30), timedelta(days=3)),
    ],
    ids=["first hours", "first day", "first week", "first month"],
)
def test_articles_are_looked_at_as_often_as_the_readme_says(age, wait):
    assert LADDER[age] == wait


def test_articles_of_over_a_month_are_not_looked_at():
    assert max(LADDER) == timedelta(days=30)


def test_what_comes_due_in_a_moment_is_looked_at_now_and_nothing_twice_within_one_wait():
    ahead = due_by(NOON) - NOON

    assert timedelta() < ahead < min(LADDER.values()) / 2


@pytest.mark.parametrize(
    ("not_modified", "tries", "is_whole"),
    [(0, 0, False), (2, 0, False), (3, 0, True), (9, 0, True), (0, 1, True)],
    ids=["never a 304", "two", "three", "more", "it failed"],
)
def test_a_304_is_believed_a_few_times_and_never_after_a_failure(not_modified, tries, is_whole):
    assert wants_whole_page(not_modified_in_a_row=not_modified, tries=tries) is is_whole
