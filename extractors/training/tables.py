"""Weight tables as files: header lines, then a feature and its weight a line, in order."""

from collections.abc import Mapping
from pathlib import Path

from extractors.wordlists import weights

_LEAST_WEIGHT = 0.02  #: smaller ones change no decision


def stored(fitted: Mapping[str, float]) -> dict[str, float]:
    """Return the weights as a table holds them: with two decimals, without those near zero."""
    return {
        name: round(weight, 2)
        for name, weight in sorted(fitted.items())
        if abs(weight) >= _LEAST_WEIGHT
    }


def is_in_use(name: str, table: Mapping[str, float]) -> bool:
    """Answer whether `table` is the one called `name` that the extractors read."""
    return dict(weights(name)) == dict(table)


def table_text(header: str, table: Mapping[str, float]) -> str:
    """Return the file of `table`, in order of its names."""
    lines = [f"{name}\t{weight:.2f}\n" for name, weight in sorted(table.items())]
    return header + "".join(lines)


def header_of(file: Path) -> str:
    """Return the comment lines that `file` begins with."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    end = next((place for place, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return "".join(lines[:end])
