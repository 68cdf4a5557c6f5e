"""Ends a process, and all it started, once the process that started it is gone.

A killed process cannot end its children, and what would tell them at once is not the same on every
system. So each looks twice a second whether its parent is still the one that it began with.

    python -m flows.lifeline MODULE WORD…

runs a module as `python -m` does, tied to the process that starts it.
"""

import os
import runpy
import signal
import sys
import threading
import time

#: The process that whoever reads this was started by, and must not outlive.
STARTED_BY = "_ONRECORD_STARTED_BY"
_BETWEEN_LOOKS_S = 0.5


def _end_with_parent() -> None:
    """Kill this process's group once its parent ends; do nothing if nobody asked for that.

    Killed and not told to end: whoever could wait for an orderly end is gone, and what a run has
    fetched or staged is safe at any instant.
    """
    if parent := os.environ.get(STARTED_BY):
        watch = threading.Thread(target=_outlive_not, args=(int(parent),), daemon=True)
        watch.start()


def end_with_runner(flow: object, flow_run: object, state: object) -> None:
    """Do the same for a flow run; a worker of a pool does not ask for it."""
    _end_with_parent()


def _run_tied(module: str, words: list[str]) -> None:
    """Run `module` as a program; it and what it starts end with the parent of this process."""
    _end_with_parent()
    os.environ[STARTED_BY] = str(os.getpid())
    sys.argv = [module, *words]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _outlive_not(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_BETWEEN_LOOKS_S)
    os.killpg(os.getpgrp(), signal.SIGKILL)


if __name__ == "__main__":
    _run_tied(sys.argv[1], sys.argv[2:])
