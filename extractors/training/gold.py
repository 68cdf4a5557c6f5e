"""Gold: articles in which people have marked what is reported, by which word and by whom.

A file has one JSON object a line, and may be gzipped. Read of it: `id`, `text`, `attributions`
(`source` or null, `cue`, `content`: lists of [start, end]; where known `source_head` and
`source_alternatives`) and `quoted` (`start`, `end`, `attributed`: whether it is a quotation).
Offsets are characters of `text`, end exclusive.
"""

import gzip
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.errors import OnRecordError

Span = tuple[int, int]


class GoldError(OnRecordError):
    """Gold that cannot be read or learnt from; the message says where and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Something reported: the content, the reporting word, and every mention of who says it."""

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    sources: tuple[Span, ...]  #: none: nobody is named
    head: Span | None = None  #: the head word of the source


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedWords:
    """Words in quotation marks, and whether somebody is reported to say them."""

    start: int
    end: int
    is_quotation: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldArticle:
    """An annotated text."""

    text: str
    attributions: tuple[Attribution, ...]
    marked: tuple[MarkedWords, ...]


def gold_in(paths: Sequence[Path]) -> list[GoldArticle]:
    """Return the articles of all files, in order.

    Raises:
        GoldError: a file that cannot be read, a line that is not gold, or no article at all.
    """
    articles = [article for path in paths for article in _articles_in(path)]
    if not articles:
        raise GoldError(f"no article in {', '.join(map(str, paths))}")
    return articles


def _articles_in(path: Path) -> Iterator[GoldArticle]:
    for number, line in enumerate(_text_of(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield _article(json.loads(line))
        except json.JSONDecodeError as error:
            raise GoldError(f"{path}:{number}: not JSON: {error.msg}") from error
        except KeyError as error:
            raise GoldError(f"{path}:{number}: {error} is missing") from error
        except (TypeError, ValueError) as error:
            raise GoldError(f"{path}:{number}: {error}") from error


def _text_of(path: Path) -> str:
    try:
        stored = path.read_bytes()
        return (gzip.decompress(stored) if path.suffix == ".gz" else stored).decode("utf-8")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: cannot be read: {error}") from error


def _article(line: object) -> GoldArticle:
    if not isinstance(line, dict):
        raise TypeError("the line is no object")
    text = line["text"]
    if not isinstance(text, str):
        raise TypeError("text is no string")
    return GoldArticle(
        text=text,
        attributions=tuple(_attribution(each, text) for each in _listed(line, "attributions")),
        marked=tuple(_marked(each, text) for each in _listed(line, "quoted")),
    )


def _attribution(given: dict[str, Any], text: str) -> Attribution:
    head = given.get("source_head")
    return Attribution(
        content=_spans(given["content"], text),
        cue=_spans(given["cue"], text),
        sources=(
            *_spans(given["source"], text),
            *_spans(given.get("source_alternatives"), text),
        ),
        head=None if head is None else _span(head, text),
    )


def _marked(given: dict[str, Any], text: str) -> MarkedWords:
    start, end = _span([given["start"], given["end"]], text)
    if not isinstance(given["attributed"], bool):
        raise TypeError("attributed is neither true nor false")
    return MarkedWords(start=start, end=end, is_quotation=given["attributed"])


def _listed(line: dict[str, Any], name: str) -> list[dict[str, Any]]:
    listed = line[name]
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise TypeError(f"{name} is no list of objects")
    return listed


def _spans(given: object, text: str) -> tuple[Span, ...]:
    if given is not None and not isinstance(given, list):
        raise TypeError(f"{given!r} is no list of [start, end]")
    return tuple(_span(each, text) for each in given or ())


def _span(given: object, text: str) -> Span:
    if not isinstance(given, list) or [type(offset) for offset in given] != [int, int]:
        raise TypeError(f"{given!r} is no [start, end]")
    start, end = given
    if not 0 <= start < end <= len(text):
        raise ValueError(f"[{start}, {end}] does not lie in a text of {len(text)} characters")
    return start, end
