"""The README runs: each of its commands, in its order, as a reader gives them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.demo.server import serve_newsroom
from tests.readme import Reader, commands_of

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
COMMANDS = list(commands_of(README))


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[int, str]]:
    """Follow the README to the end; give what each command that failed said, by its number."""
    with serve_newsroom() as newsroom:
        reader = Reader(tmp_path_factory.mktemp("reader"), newsroom)
        done = {number: reader.run(command) for number, command in enumerate(COMMANDS)}
    return {
        number: f"exit code {each.returncode}\n{each.stdout}"
        for number, each in done.items()
        if each.returncode != 0
    }


@pytest.mark.parametrize("number", range(len(COMMANDS)), ids=lambda number: COMMANDS[number].text)
def test_a_command_of_the_readme_runs(said: dict[int, str], number: int):
    assert number not in said, said[number]
