"""Weights of features, fitted to examples: regression with a penalty on large weights.

Source:
    Kingma and Ba 2015, "Adam", over all examples at once and with a falling step, for the ascent;
    McFadden 1974 for the choice among candidates.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.training.features import Floats, Matrix, summed

#: Half of it on the square of each weight. Chosen by the loss on articles that were not fitted to;
#: the features of speakers are many and particular, and need more.
_PENALTY_OF_EXAMPLES, _PENALTY_OF_CHOICES = 2.0, 5.0
_STEP, _LAST_STEP = 0.06, 0.1  #: the first; the last as a share of it
_SLOW, _FAST = 0.9, 0.99  #: how much of the mean gradient and of its mean square is kept
_ROUNDS = 1000
_TINY = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Weights, and how well they tell right from wrong on what they were fitted to."""

    weights: Mapping[str, float]
    log_loss: float  #: mean, in nats
    accuracy: float


def fit_examples(matrix: Matrix, worth: Floats) -> Fit:
    """Fit what each row is worth, 0 for wrong to 1 for right, by logistic regression."""

    def slope(weights: Floats) -> Floats:
        return matrix.sums(_logistic(matrix.scores(weights)) - worth)

    weights = _descended(slope, np.zeros(len(matrix.names)), _PENALTY_OF_EXAMPLES)
    chance = _logistic(matrix.scores(weights))
    return Fit(
        weights=dict(zip(matrix.names, weights.tolist(), strict=True)),
        log_loss=_log_loss(chance**worth * (1 - chance) ** (1 - worth)),
        accuracy=float(np.mean((chance > 0.5) == (worth > 0.5))),
    )


def fit_choices(
    matrix: Matrix,
    group_of: NDArray[np.int64],
    is_right: NDArray[np.bool_],
    prior: Mapping[str, float],
    penalty: float = _PENALTY_OF_CHOICES,
) -> Fit:
    """Fit which row of each group is right, by conditional logistic regression.

    Args:
        matrix: the rows, group after group.
        group_of: number of the group of each row, from 0, without gaps.
        is_right: which rows are right, one or more of each group.
        prior: weights of features that are drawn towards these instead of 0; one too rare to be
            fitted keeps its prior.
        penalty: how strongly they are drawn.
    """
    start = np.array([prior.get(name, 0.0) for name in matrix.names])
    groups = int(group_of[-1]) + 1

    def slope(weights: Floats) -> Floats:
        chance = chances(matrix.scores(weights), group_of, groups)
        right = np.where(is_right, chance, 0.0)
        return matrix.sums(chance - right / summed(group_of, right, groups)[group_of])

    weights = _descended(slope, start, penalty)
    scores = matrix.scores(weights)
    of_the_right = np.where(is_right, chances(scores, group_of, groups), 0.0)
    best = _highest(scores, group_of, groups)
    best_right = _highest(np.where(is_right, scores, -np.inf), group_of, groups)
    return Fit(
        weights={**prior, **dict(zip(matrix.names, weights.tolist(), strict=True))},
        log_loss=_log_loss(summed(group_of, of_the_right, groups)),
        accuracy=float(np.mean(best_right == best)),
    )


def chances(scores: Floats, group_of: NDArray[np.int64], groups: int) -> Floats:
    """Return how likely each row is the right one of its group."""
    powers = np.exp(scores - _highest(scores, group_of, groups)[group_of])
    return powers / summed(group_of, powers, groups)[group_of]


def _descended(slope: Callable[[Floats], Floats], start: Floats, penalty: float) -> Floats:
    """Return the weights, nearly, at which error and penalty together are least."""
    weights = start.copy()
    mean, square = np.zeros_like(start), np.zeros_like(start)
    for number in range(_ROUNDS):
        gradient = slope(weights) + penalty * (weights - start)
        mean = _SLOW * mean + (1 - _SLOW) * gradient
        square = _FAST * square + (1 - _FAST) * gradient**2
        unbiased = mean / (1 - _SLOW ** (number + 1))
        size = np.sqrt(square / (1 - _FAST ** (number + 1))) + 1e-6
        weights -= _STEP * (1 - (1 - _LAST_STEP) * number / _ROUNDS) * unbiased / size
    return weights


def _logistic(scores: Floats) -> Floats:
    return 1 / (1 + np.exp(-np.clip(scores, -30, 30)))


def _highest(scores: Floats, group_of: NDArray[np.int64], groups: int) -> Floats:
    highest = np.full(groups, -np.inf)
    np.maximum.at(highest, group_of, scores)
    return highest


def _log_loss(chance_of_the_true: Floats) -> float:
    return float(-np.mean(np.log(chance_of_the_true + _TINY)))
