"""Finished work on disk, before it is loaded: one file a batch, whole or not there at all.

A file has a line for each reading, after one for the rest of the batch; each line is a harvest of
its own. Earlier versions wrote all of a batch as one line, which is read alike.

Worker processes write these files, so nothing here may import duckdb.
"""

import glob
import json
import os
import re
import shutil
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import Field, dataclass, is_dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from extractors.records import Entity, Harvest, Mention, Paragraph, Quote, Reading
from warehouse.durably import put
from warehouse.folding import sighting_key, story_key, text_hash, words_of
from warehouse.packing import OLDER_SUFFIX, SUFFIX, TornFileError, content_of, packed
from warehouse.stories import sketch_of

#: What an article has by the hundred is written a list a field, which loads three times faster.
_COLUMN_WISE = (Paragraph, Quote, Mention, Entity)
_UNSAFE_IN_NAMES = re.compile(r"[^\w.-]")
#: The folder in which a loader has the files that it is about to load.
_UNPACKED = ".unpacked"
#: To hold a file of this size at once costs a reader of it nothing.
_SMALL_BYTES = 16_777_216


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    """Staged files that lie ready to be read, their names in the order of the staged ones."""

    patterns: list[str]  #: for a reader that takes `*`, `?` and `[` in a path for wild cards
    longest_line: int  #: bytes that no line exceeds


def stage(harvest: Harvest, folder: Path) -> Path:
    """Write `harvest` to a file of `folder` that a power cut leaves whole, and return its path.

    Names sort by `made_at`; staging the same batch again replaces its file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made_at = harvest.made_at.astimezone(UTC)
    batch = _UNSAFE_IN_NAMES.sub("_", harvest.batch_id)
    path = folder / f"{made_at:%Y%m%dT%H%M%S.%fZ}-{batch}{SUFFIX}"
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    unfinished.write_bytes(packed(encoded(harvest)))
    put(unfinished, path)
    return path


def staged(folder: Path) -> list[Path]:
    """Return the finished files of `folder`, oldest work first; [] if there is no folder."""
    found = (
        path
        for suffix in (SUFFIX, OLDER_SUFFIX)
        for path in folder.glob(f"*{suffix}")
        if not path.name.startswith(".")
    )
    return sorted(path for path in found if path.is_file())


def discard_unfinished(folder: Path) -> None:
    """Remove the files that killed processes left half-written in `folder`."""
    for path in folder.glob(".*.json.*"):
        pid = path.suffix.removeprefix(".")
        if pid.isdigit() and not _is_running(int(pid)):
            path.unlink(missing_ok=True)


def discard_telling(folder: Path, words: Sequence[bytes]) -> None:
    """Remove the files that were set aside in `folder` and have one of `words`, or may have."""
    for path in (folder / "bad").glob("*"):
        try:
            content = _content(path)
        except TornFileError:
            path.unlink()
            continue
        if any(word in content for word in words):
            path.unlink()


@contextmanager
def unpacked(paths: Sequence[Path]) -> Iterator[Unpacked]:
    """Have the staged files at `paths`, all of one folder, unpacked beside them for a while.

    One process at a time. What one that was killed has left is removed.

    Raises:
        TornFileError: one of the files is not whole.
        OSError: there is no room for them.
    """
    folder = paths[0].parent / _UNPACKED
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        targets = [folder / path.stem for path in paths]
        lengths = [_unpack(path, target) for path, target in zip(paths, targets, strict=True)]
        patterns = [glob.escape(str(target)) for target in targets]
        yield Unpacked(patterns=patterns, longest_line=max(lengths))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unpack(path: Path, target: Path) -> int:
    content = _content(path)
    target.write_bytes(content)
    if len(content) <= _SMALL_BYTES:
        return len(content)
    return max(map(len, content.splitlines()))


def _content(path: Path) -> bytes:
    return content_of(path.read_bytes(), name=path.name)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def harvest_in(path: Path) -> Harvest:
    """Return the harvest that was staged at `path`.

    Raises:
        OSError, ValueError, KeyError: the file is not one that `stage` wrote.
    """
    lines = _content(path).splitlines()
    first, *others = (_harvest_decoder()(json.loads(line)) for line in lines)
    harvest: Harvest = first
    further = tuple(reading for other in others for reading in other.readings)
    return replace(harvest, readings=harvest.readings + further)


def encoded(harvest: Harvest) -> bytes:
    """Return `harvest` as lines of JSON, with the hashes by which the warehouse compares texts.

    NUL and lone surrogates, which no database takes, are replaced one for one.
    """
    lines = "".join(f"{_line(part)}\n" for part in _parts(harvest))
    return lines.encode("utf-8", "replace")


def _parts(harvest: Harvest) -> Iterator[Harvest]:
    yield replace(harvest, readings=())
    for reading in harvest.readings:
        yield Harvest(
            batch_id=harvest.batch_id,
            run_id=harvest.run_id,
            made_at=harvest.made_at,
            readings=(reading,),
        )


def _line(harvest: Harvest) -> str:
    return json.dumps(harvest, default=_plain, ensure_ascii=False, separators=(",", ":"))


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    plain = {field.name: _plain_field(getattr(value, field.name)) for field in _stored(value)}
    return plain | _keys_of(value)


def _stored(value: object) -> list[Field[Any]]:
    if not is_dataclass(value):
        raise TypeError(f"a harvest holds records, not {type(value).__name__}")
    absent = (None, ())
    return [
        field
        for field in value.__dataclass_fields__.values()
        if field.default not in absent or getattr(value, field.name) not in absent
    ]


def _plain_field(value: object) -> object:
    if isinstance(value, str):
        return value.replace("\0", "\ufffd") if "\0" in value else value
    if isinstance(value, tuple) and value and type(value[0]) in _COLUMN_WISE:
        return _columns(value)
    return value


def _columns(records: Sequence[Any]) -> dict[str, list[object]]:
    columns = {
        name: [_plain_field(getattr(record, name)) for record in records]
        for name in records[0].__dataclass_fields__
    }
    if isinstance(records[0], Quote):
        columns["sighting_key"] = [_sighting_key(quote) for quote in records]
    return columns


def _sighting_key(quote: Quote) -> str | None:
    return None if quote.kind == "indirect" else sighting_key(quote.text)


def _keys_of(value: object) -> dict[str, object]:
    if not isinstance(value, Reading):
        return {}
    article = value.document.article
    words = words_of(article.text)
    return {
        "text_hash": text_hash(article.title, article.text),
        "story_key": story_key(words),
        "sketch": sketch_of(words),
        "words": len(article.text.split()),
    }


@cache
def _harvest_decoder() -> Callable[[Any], Any]:
    return _record_decoder(Harvest)


def _record_decoder(kind: type) -> Callable[[Any], Any]:
    decoders = {name: _decoder(hint) for name, hint in get_type_hints(kind).items()}

    def decode(value: Mapping[str, Any]) -> object:
        return kind(**{name: decoders[name](value[name]) for name in decoders if name in value})

    return decode


def _decoder(hint: Any) -> Callable[[Any], Any]:  # noqa: ANN401 (a type hint has no type)
    if hint is datetime:
        return datetime.fromisoformat
    if is_dataclass(hint) and isinstance(hint, type):
        return _record_decoder(hint)
    origin = get_origin(hint)
    if origin is tuple:
        return _tuple_decoder(get_args(hint))
    if origin in (Union, types.UnionType):
        return _optional_decoder(get_args(hint))
    if origin is Literal or hint in (str, int, float, bool):
        return lambda value: value
    raise TypeError(f"no way to read {hint} back")


def _tuple_decoder(hints: tuple[Any, ...]) -> Callable[[Any], tuple[Any, ...]]:
    decode = _decoder(hints[0])
    if hints[0] in _COLUMN_WISE:
        return lambda columns: tuple(
            decode(dict(zip(columns, row, strict=True)))
            for row in zip(*columns.values(), strict=True)
        )
    return lambda values: tuple(decode(value) for value in values)


def _optional_decoder(hints: tuple[Any, ...]) -> Callable[[Any], Any]:
    decode = _decoder(next(hint for hint in hints if hint is not types.NoneType))
    return lambda value: None if value is None else decode(value)
