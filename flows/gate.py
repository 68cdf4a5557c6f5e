"""Politeness to one host, across the tasks of a process and the processes of a home.

Locks are the kernel's (flock), so that a killed process holds nothing. A host has slot files
(one for each request that may be in flight) and a times file with its last start and the end of
a `Retry-After`.
"""

import asyncio
import hashlib
import os
import struct
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from flows.lockfiles import locked, sweep, took_lock, unlock

#: Seconds since 1970, wall clock: the last start, the end of the hold.
_TIMES = struct.Struct("<dd")
#: A start further ahead than this was written before the clock was set back.
_MAX_AHEAD_S = 2.0
#: How long a host can be held at most; a `Retry-After` of years is a mistake of the server.
_MAX_HOLD_S = 7 * 86400.0
#: Files that nobody wrote for so long hold nothing that still counts.
_SWEPT_AFTER_S = _MAX_HOLD_S + 86400.0
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
        self, folder: Path, *, pause_s: float, max_in_flight: int, places: int = 200
    ) -> None:
        self._folder = folder
        self._pause_s = pause_s
        self._max_in_flight = max_in_flight
        self._places = asyncio.Semaphore(places)
        self._queues: dict[str, tuple[asyncio.Semaphore, int]] = {}
        folder.mkdir(parents=True, exist_ok=True)
        sweep(folder, older_than_s=_SWEPT_AFTER_S)

    @asynccontextmanager
    async def __call__(self, host_key: str, *, crawl_delay_s: float = 0.0) -> AsyncIterator[None]:
        """Wait for a turn at `host_key`; whoever waits longest in this process goes first.

        Args:
            host_key: whom politeness is owed.
            crawl_delay_s: seconds since the last start, whosever it was, that its robots.txt
                asks for, if that is more than our pause.

        Raises:
            HostHeldError: it is held, or came to be while this one waited.
        """
        pause_s = max(self._pause_s, crawl_delay_s)
        nap_s = _FIRST_NAP_S
        async with self._queue(host_key):
            while True:
                await self._wait_for_start(host_key, pause_s)
                async with self._turn(host_key, pause_s) as is_mine:
                    if is_mine:
                        yield
                        return
                await asyncio.sleep(nap_s)  # another process was faster
                nap_s = min(nap_s * 2, _LONGEST_NAP_S)

    @asynccontextmanager
    async def if_idle(self, host_key: str, *, for_s: float) -> AsyncIterator[bool]:
        """Take a turn, if nothing of this home was started at `host_key` for so long.

        Yields whether the turn was taken; if it was not, nothing is waited for and nothing held.

        Raises:
            HostHeldError: it is held.
        """
        pause_s = max(self._pause_s, for_s)
        self._check_hold(host_key)
        if _wait_s(self._read(host_key)[0], pause_s) > 0:
            yield False
            return
        async with self._turn(host_key, pause_s) as is_mine:
            yield is_mine

    def hold_until(self, host_key: str, when: datetime) -> None:
        """Let nobody of this home ask `host_key` anything before `when`, a week at most."""
        until = min(when.timestamp(), time.time() + _MAX_HOLD_S)
        with locked(self._path(host_key, "times")) as file:
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

    async def _wait_for_start(self, host_key: str, pause_s: float) -> None:
        """Return when `pause_s` have passed since the last start; there may be another by then."""
        while True:
            self._check_hold(host_key)
            wait_s = _wait_s(self._read(host_key)[0], pause_s)
            if wait_s <= 0:
                return
            await asyncio.sleep(wait_s)

    @asynccontextmanager
    async def _turn(self, host_key: str, pause_s: float) -> AsyncIterator[bool]:
        """Hold a place, a slot and the start within the block; yield whether all were free."""
        async with self._places:
            slot = self._free_slot(host_key)
            try:
                yield slot is not None and self._took_start(host_key, pause_s)
            finally:
                if slot is not None:
                    unlock(slot)

    def _took_start(self, host_key: str, pause_s: float) -> bool:
        """Start now, unless another did within `pause_s`; tell which."""
        self._check_hold(host_key)
        with locked(self._path(host_key, "times")) as file:
            start, held = _read_times(file)
            if _wait_s(start, pause_s) > 0:
                return False
            _write_times(file, time.time(), held)
        return True

    def _free_slot(self, host_key: str) -> int | None:
        """Return an open, locked slot file, None if all are taken."""
        for number in range(self._max_in_flight):
            if (slot := took_lock(self._path(host_key, str(number)))) is not None:
                return slot
        return None

    def _read(self, host_key: str) -> tuple[float, float]:
        """Return last start and end of hold, as they stand."""
        try:
            file = os.open(self._path(host_key, "times"), os.O_RDONLY)
        except FileNotFoundError:
            return 0.0, 0.0
        try:
            return _read_times(file)
        finally:
            os.close(file)

    def _path(self, host_key: str, suffix: str) -> Path:
        name = quote(host_key, safe="")
        if len(name) > 200:
            name = hashlib.sha256(host_key.encode()).hexdigest()
        return self._folder / f"{name}.{suffix}"


def _wait_s(start: float, pause_s: float) -> float:
    """Return the seconds until `pause_s` have passed since `start`, 0 or less if they have."""
    now = time.time()
    return start + pause_s - now if start <= now + _MAX_AHEAD_S else 0.0


def _read_times(file: int) -> tuple[float, float]:
    """Return last start and end of hold; zeros where nothing was written yet."""
    content = os.pread(file, _TIMES.size, 0)
    if len(content) < _TIMES.size:
        return 0.0, 0.0
    start, held = _TIMES.unpack(content)
    return start, held


def _write_times(file: int, start: float, held: float) -> None:
    os.pwrite(file, _TIMES.pack(start, held), 0)
