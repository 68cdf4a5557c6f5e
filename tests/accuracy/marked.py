"""Articles labelled by hand: a text with its quotations marked in place.

A file of `gold/styles/` is read into a GoldArticle; `gold/README.md` shows how one is written.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from extractors.records import QuoteKind

NOBODY = "-"  #: among the names of a speaker: nobody is right as well
GOLD = Path(__file__).parent / "gold"
_ROW = re.compile(r"\{(?P<key>[A-Z]{1,3}|-|\+)(?P<sign>[|/~])(?P<words>[^{}]+)\}")
_SPEAKER = re.compile(r"(?P<key>[A-Z]{1,3}) = (?P<names>.+)")
_KINDS: Mapping[str, QuoteKind] = {"|": "direct", "/": "mixed", "~": "indirect"}


class MarkupError(ValueError):
    """A file of gold that cannot be read; says which and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldQuote:
    """What a person found said in an article: `text[start:end]`."""

    start: int
    end: int
    text: str
    kind: QuoteKind
    utterance: int | None  #: number within the article; None where nobody has marked which
    speakers: tuple[
        str, ...
    ] = ()  #: the names that are right, the fullest first; () for nobody alone


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldArticle:
    """A text of our own invention and all that is said in it."""

    name: str  #: of the file, or OUTLET/SLUG in the newsroom
    style: str  #: the manner it is written in: "wire", "tabloid"
    text: str
    quotes: tuple[GoldQuote, ...]  #: in order, never overlapping


def styles_gold() -> Iterator[GoldArticle]:
    """Yield the short articles in many styles, by name."""
    for path in sorted((GOLD / "styles").glob("*.txt")):
        yield article_from_markup(path.stem, path.read_text(encoding="utf-8"))


def newsroom_gold() -> Iterator[GoldArticle]:
    """Yield the articles of the demo newsroom, in the order of their file."""
    for line in (GOLD / "newsroom.jsonl").read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        yield GoldArticle(
            name=article["id"],
            style=article["id"].partition("/")[0],
            text=article["text"],
            quotes=tuple(
                GoldQuote(
                    start=row["start"],
                    end=row["end"],
                    text=row["quote"],
                    kind=row["kind"],
                    utterance=None,
                    speakers=(row["speaker"],) if row["speaker"] else (),
                )
                for row in article["quotes"]
            ),
        )


def article_from_markup(name: str, marked: str) -> GoldArticle:
    """Return the article that `marked` is: a header, a blank line, the text with its rows.

    Raises:
        MarkupError: the header lacks the style or a speaker, or braces do not make a row.
    """
    header, _, body = marked.partition("\n\n")
    first, *legend = header.splitlines()
    if not first.startswith("style: "):
        raise MarkupError(f"{name}: the first line is not 'style: …' but {first!r}")
    speakers = dict(_speaker(name, line) for line in legend)
    text, quotes = _without_markup(name, body.rstrip("\n"), speakers)
    return GoldArticle(
        name=name, style=first.removeprefix("style: "), text=text, quotes=tuple(quotes)
    )


def _speaker(name: str, line: str) -> tuple[str, tuple[str, ...]]:
    found = _SPEAKER.fullmatch(line)
    if found is None:
        raise MarkupError(f"{name}: {line!r} is not 'KEY = name | other name'")
    return found["key"], tuple(found["names"].split(" | "))


def _without_markup(
    name: str, body: str, speakers: Mapping[str, tuple[str, ...]]
) -> tuple[str, list[GoldQuote]]:
    text, read, quotes = "", 0, list[GoldQuote]()
    for found in _ROW.finditer(body):
        text += body[read : found.start()]
        quotes.append(_quote(name, found, len(text), quotes, speakers))
        text += found["words"]
        read = found.end()
    text += body[read:]
    if "{" in text or "}" in text:
        near = min(place for mark in "{}" if (place := text.find(mark)) >= 0)
        raise MarkupError(f"{name}: no row in braces near {text[near : near + 40]!r}")
    return text, quotes


def _quote(
    name: str,
    found: "re.Match[str]",
    start: int,
    before: list[GoldQuote],
    speakers: Mapping[str, tuple[str, ...]],
) -> GoldQuote:
    known = {NOBODY, *speakers, *("+" for _ in before[:1])}
    if found["key"] not in known:
        raise MarkupError(f"{name}: nobody is {found['key']!r} of {found['words'][:40]!r}")
    goes_on = found["key"] == "+"
    last = (before[-1].utterance or 0) if before else -1
    return GoldQuote(
        start=start,
        end=start + len(found["words"]),
        text=found["words"],
        kind=_KINDS[found["sign"]],
        utterance=last if goes_on else last + 1,
        speakers=before[-1].speakers if goes_on else speakers.get(found["key"], ()),
    )
