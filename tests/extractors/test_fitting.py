"""Fitting: rows of features in, weights out, and the tables that hold them."""

from collections.abc import Iterable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.training.confidence import believed
from extractors.training.features import Matrix, Rows, is_storable
from extractors.training.fitting import fit_choices, fit_examples
from extractors.training.tables import stored, table_text


def matrix_of(rows: Iterable[Sequence[str]]) -> Matrix:
    collected = Rows()
    for row in rows:
        collected.add(row)
    return collected.matrix()


def test_a_feature_that_tells_right_from_wrong_gets_the_weight():
    matrix = matrix_of([["bias", "said"], ["bias", "titled"]] * 20)

    fit = fit_examples(matrix, np.array([1.0, 0.0] * 20))

    assert fit.weights["said"] > 1
    assert fit.weights["titled"] < -1
    assert abs(fit.weights["bias"]) < 0.1
    assert fit.accuracy == 1


def test_of_each_group_the_right_candidate_is_learnt_and_a_rare_sign_keeps_its_prior():
    matrix = matrix_of([["far"], ["near", "subject"], ["far", "subject"]] * 40)
    groups = np.repeat(np.arange(40), 3)

    fit = fit_choices(matrix, groups, np.array([False, True, False] * 40), {"label": 9.0})

    assert fit.weights["near"] > 1 > fit.weights["subject"]
    assert fit.weights["label"] == 9
    assert fit.accuracy == 1


def test_columns_that_get_one_name_become_one():
    matrix = matrix_of([["direct near", "report far"], ["report near"]] * 5)

    renamed = matrix.renamed(lambda name: name.split()[1])

    assert renamed.names == ("far", "near")
    assert renamed.sums(np.ones(10)).tolist() == [5, 10]
    assert renamed.scores(np.array([1.0, 2.0])).tolist() == [3, 2] * 5


def test_features_that_are_rare_or_that_no_table_can_hold_are_left_out():
    rows = [["often", "ends in a blank ", "two\nlines", "# comment"]] * 9 + [["rare"]]

    assert matrix_of(rows).names == ("often",)


@given(
    st.lists(st.lists(st.sampled_from("abcdef"), max_size=8), max_size=30).flatmap(
        lambda rows: st.tuples(
            st.just(rows), st.tuples(*(st.permutations(row) for row in rows)).map(list)
        )
    )
)
def test_the_order_in_which_a_row_names_its_features_changes_nothing(
    both: tuple[list[list[str]], list[list[str]]],
):
    one, other = (matrix_of(rows) for rows in both)

    assert one.names == other.names
    assert one.height == other.height
    assert one.rows.tolist() == other.rows.tolist()
    assert one.columns.tolist() == other.columns.tolist()


@given(st.dictionaries(st.text(), st.floats(min_value=-50, max_value=50)))
def test_what_a_table_can_hold_comes_back_from_its_text(fitted: dict[str, float]):
    table = stored({name: weight for name, weight in fitted.items() if is_storable(name)})

    lines = table_text("# header\n", table).splitlines()[1:]

    pairs = (line.rsplit(maxsplit=1) for line in lines)
    assert {name: float(weight) for name, weight in pairs} == table


def test_rows_can_be_left_out():
    matrix = matrix_of([["near"], ["far"]] * 5)

    kept = matrix.only(np.array([True, False] * 5))

    assert kept.names == matrix.names
    assert kept.scores(np.array([1.0, 2.0])).tolist() == [2.0] * 5


def test_what_is_right_less_often_than_it_seems_is_believed_less():
    chance, is_right = np.full(400, 0.95), np.arange(400) % 5 > 0

    table = believed(["direct"] * 400, chance, is_right)

    odds = np.log(0.95 / 0.05)
    shift, slope = table["confidence direct shift"], table["confidence direct slope"]
    assert 1 / (1 + np.exp(-shift - slope * odds)) == pytest.approx(0.8, abs=0.02)


def test_little_that_was_seen_changes_no_confidence():
    table = believed(["mixed"], np.array([0.9]), np.array([True]))

    assert table["confidence mixed shift"] == pytest.approx(0, abs=0.05)
    assert table["confidence mixed slope"] == pytest.approx(1, abs=0.05)


def test_the_weights_found_are_where_loss_and_penalty_no_longer_slope():
    drawn = np.random.default_rng(7)
    rows = [[name for name in "abcdef" if drawn.random() < 0.4] for _ in range(300)]
    matrix, worth = matrix_of(rows), (drawn.random(300) < 0.3).astype(float)

    weights = np.array([fit_examples(matrix, worth).weights[name] for name in matrix.names])

    chance = 1 / (1 + np.exp(-matrix.scores(weights)))
    assert matrix.sums(chance - worth) + 2.0 * weights == pytest.approx(0, abs=0.05)
