"""How many quotations of an article are found, and said by whom they are said by."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.records import Quote
from tests.accuracy.marked import NOBODY, GoldArticle, GoldQuote

#: Words for a person that may stand beside the name or be left out.
_ARTICLES = frozenset({"the", "a", "an"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The quotes of one article beside its gold."""

    article: GoldArticle
    found: Sequence[Quote]
    pairs: Sequence[tuple[Quote, GoldQuote]]  #: right spans, in order of the found

    @property
    def with_right_speaker(self) -> int:
        """Return how many spans are right and have the right speaker."""
        return sum(is_same_speaker(ours.speaker, gold.speakers) for ours, gold in self.pairs)


def judged(article: GoldArticle, found: Sequence[Quote]) -> Judged:
    """Return `found` with what of it is right: the words of a gold span at that place."""
    left = list(article.quotes)
    pairs = []
    for quote in found:
        for gold in left:
            overlaps = gold.start < quote.end and quote.start < gold.end
            if overlaps and _words(quote.text) == _words(gold.text):
                left.remove(gold)
                pairs.append((quote, gold))
                break
    return Judged(article=article, found=found, pairs=pairs)


def figures_of(results: Iterable[Judged]) -> dict[str, float]:
    """Return the figures over some articles, each from 0 to 1.

    `precision` and `recall` are of spans; `kind`, `utterance` and `speaker_given_span` are shares
    of the right spans; `end_to_end_f1` wants span and speaker right. `utterance` is of two right
    spans in a row: whether they are parts of one; it is left out where no gold says so.
    """
    results = list(results)
    pairs = [pair for each in results for pair in each.pairs]
    found = sum(len(each.found) for each in results)
    wanted = sum(len(each.article.quotes) for each in results)
    right = sum(each.with_right_speaker for each in results)
    joins = [join for each in results for join in _joins(each.pairs)]
    figures = {
        "precision": _ratio(len(pairs), found),
        "recall": _ratio(len(pairs), wanted),
        "kind": _ratio(sum(ours.kind == gold.kind for ours, gold in pairs), len(pairs)),
        "speaker_given_span": _ratio(right, len(pairs)),
        "end_to_end_f1": _ratio(2 * right, found + wanted),
    }
    return figures | ({"utterance": _ratio(sum(joins), len(joins))} if joins else {})


def end_to_end_by_style(results: Iterable[Judged]) -> Mapping[str, float]:
    """Return the F1 of span and speaker of each style, by the style's name."""
    by_style: dict[str, list[Judged]] = {}
    for each in results:
        by_style.setdefault(each.article.style, []).append(each)
    return {style: figures_of(by_style[style])["end_to_end_f1"] for style in sorted(by_style)}


def is_same_speaker(ours: str | None, gold: Sequence[str]) -> bool:
    """Answer whether `ours` is one of the names in `gold`, articles aside.

    Of a descriptive phrase ("a spokesman for the port") its beginning is enough.
    """
    if ours is None:
        return not gold or NOBODY in gold
    words = _name_words(ours)
    return any(
        words == _name_words(name)
        or (_is_phrase(name) and words and _name_words(name)[: len(words)] == words)
        for name in gold
    )


def _is_phrase(name: str) -> bool:
    return not name[:1].isupper() or _words(name)[0] in _ARTICLES


def _joins(pairs: Sequence[tuple[Quote, GoldQuote]]) -> list[bool]:
    """Return for each two right spans in a row whether they are rightly one utterance or two."""
    return [
        (ours.utterance == next_ours.utterance) == (gold.utterance == next_gold.utterance)
        for (ours, gold), (next_ours, next_gold) in pairwise(pairs)
        if gold.utterance is not None
    ]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _name_words(name: str) -> list[str]:
    return [word for word in _words(name) if word not in _ARTICLES]


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
