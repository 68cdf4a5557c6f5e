"""Work on many documents although some of them kill or hang the worker that reads them."""

import logging
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from extractors.errors import OnRecordError
from flows.telling import without_login
from flows.workers import NOT_BEGUN, Job, WorkerDied, Workforce

logger = logging.getLogger(__name__)

ResultT = TypeVar("ResultT")


class _HasUrl(Protocol):
    @property
    def url(self) -> str: ...


SuspectT = TypeVar("SuspectT", bound=_HasUrl)


class WorkersError(OnRecordError):
    """The worker processes cannot start; the message says what the last one said."""


def crashed(why: str) -> str:
    """Return what is said of a document that a worker died on twice."""
    return f"Reading it failed twice: {why}."


def survived(
    crew: Workforce,
    job_for: Callable[[Sequence[SuspectT]], Job[ResultT]],
    items: Sequence[SuspectT],
    set_aside: Callable[[SuspectT, str], ResultT],
) -> list[ResultT]:
    """Have all `items` done although some may kill or hang a worker.

    The item that a worker dies on is tried once more alone and then set aside; the others are
    done without it.
    """
    results: list[ResultT] = []
    left = list(items)
    while left:
        try:
            results.append(crew.perform(job_for(left)))
        except WorkerDied as death:
            if death.index == NOT_BEGUN:
                raise WorkersError(f"no worker process can start: {death.why}") from death
            suspect = left.pop(death.index)
            results.append(_tried_alone(crew, job_for([suspect]), suspect, set_aside))
        else:
            break
    return results


def _tried_alone(
    crew: Workforce,
    job: Job[ResultT],
    item: SuspectT,
    set_aside: Callable[[SuspectT, str], ResultT],
) -> ResultT:
    try:
        return crew.perform(job)
    except WorkerDied as death:
        if death.index == NOT_BEGUN:
            raise WorkersError(f"no worker process can start: {death.why}") from death
        logger.warning("set aside url=%s why=%s", without_login(item.url), death.why)
        return set_aside(item, death.why)
