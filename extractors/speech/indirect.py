"""Reports without quotation marks: a word that reports, and the clause or phrase it governs.

A table of weights scores every construction that could report; the best that do not overlap are
chosen.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, repeat

from extractors.speech.constructions import Report
from extractors.speech.reach import candidate_reports
from extractors.speech.reportsigns import features_of_cue, features_of_reach
from extractors.speech.syntax import Tree
from extractors.wordlists import weights

#: A report counts from this probability on.
LEAST_PROBABILITY = 0.3
#: Of reports that overlap the one with the highest sum over its words is chosen: of what each is
#: worth, less this.
_PRICE = 0.2
#: With log odds like these for its cue alone, or for the whole of it, a report has next to no
#: chance to be chosen, and is not looked at further: that spares a third of the work.
_HOPELESS = -2.2
#: Slope and intercept that make of the log odds of a worth those of being right, by whether words
#: in marks are among what is reported: a worth is less than 1 also for a report whose end is a
#: matter of taste. Fitted to rows of train articles under tables that had not seen them.
_SURENESS = {True: (0.87, 1.32), False: (0.9, 0.77)}


def reports_in(tree: Tree, quoted: Sequence[bool]) -> list[Report]:
    """Return the reports of a parsed article, in order, never overlapping.

    Args:
        tree: the parse.
        quoted: for each token, whether it stands in quotation marks; no cue stands in them.
    """
    likely = list(_likely(tree, quoted))
    return [_with_sureness(report, quoted) for report in _chosen(likely, tree.size)]


def _likely(tree: Tree, quoted: Sequence[bool]) -> Iterator[Report]:
    """Yield the candidates that may count, with what each is worth."""
    for _, group in groupby(candidate_reports(tree, quoted), _cue_and_source):
        shared: float | None = None  # what a report is worth however far it reaches
        whole = 0.0
        for report in group:
            if shared is None:
                shared = _sum_of(features_of_cue(report, tree))
            if shared < _HOPELESS or (report.is_cut and whole < _HOPELESS):
                continue
            score = shared + _sum_of(features_of_reach(report, tree, quoted))
            whole = whole if report.is_cut else score
            if (probability := _logistic(score)) >= LEAST_PROBABILITY:
                yield replace(report, probability=probability)


def _sum_of(features: Sequence[str]) -> float:
    return sum(map(weights("indirect_weights").get, features, repeat(0.0)))


def _cue_and_source(report: Report) -> tuple[int, str, int | None]:
    return report.cue, report.construction, report.source


def _with_sureness(report: Report, quoted: Sequence[bool]) -> Report:
    """Return `report` with the probability that it is one, in place of what it is worth."""
    slope, intercept = _SURENESS[any(any(quoted[a : b + 1]) for a, b in report.parts)]
    log_odds = math.log(report.probability / (1 - report.probability))
    return replace(report, probability=_logistic(slope * log_odds + intercept))


def _logistic(score: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def _chosen(likely: list[Report], size: int) -> list[Report]:
    """Return the best reports that do not overlap, in order: one a cue, the long and sure first."""
    best: dict[int, Report] = {}
    for report in likely:
        if report.cue not in best or report.probability > best[report.cue].probability:
            best[report.cue] = report
    taken, chosen = bytearray(size + 1), []
    for report in sorted(best.values(), key=_gain, reverse=True):
        if all(taken.find(1, first, last + 1) < 0 for first, last in report.parts):
            for first, last in report.parts:
                taken[first : last + 1] = b"\x01" * (last + 1 - first)
            chosen.append(report)
    return sorted(chosen, key=lambda report: report.parts)


def _gain(report: Report) -> float:
    words = sum(last - first + 1 for first, last in report.parts)
    return words * (report.probability - _PRICE)
