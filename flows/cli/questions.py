"""`sql`, `ask` and `schema`: read-only questions of the published warehouse."""

import argparse
import sys
from collections.abc import Mapping
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.errors import SettingsError
from flows.cli.arguments import (
    Commands,
    add_as_of,
    add_command,
    assignment,
    home_of,
    positive_number,
    settings_of,
)
from flows.cli.output import print_csv, print_json, print_table, rows_of
from flows.home import Home

if TYPE_CHECKING:
    from warehouse.reader import Reader
    from warehouse.results import Answer

_A_DAY_S = 86_400.0
_FORMATS = ("table", "json", "csv", "parquet")


def add_to(commands: Commands) -> None:
    """Add the commands to the parser."""
    sql = add_command(
        commands,
        "sql",
        _run_sql,
        summary="ask a question in SQL; reads only, also while an ingest runs",
        examples=(
            '  onrecord sql "select outlet, count(*) from articles group by all"\n'
            '  onrecord sql "from quotes where speaker = $who" --param who="Mara Lindqvist"\n'
            '  onrecord sql "from quotes" --as-of 2026-11-01 --format csv --output quotes.csv'
        ),
    )
    sql.add_argument("query", help="one statement that reads")
    sql.add_argument(
        "--param",
        type=assignment,
        action="append",
        default=[],
        metavar="K=V",
        help="value of $K; whole numbers and decimals are numbers, all else is text",
    )
    sql.add_argument(
        "--unsafe", action="store_true", help="allow functions that read files and the network"
    )
    ask = add_command(
        commands,
        "ask",
        _run_ask,
        summary="ask a saved question; without a name, list them",
        examples=(
            "  onrecord ask\n"
            "  onrecord ask most_quoted --top 5\n"
            "  onrecord ask what_failed --format csv"
        ),
    )
    ask.add_argument(
        "name", nargs="?", help="a saved question; its parameters follow, each as --PARAM V"
    )
    ask.set_defaults(takes_rest=True)
    for parser in (sql, ask):
        _add_common(parser)
    add_command(
        commands,
        "schema",
        _run_schema,
        summary="print the data dictionary: every relation and column",
        examples="  onrecord schema > dictionary.md\n  onrecord schema --json",
    )


def _add_common(parser: argparse.ArgumentParser) -> None:
    add_as_of(parser)
    parser.add_argument(
        "--timeout",
        type=positive_number,
        default=_A_DAY_S,
        metavar="S",
        help="give up after S seconds (default: a day)",
    )
    parser.add_argument("--format", choices=_FORMATS, help="default: table")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write there, not to stdout")


def make_published(home: Home) -> None:
    """Make the published warehouse of `home` anew if need be, or show what waits to be shown.

    Raises:
        SettingsError: it is no home.
    """
    from flows.showing import show_what_is_due

    home.must_exist()
    show_what_is_due(home, settings_of(home))


def open_reader(options: argparse.Namespace) -> "Reader":
    """Return a reader of the home's published warehouse, made anew first if need be."""
    from warehouse.reader import Reader

    home = home_of(options)
    make_published(home)
    return Reader(
        home.path,
        as_of=getattr(options, "as_of", None),
        unsafe=getattr(options, "unsafe", False),
    )


def _run_sql(options: argparse.Namespace) -> int:
    _check_format(options)
    params = {name: _value(text) for name, text in options.param}
    with open_reader(options) as reader:
        _give(reader, options.query, params, options)
    return 0


def _run_ask(options: argparse.Namespace) -> int:
    from warehouse.questions import question_named, values_for

    _check_format(options)
    if options.name is None:
        _list_questions(options)
        return 0
    question = question_named(options.name)
    params = values_for(question, _pairs(options.rest))
    with open_reader(options) as reader:
        _give(reader, question.sql, params, options)
    return 0


def _list_questions(options: argparse.Namespace) -> None:
    from warehouse.questions import questions

    if options.rest:
        raise SettingsError("give the name of a question before its parameters")
    rows = [
        (each.name, each.question, " ".join(f"--{parameter.name}" for parameter in each.parameters))
        for each in questions()
    ]
    columns = ("name", "question", "parameters")
    if options.json:
        print_json(rows_of(columns, rows))
    else:
        print_table(columns, rows)


def _run_schema(options: argparse.Namespace) -> int:
    from warehouse.dictionary import data_dictionary, dictionary_rows

    with open_reader(options) as reader:
        if options.json:
            print_json(dictionary_rows(reader))
        else:
            print(data_dictionary(dictionary_rows(reader)), end="")
    return 0


def _check_format(options: argparse.Namespace) -> None:
    if options.json and options.format:
        raise SettingsError("--json and --format exclude each other")
    if options.output and not options.output.absolute().parent.is_dir():
        raise SettingsError(f"--output: there is no folder {options.output.absolute().parent}")
    if options.output and options.output.is_dir():
        raise SettingsError(f"--output: {options.output} is a folder, not a file")
    if options.format == "parquet" and not options.output and sys.stdout.isatty():
        raise SettingsError("--format parquet needs --output FILE")


def _give(
    reader: "Reader", sql: str, params: Mapping[str, object], options: argparse.Namespace
) -> None:
    if options.format == "parquet":
        _give_parquet(reader, sql, params, options)
        return
    answer = reader.answer(sql, params, timeout_s=options.timeout)
    if options.output is None:
        _print(answer, "json" if options.json else options.format or "table")
        return
    partial = options.output.with_name(f".{options.output.name}.partial")
    try:
        with partial.open("w", encoding="utf-8") as file, redirect_stdout(file):
            _print(answer, "json" if options.json else options.format or "table")
        partial.replace(options.output)
    finally:
        partial.unlink(missing_ok=True)


def _give_parquet(
    reader: "Reader", sql: str, params: Mapping[str, object], options: argparse.Namespace
) -> None:
    import shutil
    import tempfile

    if options.output is not None:
        reader.write_parquet(options.output, sql, params, timeout_s=options.timeout)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answer.parquet"
        reader.write_parquet(path, sql, params, timeout_s=options.timeout)
        with path.open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)


def _print(answer: "Answer", form: str) -> None:
    match form:
        case "json":
            print_json(rows_of(answer.columns, answer.rows))
        case "csv":
            print_csv(answer.columns, answer.rows)
        case _:
            print_table(answer.columns, answer.rows)


def _value(text: str) -> int | float | str:
    """Return a number if `text` is written as one: `limit $n` and `> $share` need numbers."""
    for kind in (int, float):
        try:
            value = kind(text)
        except ValueError:
            continue
        # "007", "1e3" and "nan" are more likely names than numbers
        if str(value) == text:
            return value
    return text


def _pairs(rest: list[str]) -> dict[str, str]:
    """Return `--name value` and `--name=value` words as a mapping."""
    pairs: dict[str, str] = {}
    words = iter(rest)
    for word in words:
        if not word.startswith("--"):
            raise SettingsError(f"unexpected {word!r}: parameters are given as --NAME VALUE")
        name, equals, value = word[2:].partition("=")
        if not equals:
            try:
                value = next(words)
            except StopIteration:
                raise SettingsError(f"--{name} needs a value") from None
        pairs[name.replace("-", "_")] = value
    return pairs
