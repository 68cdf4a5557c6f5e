"""Jobs for worker processes, which must be able to import them."""

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from extractors.errors import SettingsError
from extractors.records import Harvest
from flows.workers import Begin
from warehouse.staging import stage


@dataclass(frozen=True)
class Deeds:
    """Does one deed after another; gives what each one is called."""

    deeds: tuple[str, ...]

    def perform(self, begin: Begin) -> list[str]:
        for index, deed in enumerate(self.deeds):
            begin(index)
            _DEEDS[deed]()
        return list(self.deeds)


@dataclass(frozen=True)
class LongText:
    """Tells how long its text is, and takes two seconds over it."""

    chars: int

    def perform(self, begin: Begin) -> str:
        begin(0)
        begin(0, self.chars)
        time.sleep(2)
        return "read"


@dataclass(frozen=True)
class NeverBegun:
    """Dies on the way to its first item."""

    def perform(self, begin: Begin) -> None:
        os._exit(3)


@dataclass(frozen=True)
class WhoDoesIt:
    """Gives the id of the worker's process."""

    def perform(self, begin: Begin) -> int:
        begin(0)
        return os.getpid()


@dataclass(frozen=True)
class Unlucky:
    """Does a deed where it is done first, and gives the id of the worker's process elsewhere."""

    deed: str
    mark: Path  #: made by the first
    is_begun: bool = True  #: whether it begins before its deed

    def perform(self, begin: Begin) -> int:
        if self.is_begun:
            begin(0)
        if _is_first(self.mark):
            _DEEDS[self.deed]()
        begin(0)
        return os.getpid()


@dataclass(frozen=True)
class LateTwin:
    """Stages a batch at once, but where it is done first only when the gate is there."""

    batch: Harvest
    staging: Path
    mark: Path  #: made by the first
    gate: Path

    def perform(self, begin: Begin) -> None:
        begin(0)
        if _is_first(self.mark):
            for _ in range(600):
                if self.gate.exists():
                    break
                time.sleep(0.1)
        stage(self.batch, self.staging)


def _is_first(mark: Path) -> bool:
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _raise_value_error() -> None:
    raise ValueError("this cannot be")


def _raise_ours() -> None:
    raise SettingsError("this setting cannot be used")


def _raise_broken_pipe() -> None:
    raise BrokenPipeError("some pipe of the job's own")


_DEEDS: dict[str, Callable[[], object]] = {
    "work": lambda: None,
    "exit": lambda: os._exit(7),
    "crash": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "hang": lambda: time.sleep(600),
    "linger": lambda: time.sleep(0.4),
    "raise": _raise_value_error,
    "raise ours": _raise_ours,
    "raise broken pipe": _raise_broken_pipe,
}
