"""Accuracy may rise and must not fall."""

import pytest

from tests.accuracy.measure import figures, floors


@pytest.fixture(scope="module")
def measured():
    return figures()


@pytest.mark.parametrize("name", sorted(floors()))
def test_the_figure_on_our_own_gold_is_not_below_its_floor(measured, name):
    assert measured[name] >= floors()[name]
