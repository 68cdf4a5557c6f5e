"""The commands that there are, as the command line has them."""

import argparse
from collections.abc import Iterator

from flows.cli import _parser


def every_command() -> list[tuple[str, ...]]:
    """Return the words of each command: `("sql",)`, `("feeds", "add")`."""
    return list(_below(_parser()))


def _below(parser: argparse.ArgumentParser) -> Iterator[tuple[str, ...]]:
    groups = [each for each in parser._actions if isinstance(each, argparse._SubParsersAction)]
    if not groups:
        yield ()
    for group in groups:
        for word, below in group.choices.items():
            yield from ((word, *words) for words in _below(below))
