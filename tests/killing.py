"""A work that kills itself as it is about to take a step.

`python -m tests.killing WORK STEP TIME WORD…`: does a work with these words until it takes STEP for
the TIME-th time. A step is the name of a function written in C, `replace`, or one of ours as it is
called, `flows.backup:_held`, or left, `flows.backup:_held:return`.
"""

import importlib
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType

from flows.cli import main
from warehouse.door import Warehouse

_REPO = Path(__file__).parents[1]


def run_command(words: list[str]) -> None:
    """Run a command of `onrecord`."""
    sys.exit(main(words))


def compact(words: list[str]) -> None:
    """Write the warehouse of a home anew."""
    Warehouse(Path(words[0])).compact()


WORKS = {work.__name__: work for work in (run_command, compact)}


def killed(step: str, *words: object, time: int = 1, work: str = "run_command") -> int:
    """Do one of WORKS until it takes `step`; return its exit code, -9 if it was killed there."""
    command = [sys.executable, "-m", "tests.killing", work, step, str(time), *map(str, words)]
    done = subprocess.run(command, check=False, capture_output=True, timeout=120, cwd=_REPO)
    return done.returncode


def _taken(frame: FrameType, event: str, called: object) -> str:
    """Return what of a program's steps is taken."""
    if event == "c_call":
        return str(getattr(called, "__name__", ""))
    own = f"{frame.f_globals.get('__name__')}:{frame.f_code.co_name}"
    return {"call": own, "return": f"{own}:return"}.get(event, "")


def _kill_at(step: str, *, left: int) -> None:
    """Have this process killed when it takes `step`, `left` times from now."""

    def count(frame: FrameType, event: str, called: object) -> None:
        nonlocal left
        left -= _taken(frame, event, called) == step
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)


if __name__ == "__main__":
    _, name, where, times, *given = sys.argv
    if name == "run_command":
        importlib.import_module("flows.restore")  # while nobody counts, which takes long
    _kill_at(where, left=int(times))
    WORKS[name](given)
