"""How results are printed: one JSON document, or a table for people."""

import csv
import json
import math
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import TextIO

#: Control characters, but for tabs and line breaks.
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
#: JSON may hold these as they are, but many who read it line by line break lines at them.
_LINE_ENDS = str.maketrans({end: f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"})


def print_json(value: object) -> None:
    """Print `value` as the one JSON document of a command."""
    print(json_text(value))


def json_text(value: object) -> str:
    """Return `value` as JSON in one line, also to those who end lines at U+2028, U+2029 or U+0085.

    All but ASCII is escaped where UTF-8 cannot hold it (lone surrogates).
    """
    text = json.dumps(plain(value), ensure_ascii=False).translate(_LINE_ENDS)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(plain(value))
    return text


def plain(value: object) -> object:
    """Return `value` with only what JSON knows; times as ISO 8601 with Z, nan as null."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    return _plain_scalar(value)


def _plain_scalar(value: object) -> object:
    match value:
        case float() | Decimal():
            return float(value) if math.isfinite(value) else None
        case datetime():
            return utc_text(value)
        case date() | time():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case bytes():
            return value.hex()
        case _:
            return str(value)


def utc_text(moment: datetime) -> str:
    """Return "2026-11-22T09:30:00Z"; a time without zone is taken for UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat().replace("+00:00", "Z")


def rows_of(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> list[dict[str, object]]:
    """Return rows as objects by column name; of two columns called `a` the second is `a_1`."""
    names = list(_told_apart(columns))
    return [dict(zip(names, row, strict=True)) for row in rows]


def _told_apart(names: Sequence[str]) -> Iterator[str]:
    taken: set[str] = set()
    for name in names:
        candidates = (f"{name}_{number}" if number else name for number in count())
        free = next(each for each in candidates if each not in taken)
        taken.add(free)
        yield free


def print_csv(
    columns: Sequence[str], rows: Iterable[Sequence[object]], file: TextIO | None = None
) -> None:
    """Print a header line and the rows; null is an empty field, lists are JSON."""
    writer = csv.writer(file or sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(["" if value is None else _cell(value) for value in row])


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, file: TextIO | None = None
) -> None:
    """Print a table as wide as the terminal; as wide as it needs where there is none."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    out = file or sys.stdout
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*("" if value is None else visible(_cell(value)) for value in row))
    width = None if out.isatty() else 10_000
    console = Console(file=out, width=width, markup=False, highlight=False, emoji=False)
    with console.capture() as capture:
        console.print(table)
    print("\n".join(line.rstrip() for line in capture.get().splitlines()), file=out)


def visible(text: str) -> str:
    """Return `text`, which strangers may have written, without what steers a terminal."""
    return _STEERING.sub("\ufffd", text)


def _cell(value: object) -> str:
    made_plain = plain(value)
    if isinstance(made_plain, dict | list):
        return json.dumps(made_plain, ensure_ascii=False)
    return str(made_plain)
