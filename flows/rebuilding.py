"""A warehouse made anew, from the archive and the settings alone.

It is made in a folder of its own inside the home, and takes the place of the one before when it is
whole. So questions are answered from the published copy meanwhile, and a rebuild that is killed
leaves what was there; repeated, it goes on where it was, if it would make the same.
"""

import hashlib
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from extractors.errors import OnRecordError, SettingsError
from flows.archive import archive_files, run_of
from flows.desk import opened_desk, version_of
from flows.home import Home
from flows.hosting import Host
from flows.locks import live_runs
from flows.reextraction import Manner, Rereading, run_over_archive
from flows.replay import Past, Replay
from flows.settings import Settings
from flows.steps import Report, RunFailedError, outcome_of
from flows.tombstones import Tombstones, forgotten
from warehouse.door import Warehouse
from warehouse.interface import Loader
from warehouse.results import Run

logger = logging.getLogger(__name__)


class NothingArchivedError(OnRecordError):
    """There is nothing that a warehouse could be made from."""


def rebuild(home: Home, settings: Settings, manner: Manner) -> Report:
    """Make a new warehouse, as a run of its own, with no pass beside it.

    Raises:
        SettingsError: assistants were asked for, who could not find the folder it works in.
    """
    if manner.assistants:
        raise SettingsError("a rebuild takes no assistants: raise `workers`")

    def replace_warehouse(run_id: str) -> None:
        with _failure_told(run_id):
            _replace_warehouse(home, settings, run_id, manner.host)

    # What was archived too late to be read is left of a run that lacks its end: so recovery, with
    # which every run begins, looks after it. Nothing is left to do beside.
    return run_over_archive(home, settings, manner, lambda *_: [], first=replace_warehouse)


def must_be_all(wanted: Rereading) -> None:
    """Raise SettingsError if somebody who wants a rebuild wants it of a part."""
    if wanted != Rereading():
        raise SettingsError("--rebuild reads all of the archive: leave out --since and --stage")


@contextmanager
def _failure_told(run_id: str) -> Iterator[None]:
    """Tell of a rebuild that failed before there was a warehouse to write its row into."""
    started_at = datetime.now(UTC)
    try:
        yield
    except OnRecordError as error:
        now = datetime.now(UTC)
        run = Run(run_id=run_id, started_at=started_at, ended_at=now, outcome="failed")
        raise RunFailedError(str(error), replace(run, note=str(error))) from error


def _replace_warehouse(home: Home, settings: Settings, run_id: str, host: Host) -> None:
    sizes = _sizes(home.archive)
    if not sizes:
        raise NothingArchivedError(
            f"nothing is archived in {home.archive}, so no warehouse can be made from it; what is "
            "there stays as it is: remove warehouse.duckdb yourself to begin anew"
        )
    tombstones = forgotten(home.archive)
    _go_on_or_begin(home, settings, tombstones)
    with opened_desk(home.rebuilding, settings, run_id, host) as desk:
        past = Replay(desk, tombstones).run()
        desk.note(_told_of(past, has_former=home.warehouse.exists()))

    def leave_late_runs_open() -> None:
        grown = {run_of(file) for file, size in _sizes(home.archive).items() - sizes.items()}
        alive = set(live_runs(home))
        for late in sorted(grown | alive):
            _leave_open(desk.warehouse, late, settings, is_alive=late in alive)

    warehouse = Warehouse(home.path, lock_wait_s=settings.lock_wait_s)
    built = home.rebuilding.warehouse
    kept = warehouse.replace_with(built, last_look=leave_late_runs_open)
    shutil.rmtree(home.rebuilding.path)
    logger.info("rebuilt pages=%d feeds=%d kept=%s", past.pages, past.feeds, kept)


def _go_on_or_begin(home: Home, settings: Settings, tombstones: Tombstones) -> None:
    """Remove what an earlier rebuild has left unless this one would have made the same by now."""
    place = home.rebuilding.path
    means = place / "made-by"
    graves = hashlib.sha256(" ".join(sorted(tombstones.keys)).encode()).hexdigest()
    today = f"{version_of(settings)} {graves}"
    if not means.exists() or means.read_text() != today:
        if place.exists():
            shutil.rmtree(place)
        place.mkdir()
        means.write_text(today)
    elif home.rebuilding.staging.exists():
        shutil.rmtree(home.rebuilding.staging)  # what was not loaded is read again, in its turn


def _leave_open(built: Loader, run_id: str, settings: Settings, *, is_alive: bool) -> None:
    """Leave a run without its end that archived something after its files were read, or still may.

    Its row is what recovery goes by, and what the run itself writes its end into.
    """
    now = datetime.now(UTC)
    version = version_of(settings)
    built.start_run(run_id, started_at=now, flow_run_id=None, extractor_version=version)
    run = built.run(run_id)
    outcome = "interrupted" if is_alive or run is None else outcome_of(run)
    built.finish_run(run_id, ended_at=now, outcome=outcome, is_complete=False)


def _sizes(archive: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in archive_files(archive)}


def _told_of(past: Past, *, has_former: bool) -> str:
    told = f"made anew from {past.feeds:,} feed bodies and {past.pages:,} pages in the archive"
    if past.damaged:
        told += f"; {past.damaged:,} files of it are damaged, see `failures`"
    if has_former:
        told += "; the warehouse before is kept as warehouse.before-rebuild.duckdb"
    return told
