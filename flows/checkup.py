"""What a check looks at of what a home holds: warehouse, published copy, staging, archive."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from extractors.errors import WarehouseBusyError, WarehouseError
from flows.archive import ArchiveError, read_page
from flows.home import Home
from flows.locks import live_runs
from flows.warc import begins_a_record, members_of
from warehouse.examination import Examined, Reference, examine
from warehouse.staging import harvest_in, staged

State = Literal["ok", "warning", "problem"]

#: So many of the newest files, batches and rows are looked at where not all are.
_SAMPLE = 20
_DAY_S = 24 * 3600.0
_FROM_BACKUP = "onrecord restore FILE, or onrecord reextract --rebuild"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one check found."""

    check: str
    state: State = "ok"
    detail: str
    remedy: str = ""  #: what to do about it


def check_warehouse(home: Home, *, full: bool) -> Iterator[Finding]:
    """Yield whether the warehouse can be read and what its rows lead to."""
    if not home.warehouse.exists():
        yield _absent(home)
        return
    try:
        examined = examine(home.warehouse, references=None if full else _SAMPLE)
    except WarehouseBusyError:
        yield Finding(check="warehouse", detail="a process writes it at this moment")
    except WarehouseError as error:
        remedy = f"move {home.warehouse} away; then {_FROM_BACKUP}"
        yield Finding(check="warehouse", state="problem", detail=str(error), remedy=remedy)
    else:
        yield _state_of(home, examined)
        yield _failures_in(examined)
        yield _references(home, examined.references)


def check_published(home: Home) -> Finding:
    """Return whether questions can be asked, and how old the state is that answers them."""
    if not home.published.exists():
        return Finding(
            check="published",
            state="warning",
            detail="there is no copy for questions yet",
            remedy="onrecord ingest publishes one",
        )
    try:
        examine(home.published, references=0)
    except WarehouseError as error:
        return Finding(
            check="published",
            state="problem",
            detail=str(error),
            remedy=f"remove {home.published}; the next onrecord ingest publishes anew",
        )
    hours = (time.time() - home.published.stat().st_mtime) / 3600
    return Finding(check="published", detail=f"{hours:.1f} hours old")


def check_staging(home: Home) -> Finding:
    """Return whether what waits to be loaded can be."""
    waiting, bad = staged(home.staging), staged(home.staging / "bad")
    if broken := [path.name for path in waiting[:_SAMPLE] if not _is_whole(path)]:
        return Finding(
            check="staging",
            state="warning",
            detail=f"{', '.join(broken)} cannot be read",
            remedy="onrecord ingest sets it aside and reads the pages from the archive again",
        )
    if bad:
        return Finding(
            check="staging",
            state="warning",
            detail=f"{len(bad)} batches in staging/bad could not be loaded",
            remedy="onrecord ask what_failed says why; onrecord reextract --rebuild reads anew",
        )
    return Finding(check="staging", detail=f"{len(waiting)} batches wait to be loaded")


def check_archive(home: Home, *, full: bool) -> Iterator[Finding]:
    """Yield which files of the archive are not whole."""
    files = sorted(home.archive.glob("*.warc.gz"), reverse=True)
    looked_at = files if full else files[:_SAMPLE]
    alive = live_runs(home)
    for path in looked_at:
        if not any(run_id in path.name for run_id in alive):
            yield from _damage_of(path)
    yield Finding(check="archive", detail=f"{len(looked_at)} of {len(files)} files looked at")


def _absent(home: Home) -> Finding:
    if home.published.exists() or any(home.archive.glob("*.warc.gz")):
        return Finding(
            check="warehouse",
            state="problem",
            detail="it is gone, though its archive or published copy is there",
            remedy=_FROM_BACKUP,
        )
    return Finding(
        check="warehouse",
        state="warning",
        detail="there is none yet",
        remedy="onrecord ingest makes it",
    )


def _state_of(home: Home, examined: Examined) -> Finding:
    if examined.is_behind:
        return Finding(
            check="warehouse",
            state="warning",
            detail="an earlier version of onrecord made it",
            remedy="the next onrecord ingest upgrades it, and keeps a copy of it as it was",
        )
    if (home.path / "warehouse.duckdb.wal").exists():
        return Finding(
            check="warehouse",
            state="warning",
            detail="a killed process left a log of changes, which is read with it",
            remedy="onrecord ingest takes them into the file",
        )
    return Finding(check="warehouse", detail=f"{examined.articles:,} articles, schema current")


def _failures_in(examined: Examined) -> Finding:
    if examined.last_run_at and examined.last_run_at.timestamp() > time.time() + _DAY_S:
        return Finding(
            check="clock",
            state="problem",
            detail=f"the last run was on {examined.last_run_at:%Y-%m-%d}, which is to come",
            remedy="set the clock",
        )
    if examined.open_failures:
        return Finding(
            check="failures",
            state="warning",
            detail=f"{examined.open_failures:,} are open",
            remedy="onrecord ask what_failed says what to do about each",
        )
    return Finding(check="failures", detail="none open")


def _references(home: Home, references: tuple[Reference, ...]) -> Finding:
    lost = [each for each in references if not _is_in_archive(home, each)]
    if lost:
        files = sorted({each.archive_file for each in lost})
        return Finding(
            check="references",
            state="problem",
            detail=f"{len(lost)} rows lead to nothing, in {', '.join(files[:5])}",
            remedy="put these files back from a backup",
        )
    return Finding(check="references", detail=f"{len(references):,} rows lead to their records")


def _is_in_archive(home: Home, reference: Reference) -> bool:
    try:
        page = read_page(home.archive, reference.archive_file, reference.archive_offset)
    except ArchiveError:
        return False
    return page.fetch_id == reference.fetch_id


def _is_whole(path: Path) -> bool:
    try:
        harvest_in(path)
    except FileNotFoundError:  # it was loaded meanwhile
        return True
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        return False
    return True


def _damage_of(path: Path) -> Iterator[Finding]:
    with path.open("rb") as file:
        end = 0
        for _, end, _ in members_of(file):  # noqa: B007 - the last one counts
            pass
        file.seek(end)
        rest = file.read()
    if begins_a_record(rest):
        yield Finding(
            check="archive",
            state="problem",
            detail=f"{path.name} is damaged at {end}",
            remedy="put the file back from a backup",
        )
    elif rest:
        yield Finding(
            check="archive",
            state="warning",
            detail=f"{path.name} ends in a torn record of {len(rest):,} bytes, of a killed run",
            remedy="onrecord ingest cuts it off; what it was of is fetched again",
        )
