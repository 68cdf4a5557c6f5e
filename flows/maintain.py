"""Prefect's side of a re-check of known articles: the flow `maintain`, each step a task."""

from typing import Annotated

from prefect.client.schemas.objects import State
from pydantic import Field

from flows.prefecthost import opened, run_of_steps, shown_run, state_of
from flows.report import upkeep_summary
from flows.steps import recheck_articles
from flows.upkeep import keep_up


@run_of_steps("maintain")
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
    with shown_run(place) as host:
        done = keep_up(place, settings)
        report = recheck_articles(place, settings, limit=limit, wait_s=wait_s, host=host)
    return state_of(report, settings, upkeep=upkeep_summary(done))
