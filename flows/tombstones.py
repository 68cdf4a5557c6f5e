"""What was forgotten, and is not to come back: tombstones in the archive, which hold hashes alone.

An address tells of what was on it, so none is written down: only the ids of articles at these
addresses, which cannot be turned back.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from extractors.errors import OnRecordError
from extractors.feeds.links import canonical_or_none, past_redirectors
from extractors.urls import article_id_of
from flows.lockfiles import locked_folder
from flows.warc import members_of, parsed_record, tombstone_of
from warehouse.durably import write_durably

_FILE = "forgotten.warc.gz"


class TombstoneError(OnRecordError):
    """What was forgotten cannot be told; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Tombstones:
    """The articles that were forgotten."""

    keys: frozenset[str]  #: see `key_of`

    def covers(self, url: str) -> bool:
        """Tell whether `url` led to an article that was forgotten, however it is spelt."""
        return bool(self.keys) and not self.keys.isdisjoint((key_of(url), _key_beyond(url)))


def key_of(url: str) -> str:
    """Return the hash that stands for an address in a tombstone: the id of an article there."""
    return article_id_of(canonical_or_none(url) or url)


def forgotten(archive: Path) -> Tombstones:
    """Return the tombstones in a home's `archive/`; none if nothing was ever forgotten.

    Raises:
        TombstoneError: their file is damaged, and what it says is not to be overlooked.
    """
    path = archive / _FILE
    try:
        state = path.stat()
    except FileNotFoundError:
        return Tombstones(frozenset())
    return Tombstones(_keys_in(path, state.st_mtime_ns, state.st_size))


def bury(archive: Path, keys: Collection[str], *, at: datetime) -> None:
    """Add a tombstone over `keys`, unless they have theirs; it is safe on disk on return."""
    archive.mkdir(parents=True, exist_ok=True)
    # A run that is redirected to what was forgotten buries too, at any time and in any thread.
    with locked_folder(archive):
        if new := sorted(set(keys) - forgotten(archive).keys):
            path = archive / _FILE
            before = path.read_bytes() if path.exists() else b""
            write_durably(path, before + tombstone_of(new, at=at))


def _key_beyond(url: str) -> str:
    """Return the key of where a redirecting counter's address leads."""
    return key_of(past_redirectors(url))


@lru_cache(maxsize=1)
def _keys_in(path: Path, _written_ns: int, size: int) -> frozenset[str]:
    """Return the keys in a file, which is read again once it has changed."""
    keys: set[str] = set()
    whole = 0
    with path.open("rb") as file:
        for start, end, member in members_of(file):
            keys.update(parsed_record(member).block.decode("ascii").split())
            whole += end - start
    if whole != size:
        raise TombstoneError(f"{path} is damaged at {whole}: restore it from a backup")
    return frozenset(keys)
