"""A check of the installation and of a home, which changes nothing and says how to mend."""

import json
import os
import shutil
import socket
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit

from extractors.errors import OnRecordError
from flows.checkup import Finding, check_archive, check_published, check_staging, check_warehouse
from flows.home import Home
from flows.locks import live_runs
from flows.models import models_of
from flows.settings import Settings, load_settings

_PACKAGES = ("onrecord", "duckdb", "spacy", "aiohttp", "trafilatura", "feedparser", "prefect")
_GB = 1024**3
_MOUNTS = Path("/proc/mounts")
#: File systems on which the kernel's locks do not hold between machines.
_REMOTE = ("nfs", "cifs", "smb", "fuse.sshfs", "9p", "afs", "ceph", "glusterfs")
#: The year this version is from: a clock before that is wrong.
_THIS_YEAR = 2026


def examine_home(home: Home, variables: Mapping[str, str], *, full: bool) -> Iterator[Finding]:
    """Yield what was found, check by check.

    Args:
        home: what to look at.
        variables: the process's environment, for settings.
        full: look at every file of the archive and every row that leads there, not at the
            newest alone.
    """
    yield from _check_packages()
    settings, finding = _settings_of(home, variables)
    yield finding
    yield _check_model(settings)
    yield _check_clock()
    yield from _check_disk(home, settings)
    yield _check_runs(home)
    yield from check_warehouse(home, full=full)
    yield check_published(home)
    yield check_staging(home)
    yield from check_archive(home, full=full)
    yield _check_server(home)


def _check_packages() -> Iterator[Finding]:
    python = ".".join(map(str, sys.version_info[:3]))
    yield Finding(check="python", detail=python)
    versions = []
    for name in _PACKAGES:
        try:
            versions.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            yield Finding(
                check="packages",
                state="problem",
                detail=f"{name} is not installed",
                remedy="install onrecord again, with its dependencies",
            )
    yield Finding(check="packages", detail=", ".join(versions))


def _settings_of(home: Home, variables: Mapping[str, str]) -> tuple[Settings, Finding]:
    """Return the settings, or the defaults where they are broken, and what was found."""
    try:
        settings = load_settings(home.path, variables)
    except OnRecordError as error:
        return Settings(), Finding(
            check="settings",
            state="problem",
            detail=str(error),
            remedy=f"mend {home.settings_file}, or the variable",
        )
    if not settings.feeds:
        return settings, Finding(
            check="settings",
            state="warning",
            detail="there are no feeds",
            remedy="onrecord feeds add URL",
        )
    return settings, Finding(check="settings", detail=f"{len(settings.feeds):,} feeds")


def _check_model(settings: Settings) -> Finding:
    try:
        models = models_of(settings)
        models.load()
    except (OnRecordError, OSError, ImportError, ValueError) as error:
        return Finding(
            check="model",
            state="problem",
            detail=str(error),
            remedy="install the package, or set nlp_model to one that is",
        )
    return Finding(check="model", detail=models.version)


def _check_clock() -> Finding:
    now = datetime.now(UTC)
    if now.year < _THIS_YEAR:
        return Finding(
            check="clock", state="problem", detail=f"it is {now:%Y-%m-%d}", remedy="set the clock"
        )
    return Finding(check="clock", detail=f"{now:%Y-%m-%d %H:%M} UTC")


def _check_disk(home: Home, settings: Settings) -> Iterator[Finding]:
    free_gb = shutil.disk_usage(home.path).free / _GB
    if not os.access(home.path, os.W_OK | os.X_OK):
        yield Finding(
            check="disk",
            state="problem",
            detail=f"{home.path} may not be written",
            remedy="give its owner back the right to, or run as that user",
        )
    if (kind := _file_system_of(home.path)) and kind.startswith(_REMOTE):
        yield Finding(
            check="disk",
            state="problem",
            detail=f"{home.path} is on {kind}",
            remedy="move it to a local disk: locks do not hold elsewhere",
        )
    if free_gb < settings.min_free_gb:
        yield Finding(
            check="disk",
            state="problem",
            detail=f"{free_gb:.2f} GB are free, less than min_free_gb = {settings.min_free_gb:g}",
            remedy="make room, or lower min_free_gb: nothing is fetched until then",
        )
    else:
        yield Finding(check="disk", detail=f"{free_gb:.1f} GB are free")


def _file_system_of(path: Path) -> str | None:
    """Return the type of the file system that `path` is on; None where nobody tells."""
    try:
        lines = [line.split(" ") for line in _MOUNTS.read_text(encoding="utf-8").splitlines()]
    except OSError:
        return None
    place = path.resolve()
    mounted = [(point, kind) for _, point, kind, *_ in lines if place.is_relative_to(point)]
    return max(mounted, key=lambda each: len(each[0]))[1] if mounted else None


def _check_runs(home: Home) -> Finding:
    if home.is_half_restored:
        return Finding(
            check="runs",
            state="problem",
            detail="a restore was cut short",
            remedy="onrecord restore FILE again, which brings it to its end",
        )
    runs, alive = home.run_ids(), live_runs(home)
    if len(alive) < len(runs):
        return Finding(
            check="runs",
            state="warning",
            detail=f"{len(runs) - len(alive)} runs were killed",
            remedy="onrecord ingest loads what they had fetched",
        )
    return Finding(check="runs", detail=f"active: {', '.join(alive)}" if alive else "none active")


def _check_server(home: Home) -> Finding:
    if not home.serve_file.exists():
        return Finding(check="server", detail="not running")
    try:
        address = urlsplit(json.loads(home.serve_file.read_text(encoding="utf-8"))["api_url"])
        place = (address.hostname or "", address.port or 80)
        with socket.create_connection(place, timeout=5):
            return Finding(check="server", detail=f"answers at {address.geturl()}")
    except (OSError, ValueError, KeyError, TypeError) as error:
        return Finding(
            check="server",
            state="problem",
            detail=f"serve.json names a server that does not answer: {error}",
            remedy="run onrecord serve again; it writes the file anew",
        )
