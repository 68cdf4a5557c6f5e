"""The deployments, one line each, and the process that serves them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from prefect import serve
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.flows import Flow
from prefect.types.entrypoint import EntrypointType

from flows.ingest import add_urls_now, ingest
from flows.maintain import maintain
from flows.reextract import reextract

_CANCEL = ConcurrencyLimitStrategy.CANCEL_NEW
_QUEUE = ConcurrencyLimitStrategy.ENQUEUE


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """A flow that can be run on a schedule or when somebody asks."""

    name: str
    flow: Flow[..., Any]
    cron: str | None = None  #: in UTC; None: only when asked
    parameters: Mapping[str, object] = field(default_factory=dict)
    overlap: ConcurrencyLimitStrategy = _QUEUE  #: of a run that comes while one is going

    def for_runner(self) -> RunnerDeployment:
        """Return what Prefect's runner serves."""
        made = self.flow.to_deployment(
            name=self.name,
            cron=self.cron,
            parameters=dict(self.parameters),
            concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=self.overlap),
            # By module: a run finds the flow whatever folder the server was started in.
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        if not isinstance(made, RunnerDeployment):
            raise TypeError(f"deployment {self.name} must be made outside of an event loop")
        return made


#: A scheduled pass that finds one running is dropped; one that a person asks for waits. So it is
#: with re-checks, which are as frequent as the first rung of the ladder and come between passes.
DEPLOYMENTS = (
    Deployment(name="ingest", flow=ingest, cron="*/15 * * * *", overlap=_CANCEL),
    Deployment(name="ingest-now", flow=ingest, parameters={"wait_s": 3600.0}),
    Deployment(name="add-urls", flow=add_urls_now),
    Deployment(name="recheck", flow=maintain, cron="7-59/15 * * * *", overlap=_CANCEL),
    Deployment(name="maintain", flow=maintain, cron="40 3 * * *", parameters={"wait_s": 3600.0}),
    Deployment(name="reextract", flow=reextract, parameters={"wait_s": 3600.0}),
)


def serve_all() -> None:
    """Serve the deployments until interrupted; needs `PREFECT_API_URL`."""
    serve(*(deployment.for_runner() for deployment in DEPLOYMENTS))


if __name__ == "__main__":
    serve_all()
