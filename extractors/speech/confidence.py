"""From scores to probabilities, and from those to how often such a choice is right."""

import math
from collections.abc import Mapping

SUREST = 0.9999  #: the probability that none counts as more than, nor what is left as less
_LARGEST_SCORE = 30.0
#: By how much log odds are lowered: the weights were learnt from one sort of news, and on other
#: sorts they are right less often.
_CAUTION = 0.4


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
    shift = table.get(f"confidence {kind} shift", 0.0)
    slope = table.get(f"confidence {kind} slope", 1.0)
    return logistic(shift + slope * _log_odds(probability))


def cautious(probability: float) -> float:
    """Return what to tell of `probability`, measured on articles like those learnt from."""
    return logistic(_log_odds(probability) - _CAUTION)


def _log_odds(probability: float) -> float:
    surest = max(1 - SUREST, min(probability, SUREST))
    return math.log(surest / (1 - surest))
