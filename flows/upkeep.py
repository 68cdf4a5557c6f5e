"""What keeps a home small: retention of the archive, compaction of the warehouse, leftovers."""

import logging
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flows.backup import discard_snapshot, discard_unpacked
from flows.home import Home
from flows.lockfiles import sweep
from flows.locks import RunActiveError, held_alone
from flows.retention import files_to_remove
from flows.settings import Settings
from warehouse.door import Warehouse
from warehouse.durably import sync_folder
from warehouse.results import Compacted
from warehouse.staging import discard_unfinished

logger = logging.getLogger(__name__)

#: A file of which a fifth is free is written anew: that keeps it under 1.3 times a fresh one, of
#: which row groups that are not full are the rest.
_FREE_SHARE = 0.2
#: Locks of runs this old which nobody holds belong to runs that were killed.
_ABANDONED_S = 24 * 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Upkeep:
    """What was done to keep a home small."""

    archive_files_removed: int = 0
    archive_bytes_removed: int = 0
    leftovers_removed: tuple[str, ...] = ()  #: unfinished files, copies from before old upgrades
    compacted: Compacted | None = None  #: None: it was not worth it, or a pass was active


def keep_up(home: Home, settings: Settings, *, force_compact: bool = False) -> Upkeep:
    """Remove what may go and write the warehouse anew where that is worth it.

    Nobody is kept from reading, and no pass is interrupted: while one is active, or the archive is
    read again, archive and warehouse file stay as they are.

    Args:
        home: what to keep small.
        settings: say how long the archive is kept.
        force_compact: write the warehouse anew also where little is free in it.

    Raises:
        WarehouseBusyError: the warehouse was not to be had.
        WarehouseError: it was to be written anew by force, and there is no room for that.
    """
    warehouse = Warehouse(home.path, lock_wait_s=settings.lock_wait_s)
    leftovers = _clear_up(home, warehouse)
    sizes = _keep_archive(home, warehouse, days=settings.archive_days)
    is_worth_it = warehouse.free_share() > _FREE_SHARE and _has_room(home)
    compacted = _compact(home, warehouse) if force_compact or is_worth_it else None
    if sizes or compacted:
        warehouse.publish()
    return Upkeep(
        archive_files_removed=len(sizes),
        archive_bytes_removed=sum(sizes),
        leftovers_removed=tuple(leftovers),
        compacted=compacted,
    )


def _clear_up(home: Home, warehouse: Warehouse) -> list[str]:
    discard_unfinished(home.staging)
    discard_snapshot(home)
    if home.run_locks.is_dir():
        sweep(home.run_locks, older_than_s=_ABANDONED_S)
    removed = warehouse.clear_up()
    for name in removed:
        logger.info("leftover removed file=%s", name)
    return removed


def _keep_archive(home: Home, warehouse: Warehouse, *, days: int | None) -> list[int]:
    """Remove what is older than `days`, unless a run may be reading it; return the sizes."""
    if days is None or not home.archive.is_dir():
        return []
    try:
        # A pass, a re-extraction and a rebuild hold this for as long as they read the archive.
        with held_alone(home.run_lock, "maintain", wait_s=None):
            return _remove_older(home, warehouse, days=days)
    except RunActiveError as error:
        logger.warning("the archive stays as it is until the next time: %s is active", error.run_id)
        return []


def _remove_older(home: Home, warehouse: Warehouse, *, days: int) -> list[int]:
    now = datetime.now(UTC)
    names = [path.name for path in home.archive.iterdir()]
    unloaded = warehouse.dead_runs(is_alive=lambda _: False)
    old = files_to_remove(names, now=now, days=days, but_not_of=unloaded)
    if not old:
        return []
    warehouse.forget_archive(old, at=now)  # first, so that no row ever leads to nothing
    shutil.rmtree(home.rebuilding.path, ignore_errors=True)  # of a killed rebuild that read them
    sizes = [_removed(home.archive / name) for name in old]
    sync_folder(home.archive)
    logger.info("archive files removed files=%d bytes=%d days=%d", len(old), sum(sizes), days)
    return sizes


def _removed(path: Path) -> int:
    """Remove a file; return its size, 0 if another `maintain` was faster."""
    try:
        size = path.stat().st_size
        path.unlink()
    except FileNotFoundError:
        return 0
    return size


def _has_room(home: Home) -> bool:
    """Tell whether a second warehouse has room beside the first; a re-check goes on without it."""
    free = shutil.disk_usage(home.path).free
    needed = home.warehouse.stat().st_size
    if free < needed:
        logger.warning("no room to compact the warehouse needed=%d free=%d", needed, free)
    return free >= needed


def _compact(home: Home, warehouse: Warehouse) -> Compacted | None:
    try:
        with held_alone(home.run_lock, "maintain", wait_s=None):
            discard_unpacked(home)
            compacted = warehouse.compact()
    except RunActiveError as error:
        logger.info("compaction is left to another time active=%s", error.run_id)
        return None
    logger.info(
        "warehouse compacted bytes_before=%d bytes_after=%d",
        compacted.bytes_before,
        compacted.bytes_after,
    )
    return compacted
