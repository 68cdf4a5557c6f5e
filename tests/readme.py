"""README.md as a list of blocks, and a shell that runs them as a reader would.

The conventions:

- ```console: each line that starts with `$ ` is a command, to which `> ` adds further lines and a
  trailing backslash the next one; all other lines are output and not compared.
- ```sql: a question, asked with `onrecord sql`. ```python: run with the reader's Python.
- text, toml, json and cron are shown and not run. No other kind is used, nor a block without one,
  so that no command escapes.
- `<!-- not run: REASON -->` on the line before a block leaves it out.
- https://www.example.org/ stands for an outlet of the sample newsroom, …/feed.xml for its feed and
  …/a-story for one of its articles; there is a subscriptions.opml of all of them.
- `.venv/bin/` is left out of a command: a reader has these programs on the path.
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from textwrap import dedent
from urllib.request import urlopen

from flows.demo.server import Newsroom

ROOT = Path(__file__).parents[1]
RUN_KINDS = ("console", "sql", "python")
#: Enough for `make demo` on a slow machine.
_PATIENCE_S = 180

_NOT_RUN = re.compile(r"<!-- not run:(?P<reason>.*)-->")
_FEEDS_OF_SAMPLE = re.compile(r"\[\[feeds\]\]\nurl = \"https://.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block."""

    kind: str
    lines: tuple[str, ...]
    section: str  #: the `##` heading it stands under
    not_run: str | None  #: the reason; None: it is run


@dataclass(frozen=True, slots=True)
class Command:
    """Something to run: a line of shell, a question, a few lines of Python."""

    kind: str
    text: str
    section: str


def blocks_of(text: str) -> Iterator[Block]:
    """Yield the fenced blocks in order."""
    section = before = ""
    lines = iter(text.splitlines())
    for line in lines:
        if line.lstrip().startswith("```"):
            body = takewhile(lambda each: not each.lstrip().startswith("```"), lines)
            inside = tuple(dedent("\n".join(body)).splitlines())
            mark = _NOT_RUN.fullmatch(before)
            yield Block(line.strip("` "), inside, section, mark["reason"].strip() if mark else None)
            before = ""
        elif line.strip():
            section = line.removeprefix("## ") if line.startswith("## ") else section
            before = line.strip()


def commands_of(text: str) -> Iterator[Command]:
    """Yield what is to be run, in order."""
    for block in blocks_of(text):
        if block.not_run is not None or block.kind not in RUN_KINDS:
            continue
        if block.kind == "console":
            yield from (Command("console", each, block.section) for each in _typed(block.lines))
        else:
            yield Command(block.kind, "\n".join(block.lines), block.section)


def _typed(lines: tuple[str, ...]) -> Iterator[str]:
    """Yield the commands that a reader types at the prompts of a console."""
    command: str | None = None
    for line in lines:
        if command is not None and (line.startswith("> ") or command.endswith("\\")):
            command += "\n" + line.removeprefix("> ")
            continue
        if command is not None:
            yield command
        command = line.removeprefix("$ ") if line.startswith("$ ") else None
    if command is not None:
        yield command


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who follows the README in a folder of their own, with the newsroom for a web."""

    folder: Path
    newsroom: Newsroom
    places: Mapping[str, str] = field(init=False)  #: what example.org stands for

    def __post_init__(self) -> None:
        feed, *_ = self.newsroom.feed_urls
        front = f"http://{self.newsroom.addresses[0]}/"
        with urlopen(feed) as answer:
            text = answer.read().decode()
        item = text[re.search("<(item|entry)", text).start() :]
        places = {
            "https://www.example.org/feed.xml": feed,
            "https://www.example.org/a-story": re.search(rf"{front}[^<\"]+", item)[0],
            "https://www.example.org/": front,
            ".venv/bin/": "",
        }
        object.__setattr__(self, "places", places)
        outlines = "".join(f'<outline xmlUrl="{url}"/>' for url in self.newsroom.feed_urls)
        opml = self.folder / "subscriptions.opml"
        opml.write_text(f'<opml version="2.0"><body>{outlines}</body></opml>', encoding="utf-8")

    def run(self, command: Command) -> "subprocess.CompletedProcess[str]":
        """Run one command; afterwards no feed of the real web is left in the settings."""
        done = subprocess.run(
            self._arguments(command),
            cwd=self.folder,
            env=self._variables(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=_PATIENCE_S,
            check=False,
        )
        self._take_feeds_from_newsroom()
        return done

    def _arguments(self, command: Command) -> list[str]:
        text = command.text
        for place, address in self.places.items():
            text = text.replace(place, address)
        if command.kind == "sql":
            return ["onrecord", "sql", text]
        if command.kind == "python":
            return [sys.executable, "-c", text]
        return ["bash", "-euo", "pipefail", "-c", _without_make(text)]

    def _variables(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("LANG", "TMPDIR") if name in os.environ}
        return kept | {
            "HOME": str(self.folder),
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "ONRECORD_ALLOW_HOSTS": ",".join(self.newsroom.addresses),
            "ONRECORD_PAUSE_S": "0",
            "ONRECORD_WORKERS": "1",
        }

    def _take_feeds_from_newsroom(self) -> None:
        """Put the newsroom's feeds in place of the real ones that `onrecord init` writes."""
        for file in self.folder.glob("*/onrecord.toml"):
            text = file.read_text(encoding="utf-8")
            feeds = "\n".join(f'[[feeds]]\nurl = "{url}"' for url in self.newsroom.feed_urls[1:])
            file.write_text(_FEEDS_OF_SAMPLE.sub(feeds + "\n", text), encoding="utf-8")


def _without_make(command: str) -> str:
    """Return what a `make` command comes to here, where the environment is made already.

    A target that ends in `onrecord …` is that; of any other (the tests: we are in them) it is only
    seen that `make` knows it.
    """
    if not command.startswith("make "):
        return command
    dry = ["make", "--dry-run", "--directory", str(ROOT), *shlex.split(command)[1:]]
    recipe = subprocess.run(dry, capture_output=True, text=True, check=False).stdout
    last = [line for line in recipe.splitlines() if "/onrecord " in line][-1:]
    return last[0].partition("bin/")[2] if last else shlex.join(dry)
