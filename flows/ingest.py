"""Prefect's side of a pass: the flows `ingest` and `add-urls`, each step a task."""

from typing import Annotated

from prefect.client.schemas.objects import State
from pydantic import Field

from flows.namedfeeds import chosen_feeds
from flows.prefecthost import MOST_ASSISTANTS, opened, run_of_steps, shown_run, state_of
from flows.steps import Order, add_urls, run_pass


@run_of_steps("ingest")
def ingest(  # noqa: PLR0913, PLR0917 - what a person can ask for, field by field
    feeds: list[str] | None = None,
    force: bool = False,
    retry_failed: bool = False,
    limit: Annotated[int | None, Field(ge=0)] = None,
    wait_s: Annotated[float | None, Field(gt=0)] = None,
    assistants: Annotated[int, Field(ge=0, le=MOST_ASSISTANTS)] = 0,
    home: str | None = None,
) -> State:
    """Poll the feeds that are due; fetch, extract and load what is new.

    Args:
        feeds: URLs, ids or titles of feeds; empty: all.
        force: poll also what is not due, and try failed pages again.
        retry_failed: try failed pages again before their time.
        limit: articles to fetch at most; the rest waits for the next pass.
        wait_s: how long to wait for a pass that is running; empty: not at all.
        assistants: runs of `assist` to ask for, which share the pass's batches.
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
        assistants=assistants,
    )
    with shown_run(place) as host:
        report = run_pass(place, settings, order, host)
    return state_of(report, settings)


@run_of_steps("add-urls")
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
    with shown_run(place) as host:
        report = add_urls(place, settings, urls, host)
    return state_of(report, settings)
