"""The worker processes: jobs in, results out, and whoever hangs or dies is replaced.

A worker is a process of its own with a pipe to its keeper, so that a document that crashes the
interpreter or never ends costs one worker and not the run. The standard library's pool breaks as
a whole when one process dies, and has no time limit for a job.

On Linux workers are forked off a process that has imported what jobs need and does nothing else:
no warehouse, no network, no thread of ours. Imports, seconds of work, are paid once and not by
each worker, also not by one that replaces another, and the memory they take is shared.
"""

import logging
import multiprocessing
import os
import queue
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from typing import Any, Protocol, TypeVar

from extractors.errors import OnRecordError

logger = logging.getLogger(__name__)

ResultT = TypeVar("ResultT")
ResultT_co = TypeVar("ResultT_co", covariant=True)
#: The index of a worker's item before it began with any.
NOT_BEGUN = -1
#: Characters of a text up to which the time limit holds as it is set; longer ones get more.
ORDINARY_CHARS = 200_000
_MOST_TIMES = 5  #: the limit; no more of a text is analysed than that many ordinary ones
#: What that process has imported: the jobs, and what they import once they meet a page.
_PRELOADED = ["flows.jobs", "spacy"]


class Begin(Protocol):
    """What a worker calls before each item of a job, and again once it knows the item's text."""

    def __call__(self, index: int, chars: int = 0) -> None:
        """Tell that item `index` is at work, of which the text has so many `chars`."""
        ...


class Job(Protocol[ResultT_co]):
    """Work that a worker can do: picklable, made of items done in order."""

    def perform(self, begin: Begin) -> ResultT_co:
        """Do all of it, calling `begin(index)` before each item; runs in the worker."""
        ...


class WorkerDied(Exception):  # noqa: N818 - an event that is handled, not an error report
    """The worker ended, or was ended for being over time, on the item at `index`."""

    def __init__(self, index: int, why: str) -> None:
        super().__init__(index, why)
        self.index = index
        self.why = why


@dataclass(frozen=True, slots=True, eq=False)
class _Worker:
    process: multiprocessing.process.BaseProcess
    pipe: Connection

    def perform(self, job: Job[Any], timeout_s: float, start_s: float) -> Any:  # noqa: ANN401
        """Have `job` done; `timeout_s` is for each item, `start_s` for the way to the first."""
        index, allowed_s, begun = NOT_BEGUN, start_s, time.monotonic()
        kind: str = "begin"
        value: Any = None
        try:
            self.pipe.send(job)
            while kind == "begin" and self.pipe.poll(max(0, begun + allowed_s - time.monotonic())):
                kind, value = self.pipe.recv()
                if kind == "begin":
                    begun = begun if value[0] == index else time.monotonic()
                    index, chars = value
                    allowed_s = _allowed_for(chars, timeout_s)
        except (EOFError, ConnectionError) as error:
            self.process.join(5)
            why = f"the worker process died (exit code {self.process.exitcode})"
            raise WorkerDied(index, why) from error
        if kind == "begin":
            raise WorkerDied(index, f"no result after {allowed_s:g} s")
        if kind == "raised":
            raise value
        return value

    def kill(self) -> None:
        """End the process at once, whatever it does."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


def _allowed_for(chars: int, timeout_s: float) -> float:
    """Return the seconds for a document of so many characters, `timeout_s` for an ordinary one."""
    return timeout_s * min(max(1.0, chars / ORDINARY_CHARS), _MOST_TIMES)


class CrewClosedError(Exception):
    """The crew was closed while a job was waiting or at work."""


class Workforce(Protocol):
    """Whoever has the jobs of a run done: a crew, with or without assistants."""

    @property
    def size(self) -> int:
        """How many jobs are done at a time, by now."""
        ...

    def perform(self, job: Job[ResultT]) -> ResultT:
        """Have `job` done, as `Crew.perform` says."""
        ...

    def close(self) -> None:
        """End what is at work; whoever waits gets CrewClosedError."""
        ...


class Crew:
    """A fixed number of worker processes, started when first needed.

    Args:
        size: how many processes.
        timeout_s: for one item of a job; for a long text more, in proportion.
    """

    #: To the first item: a new worker loads a language model, which a busy small machine takes
    #: a while for.
    _START_S = 120.0

    def __init__(self, size: int, *, timeout_s: float) -> None:
        self._size = size
        self._timeout_s = timeout_s
        self._context = _context()
        self._idle: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        for _ in range(size):
            self._idle.put(None)  # a place without a worker yet
        self._all: set[_Worker] = set()
        self._closed = threading.Event()

    @property
    def size(self) -> int:
        """How many processes it has at most."""
        return self._size

    def perform(self, job: Job[ResultT]) -> ResultT:
        """Have `job` done by the next free worker; call from as many threads as you like.

        Raises:
            WorkerDied: the worker crashed, took too long or could not be started; which item it
                was on is told.
        """
        with self._borrowed() as worker:
            result: ResultT = worker.perform(job, self._timeout_s, self._START_S)
            return result

    @contextmanager
    def _borrowed(self) -> Iterator[_Worker]:
        worker = self._idle.get()
        if worker is not None and not worker.process.is_alive():
            # Killed with nothing to do, as the kernel does when memory is short.
            self._all.discard(worker)
            worker = None
        try:
            worker = worker or self._started()
            yield worker
        except BaseException as error:
            # It may still be at work, or gone: the place goes back without it.
            if worker is not None:
                self._all.discard(worker)
                worker.kill()
                worker = None
            if self._closed.is_set() and isinstance(error, WorkerDied):
                raise CrewClosedError from error
            raise
        finally:
            self._idle.put(worker)

    def _started(self) -> _Worker:
        if self._closed.is_set():
            raise CrewClosedError
        ours, theirs = self._context.Pipe()
        process = self._context.Process(  # type: ignore[attr-defined]
            target=_serve, args=(theirs,), daemon=True, name="onrecord-worker"
        )
        try:
            process.start()
        except (EOFError, ConnectionError) as error:  # killed, as when memory is short
            ours.close()
            raise WorkerDied(NOT_BEGUN, "the process that starts workers died") from error
        finally:
            theirs.close()  # else the pipe would not end with the process
        worker = _Worker(process, ours)
        self._all.add(worker)
        if self._closed.is_set():  # meanwhile, by another thread that did not see this worker yet
            process.kill()
        return worker

    def close(self) -> None:
        """End all workers at once; whoever waits for a job gets CrewClosedError."""
        self._closed.set()
        workers = list(self._all)
        for worker in workers:
            worker.process.kill()
        for worker in workers:
            worker.process.join()


def _context() -> BaseContext:
    """Return how processes are started."""
    if sys.platform != "linux":
        # Libraries of macOS that NumPy may compute with do not stand being forked.
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    return context


def _end_with_keeper() -> None:
    """End this process once its keeper is gone, whatever it is at work on."""
    keeper = multiprocessing.parent_process()
    if keeper is not None:
        keeper.join()
        os._exit(1)


def _serve(pipe: Connection) -> None:
    """Perform jobs until the pipe closes, which it also does when the keeper is killed."""
    import signal

    # A job that hangs would outlive a keeper that was killed, and the process that forked it.
    threading.Thread(target=_end_with_keeper, daemon=True).start()
    sys.stdout = sys.stderr  # a library that prints must not print among a command's results
    # Ctrl-C reaches the whole process group; the keeper decides what becomes of its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def begin(index: int, chars: int = 0) -> None:
        pipe.send(("begin", (index, chars)))

    while True:
        try:
            job: Job[Any] = pipe.recv()
        except EOFError:
            return
        try:
            answer = ("done", job.perform(begin))
        except (OSError, ValueError, RuntimeError, OnRecordError) as error:
            answer = ("raised", error)
        try:
            pipe.send(answer)
        except ConnectionError:
            return
