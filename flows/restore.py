"""A home put back as a backup has it.

The backup is unpacked and checked beside the home's own files first, in `.restore-unpacked`. Then
the folder's name says how far the exchange is, so that a later call can go on with one that was
killed: `.restore-checked` while what was there is moved aside, `.restore-entering` while what was
unpacked takes its place.
"""

import json
import logging
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from extractors.errors import OnRecordError
from flows.backup import discard_unpacked
from flows.backupfile import HEAD, Head, head_of, unpack
from flows.forgetting import leave_out
from flows.home import FORMER, Home
from flows.locks import RunActiveError, held_alone, live_runs
from flows.tombstones import TombstoneError, forgotten
from warehouse.door import Warehouse
from warehouse.durably import sync_folder

logger = logging.getLogger(__name__)

#: What a backup takes the place of. Locks that others hold, Prefect's files and whatever else lies
#: in the folder stay.
_OWN = re.compile(r"onrecord\.toml|archive|staging|rebuilding|\.?(warehouse|published)\..*duckdb.*")
_JOURNAL = "exchange.json"
#: What is in the folder of an exchange and does not go into the home.
_OF_THE_EXCHANGE = frozenset({HEAD, _JOURNAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A home that was put back."""

    home: str
    made_at: str  #: the instant whose state it has
    replaced: str | None  #: the folder with what was there before; None: there was nothing
    left_out: int = 0  #: articles that were forgotten here, and are in the backup


def restore(home: Home, file: Path, *, lock_wait_s: float) -> Restored:
    """Put `home` back as the backup `file` has it; what was there is moved aside, not removed.

    What was forgotten in this home is left out, whatever the backup has. An exchange that was
    killed is brought to its end first.

    Args:
        home: new, empty, or one that exists.
        file: what `back_up` made.
        lock_wait_s: seconds to wait for whoever writes the warehouse.

    Raises:
        SettingsError: there is no such file, or it is no backup.
        DamagedBackupError: it is not whole; nothing was changed.
        OnRecordError: a run is active in the home, or its tombstones cannot be read; nothing was
            changed.
    """
    head = head_of(file)
    is_new = not home.path.exists()
    home.path.mkdir(parents=True, exist_ok=True)
    try:
        with _nobody_at_work(home, lock_wait_s):
            finished = _finish_exchange(home)
            if finished and finished[0] == head:
                return _told(home, head, finished[1])
            left_out = _unpack(home, file)
            aside = _begin_exchange(home, head)
            _finish_exchange(home)
            return replace(_told(home, head, aside), left_out=left_out)
    except BaseException:
        if is_new and not home.exists and not home.is_half_restored:
            shutil.rmtree(home.path, ignore_errors=True)
        raise


@contextmanager
def _nobody_at_work(home: Home, lock_wait_s: float) -> Iterator[None]:
    warehouse = Warehouse(home.path, lock_wait_s=lock_wait_s)
    with ExitStack() as stack:
        try:
            for lock in (home.run_lock, home.recheck_lock, home.backup_lock):
                stack.enter_context(held_alone(lock, "restore", wait_s=None))
        except RunActiveError as error:
            raise _active(home, error.run_id) from error
        if active := live_runs(home):
            raise _active(home, active[0])
        stack.enter_context(warehouse.alone())
        yield


def _active(home: Home, run_id: str) -> OnRecordError:
    return OnRecordError(
        f"{run_id} is active in {home.path}: wait for its end or stop it; nothing was changed"
    )


def _unpack(home: Home, file: Path) -> int:
    """Unpack and check the backup beside the home's files, with the copy that readers need.

    Returns:
        How many articles of it were left out.
    """
    discard_unpacked(home)
    folder = home.unpacked_backup
    folder.mkdir(mode=0o700)
    try:
        unpack(file, folder)
        left_out = _leave_out_forgotten(home, Home(folder))
        Warehouse(folder).publish()
    except BaseException:
        discard_unpacked(home)
        raise
    shutil.rmtree(folder / "locks", ignore_errors=True)
    return left_out


def _leave_out_forgotten(home: Home, unpacked: Home) -> int:
    """Take out of a backup what was forgotten in `home` since; return how many articles."""
    try:
        keys = forgotten(home.archive).keys
    except TombstoneError as error:
        raise OnRecordError(
            f"{error}. Nothing was changed; if what was forgotten may come back, move that file "
            "away and restore again"
        ) from error
    forgotten_since = keys - forgotten(unpacked.archive).keys
    return leave_out(unpacked, forgotten_since) if forgotten_since else 0


def _begin_exchange(home: Home, head: Head) -> str | None:
    """Note what is to be done and make it certain; return the folder for what is there."""
    aside = None
    if _own_files(home):
        aside = f"{FORMER}{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}"
    journal = {"head": asdict(head), "aside": aside}
    folder = home.unpacked_backup
    (folder / _JOURNAL).write_text(json.dumps(journal), encoding="utf-8")
    os.sync()  # every file, for the rename says that all of them are there
    folder.replace(home.checked_backup)
    sync_folder(home.path)
    return aside


def _finish_exchange(home: Home) -> tuple[Head, str | None] | None:
    """Bring an exchange to its end, if one was begun; return what it was."""
    if home.checked_backup.exists():
        _, aside = _journal_in(home.checked_backup)
        if aside:
            _move_aside(home, home.path / aside)
        home.checked_backup.replace(home.entering_backup)
    if not home.entering_backup.exists():
        return None
    done = _journal_in(home.entering_backup)
    for path in home.entering_backup.iterdir():
        if path.name not in _OF_THE_EXCHANGE:
            path.replace(home.path / path.name)
    discard_unpacked(home)
    # Under the name of what never began: a kill while it is removed could leave no journal.
    home.entering_backup.replace(home.unpacked_backup)
    sync_folder(home.path)
    discard_unpacked(home)
    return done


def _move_aside(home: Home, folder: Path) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    for path in _own_files(home):
        path.replace(folder / path.name)
    sync_folder(folder)


def _journal_in(folder: Path) -> tuple[Head, str | None]:
    journal = json.loads((folder / _JOURNAL).read_text(encoding="utf-8"))
    return Head(**journal["head"]), journal["aside"]


def _own_files(home: Home) -> list[Path]:
    """Return what a backup takes the place of."""
    return [path for path in sorted(home.path.iterdir()) if _OWN.fullmatch(path.name)]


def _told(home: Home, head: Head, aside: str | None) -> Restored:
    logger.info("restored home=%s made_at=%s", home.path, head.made_at)
    return Restored(
        home=str(home.path),
        made_at=head.made_at,
        replaced=str(home.path / aside) if aside else None,
    )
