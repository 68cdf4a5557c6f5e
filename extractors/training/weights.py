"""The three weight tables of speech, fitted to annotated articles in one pass over them."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from extractors.training.annotated import Annotated
from extractors.training.examples import (
    Choice,
    Example,
    choices,
    marked_examples,
    report_examples,
)
from extractors.training.features import Rows
from extractors.training.fitting import Fit, fit_choices, fit_examples
from extractors.training.gold import GoldError
from extractors.training.tables import stored

#: Transcripts and signed quotations are rare in news: what gold says too little about.
_PRIOR = {"label upper": 9.0, "label other": 5.0, "signed": 6.0}
#: What is true of the speakers of one kind of quotation is drawn towards what is true of all:
#: reports are many, and those in marks the fewer.
_PENALTY_OF_KINDS = 10.0
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
    reports, marked, speakers = _Examples(), _Examples(), _Choices()
    for article in articles:
        reports.add(report_examples(article))
        marked.add(marked_examples(article))
        speakers.add(choices(article))
    yield reports.table("indirect_weights", "constructions that could report")
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


class _Choices:
    def __init__(self) -> None:
        self._rows = Rows()
        self._group = array("q")
        self._right = array("b")
        self._met: Counter[str] = Counter()  #: utterances of each kind
        self._learnt: Counter[str] = Counter()  #: those whose speaker is a candidate

    def add(self, found: Iterable[Choice]) -> None:
        for choice in found:
            self._met[choice.kind] += 1
            if not choice.right:
                continue
            group = self._learnt.total()
            self._learnt[choice.kind] += 1
            for place, row in enumerate(choice.rows):
                self._rows.add(row)
                self._group.append(group)
                self._right.append(place in choice.right)

    def table(self, name: str) -> Table:
        if not self._right:
            raise GoldError(f"{name}: the gold has no utterance whose speaker can be found")
        matrix = self._rows.matrix()
        group_of, is_right = np.array(self._group), np.array(self._right, dtype=np.bool_)
        shared = fit_choices(matrix.renamed(_of_any_kind), group_of, is_right, _PRIOR).weights
        prior = {name: shared.get(_of_any_kind(name), 0.0) for name in matrix.names} | _PRIOR
        fit = fit_choices(matrix, group_of, is_right, prior, _PENALTY_OF_KINDS)
        parts = [f"{kind} {self._learnt[kind]} of {n}" for kind, n in sorted(self._met.items())]
        counts = f"utterances whose speaker is a candidate: {', '.join(parts)}"
        return Table(name=name, weights=stored(fit.weights), counts=counts, fit=fit)


def _of_any_kind(feature: str) -> str:
    """Return the name of `feature` without the kind of quotation it is of."""
    return feature.partition(" ")[2] if feature.startswith(_KINDS) else feature
