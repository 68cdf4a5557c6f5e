"""The lists of names and name words in `extractors/data/`, each read once, when first asked."""

from functools import cache
from importlib.resources import files


@cache
def words_in(name: str) -> frozenset[str]:
    """Return the lines of the list `name` as a set."""
    return frozenset(lines_in(name))


@cache
def lines_in(name: str) -> tuple[str, ...]:
    """Return the lines of `extractors/data/NAME.txt` in order; `#` starts a comment line."""
    text = (files("extractors") / "data" / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))
