"""The word lists and weight tables that ship in `extractors/data/`, read once, when first asked."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@cache
def lines_in(name: str) -> tuple[str, ...]:
    """Return the lines of `extractors/data/NAME.txt` in order; `#` starts a comment line."""
    text = (files("extractors") / "data" / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def words_in(name: str) -> frozenset[str]:
    """Return the lines of the list `name` as a set."""
    return frozenset(lines_in(name))


@cache
def word_classes(name: str) -> Mapping[str, tuple[str, ...]]:
    """Return for each word of the list `name` the classes it stands in, in order of the file."""
    classes: dict[str, tuple[str, ...]] = {}
    for line in lines_in(name):
        label, _, words = line.partition(":")
        for word in words.split():
            classes[word] = (*classes.get(word, ()), label)
    return MappingProxyType(classes)


@cache
def weights(name: str) -> Mapping[str, float]:
    """Return the weight of each feature in the table `name`."""
    pairs = (line.rsplit(maxsplit=1) for line in lines_in(name))
    return MappingProxyType({feature: float(value) for feature, value in pairs})
