"""The data dictionary: every relation, column and macro, in the words of its COMMENT ON."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from warehouse.reader import Reader
from warehouse.scripts import statement

_TIMEOUT_S = 30
_KINDS = ("view", "macro", "table")


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnEntry:
    """A column of the dictionary, or a parameter of a macro."""

    relation: str
    kind: str  #: table, view or macro
    relation_comment: str | None
    column: str
    type: str
    column_comment: str | None


def dictionary_rows(reader: Reader) -> tuple[ColumnEntry, ...]:
    """Return every column of every relation and macro, these by name, columns in their order."""
    found = reader.answer(statement("dictionary"), timeout_s=_TIMEOUT_S)
    return tuple(ColumnEntry(**dict(zip(found.columns, row, strict=True))) for row in found.rows)


def data_dictionary(rows: Iterable[ColumnEntry]) -> str:
    """Return the dictionary as Markdown: a section a relation, views first, then macros."""
    in_order = sorted(rows, key=lambda row: (_KINDS.index(row.kind), row.relation))
    sections = [
        _section(list(columns)) for _, columns in groupby(in_order, key=lambda row: row.relation)
    ]
    return "# Data dictionary\n\n" + "\n".join(sections)


def _section(columns: list[ColumnEntry]) -> str:
    first = columns[0]
    lines = [
        f"## {first.relation} ({first.kind})",
        "",
        first.relation_comment or "",
        "",
        f"| {'parameter' if first.kind == 'macro' else 'column'} | type | meaning |",
        "| --- | --- | --- |",
        *(f"| {row.column} | {row.type} | {row.column_comment or ''} |" for row in columns),
        "",
    ]
    return "\n".join(lines)
