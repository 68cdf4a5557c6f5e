"""The client used from plain code: by a run, in one thread for all its fetching, or just once."""

import asyncio
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from importlib import metadata
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Generic, Self, TypeVar

from flows.exchange import FetchRules
from flows.fetch import Client
from flows.gate import HostGate
from flows.home import Home
from flows.settings import Settings

AskedT = TypeVar("AskedT")
GotT = TypeVar("GotT")

_CONNECT_S = 10.0
_IDLE_S = 10.0


def rules_of(settings: Settings) -> FetchRules:
    """Return the part of the settings that the client needs."""
    return FetchRules(
        contact=settings.contact or None,
        version=metadata.version("onrecord"),
        max_feed_bytes=settings.max_feed_bytes,
        max_page_bytes=settings.max_page_bytes,
        timeout_s=settings.timeout_s,
        connect_s=_CONNECT_S,
        idle_s=max(_IDLE_S, settings.timeout_s / 3),  # who grants more time wants it used
        allow_hosts=frozenset(settings.allow_hosts),
    )


@asynccontextmanager
async def opened_client(settings: Settings, locks: Path) -> AsyncIterator[Client]:
    """Open a client that shares its manners with every process that uses `locks`."""
    gate = HostGate(
        locks / "hosts", pause_s=settings.pause_s, max_in_flight=settings.max_in_flight_per_host
    )
    async with Client(rules_of(settings), gate, spool=locks) as client:
        yield client


def asked_once(
    home: Home, settings: Settings, ask: Callable[[Client], Coroutine[Any, Any, GotT]]
) -> GotT:
    """Return what `ask` gets from a client of its own; neither archive nor warehouse hears of it.

    Args:
        home: whose manners hold; where there is none yet, they begin anew.
        settings: of the home.
        ask: is given the client.
    """

    async def asked(locks: Path) -> GotT:
        async with opened_client(settings, locks) as client:
            return await ask(client)

    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(asked(home.locks if home.exists else Path(folder)))


class Network:
    """A client in a thread of its own; a context manager.

    Any thread may call its methods. Leaving the context cancels what is still under way.
    """

    def __init__(self, settings: Settings, locks: Path) -> None:
        self._settings = settings
        self._locks = locks
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(
            target=self._loop.run_forever, name="onrecord-network", daemon=True
        )
        self._context = opened_client(settings, locks)
        self._client: Client | None = None
        self._is_cancelled = False

    def __enter__(self) -> Self:
        self._thread.start()
        try:
            self._client = self._wait(self._context.__aenter__())
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._wait(self._close())
        self._stop()

    def stream(
        self, ask: Callable[[Client, AskedT], Coroutine[Any, Any, GotT]]
    ) -> "Stream[AskedT, GotT]":
        """Return a stream of what `ask` gets for the things that are added to it."""
        return Stream(self, ask)

    def start(self, work: Callable[[Client], Coroutine[Any, Any, None]]) -> None:
        """Begin `work` and return at once."""
        asyncio.run_coroutine_threadsafe(work(self._opened), self._loop)

    def cancel(self) -> None:
        """Cancel what is under way and begin nothing more; who waits gets a CancelledError."""
        self._is_cancelled = True
        self._loop.call_soon_threadsafe(lambda: [t.cancel() for t in asyncio.all_tasks(self._loop)])

    @property
    def _opened(self) -> Client:
        if self._is_cancelled:
            raise asyncio.CancelledError
        if self._client is None:
            raise RuntimeError("the network is used outside of its context")
        return self._client

    def _wait(self, work: Coroutine[Any, Any, GotT]) -> GotT:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def _stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _close(self) -> None:
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)
        await self._context.__aexit__(None, None, None)


class Stream(Generic[AskedT, GotT]):
    """Things that are asked for side by side; what was got can be taken by the batch."""

    def __init__(
        self, network: Network, ask: Callable[[Client, AskedT], Coroutine[Any, Any, GotT]]
    ) -> None:
        self._network = network
        self._ask = ask
        self._left = 0
        self._queue: SimpleQueue[GotT | _Failed] = SimpleQueue()

    def add(self, lanes: Sequence[Sequence[AskedT]]) -> None:
        """Ask for the items of each lane one after another, and the lanes side by side."""
        self._left += sum(len(lane) for lane in lanes)

        async def along(client: Client, lane: Sequence[AskedT]) -> None:
            try:
                for asked in lane:
                    self._queue.put(await self._ask(client, asked))
            except BaseException as error:
                self._queue.put(_Failed(error))  # whoever takes next gets it as it is
                raise

        async def all_lanes(client: Client) -> None:
            await asyncio.gather(*(along(client, lane) for lane in lanes), return_exceptions=True)

        if lanes:
            self._network.start(all_lanes)

    @property
    def is_over(self) -> bool:
        """Whether everything that was added has been taken."""
        return self._left == 0

    def take(self, at_most: int, *, linger_s: float) -> list[GotT]:
        """Return up to `at_most` of what was got, those that come within `linger_s`: none or more.

        Raises:
            BaseException: what an item's asking raised, as it is; the stream is of no use then.
        """
        taken: list[GotT] = []
        deadline = time.monotonic() + linger_s
        while self._left and len(taken) < at_most:
            try:
                got = self._queue.get(timeout=max(deadline - time.monotonic(), 0))
            except Empty:
                break
            if isinstance(got, _Failed):
                raise got.error
            self._left -= 1
            taken.append(got)
        return taken


class _Failed:
    def __init__(self, error: BaseException) -> None:
        self.error = error
