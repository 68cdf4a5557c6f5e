"""Prefect's side of a pass: the flows `ingest` and `add-urls`, each step a task."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.futures import PrefectFuture
from prefect.runtime import flow_run
from prefect.states import Completed, Failed
from prefect.task_runners import ThreadPoolTaskRunner
from prefect.tasks import Task
from pydantic import Field

from extractors.errors import WarehouseBusyError
from flows.course import StepKind
from flows.home import Home
from flows.lifeline import end_with_runner
from flows.logs import log_to
from flows.report import run_artifact, run_summary
from flows.settings import Settings, load_settings
from flows.steps import Order, Report, add_urls, chosen_feeds, run_pass

T = TypeVar("T")


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


def submitted(kind: StepKind, name: str, work: Callable[[], T]) -> PrefectFuture[T]:
    """Start a step of a run as a task; return what can be waited for."""
    future: PrefectFuture[T] = _TASKS[kind].submit(name, work)
    return future


@flow(
    name="ingest",
    task_runner=ThreadPoolTaskRunner(max_workers=32),  # type: ignore[arg-type]
    on_running=[end_with_runner],
)
def ingest(
    feeds: list[str] | None = None,
    force: bool = False,
    retry_failed: bool = False,
    limit: Annotated[int | None, Field(ge=0)] = None,
    wait_s: Annotated[float | None, Field(gt=0)] = None,
    home: str | None = None,
) -> State:
    """Poll the feeds that are due; fetch, extract and load what is new.

    Args:
        feeds: URLs, ids or titles of feeds; empty: all.
        force: poll also what is not due, and try failed pages again.
        retry_failed: try failed pages again before their time.
        limit: articles to fetch at most; the rest waits for the next pass.
        wait_s: how long to wait for a pass that is running; empty: not at all.
        home: folder; empty: ONRECORD_HOME.
    """
    place, settings = opened(home)
    place.must_exist()
    order = Order(
        feeds=chosen_feeds(place, settings, feeds or []),
        force=force,
        retry_failed=retry_failed or force,
        limit=limit,
        wait_s=wait_s,
    )
    with log_to(place):
        report = run_pass(place, settings, order, start=submitted, flow_run_id=flow_run.get_id())
    return state_of(report)


@flow(
    name="add-urls",
    task_runner=ThreadPoolTaskRunner(max_workers=32),  # type: ignore[arg-type]
    on_running=[end_with_runner],
)
def add_urls_now(
    urls: Annotated[list[Annotated[str, Field(pattern=r"^https?://\S+$")]], Field(min_length=1)],
    home: str | None = None,
) -> State:
    """Fetch, extract and load these article URLs now.

    Args:
        urls: addresses of articles; a known one is fetched again.
        home: folder; empty: ONRECORD_HOME.
    """
    place, settings = opened(home)
    place.path.mkdir(parents=True, exist_ok=True)
    with log_to(place):
        report = add_urls(place, settings, urls, start=submitted, flow_run_id=flow_run.get_id())
    return state_of(report)


def opened(home: str | None) -> tuple[Home, Settings]:
    """Return the home that a flow was given, else that of the environment, and its settings."""
    given = home or os.environ.get("ONRECORD_HOME") or "onrecord-data"
    path = Path(given).expanduser().absolute()
    return Home(path), load_settings(path, os.environ)


def state_of(report: Report) -> State:
    """Return the state a run is shown in, and keep its counts as an artifact."""
    if report.run is None:
        return Completed(message=f"run {report.active} is active; nothing was done")
    create_markdown_artifact(
        key="run-summary",
        markdown=run_artifact(report.run, report.failures),
        description=f"{report.run.outcome}: run {report.run.run_id}",
    )
    if report.run.outcome == "failed":
        return Failed(message=run_summary(report.run))
    return Completed(message=f"{report.run.outcome}: {report.run.articles_new} new articles")
