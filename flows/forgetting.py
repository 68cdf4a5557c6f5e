"""An article forgotten: out of the warehouse, the archive and all else that a home keeps of it.

The tombstone comes first. From then on nothing brings the article back, and what a kill leaves
undone is done by the same command given again.
"""

import logging
import shutil
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from extractors.errors import OnRecordError, SettingsError
from extractors.versions import judge_change
from flows.backup import discard_snapshot, discard_unpacked
from flows.blanking import Blanked, Sought, blank
from flows.home import Home
from flows.locks import RunActiveError, held_alone, is_alive, live_runs
from flows.settings import Settings
from flows.steps import new_run_id
from flows.tombstones import bury, forgotten, key_of
from warehouse.door import Warehouse
from warehouse.staging import discard_telling

logger = logging.getLogger(__name__)

_BETWEEN_LOOKS_S = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgetting:
    """What came of forgetting an article."""

    articles: int  #: that the address led to
    records: int  #: pages and feed bodies of the archive that were blanked or cut
    was_forgotten: bool  #: before; what was left of it is gone now
    damaged: tuple[str, ...]  #: files of the archive that could not be searched to their end
    unsearched: tuple[str, ...]  #: folders of former homes that may still tell of it


def forget(home: Home, settings: Settings, url: str, *, wait_s: float | None) -> Forgetting:
    """Remove the article at `url`, which may be any address it had, and keep it out for good.

    Args:
        home: which has it.
        settings: say how long to wait for whoever writes the warehouse.
        url: absolute.
        wait_s: how long to wait for runs to end; None: not at all.

    Raises:
        SettingsError: nothing is known of this address; nothing was changed.
        RunActiveError: a run is active, which might write what is removed.
    """
    warehouse = Warehouse(home.path, lock_wait_s=settings.lock_wait_s, judge=judge_change)
    give_up_at = time.monotonic() + (wait_s or 0)
    with _alone(home, give_up_at):
        warehouse.load_staged()
        traces = warehouse.traces_of(url, article_id=key_of(url))
        was_forgotten = forgotten(home.archive).covers(url)
        if not traces.is_known and not was_forgotten:
            raise SettingsError(
                f"nothing is known of {url}: no feed listed it, and it was not added"
            )
        addresses = frozenset((url, *traces.addresses))
        keys = {key_of(each) for each in addresses} | set(traces.article_ids)
        bury(home.archive, keys, at=datetime.now(UTC))
        _wait_for_runs(home, give_up_at)  # which may have begun before the tombstone stood
        found = _remove(home, warehouse, addresses)
        unsearched = _remove_from_former(home, keys)
        logger.info("forgotten articles=%d records=%d", len(traces.article_ids), found.records)
        return Forgetting(
            articles=len(traces.article_ids),
            records=found.records,
            was_forgotten=was_forgotten,
            damaged=found.damaged,
            unsearched=tuple(unsearched),
        )


def leave_out(home: Home, keys: Collection[str]) -> int:
    """Remove what was forgotten elsewhere from a home in which nothing runs.

    Args:
        home: one that was copied, or moved aside.
        keys: of tombstones, which it gets.

    Returns:
        How many articles it had of them.

    Raises:
        OnRecordError: the warehouse or the tombstones cannot be read.
    """
    warehouse = Warehouse(home.path, judge=judge_change)
    warehouse.load_staged()
    traces = [warehouse.traces_of(None, article_id=key) for key in sorted(keys)]
    article_ids = {each for found in traces for each in found.article_ids}
    addresses = frozenset(each for found in traces for each in found.addresses)
    bury(home.archive, article_ids.union(keys), at=datetime.now(UTC))
    _remove(home, warehouse, addresses)
    return len(article_ids)


def _remove_from_former(home: Home, keys: Collection[str]) -> Iterator[str]:
    """Remove it from what restores have moved aside; yield what could not be searched."""
    for former in home.former:
        try:
            leave_out(former, keys)
            shutil.rmtree(former.locks, ignore_errors=True)
        except OnRecordError as error:
            logger.warning("not searched folder=%s error=%s", former.path, error)
            yield former.path.name


def _remove(home: Home, warehouse: Warehouse, addresses: frozenset[str]) -> Blanked:
    tombstones = forgotten(home.archive)
    warehouse.keep_out(tombstones.keys, at=datetime.now(UTC))
    warehouse.load_staged()
    fetch_ids = frozenset(warehouse.bodies_to_blank())
    sought = Sought(tombstones=tombstones, fetch_ids=fetch_ids, addresses=addresses)
    found = blank(home.archive, sought, is_alive=partial(is_alive, home))
    words = [each.encode() for each in (*addresses, *tombstones.keys)]
    discard_telling(home.staging, words)
    _blot(home.log, words)
    shutil.rmtree(home.rebuilding.path, ignore_errors=True)  # of a rebuild that was killed
    discard_snapshot(home)
    discard_unpacked(home)
    warehouse.forget_kept_out(at=datetime.now(UTC))
    return found


@contextmanager
def _alone(home: Home, give_up_at: float) -> Iterator[None]:
    """Hold within the block what passes, re-checks and recoveries hold, and wait for additions."""
    run_id = f"forget-{new_run_id()}"
    with ExitStack() as stack:
        for lock in (home.run_lock, home.recheck_lock, home.recovery_lock):
            wait_s = max(0.0, give_up_at - time.monotonic())
            stack.enter_context(held_alone(lock, run_id, wait_s=wait_s))
        _wait_for_runs(home, give_up_at)
        yield


def _wait_for_runs(home: Home, give_up_at: float) -> None:
    while active := live_runs(home):
        if time.monotonic() >= give_up_at:
            raise RunActiveError(active[0])
        time.sleep(_BETWEEN_LOOKS_S)


def _blot(folder: Path, words: Iterable[bytes]) -> None:
    """Write over the words in the log, in place: another process may be adding to it."""
    for path in folder.glob("*.log*"):
        with path.open("r+b") as file:
            content = file.read()
            for word in words:
                start = content.find(word)
                while start >= 0:
                    file.seek(start)
                    file.write(b"x" * len(word))
                    start = content.find(word, start + len(word))
