"""Reports, in marks or not: a word that reports, and the clause or phrase it governs.

A table of weights scores every construction that could report; the best that do not overlap are
chosen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import repeat

from extractors.records import QuoteKind
from extractors.speech.confidence import logistic, trusted
from extractors.speech.constructions import Report
from extractors.speech.occasions import without_occasion
from extractors.speech.reach import candidate_reports
from extractors.speech.reportfeatures import (
    features_of_construction,
    features_of_reach,
    features_of_word,
)
from extractors.speech.syntax import Tree
from extractors.speech.things import least_worth
from extractors.wordlists import weights

#: A report counts from this probability on.
LEAST_PROBABILITY = 0.3
#: Of reports that overlap the one with the highest sum over its words is chosen: of what each is
#: worth, less this.
_PRICE = 0.2
#: With log odds like these for its cue alone, or for the whole of it, a report has next to no
#: chance to be chosen, and is not looked at further: that spares a third of the work. Words in
#: marks make up for a rare cue: "answers that they ‘did not go to sea’".
_HOPELESS, _HOPELESS_WORD = -2.2, -3.0


def reports_in(tree: Tree, quoted: Sequence[bool]) -> list[Report]:
    """Return the reports of a parsed article, in order, never overlapping.

    Args:
        tree: the parse.
        quoted: for each token, whether it stands in quotation marks; no cue stands in them.
    """
    likely = list(_likely(tree, quoted))
    return [
        _with_sureness(without_occasion(report, tree, quoted), tree, quoted)
        for report in _chosen(likely, tree.size)
    ]


def _likely(tree: Tree, quoted: Sequence[bool]) -> Iterator[Report]:
    """Yield the candidates that may count, with what each is worth."""
    word, of_word = None, 0.0  # the word that may report, and what its candidates share
    for whole, reaches in candidate_reports(tree, quoted):
        if word != (whole.cue, whole.source):
            word = whole.cue, whole.source
            of_word = _sum_of(features_of_word(tree, *word))
        if of_word < _HOPELESS_WORD:
            continue
        shared = of_word + _sum_of(features_of_construction(whole, tree))
        if shared < _HOPELESS and not _is_clause_with_marks(whole, tree, quoted):
            continue
        for report in reaches:
            score = shared + _sum_of(features_of_reach(report, tree, quoted))
            probability = logistic(score)
            if probability >= LEAST_PROBABILITY and probability >= least_worth(
                tree, report, quoted
            ):
                yield replace(report, probability=probability)
            if score < _HOPELESS and not report.is_cut:
                break


def _is_clause_with_marks(report: Report, tree: Tree, quoted: Sequence[bool]) -> bool:
    """Answer whether a listed verb governs a clause with "that", of which words stand in marks."""
    first, last = report.parts[0]
    return (
        tree.reports_speech(report.cue)
        and tree.parse.lemmas[first] == "that"
        and tree.parse.pos[first] == "SCONJ"
        and any(quoted[first : last + 1])
    )


def _sum_of(features: Sequence[str]) -> float:
    return sum(map(weights("indirect_weights").get, features, repeat(0.0)))


def _with_sureness(report: Report, tree: Tree, quoted: Sequence[bool]) -> Report:
    """Return `report` with the probability that it is one, in place of what it is worth.

    A worth is less than 1 also for a report whose end is a matter of taste.
    """
    sureness = trusted(
        report.probability, kind_of(report, tree, quoted), weights("indirect_weights")
    )
    return replace(report, probability=sureness)


def kind_of(report: Report, tree: Tree, quoted: Sequence[bool]) -> QuoteKind:
    """Return what `report` is by how many of its words stand in marks: none, some or all."""
    inside = {
        quoted[token]
        for first, last in report.parts
        for token in range(first, last + 1)
        if tree.parse.pos[token] != "PUNCT"
    }
    if inside == {True}:
        return "direct"
    return "mixed" if True in inside else "indirect"


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
