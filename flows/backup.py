"""A copy of a home in one file, taken while it runs."""

import logging
import os
import shutil
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from extractors.errors import OnRecordError, SettingsError
from flows.backupfile import FOLDERS, Head, head_of, write_backup
from flows.home import FILE_NAME, Home
from flows.locks import RunActiveError, held_alone
from warehouse.door import Warehouse
from warehouse.durably import put

logger = logging.getLogger(__name__)

_SNAPSHOT = ".backup-snapshot"
#: Folders in which other parts of the program would take a backup for something of theirs.
_NOT_FOR_BACKUPS = (*FOLDERS, "locks", "prefect", "log")

Members = Mapping[str, tuple[Path, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup that was made."""

    file: str
    bytes: int
    made_at: datetime  #: the instant whose state it holds
    archive_files: int
    staged_batches: int


def back_up(home: Home, target: Path, *, lock_wait_s: float) -> Backup:
    """Copy `home` as it is at one instant to the file `target`; what runs there goes on.

    The warehouse is kept waiting while it is copied and the names of all other files are; the
    rest is read at leisure. A kill leaves the old `target`, or the new one whole.

    Args:
        home: what to copy.
        target: a new file, or a former backup, which is replaced.
        lock_wait_s: seconds to wait for whoever writes the warehouse.

    Raises:
        SettingsError: `target` is something else, or lies where it would be in the way.
        WarehouseBusyError: the warehouse was not to be had.
        OnRecordError: another backup is being made.
    """
    _check(home, target)
    folder = home.path / _SNAPSHOT
    try:
        with held_alone(home.backup_lock, "backup", wait_s=None):
            shutil.rmtree(folder, ignore_errors=True)  # of a killed one
            try:
                return _made(home, target, folder, lock_wait_s)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
    except RunActiveError as error:
        raise OnRecordError("another backup of this home is being made") from error


def discard_snapshot(home: Home) -> None:
    """Remove what a killed backup left in `home`, unless one is being made."""
    try:
        with held_alone(home.backup_lock, "maintain", wait_s=None):
            shutil.rmtree(home.path / _SNAPSHOT, ignore_errors=True)
    except RunActiveError:
        logger.info("a backup is being made")


def discard_unpacked(home: Home) -> None:
    """Remove what was unpacked in `home` for a restore whose exchange never began."""
    shutil.rmtree(home.unpacked_backup, ignore_errors=True)


def _check(home: Home, target: Path) -> None:
    place = target.parent.resolve()
    if not place.is_dir():
        raise SettingsError(f"there is no folder {target.parent}")
    within = [home.path / name for name in _NOT_FOR_BACKUPS]
    if any(place.is_relative_to(folder.resolve()) for folder in within):
        raise SettingsError(f"{target} is within the home's own folders: name a file elsewhere")
    if target.is_dir() or target.is_symlink():
        raise SettingsError(f"{target} is a folder or a link: name a file")
    if target.exists():
        try:
            head_of(target)
        except SettingsError as error:
            raise SettingsError(
                f"{target} is there and is no backup: name another, or move it away"
            ) from error


def _made(home: Home, target: Path, folder: Path, lock_wait_s: float) -> Backup:
    warehouse = Warehouse(home.path, lock_wait_s=lock_wait_s)
    folder.mkdir(mode=0o700)
    with warehouse.snapshot(folder / "warehouse.duckdb"):
        made_at = datetime.now(UTC)
        members = _held(home, folder)
    head = Head(
        backup_id=uuid.uuid4().hex,
        made_at=f"{made_at:%Y-%m-%dT%H:%M:%S.%f}Z",
        version=metadata.version("onrecord"),
    )
    _write(target, head, members)
    logger.info("backup made file=%s bytes=%d", target, target.stat().st_size)
    return Backup(
        file=str(target),
        bytes=target.stat().st_size,
        made_at=made_at,
        archive_files=sum(name.startswith("archive/") for name in members),
        staged_batches=sum(name.startswith("staging/") for name in members),
    )


def _held(home: Home, folder: Path) -> Members:
    """Hold what the home has now in `folder`, by links; return it with the present sizes.

    The archive is only ever added to, and a file that is taken away or written anew meanwhile
    lives on under the link.
    """
    members = {"warehouse.duckdb": folder / "warehouse.duckdb"}
    for top in FOLDERS:
        for path in _files_in(home.path / top):
            name = path.relative_to(home.path).as_posix()
            held = folder / name
            held.parent.mkdir(parents=True, exist_ok=True)
            os.link(path, held)
            members[name] = held
    if home.settings_file.exists():
        members[FILE_NAME] = Path(shutil.copyfile(home.settings_file, folder / FILE_NAME))
    return {name: (path, path.stat().st_size) for name, path in members.items()}


def _files_in(folder: Path) -> list[Path]:
    """Return the finished files below `folder`."""
    found = [path for path in folder.rglob("*") if not path.name.startswith(".")]
    return [path for path in found if path.is_file() and not path.is_symlink()]


def _write(target: Path, head: Head, members: Members) -> None:
    unfinished = target.with_name(f".{target.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            write_backup(file, head, members)
        put(unfinished, target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
