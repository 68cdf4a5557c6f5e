"""Weights of features, fitted to examples: regression with a penalty on large weights.

Source:
    Nocedal and Wright 2006, "Numerical Optimization", algorithm 7.5 (L-BFGS) with halved steps, for
    the descent; McFadden 1974 for the choice among candidates.
"""

import math
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.training.features import Floats, Matrix, summed

#: Half of it on the square of each weight. Chosen by the loss on articles that were not fitted to;
#: the features of speakers are many and particular, and need more.
_PENALTY_OF_EXAMPLES, _PENALTY_OF_CHOICES = 2.0, 5.0
_ROUNDS = 500
_REMEMBERED = 10  #: rounds whose steps tell how the slope bends
_LEAST_GAIN = 1e-9  #: of what is lost, by a round; less ends the descent
_LEAST_SHARE = 1e-6  #: of a step; where less than it gains nothing, the descent ends
_DEMANDED = 1e-4  #: share of the gain that the slope promises
_TINY = 1e-12

#: What is lost with given weights, and its slope.
_Loss = tuple[float, Floats]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Weights, and how well they tell right from wrong on what they were fitted to."""

    weights: Mapping[str, float]
    log_loss: float  #: mean, in nats
    accuracy: float


def fit_examples(matrix: Matrix, worth: Floats) -> Fit:
    """Fit what each row is worth, 0 for wrong to 1 for right, by logistic regression."""

    def lost(weights: Floats) -> _Loss:
        scores = matrix.scores(weights)
        loss = np.sum(np.logaddexp(0.0, scores) - worth * scores)
        return float(loss), matrix.sums(logistic(scores) - worth)

    weights = _descended(lost, np.zeros(len(matrix.names)), _PENALTY_OF_EXAMPLES)
    chance = logistic(matrix.scores(weights))
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

    def lost(weights: Floats) -> _Loss:
        chance = chances(matrix.scores(weights), group_of, groups)
        right = np.where(is_right, chance, 0.0)
        of_the_right = summed(group_of, right, groups) + _TINY
        slope = matrix.sums(chance - right / of_the_right[group_of])
        return -float(np.sum(np.log(of_the_right))), slope

    weights = _descended(lost, start, penalty)
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


def _descended(lost: Callable[[Floats], _Loss], start: Floats, penalty: float) -> Floats:
    """Return the weights, nearly, at which loss and penalty together are least."""

    def penalised(weights: Floats) -> _Loss:
        loss, slope = lost(weights)
        away = weights - start
        return loss + penalty / 2 * _product(away, away), slope + penalty * away

    weights = start
    loss, slope = penalised(weights)
    steps: deque[tuple[Floats, Floats]] = deque(maxlen=_REMEMBERED)
    for _ in range(_ROUNDS):
        step = -_straightened(slope, steps)
        gain, share = -_product(slope, step), 1.0
        nearer, slope_there = penalised(weights + step)
        while nearer > loss - _DEMANDED * share * gain and share > _LEAST_SHARE:
            share /= 2
            nearer, slope_there = penalised(weights + share * step)
        if loss - nearer <= _LEAST_GAIN * loss:
            break
        if _product(step, slope_there - slope) > 0:  # as it must, where the loss is convex
            steps.append((share * step, slope_there - slope))
        weights, loss, slope = weights + share * step, nearer, slope_there
    return weights


def _straightened(slope: Floats, steps: Sequence[tuple[Floats, Floats]]) -> Floats:
    """Return `slope` as far as it would go if it bent on as in the last `steps`."""
    if not steps:
        return slope / max(1.0, math.sqrt(_product(slope, slope)))
    way, shares = slope.copy(), []
    for step, bend in reversed(steps):
        shares.append(_product(step, way) / _product(step, bend))
        way -= shares[-1] * bend
    step, bend = steps[-1]
    way *= _product(step, bend) / _product(bend, bend)
    for (step, bend), share in zip(steps, reversed(shares), strict=True):
        way += (share - _product(bend, way) / _product(step, bend)) * step
    return way


def _product(one: Floats, other: Floats) -> float:
    """Return the scalar product, in an order that does not depend on the number of cores."""
    return float(np.sum(one * other))


def logistic(scores: Floats) -> Floats:
    """Return the chance that each score is the log odds of."""
    return 1 / (1 + np.exp(-np.clip(scores, -30, 30)))


def _highest(scores: Floats, group_of: NDArray[np.int64], groups: int) -> Floats:
    highest = np.full(groups, -np.inf)
    np.maximum.at(highest, group_of, scores)
    return highest


def _log_loss(chance_of_the_true: Floats) -> float:
    return float(-np.mean(np.log(chance_of_the_true + _TINY)))
