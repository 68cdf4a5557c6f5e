"""What a killed `serve` leaves on its server: runs that nobody is at work for, and their places."""

import logging
from collections.abc import Mapping
from datetime import datetime

from flows.prefectapi import AT_WORK, PrefectApi

logger = logging.getLogger(__name__)

#: The deployment of which a run begins when `serve` does.
FIRST = "ingest"

_WHY = "whoever ran it has ended; what it had staged is loaded by the next run"


def clear_away(api: PrefectApi, *, now: datetime) -> None:
    """Mark dead runs as crashed, free their places, and let missed ones be.

    Only for the one process that serves the deployments of a home: nobody else can be at work for
    them, but for the workers of a pool, whose runs are left alone.

    Args:
        api: of the server, which must have been started.
        now: runs of the schedule that should have begun before were missed.
    """
    ours = {offer.deployment_id: offer.name for offer in api.offers() if offer.is_ours}
    if not ours:  # a server that has not seen us yet
        return
    at_work = api.runs_of(ours, type={"any_": list(AT_WORK)})
    dead = [run for run in at_work if not run.is_of_pool]
    for run in dead:
        api.mark_crashed(run.flow_run_id, _WHY)
        logger.warning("dead run flow_run=%s name=%s was=%s", run.flow_run_id, run.name, run.state)
    idle = ours.keys() - {run.deployment_id for run in at_work if run.is_of_pool}
    for task_run_id in api.tasks_at_work(idle):
        api.mark_task_crashed(task_run_id, _WHY)
    for deployment_id in idle:
        api.free_places(deployment_id)
    _forget_missed(api, ours, now)


def _forget_missed(api: PrefectApi, ours: Mapping[str, str], now: datetime) -> None:
    """Remove what the schedule meant for the time when nobody served, but for the latest of each.

    A run does what all those that were missed would have done: a week without power must not be
    followed by hundreds of runs in a row. Of passes none is left, as one begins with `serve`.
    """
    waiting = api.runs_of(ours, type={"any_": ["SCHEDULED"]})
    missed = [run for run in waiting if run.is_of_schedule and run.expected_at < now]
    latest = {run.deployment_id: run.flow_run_id for run in missed}
    for run in missed:
        is_latest = run.flow_run_id == latest[run.deployment_id]
        if not is_latest or ours[run.deployment_id] == FIRST:
            api.remove(run.flow_run_id)
