"""Prefect's side of an assistant: the flow `assist`, which shares the batches of a pass."""

from typing import Annotated

from prefect.client.schemas.objects import State
from prefect.states import Completed
from pydantic import Field

from flows.assisting import assist as assist_pass
from flows.logs import log_to
from flows.prefecthost import opened, run_of_steps


@run_of_steps("assist")
def assist(
    places: Annotated[int | None, Field(ge=1)] = None,
    wait_s: Annotated[float, Field(ge=0)] = 60.0,
    home: str | None = None,
) -> State:
    """Share the batches of the pass or re-extraction that runs; only that one loads.

    Args:
        places: worker processes to lend; empty: workers, as the settings say.
        wait_s: how long to wait for a pass that takes assistants.
        home: folder; empty: ONRECORD_HOME.
    """
    place, settings = opened(home)
    place.must_exist()
    with log_to(place):
        done = assist_pass(place, settings, places=places or settings.workers, wait_s=wait_s)
    if done.run_id is None:
        return Completed(message="no pass takes assistants; nothing was done")
    return Completed(message=f"{done.jobs} batches of run {done.run_id}")
