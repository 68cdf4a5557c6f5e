"""A backup as a file: a tar whose first member says what it is and whose last one what it holds.

The last member has the hash of each of the others, so that a file that was cut short or damaged is
noticed before anything is made of it.
"""

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from extractors.errors import OnRecordError, SettingsError

HEAD = "onrecord-backup.json"
_MANIFEST = "onrecord-manifest.json"
_FORMAT = 1
#: What a backup may bring into a home; nothing else is unpacked.
_FILES = frozenset({"onrecord.toml", "warehouse.duckdb"})
FOLDERS = ("archive", "staging")
_PIECE = 1 << 20
_MOST_TOLD_BYTES = 1 << 28


class DamagedBackupError(OnRecordError):
    """The file was a backup and is not whole any more; nothing was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a backup says of itself first."""

    backup_id: str
    made_at: str  #: ISO 8601
    version: str  #: of the program that made it
    format: int = _FORMAT


def write_backup(file: IO[bytes], head: Head, members: Mapping[str, tuple[Path, int]]) -> None:
    """Write a backup to `file`.

    Args:
        file: where to.
        head: what it is.
        members: by the name below the home, the file and how many of its bytes are meant.

    Raises:
        OSError: the disk is full, or a file is shorter than it was said to be.
    """
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
        _add(tar, HEAD, json.dumps(asdict(head)).encode())
        hashes = {name: _add_file(tar, name, *members[name]) for name in sorted(members)}
        _add(tar, _MANIFEST, json.dumps(hashes).encode())


def head_of(path: Path) -> Head:
    """Return what the backup at `path` is.

    Raises:
        SettingsError: there is no such file, or it is no backup of ours.
    """
    try:
        with tarfile.open(path, mode="r:") as tar:
            return _head_in(tar)
    except FileNotFoundError as error:
        raise SettingsError(f"there is no file {path}") from error
    except (OSError, tarfile.TarError, ValueError, TypeError) as error:
        raise SettingsError(f"{path} is not a backup that `onrecord backup` made") from error


def unpack(path: Path, folder: Path) -> None:
    """Unpack the backup at `path` into the empty `folder`, every byte checked.

    Raises:
        DamagedBackupError: it is not whole, or holds what no backup does; `folder` may hold a part.
    """
    try:
        with tarfile.open(path, mode="r:") as tar:
            _head_in(tar)
            _unpack_rest(tar, folder)
    except (tarfile.TarError, ValueError, EOFError) as error:
        raise DamagedBackupError(
            f"{path} is damaged: {error}; nothing was changed. Take another backup"
        ) from error


def _unpack_rest(tar: tarfile.TarFile, folder: Path) -> None:
    hashes: dict[str, str] = {}
    for member in _members(tar):
        if member.name == _MANIFEST:
            if json.loads(_read(tar, member)) != hashes:
                raise ValueError("what it holds is not what was put into it")
            return
        target = folder / _checked_name(member, hashes)
        target.parent.mkdir(parents=True, exist_ok=True)
        hashes[member.name] = _extract(tar, member, target)
    raise ValueError("it ends before its end")


def _checked_name(member: tarfile.TarInfo, before: Mapping[str, str]) -> str:
    """Return the name of a member that may be unpacked: a file of its own, where backups have it.

    Raises:
        ValueError: it is anything else: a link, a path that leads out, a second of that name.
    """
    name = member.name
    parts = PurePosixPath(name).parts
    is_known = name in _FILES or (len(parts) > 1 and parts[0] in FOLDERS)
    if not is_known or ".." in parts or "/".join(parts) != name or "\0" in name or name in before:
        raise ValueError(f"it holds {name!r}, which no backup does")
    return name


def _members(tar: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    while (member := tar.next()) is not None:
        if member.type not in (tarfile.REGTYPE, tarfile.AREGTYPE) or member.issparse():
            raise ValueError(f"it holds {member.name!r}, which is not a plain file")
        yield member


def _head_in(tar: tarfile.TarFile) -> Head:
    member = tar.next()
    if member is None or member.name != HEAD:
        raise ValueError("it does not begin as a backup")
    head = Head(**json.loads(_read(tar, member)))
    if head.format != _FORMAT:
        raise ValueError(f"format {head.format} is of another version of onrecord")
    return head


def _read(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    if member.size > _MOST_TOLD_BYTES:
        raise ValueError(f"{member.name!r} is too large")
    return _opened(tar, member).read()


def _opened(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    opened = tar.extractfile(member)
    if opened is None:
        raise ValueError(f"{member.name!r} is not a plain file")
    return opened


def _extract(tar: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> str:
    digest = hashlib.sha256()
    content = _opened(tar, member)
    with target.open("xb") as file:
        while piece := content.read(_PIECE):
            digest.update(piece)
            file.write(piece)
    return digest.hexdigest()


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    tar.addfile(_described(name, len(content)), io.BytesIO(content))


def _add_file(tar: tarfile.TarFile, name: str, path: Path, size: int) -> str:
    with path.open("rb") as file:
        hashed = _Hashed(file)
        tar.addfile(_described(name, size), hashed)  # type: ignore[arg-type]
    return hashed.digest.hexdigest()


def _described(name: str, size: int) -> tarfile.TarInfo:
    described = tarfile.TarInfo(name)
    described.size = size
    described.mode = 0o600
    return described


class _Hashed:
    """A file that is hashed as it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int) -> bytes:
        piece: Any = self._file.read(size)
        self.digest.update(piece)
        return bytes(piece)
