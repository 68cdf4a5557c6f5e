"""Spans of words that name something, and the words they are of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.identity import Label
from extractors.naming.abbreviations import Definition, definitions_in
from extractors.naming.labels import LABELS
from extractors.nlp import Parse
from extractors.records import Article
from extractors.wordlists import words_in

#: What has no identity beyond its place in the text.
WITHOUT_ENTITY: frozenset[Label] = frozenset({"DATE", "MONEY"})

#: "Okafor‘s": a mark turned by mistake, which the model leaves in the word.
_TURNED_POSSESSIVE = re.compile(r"(?<=\w)[‘`´]s\Z")
_TURNED = ("‘s", "`s", "´s")
#: Characters that end a line, also in plain texts from elsewhere.
LINE_ENDS = frozenset("\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
_LONGEST_NAME = 16  #: words; what is longer is a model's slip


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Words `first` to `end` (exclusive) of a parse, under a label."""

    first: int
    end: int
    label: Label


class Words:
    """The words of a parse as they stand in the article."""

    def __init__(self, article: Article, parse: Parse) -> None:
        self.article = article
        self.parse = parse
        self.texts: tuple[str, ...] = tuple(
            [article.text[start:end] for start, end in zip(parse.starts, parse.ends, strict=True)]
        )
        self.forms: frozenset[str] = frozenset(self.texts)
        #: Last words of the model's full names of persons.
        self.surnames: frozenset[str] = frozenset(
            self.texts[end - 1]
            for first, end, label in parse.named
            if label == "PERSON"
            and end - first > 1
            and self.texts[first].rstrip(".").lower() not in words_in("titles")
        )
        #: The words that also stand in the article without a capital.
        self.lower_case: frozenset[str] = frozenset(filter(str.islower, self.forms))
        capitalised = {form for form in self.forms if form[:1].isupper()}
        #: Where the words with a capital stand.
        self.capitals: frozenset[int] = frozenset(
            [index for index, text in enumerate(self.texts) if text in capitalised]
        )
        #: First word and end of each paragraph, in order.
        self.paragraphs: tuple[tuple[int, int], ...] = _runs(parse.paragraphs)
        #: The abbreviations that the article explains, in order.
        self.definitions: tuple[Definition, ...] = definitions_in(self)
        self._names: dict[Span, str] = {}  #: answers of `name`, which each rule asks again

    def phrase(self, first: int, end: int) -> str:
        """Return the text from word `first` up to word `end`, blanks as in the article."""
        return self.article.text[self.parse.starts[first] : self.parse.ends[end - 1]]

    def name(self, span: Span) -> str:
        """Return the text of `span` with single blanks, no possessive at its end, nor letters."""
        name = self._names.get(span)
        if name is None:
            phrase = self.phrase(span.first, self.end_of_name(span))
            name = self._names[span] = without_turned_possessive(" ".join(phrase.split()))
        return name

    def end_of_name(self, span: Span) -> int:
        """Return where the name ends in `span`, before the letters behind a person's."""
        end = span.end
        if span.label == "PERSON":
            while end - span.first > 1 and is_post_nominal(self.texts[end - 1]):
                end -= 1
        return end

    def is_one_line(self, first: int, end: int) -> bool:
        """Answer whether words `first` to `end` (exclusive) stand on one line of one paragraph."""
        paragraphs = self.parse.paragraphs
        return paragraphs[first] == paragraphs[end - 1] and LINE_ENDS.isdisjoint(
            self.phrase(first, end)
        )

    def is_subject(self, index: int) -> bool:
        """Answer whether word `index` heads the subject of a verb."""
        return self.parse.relations[index] in {"nsubj", "nsubjpass"}

    def is_proper(self, index: int) -> bool:
        """Answer whether word `index` is written and tagged like a part of a name."""
        return index in self.capitals and self.parse.tags[index].startswith("NNP")


def _runs(values: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Return first index and end of each run of equal `values`."""
    pairs = enumerate(pairwise(values), start=1)
    cuts = [index for index, (value, following) in pairs if value != following]
    return tuple(zip([0, *cuts], [*cuts, len(values)], strict=True)) if values else ()


def is_post_nominal(word: str) -> bool:
    """Answer whether `word` stands behind a person's name and is no part of it: "KC", "Ph.D."."""
    return word.replace(".", "") in words_in("post_nominals")


def without_turned_possessive(name: str) -> str:
    """Return `name` without a possessive that the parse leaves in its last word: "Okafor‘s"."""
    return _TURNED_POSSESSIVE.sub("", name) if name.endswith(_TURNED) else name


def spans_in(words: Words) -> Iterator[Span]:
    """Yield the names, dates and sums of money of the model, in order, none over another."""
    for first, end, model_label in words.parse.named:
        if label := LABELS.get(model_label):
            yield Span(first=first, end=min(end, first + _LONGEST_NAME), label=label)
