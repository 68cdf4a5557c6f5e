"""A crew with assistants: other processes of this machine lend a run places for its jobs.

An assistant reads and stages batches as a worker of the run's own does; only the run loads. A job
of one that is lost is done again elsewhere, as the same batch: what both have staged is one file,
and a batch that was loaded already is loaded no second time, so a late one does no harm.
"""

import logging
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from enum import Enum
from multiprocessing.connection import Connection
from typing import Any, Final, Literal

from extractors.errors import SettingsError
from flows.home import Home
from flows.invitation import Invitation, invite
from flows.reception import LOST, Reception, hang_up, limit
from flows.settings import Settings
from flows.workers import NOT_BEGUN, Crew, CrewClosedError, Job, ResultT, WorkerDied, Workforce

logger = logging.getLogger(__name__)

#: Six times as long as an assistant lets pass between two words while it is at work.
SILENCE_S = 60.0
#: Asks for so many assistants for a home; who has not come by the end of the block need not.
Summons = Callable[[Home, int], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assistance:
    """Where a run gets assistants from."""

    summoned: Summons
    silence_s: float = SILENCE_S  #: after which one that is at work is taken for lost


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a run asks of assistants."""

    assistants: int  #: so many of them; 0: none
    run_id: str
    version: str  #: of its extractors, which they must have too


class _Sign(Enum):
    OWN = "one of our own crew's places"
    CLOSED = "there are no places any more"


_OWN: Final = _Sign.OWN
_CLOSED: Final = _Sign.CLOSED
_Place = Literal[_Sign.OWN, _Sign.CLOSED] | Connection


class Assisted:
    """The places of a crew, and those that assistants lend.

    Args:
        own: the crew; closed with this.
        silence_s: after which an assistant that is at work is taken for lost.
    """

    def __init__(self, own: Workforce, *, silence_s: float = SILENCE_S) -> None:
        self._own = own
        self._silence_s = silence_s
        # First in, first out: so each place gets its turn, near or far.
        self._free: queue.SimpleQueue[_Place] = queue.SimpleQueue()
        for _ in range(own.size):
            self._free.put(_OWN)
        self._lent: set[Connection] = set()
        self._guard = threading.Lock()  # of `_lent`, and of whether there may be more
        self._is_closed = False
        self.reception = Reception(self._admit)

    @property
    def size(self) -> int:
        """How many jobs are done at a time, by now."""
        return self._own.size + len(self._lent)

    def perform(self, job: Job[ResultT]) -> ResultT:
        """Have `job` done by whoever is free next, as `Crew.perform` says.

        Raises:
            WorkerDied: a worker died of an item, here or at an assistant.
        """
        while (place := self._free.get()) is not _CLOSED:
            if place is _OWN:
                try:
                    return self._own.perform(job)
                finally:
                    self._free.put(place)
            try:
                kind, value = self._answer(place, job)
            except LOST as error:
                self._drop(place, repr(error))
                continue
            if kind == "died" and value[0] == NOT_BEGUN:
                self._drop(place, value[1])
                continue
            self._free.put(place)
            result: ResultT = _told(kind, value)
            return result
        self._free.put(_CLOSED)  # for the next who waits
        raise CrewClosedError

    def _answer(self, place: Connection, job: Job[Any]) -> tuple[str, Any]:
        """Have a job done at a place that is lent; return what is said of it, and what came."""
        place.send(job)
        while place.poll(self._silence_s):
            kind, value = place.recv()
            if kind != "alive":
                return kind, value
        raise TimeoutError(f"not a word for {self._silence_s:g} s")

    def _admit(self, place: Connection) -> None:
        limit(place, self._silence_s)
        with self._guard:
            if self._is_closed:
                place.close()
                return
            self._lent.add(place)
        self._free.put(place)
        logger.info("assistant joined places=%d", self.size)

    def _drop(self, place: Connection, why: str) -> None:
        with self._guard:
            self._lent.discard(place)
            hang_up(place)
            place.close()
            if not self._is_closed:
                logger.warning("assistant lost places=%d why=%s", self.size, why)

    def close(self) -> None:
        """End all places; whoever waits for a job gets CrewClosedError."""
        with self._guard:
            if self._is_closed:
                return
            self._is_closed = True
            for place in self._lent:
                hang_up(place)
        self.reception.close()
        self._own.close()
        self._free.put(_CLOSED)


def _told(kind: str, value: Any) -> Any:  # noqa: ANN401 - the result of whatever job
    """Return what a job gave, or raise what it raised."""
    if kind == "died":
        raise WorkerDied(*value)
    if kind == "raised":
        raise value
    return value


@contextmanager
def opened_crew(
    home: Home, settings: Settings, wish: Wish, assistance: Assistance | None
) -> Iterator[Workforce]:
    """Have the crew of a run within the block, with assistants if it wishes for any.

    Raises:
        SettingsError: nobody can send assistants.
    """
    if wish.assistants and assistance is None:
        raise SettingsError(
            "only a run of a Prefect server can have assistants: ask for it with `onrecord "
            "trigger`, or do without and raise `workers`"
        )
    with closing(Crew(settings.workers, timeout_s=settings.document_timeout_s)) as own:
        if not wish.assistants or assistance is None:
            yield own
            return
        with (
            closing(Assisted(own, silence_s=assistance.silence_s)) as crew,
            _invitation(home, crew, wish, assistance),
            assistance.summoned(home, wish.assistants),
        ):
            yield crew


@contextmanager
def _invitation(home: Home, crew: Assisted, wish: Wish, assistance: Assistance) -> Iterator[None]:
    """Have the home tell within the block how to join the crew of a run."""
    invitation = Invitation(
        run_id=wish.run_id,
        host=crew.reception.host,
        port=crew.reception.port,
        key=crew.reception.key,
        extractor_version=wish.version,
        silence_s=assistance.silence_s,
    )
    invite(home.invitation, invitation)
    try:
        yield
    finally:
        home.invitation.unlink(missing_ok=True)
