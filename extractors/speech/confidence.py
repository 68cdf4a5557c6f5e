"""From scores to probabilities, and from those to how often such a choice is right."""

import math
from collections.abc import Mapping

_SUREST = 0.9999
_LARGEST_SCORE = 30.0


def logistic(score: float) -> float:
    """Return the probability that `score` is the log odds of."""
    return 1 / (1 + math.exp(-max(-_LARGEST_SCORE, min(_LARGEST_SCORE, score))))


def trusted(probability: float, kind: str, table: Mapping[str, float]) -> float:
    """Return how often such a choice was right in articles that were not learnt from.

    Args:
        probability: of the choice as the weights have it.
        kind: of the quotation.
        table: with shift and slope of the log odds of each kind; unchanged where it has none.
    """
    surest = min(probability, _SUREST)
    shift = table.get(f"confidence {kind} shift", 0.0)
    slope = table.get(f"confidence {kind} slope", 1.0)
    return logistic(shift + slope * math.log(surest / (1 - surest)))
