"""Assistants as processes of their own, as the workers of a pool are."""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from flows.assisting import Assisting, assist
from flows.home import Home
from flows.settings import load_settings
from tests.fakes import ScriptedSite
from tests.press import RAIN, a_feed_of, a_page

_WAIT_S = 60.0


def rain_on(site: ScriptedSite, days: int) -> None:
    """Have a site list and serve an article for each of so many days."""
    paths = [f"/rain-{day}" for day in range(days)]
    site.routes["/feed"] = a_feed_of([site.url(path) for path in paths])
    for day, path in enumerate(paths):
        said = f'"We counted {day} boats in the harbour," said Tomas Brekke.'
        site.routes[path] = a_page(f"Rain, day {day}", (*RAIN, said))


@dataclass(frozen=True)
class Helper:
    """An assistant with one place."""

    process: Any
    told: Connection

    def send(self, sign: signal.Signals) -> None:
        os.kill(self.process.pid, sign)

    def outcome(self) -> Assisting:
        """Return what it has done, when it has ended."""
        assert self.told.poll(_WAIT_S), "the assistant does not end"
        outcome: Assisting = self.told.recv()
        self.process.join(_WAIT_S)
        return outcome


@contextmanager
def helping(folder: Path, number: int) -> Iterator[list[Helper]]:
    """Have assistants for a home, started within the block and not outliving it."""
    context = multiprocessing.get_context("forkserver")
    helpers = []
    try:
        for _ in range(number):
            ours, theirs = multiprocessing.Pipe()
            process = context.Process(target=_assist, args=(folder, theirs))
            process.start()
            theirs.close()
            helpers.append(Helper(process, ours))
        yield helpers
    finally:
        for helper in helpers:
            helper.process.kill()  # also one that is frozen
            helper.process.join()
            helper.told.close()


@contextmanager
def helping_here(folder: Path) -> Iterator["Any"]:
    """Have an assistant in a thread of this process; yields what its outcome will be."""
    with ThreadPoolExecutor(1) as pool:
        yield pool.submit(_assisted, folder)


def _assist(folder: Path, told: Connection) -> None:
    told.send(_assisted(folder))


def _assisted(folder: Path) -> Assisting:
    return assist(Home(folder), load_settings(folder, {}), places=1, wait_s=_WAIT_S)
