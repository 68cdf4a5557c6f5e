"""What Prefect does for a run: its steps are tasks, and what came of it stands in the page."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast
from uuid import UUID

from prefect import flow, task
from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    update_progress_artifact,
)
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State, TaskRun
from prefect.exceptions import ObjectNotFound
from prefect.flows import Flow
from prefect.futures import PrefectFuture
from prefect.runtime import flow_run
from prefect.states import Cancelled, Completed, Failed
from prefect.task_runners import ThreadPoolTaskRunner
from prefect.tasks import Task

from extractors.errors import SettingsError, WarehouseBusyError
from flows.assistants import Assistance
from flows.home import Home
from flows.hosting import Host, Stand, StepKind
from flows.lifeline import end_with_runner
from flows.report import run_summary
from flows.runpage import run_page
from flows.settings import Settings, load_settings
from flows.steps import Report

P = ParamSpec("P")
T = TypeVar("T")

#: A run that ends sooner shows no progress; one that goes on, so often. Each costs the server a
#: request of some 20 ms.
_BETWEEN_STANDS_S = 10.0
#: A run has so many threads to wait in for those who do its batches.
_THREADS = 32
MOST_ASSISTANTS = 16
_ASSIST = "assist/assist"
#: The pass invites before it asks: a run of `assist` that finds no invitation comes too late.
_ASSIST_WAIT_S = 1.0


def run_of_steps(name: str) -> Callable[[Callable[P, State]], Flow[P, State]]:
    """Return what makes a flow called `name` of a function that does a run as `prefect_host`."""
    decorate: Callable[[Callable[P, State]], Flow[P, State]] = flow(
        name=name,
        task_runner=ThreadPoolTaskRunner(max_workers=_THREADS),  # type: ignore[arg-type]
        on_running=[end_with_runner],
    )
    return decorate


def opened(home: str | None) -> tuple[Home, Settings]:
    """Return the home that a flow was given, else that of the environment, and its settings."""
    given = home or os.environ.get("ONRECORD_HOME") or "onrecord-data"
    path = Path(given).expanduser().absolute()
    return Home(path), load_settings(path, os.environ)


def prefect_host() -> Host:
    """Return the host of a run within a flow."""
    return Host(
        flow_run_id=flow_run.get_id(),
        start=_submitted,
        watch=_ProgressShown(),
        assistance=Assistance(summoned=_summoned),
    )


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
        with get_client(sync_client=True) as client:
            for run in runs:
                if (state := client.read_flow_run(run).state) and state.is_scheduled():
                    client.set_flow_run_state(run, Cancelled(message="the pass is over"))


def state_of(report: Report) -> State:
    """Return the state a run is shown in, and keep what came of it as an artifact."""
    if report.run is None:
        return Completed(message=f"run {report.active} is active; nothing was done")
    create_markdown_artifact(
        key="run-summary",
        markdown=run_page(report.run, report.requests, report.failures),
        description=f"{report.run.outcome}: run {report.run.run_id}",
    )
    if report.run.outcome == "failed":
        return Failed(message=run_summary(report.run))
    return Completed(message=f"{report.run.outcome}: {report.run.articles_new} new articles")


class _ProgressShown:
    """Shows how far a run has come as an artifact, once it takes long."""

    def __init__(self) -> None:
        self._shown: UUID | None = None
        self._next_at = time.monotonic() + _BETWEEN_STANDS_S

    def __call__(self, stand: Stand) -> None:
        if time.monotonic() < self._next_at:
            return
        self._next_at = time.monotonic() + _BETWEEN_STANDS_S
        percent = round(100 * stand.share, 1)
        if self._shown:
            update_progress_artifact(self._shown, progress=percent, description=stand.told)
        else:
            shown = create_progress_artifact(percent, description=stand.told)
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
