"""How far the probability of a choice can be believed, learnt from choices not fitted to."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from extractors.speech.confidence import SUREST
from extractors.training.features import Floats

_ROUNDS = 25
_PENALTY = 5.0  #: on leaving a probability as it is


def believed(
    kinds: Sequence[str], chance: Floats, is_right: NDArray[np.bool_]
) -> Mapping[str, float]:
    """Return the shift and the slope of the log odds of each kind, as a table names them.

    Args:
        kinds: of each choice.
        chance: how likely what was chosen is right, as the weights have it.
        is_right: whether it is.

    Source:
        Platt 1999, "Probabilistic Outputs for Support Vector Machines", by Newton's method.
    """
    table: dict[str, float] = {}
    for kind in sorted(set(kinds)):
        of_kind = np.array([each == kind for each in kinds])
        shift, slope = _shift_and_slope(chance[of_kind], is_right[of_kind])
        table |= {f"confidence {kind} shift": shift, f"confidence {kind} slope": slope}
    return table


def _shift_and_slope(chance: Floats, is_right: NDArray[np.bool_]) -> tuple[float, float]:
    surest = np.clip(chance, 1 - SUREST, SUREST)
    given = np.stack([np.ones_like(surest), np.log(surest / (1 - surest))])
    unchanged = np.array([0.0, 1.0])
    fitted = unchanged
    for _ in range(_ROUNDS):
        now = 1 / (1 + np.exp(-fitted @ given))
        slope = given @ (now - is_right) + _PENALTY * (fitted - unchanged)
        bend = (given * now * (1 - now)) @ given.T + _PENALTY * np.eye(2)
        fitted = fitted - np.linalg.solve(bend, slope)
    return float(fitted[0]), float(fitted[1])
