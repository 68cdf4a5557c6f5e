"""A command that kills itself as it is about to take a step.

`python -m tests.killing STEP TIME WORD…`: runs the command `WORD…`, until it takes STEP for the
TIME-th time. A step is the name of a function written in C, `replace`, or one of ours as it is
called, `flows.backup:_held`, or left, `flows.backup:_held:return`.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType

from flows.cli import main

_REPO = Path(__file__).parents[1]


def killed(step: str, *words: object, time: int = 1) -> int:
    """Run a command until it takes `step`; return its exit code, -9 if it was killed there."""
    command = [sys.executable, "-m", "tests.killing", step, str(time), *map(str, words)]
    done = subprocess.run(command, check=False, capture_output=True, timeout=120, cwd=_REPO)
    return done.returncode


def _taken(frame: FrameType, event: str, called: object) -> str:
    """Return what of a program's steps is taken."""
    if event == "c_call":
        return str(getattr(called, "__name__", ""))
    own = f"{frame.f_globals.get('__name__')}:{frame.f_code.co_name}"
    return {"call": own, "return": f"{own}:return"}.get(event, "")


def _run(step: str, time: int, words: list[str]) -> int:
    left = time

    def count(frame: FrameType, event: str, called: object) -> None:
        nonlocal left
        left -= _taken(frame, event, called) == step
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)
    return main(words)


if __name__ == "__main__":
    sys.exit(_run(sys.argv[1], int(sys.argv[2]), sys.argv[3:]))
