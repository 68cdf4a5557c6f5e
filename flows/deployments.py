"""The deployments, one line each, and the process that serves them."""

import asyncio
import json
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import TerminationSignal
from prefect.flows import Flow
from prefect.runner import Runner
from prefect.settings import PREFECT_API_URL
from prefect.types.entrypoint import EntrypointType

from flows.assist import assist
from flows.deadruns import FIRST
from flows.home import Home
from flows.ingest import add_urls_now, ingest
from flows.maintain import maintain
from flows.prefecthost import opened
from flows.reextract import reextract

_CANCEL = ConcurrencyLimitStrategy.CANCEL_NEW
_QUEUE = ConcurrencyLimitStrategy.ENQUEUE
#: How long somebody who asks for a run waits for its begin, at most.
_BETWEEN_POLLS_S = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """A flow that can be run on a schedule or when somebody asks."""

    name: str
    flow: Flow[..., Any]
    cron: str | None = None  #: in UTC; None: only when asked
    description: str
    parameters: Mapping[str, object] = field(default_factory=dict)
    #: What becomes of a run that comes while one is going; None: both go on.
    overlap: ConcurrencyLimitStrategy | None = _QUEUE

    def for_runner(self) -> RunnerDeployment:
        """Return what Prefect's runner serves."""
        alone = None
        if self.overlap:
            alone = ConcurrencyLimitConfig(limit=1, collision_strategy=self.overlap)
        made = self.flow.to_deployment(
            name=self.name,
            cron=self.cron,
            parameters=dict(self.parameters),
            description=self.description,
            concurrency_limit=alone,
            # By module: a run finds the flow whatever folder the server was started in.
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        if not isinstance(made, RunnerDeployment):
            raise TypeError(f"deployment {self.name} must be made outside of an event loop")
        return made


#: A scheduled pass that finds one running is dropped; one that a person asks for waits.
DEPLOYMENTS = (
    Deployment(
        name="ingest",
        flow=ingest,
        cron="*/15 * * * *",
        overlap=_CANCEL,
        description="The pass of the schedule. It is cancelled if one is running.",
    ),
    Deployment(
        name="ingest-now",
        flow=ingest,
        parameters={"wait_s": 3600.0},
        description="A pass that you ask for. It waits for one that is running.",
    ),
    Deployment(
        name="add-urls",
        flow=add_urls_now,
        description="Fetch, extract and load articles by their addresses, now.",
    ),
    # Hourly, though the first rung of the ladder is 15 minutes: four times the runs would be four
    # times of Prefect's database, and who needs each edit of the first hours can run `maintain`
    # as often as that.
    Deployment(
        name="recheck",
        flow=maintain,
        cron="7 * * * *",
        overlap=_CANCEL,
        description="Ask again for the pages of known articles that may have been edited.",
    ),
    Deployment(
        name="maintain",
        flow=maintain,
        cron="40 3 * * *",
        parameters={"wait_s": 3600.0},
        description="The nightly run: remove what may go, compact the warehouse, re-check.",
    ),
    Deployment(
        name="reextract",
        flow=reextract,
        parameters={"wait_s": 3600.0},
        description="Run today's extractors over the archived pages; nothing is fetched.",
    ),
    Deployment(
        name="assist",
        flow=assist,
        overlap=None,
        description="Share the batches of a pass. One that is given `assistants` asks for it.",
    ),
)


def serve_all(home: Home) -> None:
    """Serve the deployments until interrupted, and begin with a pass; needs `PREFECT_API_URL`.

    It waits for a line on stdin: what takes time to load does so while the server starts. When
    `serve.json` has appeared in `home` every deployment can be asked for.
    """
    offered = [deployment.for_runner() for deployment in DEPLOYMENTS]
    with suppress(KeyboardInterrupt, TerminationSignal):
        sys.stdin.readline()
        asyncio.run(_serve(home, offered))


async def _serve(home: Home, offered: Sequence[RunnerDeployment]) -> None:
    # Schedules are not paused at the end: what is missed meanwhile is cleared away at the start.
    runner = _Runner(
        name="onrecord",
        pause_on_shutdown=False,
        query_seconds=_BETWEEN_POLLS_S,
        limit=len(offered),
    )
    ids = {each.name: await runner.aadd_deployment(each) for each in offered}
    async with get_client() as client:
        await client.create_flow_run_from_deployment(ids[FIRST])
    address = {"api_url": PREFECT_API_URL.value()}
    home.serve_file.write_text(json.dumps(address) + "\n", encoding="utf-8")
    await runner.start()


class _Runner(Runner):
    """Prefect's, but for its end: its own makes a coroutine on SIGTERM that nobody awaits."""

    def handle_sigterm(self, *_: object, **__: object) -> None:
        """Leave the loop, on the way out of which the runs that are going are cancelled."""
        sys.exit(0)


if __name__ == "__main__":
    serve_all(opened(None)[0])
