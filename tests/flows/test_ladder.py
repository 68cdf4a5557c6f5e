"""The ladder of re-checks, and when a page is asked for as a whole."""

from datetime import timedelta
from itertools import pairwise

import pytest

from flows.ladder import LADDER, due_by, wants_whole_page
from tests.builders import NOON


def test_older_articles_are_looked_at_less_often_and_those_of_over_a_month_not_at_all():
    rungs = list(LADDER.items())

    assert rungs == sorted(rungs)
    assert all(wait < later for (_, wait), (_, later) in pairwise(rungs))
    assert max(LADDER) == timedelta(days=30)


def test_no_page_is_asked_for_twice_within_one_wait():
    assert min(LADDER.values()) > 2 * (due_by(NOON) - NOON)


@pytest.mark.parametrize(
    ("not_modified", "tries", "is_whole"),
    [(0, 0, False), (2, 0, False), (3, 0, True), (9, 0, True), (0, 1, True)],
    ids=["never a 304", "two", "three", "more", "it failed"],
)
def test_a_304_is_believed_a_few_times_and_never_after_a_failure(not_modified, tries, is_whole):
    assert wants_whole_page(not_modified_in_a_row=not_modified, tries=tries) is is_whole
