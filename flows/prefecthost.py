"""What Prefect does for a run: its steps are tasks, and what came of it stands in the page."""

import logging
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ParamSpec, TypeVar, cast
from uuid import UUID

from httpx import HTTPError
from prefect import flow, task
from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    update_progress_artifact,
)
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State, TaskRun
from prefect.exceptions import ObjectNotFound, PrefectException
from prefect.flows import Flow
from prefect.futures import PrefectFuture
from prefect.runtime import flow_run
from prefect.states import Cancelled, Completed, Failed
from prefect.task_runners import ThreadPoolTaskRunner
from prefect.tasks import Task

from extractors.errors import SettingsError, WarehouseBusyError
from flows import telling
from flows.assistants import Assistance
from flows.home import Home, home_at
from flows.hosting import Host, Stand, StepKind
from flows.lifeline import end_with_runner
from flows.logs import at_most, log_to
from flows.report import run_summary
from flows.runpage import run_page
from flows.settings import Settings, load_settings
from flows.steps import Report, RunFailedError
from warehouse.results import Requests, Run

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

#: A run that ends sooner shows no progress; one that goes on, so often. Each costs the server a
#: request of some 20 ms.
_BETWEEN_STANDS_S = 10.0
#: About single feeds and pages that a run shows: Prefect keeps each for days.
_MOST_LINES = 500
#: A run has so many threads to wait in for those who do its batches.
_THREADS = 32
MOST_ASSISTANTS = 16
_ASSIST = "assist/assist"
#: The pass invites before it asks: a run of `assist` that finds no invitation comes too late.
_ASSIST_WAIT_S = 1.0


def run_of_steps(name: str) -> Callable[[Callable[P, State]], Flow[P, State]]:
    """Return what makes a flow called `name` of a function that does a run by `shown_run`."""
    decorate: Callable[[Callable[P, State]], Flow[P, State]] = flow(
        name=name,
        task_runner=ThreadPoolTaskRunner(max_workers=_THREADS),  # type: ignore[arg-type]
        on_running=[end_with_runner],
    )
    return decorate


def opened(home: str | None) -> tuple[Home, Settings]:
    """Return the home that a flow was given, else that of the environment, and its settings."""
    place = home_at(home, os.environ)
    return place, load_settings(place.path, os.environ)


@contextmanager
def shown_run(place: Home, *, between_s: float = _BETWEEN_STANDS_S) -> Iterator[Host]:
    """Yield the host of a run within a flow, of which lines, progress and end are shown.

    Args:
        place: has the log.
        between_s: seconds from one stand that is shown to the next, and to the first.
    """
    watch = _ProgressShown(between_s)
    with at_most(_MOST_LINES, telling.__name__), log_to(place):
        try:
            yield Host(
                flow_run_id=flow_run.get_id(),
                start=_submitted,
                watch=watch,
                assistance=Assistance(summoned=_summoned),
            )
        except RunFailedError as error:
            _keep_page(error.run, run_page(error.run, Requests(), ()))
            raise


@contextmanager
def _summoned(home: Home, assistants: int) -> Iterator[None]:
    """Ask for runs of `assist`; those that nobody has begun by the end of the block are cancelled.

    Raises:
        SettingsError: the server does not know that deployment.
    """
    with get_client(sync_client=True) as client:
        try:
            deployment = client.read_deployment_by_name(_ASSIST)
        except ObjectNotFound as error:
            raise SettingsError(
                f"the Prefect server has no deployment {_ASSIST}: see deploy/README.md"
            ) from error
        asked = {"home": str(home.path), "wait_s": _ASSIST_WAIT_S}
        runs = [
            client.create_flow_run_from_deployment(deployment.id, parameters=asked).id
            for _ in range(assistants)
        ]
    try:
        yield
    finally:
        try:
            _cancel_unbegun(runs)
        except (
            HTTPError,
            PrefectException,
        ) as error:  # nobody invites them: they end
            logger.warning("assistants were not called off error=%r", error)


def _cancel_unbegun(runs: Sequence[UUID]) -> None:
    with get_client(sync_client=True) as client:
        for run in runs:
            if (state := client.read_flow_run(run).state) and state.is_scheduled():
                client.set_flow_run_state(run, Cancelled(message="the pass is over"))


def state_of(report: Report, settings: Settings, *, upkeep: Sequence[str] = ()) -> State:
    """Return the state a run is shown in, and keep what came of it as an artifact.

    Args:
        report: what became of it.
        settings: have the feeds.
        upkeep: what else was done, a line each.
    """
    if report.run is None:
        done = "; ".join(upkeep) or "nothing was done"
        return Completed(message=f"run {report.active} is active; {done}")
    page = run_page(
        report.run,
        report.requests,
        report.failures,
        feeds={each.feed_id: each for each in settings.feeds},
        upkeep=upkeep,
    )
    _keep_page(report.run, page)
    if report.run.outcome == "failed":
        return Failed(message=run_summary(report.run))
    return Completed(message=f"{report.run.outcome}: {report.run.articles_new} new articles")


def _keep_page(run: Run, page: str) -> None:
    create_markdown_artifact(
        key="run-summary", markdown=page, description=f"{run.outcome}: run {run.run_id}"
    )


class _ProgressShown:
    """Shows how far a run has come as an artifact, once it takes long."""

    def __init__(self, between_s: float) -> None:
        self._shown: UUID | None = None
        self._between_s = between_s
        self._next_at = time.monotonic() + between_s

    def __call__(self, stand: Stand) -> None:
        if time.monotonic() < self._next_at:
            return
        self._next_at = time.monotonic() + self._between_s
        try:
            self._show(round(100 * stand.share, 1), stand.told)
        except (HTTPError, PrefectException) as error:  # a busy server: the next stand is shown
            logger.warning("progress was not shown error=%r", error)

    def _show(self, percent: float, told: str) -> None:
        if self._shown:
            update_progress_artifact(self._shown, progress=percent, description=told)
        else:
            shown = create_progress_artifact(percent, description=told)
            self._shown = cast("UUID", shown)  # a coroutine only where there is an event loop


def _is_busy(_task: "Task[..., object]", _run: TaskRun, state: State) -> bool:
    return isinstance(state.result(raise_on_failure=False), WarehouseBusyError)


@task(task_run_name="recover {name}", cache_policy=NO_CACHE)
def recover(name: str, work: Callable[[], T]) -> T:
    """Load what killed runs left."""
    return work()


@task(task_run_name="poll {name}", cache_policy=NO_CACHE)
def poll(name: str, work: Callable[[], T]) -> T:
    """Poll a group of feeds."""
    return work()


@task(task_run_name="extract {name}", cache_policy=NO_CACHE)
def extract(name: str, work: Callable[[], T]) -> T:
    """Read a batch of archived pages in a worker process."""
    return work()


# Another process may hold the file for a moment; anything else that fails is a bug or a full disk.
@task(
    task_run_name="load {name}",
    cache_policy=NO_CACHE,
    retries=5,
    retry_delay_seconds=3,
    retry_condition_fn=_is_busy,
)
def load(name: str, work: Callable[[], T]) -> T:
    """Load what is staged, a transaction a batch."""
    return work()


@task(
    task_run_name="publish {name}",
    cache_policy=NO_CACHE,
    retries=5,
    retry_delay_seconds=3,
    retry_condition_fn=_is_busy,
)
def publish(name: str, work: Callable[[], T]) -> T:
    """Show readers the present state."""
    return work()


_TASKS: dict[StepKind, Task[..., Any]] = {
    "recover": recover,
    "poll": poll,
    "extract": extract,
    "load": load,
    "publish": publish,
}


def _submitted(kind: StepKind, name: str, work: Callable[[], T]) -> PrefectFuture[T]:
    """Start a step of a run as a task; return what can be waited for."""
    future: PrefectFuture[T] = _TASKS[kind].submit(name, work)
    return future
