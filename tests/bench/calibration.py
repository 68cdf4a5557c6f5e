"""Whether confidence means something: of quotations that are said to be sure, how many are right.

Two views. A *piece* is a quotation in marks of three words or more, right if the scorer pairs it
with gold and its speaker is the gold's. A *row* is any quotation, right if most of its words are
of one attribution whose source its speaker is.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

SURE = 0.9
_LEAST_WORDS = 3
_BINS = 10
_STEPS = (0.0, 0.3, 0.5, 0.7, 0.8, SURE, 0.95)

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A quotation's confidence, and whether span and speaker are right."""

    group: str
    confidence: float
    is_right: bool


class Bench:
    """The scorer of the benchmark in a folder, whose rules of matching are used here."""

    def __init__(self, folder: Path) -> None:
        self._scorer = _module(folder / "score.py")

    def lines(self, path: Path) -> list[dict[str, Any]]:
        """Return the objects in `path`, one a line, unpacked where it is packed."""
        return list(self._scorer.read_jsonl(str(path)))

    def verdicts(self, gold: Path, out: Path) -> Iterator[Verdict]:
        """Yield a verdict on each piece and each row of the predictions in `out`."""
        predicted = {line["id"]: line["quotes"] for line in self.lines(out)}
        for article in self.lines(gold):
            yield from self._of_pieces(article, predicted[article["id"]])
            yield from self._of_rows(article, predicted[article["id"]])

    def _of_pieces(self, article: Row, quotes: Sequence[Row]) -> Iterator[Verdict]:
        words = self._scorer.Words(article["text"])
        discarded = words.spans(article.get("discard"))
        wanted = [(words.span(each["start"], each["end"]), each) for each in article["direct"]]
        wanted = [(span, each) for span, each in wanted if 2 * len(span & discarded) < len(span)]
        quoted = [words.span(each["start"], each["end"]) for each in article["quoted"]]
        pieces = self._scorer.direct_pieces(quotes, quoted, [span for span, _ in wanted], words)
        asked = [pair for pair in wanted if pair[1]["words"] >= _LEAST_WORDS]
        pairs = self._scorer.greedy_match([span for span, _ in asked], [span for span, _ in pieces])
        gold_of = {piece: asked[gold][1] for gold, (piece, _) in pairs.items()}
        for number, (span, quote) in enumerate(pieces):
            if len(span) >= _LEAST_WORDS and 2 * len(span & discarded) < len(span):
                gold = gold_of.get(number)
                source = article["attributions"][gold["attribution"]] if gold else None
                is_right = source is not None and _has_speaker(quote, source, words)
                yield Verdict(group="piece", confidence=quote["confidence"], is_right=is_right)

    def _of_rows(self, article: Row, quotes: Sequence[Row]) -> Iterator[Verdict]:
        words = self._scorer.Words(article["text"])
        discarded = words.spans(article.get("discard"))
        owner = {
            word: attribution
            for attribution, each in enumerate(article["attributions"])
            for word in words.spans(each["content"])
        }
        for quote in quotes:
            span = words.span(quote["start"], quote["end"])
            if span and 2 * len(span & discarded) < len(span):
                owners = Counter(owner[word] for word in span if word in owner)
                [(best, shared)] = owners.most_common(1) or [(0, 0)]
                is_right = 2 * shared >= len(span) and _has_speaker(
                    quote, article["attributions"][best], words
                )
                yield Verdict(
                    group=quote["kind"], confidence=quote["confidence"], is_right=is_right
                )


def share_and_right(bench: Bench, gold: Path, out: Path, *, at_least: float) -> tuple[float, float]:
    """Return which share of the pieces is that sure, and which share of those is right."""
    pieces = [each for each in bench.verdicts(gold, out) if each.group == "piece"]
    sure = [each for each in pieces if each.confidence >= at_least]
    return len(sure) / max(1, len(pieces)), _right(sure)


def report(bench: Bench, gold: Path, out: Path) -> str:
    """Return a reliability table of the pieces, of all rows, and of the rows of each kind."""
    verdicts = list(bench.verdicts(gold, out))
    rows = [each for each in verdicts if each.group != "piece"]
    groups = {"all rows": rows}
    for each in verdicts:
        groups.setdefault(each.group, []).append(each)
    return "\n".join(line for name in groups for line in _table(name, groups[name]))


def calibration_error(verdicts: Sequence[Verdict]) -> float:
    """Return the expected calibration error: how far confidence is from the share that is right.

    Source:
        Naeini, Cooper and Hauskrecht 2015, "Obtaining Well Calibrated Probabilities Using
        Bayesian Binning"; ten bins of equal width.
    """
    bins: dict[int, list[Verdict]] = {}
    for each in verdicts:
        bins.setdefault(min(int(_BINS * each.confidence), _BINS - 1), []).append(each)
    gaps = (abs(sum(v.confidence - v.is_right for v in each)) for each in bins.values())
    return sum(gaps) / len(verdicts)


def brier_score(verdicts: Sequence[Verdict]) -> float:
    """Return the mean square of how far confidence is from the truth; 0 is best.

    Source:
        Brier 1950, "Verification of Forecasts Expressed in Terms of Probability".
    """
    return sum((each.confidence - each.is_right) ** 2 for each in verdicts) / len(verdicts)


def _table(name: str, verdicts: Sequence[Verdict]) -> Iterator[str]:
    yield (
        f"{name}: {len(verdicts)}, {_right(verdicts):.1%} right,"
        f" ECE {calibration_error(verdicts):.3f}, Brier {brier_score(verdicts):.3f}"
    )
    for low, high in zip(_STEPS, (*_STEPS[1:], 1.1), strict=True):
        within = [each for each in verdicts if low <= each.confidence < high]
        above = [each for each in verdicts if each.confidence >= low]
        mean = sum(each.confidence for each in within) / max(1, len(within))
        yield (
            f"  from {low:.2f}: {len(within):5} of mean confidence {mean:.3f}, right"
            f" {_right(within):.3f}; it and above: {len(above) / len(verdicts):.3f} of all,"
            f" right {_right(above):.3f}"
        )


def _right(verdicts: Sequence[Verdict]) -> float:
    return sum(each.is_right for each in verdicts) / max(1, len(verdicts))


def _has_speaker(quote: Row, attribution: Row, words: Any) -> bool:
    """Answer whether the speaker of `quote` shares a word with the source, or both have none."""
    source = words.spans(attribution["source"]) | words.spans(
        attribution.get("source_alternatives")
    )
    if quote["speaker_start"] is None:
        return not source
    return bool(source & words.span(quote["speaker_start"], quote["speaker_end"]))


def _module(path: Path) -> ModuleType:
    spec = spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is no module")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
