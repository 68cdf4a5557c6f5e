"""Prefect's side of a re-check of known articles: the flow `maintain`, each step a task."""

from typing import Annotated

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import Field

from flows.ingest import opened, state_of, submitted
from flows.lifeline import end_with_runner
from flows.logs import log_to
from flows.steps import recheck_articles
from flows.upkeep import keep_up


@flow(
    name="maintain",
    task_runner=ThreadPoolTaskRunner(max_workers=32),  # type: ignore[arg-type]
    on_running=[end_with_runner],
)
def maintain(
    limit: Annotated[int | None, Field(ge=0)] = None,
    wait_s: Annotated[float | None, Field(gt=0)] = None,
    home: str | None = None,
) -> State:
    """Ask again for the pages of known articles; remove what may go, compact the warehouse.

    Args:
        limit: pages to ask for at most; empty: recheck_pages.
        wait_s: how long to wait for one that is running; empty: not at all.
        home: folder; empty: ONRECORD_HOME.
    """
    place, settings = opened(home)
    place.must_exist()
    with log_to(place):
        keep_up(place, settings)
        report = recheck_articles(
            place,
            settings,
            limit=limit,
            wait_s=wait_s,
            start=submitted,
            flow_run_id=flow_run.get_id(),
        )
    return state_of(report)
