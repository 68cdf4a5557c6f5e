"""An assistant: lends the pass of a home places of its own, for as long as that pass lasts."""

import logging
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

from extractors.errors import OnRecordError
from flows.desk import version_of
from flows.home import Home
from flows.invitation import Invitation, invitation_at
from flows.reception import LOST, hang_up, joined, limit
from flows.settings import Settings
from flows.survival import WorkersError
from flows.workers import NOT_BEGUN, Crew, CrewClosedError, Job, WorkerDied

logger = logging.getLogger(__name__)

_BETWEEN_LOOKS_S = 0.5
#: While at work it says so that often within the time after which it is taken for lost.
_WORDS_IN_SILENCE = 6

_Outcome = tuple[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assisting:
    """What an assistant has done."""

    run_id: str | None = None  #: the run that it assisted; None: none asked for it
    jobs: int = 0  #: batches that it did, those that a worker died of included


class VersionError(OnRecordError):
    """The pass reads pages with other extractors than the assistant would."""


def assist(home: Home, settings: Settings, *, places: int, wait_s: float) -> Assisting:
    """Do jobs of the pass that runs in `home` until it is over.

    Args:
        home: on a disk of this machine, where that pass runs too.
        settings: of the home.
        places: worker processes to lend.
        wait_s: how long to wait for a pass that takes assistants.

    Raises:
        VersionError: the pass has other extractors.
        WorkersError: no worker process can start here.
    """
    found = _first_joined(home, version_of(settings), wait_s)
    if found is None:
        return Assisting()
    invitation, first = found
    connections = [first, *_more(invitation, places - 1)]
    logger.info("assisting run=%s places=%d", invitation.run_id, len(connections))
    jobs = _lent(connections, invitation, settings.document_timeout_s)
    logger.info("assisted run=%s jobs=%d", invitation.run_id, jobs)
    return Assisting(run_id=invitation.run_id, jobs=jobs)


def _first_joined(home: Home, version: str, wait_s: float) -> tuple[Invitation, Connection] | None:
    """Return the invitation of the pass that runs, and a connection to it; None if none comes."""
    deadline = time.monotonic() + wait_s
    while True:
        invitation = invitation_at(home.invitation)
        if invitation and (connection := _connected(invitation)):
            if invitation.extractor_version != version:
                connection.close()
                raise VersionError(
                    f"run {invitation.run_id} reads pages with {invitation.extractor_version}, "
                    f"this process would with {version}: start the workers of the pool again with "
                    "the version and settings of the home"
                )
            return invitation, connection
        if time.monotonic() >= deadline:
            return None
        time.sleep(_BETWEEN_LOOKS_S)


def _connected(invitation: Invitation) -> Connection | None:
    """Return a connection to who invites; None if that one has ended, or is somebody else."""
    try:
        return joined(invitation.host, invitation.port, invitation.key)
    except LOST as error:
        logger.info("cannot join run=%s error=%s", invitation.run_id, error)
        return None


def _more(invitation: Invitation, number: int) -> list[Connection]:
    """Return further connections, fewer if the pass is over meanwhile."""
    return [found for _ in range(number) if (found := _connected(invitation))]


def _lent(connections: Sequence[Connection], invitation: Invitation, timeout_s: float) -> int:
    """Do the jobs that come over connections, a worker for each; return how many it did."""
    with (
        closing(Crew(len(connections), timeout_s=timeout_s)) as crew,
        ThreadPoolExecutor(len(connections), "onrecord-place") as pool,
    ):
        lend = partial(_lend, crew=crew, word_s=invitation.silence_s / _WORDS_IN_SILENCE)
        try:
            return sum(pool.map(lend, connections))
        except BaseException:  # also when this process is told to end
            for connection in connections:
                hang_up(connection)
            crew.close()
            raise


def _lend(connection: Connection, *, crew: Crew, word_s: float) -> int:
    """Do the jobs that come until no more can; return how many it did."""
    jobs = 0
    limit(connection, 0)  # a pass may have nothing to do for long
    with closing(connection), ThreadPoolExecutor(1, "onrecord-lent") as helper:
        while (job := _next(connection)) is not None:
            work = helper.submit(_outcome_of, job, crew)
            if not _is_awaited(connection, work, word_s):
                crew.close()  # what is at work nobody waits for
                break
            kind, value = work.result()
            if kind == "over" or not _sent(connection, (kind, value)):
                break
            if kind == "died" and value[0] == NOT_BEGUN:
                raise WorkersError(f"no worker process can start: {value[1]}")
            jobs += 1
    return jobs


def _next(connection: Connection) -> Job[Any] | None:
    """Return the next job; None if the pass is over."""
    try:
        job: Job[Any] = connection.recv()
    except (OSError, EOFError):
        return None
    return job


def _outcome_of(job: Job[Any], crew: Crew) -> _Outcome:
    try:
        return "done", crew.perform(job)
    except WorkerDied as death:
        return "died", (death.index, death.why)
    except CrewClosedError:
        return "over", None
    except (OSError, ValueError, RuntimeError, OnRecordError) as error:
        return "raised", error


def _is_awaited(connection: Connection, work: "Future[_Outcome]", word_s: float) -> bool:
    """Say now and then that the work goes on, until it is done; tell whether anybody hears it."""
    next_at = time.monotonic() + word_s
    while wait([work], min(_BETWEEN_LOOKS_S, word_s)).not_done:
        # Nothing is said to who is at work: what can be read then is the end.
        if connection.poll():
            return False
        if time.monotonic() >= next_at:
            next_at = time.monotonic() + word_s
            if not _sent(connection, ("alive", None)):
                return False
    return True


def _sent(connection: Connection, words: _Outcome) -> bool:
    try:
        connection.send(words)
    except OSError:
        return False
    return True
