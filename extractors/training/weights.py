"""The three weight tables of speech, fitted to annotated articles in one pass over them."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from extractors.records import QuoteKind
from extractors.speech.indirect import LEAST_PROBABILITY
from extractors.training.annotated import Annotated
from extractors.training.confidence import believed
from extractors.training.examples import (
    Choice,
    Example,
    ReportExample,
    choices,
    marked_examples,
    report_examples,
)
from extractors.training.features import Floats, Matrix, Rows
from extractors.training.fitting import Fit, chances, fit_choices, fit_examples, logistic
from extractors.training.gold import GoldError
from extractors.training.tables import stored

#: Transcripts, dialogue and tales are rare in the news of gold, and what it says too little about.
_PRIOR = {
    "label upper": 9.0,
    "label other": 5.0,
    "signed": 6.0,
    "in the words of": 6.0,
    "spoke so": 6.0,
    "is doing so": 4.0,
    "announced": 3.0,
    "names a thing": 3.0,
    "has the turn you=True": 4.0,
    "had the turn you=True": -3.0,
    "answers": 6.0,
    "the one told of": 2.0,
    "acted just before": 3.0,
    "takes over": 3.0,
    "direct names nobody": -8.0,
    "direct mute thing": -2.0,
}
#: What is true of the speakers of one kind of quotation is drawn towards what is true of all:
#: reports are many, and those in marks the fewer.
_PENALTY_OF_KINDS = 20.0
_KINDS = ("direct ", "report ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A weight table, and what it was fitted to."""

    name: str  #: of the file in `extractors/data/`, without suffix
    weights: Mapping[str, float]
    counts: str  #: what was learnt from, for people
    fit: Fit


def fitted_tables(articles: Iterable[Annotated]) -> Iterator[Table]:
    """Yield the tables in the order in which the extractors use them.

    Raises:
        GoldError: nothing in the articles to learn one of the tables from.
    """
    reports, marked, speakers = _Reports(), _Examples(), _Choices()
    for article in articles:
        reports.add(report_examples(article))
        marked.add(marked_examples(article))
        speakers.add(choices(article))
    yield reports.table("indirect_weights")
    yield marked.table("scare_weights", "words in quotation marks")
    yield speakers.table("speaker_weights")


class _Examples:
    def __init__(self) -> None:
        self._rows = Rows()
        self._worth = array("d")

    def add(self, examples: Iterable[Example]) -> None:
        for example in examples:
            self._rows.add(example.features)
            self._worth.append(example.worth)

    def table(self, name: str, what: str) -> Table:
        if not any(self._worth):
            raise GoldError(f"{name}: the gold has no {what}")
        worth = np.array(self._worth)
        fit = fit_examples(self._rows.matrix(), worth)
        counts = f"{len(worth)} {what}, {(worth > 0).sum()} of them right"
        return Table(name=name, weights=stored(fit.weights), counts=counts, fit=fit)


class _Reports:
    def __init__(self) -> None:
        self._rows = Rows()
        self._worth = array("d")
        self._least = array("d")
        self._reported = array("b")
        self._kinds: list[QuoteKind] = []
        self._cue = array("q")  #: numbered through all articles
        self._half = array("b")  #: which half of the articles each is of
        self._articles = self._cues = 0

    def add(self, found: Iterable[ReportExample]) -> None:
        numbers: dict[int, int] = {}
        for example in found:
            self._rows.add(example.features)
            self._worth.append(example.worth)
            self._least.append(max(example.least, LEAST_PROBABILITY))
            self._reported.append(example.is_reported)
            self._kinds.append(example.kind)
            self._cue.append(self._cues + numbers.setdefault(example.cue, len(numbers)))
            self._half.append(self._articles % 2)
        self._articles += 1
        self._cues += len(numbers)

    def table(self, name: str) -> Table:
        worth = np.array(self._worth)
        if not worth.any():
            raise GoldError(f"{name}: the gold has no constructions that could report")
        matrix = self._rows.matrix()
        fit = fit_examples(matrix, worth)
        weights = {**fit.weights, **self._believed(matrix, worth)}
        right = (worth > 0).sum()
        counts = f"{len(worth)} constructions that could report, {right} of them right"
        return Table(name=name, weights=stored(weights), counts=counts, fit=fit)

    def _believed(self, matrix: Matrix, worth: Floats) -> Mapping[str, float]:
        """Return how far what the best report of each cue is worth is its chance to be one."""
        half, cue = np.array(self._half), np.array(self._cue)
        chance = np.zeros(len(worth))
        for other in (0, 1):
            learnt = half != other
            if learnt.any():
                fitted = fit_examples(matrix.only(learnt), worth[learnt]).weights
                scores = matrix.scores(np.array([fitted[each] for each in matrix.names]))
                chance[~learnt] = logistic(scores)[~learnt]
        chance[chance < np.array(self._least)] = 0.0
        best = np.zeros(self._cues)
        np.maximum.at(best, cue, chance)
        judged = (chance > 0) & (chance == best[cue])
        is_right = np.array(self._reported, dtype=np.bool_)[judged]
        return believed(list(compress(self._kinds, judged)), chance[judged], is_right)


class _Choices:
    def __init__(self) -> None:
        self._rows = Rows()
        self._group = array("q")
        self._right = array("b")
        self._fair = array("b")
        self._kinds: list[QuoteKind] = []
        self._known = array("b")  #: for each choice, whether the speaker is a candidate
        self._half = array("b")  #: and of which half of the articles it is
        self._articles = 0

    def add(self, found: Iterable[Choice]) -> None:
        for choice in found:
            self._kinds.append(choice.kind)
            self._known.append(bool(choice.right))
            self._half.append(self._articles % 2)
            for place, row in enumerate(choice.rows):
                self._rows.add(row)
                self._group.append(len(self._kinds) - 1)
                self._right.append(place in choice.right)
                self._fair.append(place in choice.fair)
        self._articles += 1

    def table(self, name: str) -> Table:
        known = np.array(self._known, dtype=np.bool_)
        if not known.any():
            raise GoldError(f"{name}: the gold has no utterance whose speaker can be found")
        matrix = self._rows.matrix()
        fit = self._fit(matrix, known)
        weights = {**fit.weights, **self._believed(matrix, known)}
        met, learnt = Counter(self._kinds), Counter(compress(self._kinds, known))
        parts = [f"{kind} {learnt[kind]} of {n}" for kind, n in sorted(met.items())]
        counts = f"utterances whose speaker is a candidate: {', '.join(parts)}"
        return Table(name=name, weights=stored(weights), counts=counts, fit=fit)

    def _fit(self, matrix: Matrix, kept: NDArray[np.bool_]) -> Fit:
        """Fit the choices that are `kept`."""
        group_of = np.array(self._group)
        within = kept[group_of]
        number = (np.cumsum(kept) - 1)[group_of[within]]
        is_right = np.array(self._right, dtype=np.bool_)[within]
        matrix = matrix.only(within)
        shared = fit_choices(matrix.renamed(_of_any_kind), number, is_right, _PRIOR).weights
        prior = {name: shared.get(_of_any_kind(name), 0.0) for name in matrix.names} | _PRIOR
        return fit_choices(matrix, number, is_right, prior, _PENALTY_OF_KINDS)

    def _believed(self, matrix: Matrix, known: NDArray[np.bool_]) -> Mapping[str, float]:
        """Return how far probabilities are believed: by what each half makes of the other."""
        group_of, half = np.array(self._group), np.array(self._half)
        chance = np.zeros(matrix.height)
        for other in (0, 1):
            if (known & (half != other)).any():
                fitted = self._fit(matrix, known & (half != other)).weights
                scores = matrix.scores(np.array([fitted[name] for name in matrix.names]))
                of_other = half[group_of] == other
                chance[of_other] = chances(scores, group_of, len(half))[of_other]
        best = np.zeros(len(half))
        np.maximum.at(best, group_of, chance)
        is_fair = np.array(self._fair, dtype=np.bool_) & (chance == best[group_of])
        is_right = np.bincount(group_of, is_fair, len(half)) > 0
        judged = best > 0
        return believed(list(compress(self._kinds, judged)), best[judged], is_right[judged])


def _of_any_kind(feature: str) -> str:
    """Return the name of `feature` without the kind of quotation it is of."""
    return feature.partition(" ")[2] if feature.startswith(_KINDS) else feature
