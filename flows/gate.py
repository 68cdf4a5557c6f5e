"""Politeness to one host, across the tasks of a process and the processes of a home.

Locks are the kernel's (flock), so that a killed process holds nothing. A host has slot files
(one for each request that may be in flight) and a times file with the earliest next start and
the end of a `Retry-After`.
"""

import asyncio
import fcntl
import hashlib
import os
import struct
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

#: Seconds since 1970, wall clock: the earliest next start, the end of the hold.
_TIMES = struct.Struct("<dd")
#: A reservation further ahead than this was made before the clock was set back.
_MAX_AHEAD_S = 900.0
#: How long a host can be held at most; a `Retry-After` of years is a mistake of the server.
_MAX_HOLD_S = 7 * 86400.0
_FIRST_NAP_S, _LONGEST_NAP_S = 0.005, 0.1


class HostHeldError(Exception):
    """The host asked to be left alone until `until`."""

    def __init__(self, host_key: str, until: datetime) -> None:
        super().__init__(host_key, until)
        self.host_key = host_key
        self.until = until


class HostGate:
    """The way to every host: at most `max_in_flight` at a time, `pause_s` from start to start.

    Whoever waits holds neither a file nor one of the places that all hosts share, so that any
    number may wait and a slow host is in nobody's way.

    Args:
        folder: where the lock files of the home are; made if missing.
        pause_s: 0 for none.
        max_in_flight: 1 or more, for each host key.
        places: requests of this process that may be in flight to all hosts together.
    """

    def __init__(
        self, folder: Path, *, pause_s: float, max_in_flight: int, places: int = 100
    ) -> None:
        self._folder = folder
        self._pause_s = pause_s
        self._max_in_flight = max_in_flight
        self._places = asyncio.Semaphore(places)
        self._queues: dict[str, tuple[asyncio.Semaphore, int]] = {}
        folder.mkdir(parents=True, exist_ok=True)

    @asynccontextmanager
    async def __call__(self, host_key: str, *, crawl_delay_s: float = 0.0) -> AsyncIterator[None]:
        """Wait for a turn at `host_key`; whoever waits longest in this process goes first.

        Args:
            host_key: whom politeness is owed.
            crawl_delay_s: a pause that its robots.txt asks for, if that is longer than ours.

        Raises:
            HostHeldError: it is held, or came to be while this one waited.
        """
        pause_s = max(self._pause_s, crawl_delay_s)
        nap_s = _FIRST_NAP_S
        async with self._queue(host_key):
            while True:
                await self._wait_for_start(host_key)
                async with self._places:
                    slot = self._free_slot(host_key)
                    try:
                        if slot is not None and self._took_start(host_key, pause_s):
                            yield
                            return
                    finally:
                        if slot is not None:
                            _close(slot)
                await asyncio.sleep(nap_s)  # another process was faster
                nap_s = min(nap_s * 2, _LONGEST_NAP_S)

    def hold_until(self, host_key: str, when: datetime) -> None:
        """Let nobody of this home ask `host_key` anything before `when`, a week at most."""
        until = min(when.timestamp(), time.time() + _MAX_HOLD_S)
        with self._times(host_key) as file:
            start, held = _read_times(file)
            _write_times(file, start, max(held, until))

    def held_until(self, host_key: str, now: datetime) -> datetime | None:
        """Return when `host_key` may be asked again, None if it may be now."""
        _, held = self._read(host_key)
        is_held = now.timestamp() < held <= now.timestamp() + _MAX_HOLD_S
        return datetime.fromtimestamp(held, UTC) if is_held else None

    def _check_hold(self, host_key: str) -> None:
        if until := self.held_until(host_key, datetime.now(UTC)):
            raise HostHeldError(host_key, until)

    @asynccontextmanager
    async def _queue(self, host_key: str) -> AsyncIterator[None]:
        """Queue within the process; a host nobody waits for leaves nothing in memory."""
        semaphore, users = self._queues.get(host_key) or (
            asyncio.Semaphore(self._max_in_flight),
            0,
        )
        self._queues[host_key] = (semaphore, users + 1)
        try:
            async with semaphore:
                yield
        finally:
            semaphore, users = self._queues.pop(host_key)
            if users > 1:
                self._queues[host_key] = (semaphore, users - 1)

    async def _wait_for_start(self, host_key: str) -> None:
        """Return when the earliest next start is reached; it may have been taken by then."""
        while True:
            self._check_hold(host_key)
            ahead_s = _ahead_s(self._read(host_key)[0])
            if ahead_s <= 0:
                return
            await asyncio.sleep(ahead_s)

    def _took_start(self, host_key: str, pause_s: float) -> bool:
        """Take the start if it is still free, and put the next one `pause_s` after it."""
        self._check_hold(host_key)
        if pause_s <= 0:
            return True
        with self._times(host_key) as file:
            start, held = _read_times(file)
            if _ahead_s(start) > 0:
                return False
            _write_times(file, time.time() + pause_s, held)
        return True

    def _free_slot(self, host_key: str) -> int | None:
        """Return an open, locked slot file, None if all are taken; closing it ends the lock."""
        for number in range(self._max_in_flight):
            slot = _opened(self._path(host_key, str(number)))
            try:
                fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(slot)
            else:
                return slot
        return None

    def _read(self, host_key: str) -> tuple[float, float]:
        """Return next start and end of hold, as they stand."""
        try:
            file = os.open(self._path(host_key, "times"), os.O_RDONLY)
        except FileNotFoundError:
            return 0.0, 0.0
        try:
            return _read_times(file)
        finally:
            os.close(file)

    @contextmanager
    def _times(self, host_key: str) -> Iterator[int]:
        """Open the times of a host, locked for the microseconds that reading and writing take."""
        file = _opened(self._path(host_key, "times"))
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file
        finally:
            _close(file)

    def _path(self, host_key: str, suffix: str) -> Path:
        name = quote(host_key, safe="")
        if len(name) > 200:
            name = hashlib.sha256(host_key.encode()).hexdigest()
        return self._folder / f"{name}.{suffix}"


def _ahead_s(start: float) -> float:
    """Return the seconds until `start`; 0 for one that a clock since set back has left far off."""
    ahead_s = start - time.time()
    return ahead_s if 0 < ahead_s < _MAX_AHEAD_S else 0.0


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)


def _close(file: int) -> None:
    # A process forked in the meantime has the file open too: closing alone would leave it locked.
    fcntl.flock(file, fcntl.LOCK_UN)
    os.close(file)


def _read_times(file: int) -> tuple[float, float]:
    """Return next start and end of hold; zeros where nothing was written yet."""
    content = os.pread(file, _TIMES.size, 0)
    if len(content) < _TIMES.size:
        return 0.0, 0.0
    start, held = _TIMES.unpack(content)
    return start, held


def _write_times(file: int, start: float, held: float) -> None:
    os.pwrite(file, _TIMES.pack(start, held), 0)
