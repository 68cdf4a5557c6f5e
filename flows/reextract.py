"""Prefect's side of a re-extraction: the flow `reextract`, each step a task."""

from datetime import datetime
from typing import Annotated, Literal

from prefect.client.schemas.objects import State
from pydantic import Field

from flows.prefecthost import MOST_ASSISTANTS, opened, run_of_steps, shown_run, state_of
from flows.rebuilding import must_be_all
from flows.rebuilding import rebuild as rebuild_warehouse
from flows.reextraction import Manner, Rereading
from flows.reextraction import reextract as read_again


@run_of_steps("reextract")
def reextract(
    since: datetime | None = None,
    stage: Literal["text", "quotes", "entities"] | None = None,
    rebuild: bool = False,
    wait_s: Annotated[float | None, Field(gt=0)] = None,
    assistants: Annotated[int, Field(ge=0, le=MOST_ASSISTANTS)] = 0,
    home: str | None = None,
) -> State:
    """Run today's extractors over the archived pages; nothing is fetched.

    Args:
        since: only articles seen then or later; empty: all.
        stage: only pages for which this extractor has changed; empty: any of them.
        rebuild: make a new warehouse from archive and onrecord.toml.
        wait_s: how long to wait for a pass that is running; empty: not at all.
        assistants: runs of `assist` to ask for, which share its batches; none for a rebuild.
        home: folder; empty: ONRECORD_HOME.
    """
    place, settings = opened(home)
    wanted = Rereading(since=since, stage=stage)
    with shown_run(place) as host:
        manner = Manner(wait_s=wait_s, host=host, assistants=assistants)
        if rebuild:
            must_be_all(wanted)
            report = rebuild_warehouse(place, settings, manner)
        else:
            place.must_exist()
            report = read_again(place, settings, wanted, manner)
    return state_of(report, settings)
