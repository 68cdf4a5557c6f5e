"""What we ask a Prefect server, over HTTP: importing Prefect's own client takes seconds."""

import base64
import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Any

from extractors.errors import OnRecordError

_TIMEOUT_S = 30.0
_PAUSES_S = (0.5, 1.0, 2.0, 4.0, 8.0)  # before asking a busy server again
_PAGE = 200  # the most rows that Prefect gives for one question
#: No question of ours has as many answers; a server that always has another page must not hold us.
_MOST_PAGES = 500

#: States in which a run holds a place, and somebody must be at work for it.
AT_WORK = ("RUNNING", "PENDING", "CANCELLING")
_ENDED = frozenset({"COMPLETED", "FAILED", "CRASHED", "CANCELLED"})


class PrefectError(OnRecordError):
    """The server was not to be reached (`status` is None), or refused what was asked."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A deployment that can be asked for."""

    deployment_id: str
    name: str
    entrypoint: str  #: the flow that it runs, by module
    parameters: Mapping[str, Any]  #: of each its JSON schema

    @property
    def is_ours(self) -> bool:
        """Whether it runs a flow of this package."""
        return self.entrypoint.startswith("flows.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowRun:
    """A run of a deployment, as the server tells it."""

    flow_run_id: str
    name: str
    deployment_id: str
    state_type: str  #: COMPLETED, FAILED, CRASHED, CANCELLED, or not ended
    state: str  #: what the page calls it
    message: str | None
    is_of_pool: bool  #: whether the workers of a pool run it, and not a process of `serve`
    is_of_schedule: bool
    expected_at: datetime

    @property
    def has_ended(self) -> bool:
        """Whether nothing will happen to it any more."""
        return self.state_type in _ENDED

    @property
    def gave_way(self) -> bool:
        """Whether it was cancelled because another run of its deployment was going."""
        return self.state_type == "CANCELLED" and "concurrency limit" in (self.message or "")


@dataclass(frozen=True, slots=True)
class PrefectApi:
    """The API of one server."""

    url: str  #: ends in /api
    auth: str | None = field(default=None, repr=False)  #: user:password of a server that asks

    @property
    def answers(self) -> bool:
        """Whether the server is up."""
        try:
            self._ask("GET", "/health")
        except PrefectError:
            return False
        return True

    def page_of(self, flow_run_id: str) -> str:
        """Return the address of a run in the server's page."""
        return f"{self.url.removesuffix('/api')}/runs/flow-run/{flow_run_id}"

    def offers(self) -> list[Offer]:
        """Return the deployments there are, by name."""
        rows = self._all("/deployments/filter", {"sort": "NAME_ASC"})
        return [_offer(row) for row in rows]

    def runs_of(self, deployments: Iterable[str], **state: object) -> list[FlowRun]:
        """Return runs of deployments, by their ids; `state` as Prefect filters it."""
        wanted = {
            "deployments": {"id": {"any_": list(deployments)}},
            "flow_runs": {"state": state},
            "sort": "EXPECTED_START_TIME_ASC",
        }
        return [_flow_run(row) for row in self._all("/flow_runs/filter", wanted)]

    def flow_run(self, flow_run_id: str) -> FlowRun:
        """Return how a run stands."""
        return _flow_run(self._ask("GET", f"/flow_runs/{flow_run_id}"))

    def start(self, deployment_id: str, parameters: Mapping[str, object]) -> FlowRun:
        """Ask for a run of a deployment, now.

        Raises:
            PrefectError: the server finds a parameter wrong; nothing was begun.
        """
        state = {"type": "SCHEDULED", "name": "Scheduled"}
        wanted = {"parameters": dict(parameters), "state": state}
        return _flow_run(self._ask("POST", f"/deployments/{deployment_id}/create_flow_run", wanted))

    def log_lines(self, flow_run_id: str, *, after: int) -> list[str]:
        """Return what a run has logged, oldest first, without the first `after` lines."""
        wanted = {
            "logs": {"flow_run_id": {"any_": [flow_run_id]}},
            "sort": "TIMESTAMP_ASC",
            "offset": after,
            "limit": _PAGE,
        }
        return [str(row["message"]) for row in self._ask("POST", "/logs/filter", wanted)]

    def tasks_at_work(self, deployments: Iterable[str]) -> list[str]:
        """Return the ids of the tasks of deployments' runs that nobody has said to have ended."""
        wanted = {
            "deployments": {"id": {"any_": list(deployments)}},
            "task_runs": {"state": {"type": {"any_": list(AT_WORK)}}},
        }
        return [str(row["id"]) for row in self._all("/task_runs/filter", wanted)]

    def mark_crashed(self, flow_run_id: str, why: str) -> None:
        """Say that a run is dead, which gives back the place that it held."""
        self._crash(f"/flow_runs/{flow_run_id}", why)

    def mark_task_crashed(self, task_run_id: str, why: str) -> None:
        """Say that a task is dead."""
        self._crash(f"/task_runs/{task_run_id}", why)

    def remove(self, flow_run_id: str) -> None:
        """Remove a run that was never begun."""
        self._ask("DELETE", f"/flow_runs/{flow_run_id}")

    def free_places(self, deployment_id: str) -> None:
        """Say that no run of a deployment is at work."""
        path = f"/v2/concurrency_limits/deployment:{deployment_id}"
        try:
            self._ask("PATCH", path, {"active_slots": 0})
        except PrefectError as error:
            if error.status != HTTPStatus.NOT_FOUND:  # a deployment without a limit
                raise

    def _crash(self, path: str, why: str) -> None:
        state = {"type": "CRASHED", "name": "Crashed", "message": why}
        self._ask("POST", f"{path}/set_state", {"state": state, "force": True})

    def _all(self, path: str, wanted: Mapping[str, object]) -> Iterator[dict[str, Any]]:
        for number in range(_MOST_PAGES):
            page = {**wanted, "limit": _PAGE, "offset": number * _PAGE}
            rows = self._ask("POST", path, page)
            yield from rows
            if len(rows) < _PAGE:
                return

    def _ask(self, method: str, path: str, body: Mapping[str, object] | None = None) -> Any:  # noqa: ANN401 - whatever JSON it answers
        """Return the answer, also of a server whose database is busy for a while."""
        for pause_s in _PAUSES_S:
            try:
                return self._asked_once(method, path, body)
            except PrefectError as error:
                if error.status != HTTPStatus.SERVICE_UNAVAILABLE:
                    raise
                time.sleep(pause_s)
        return self._asked_once(method, path, body)

    def _asked_once(self, method: str, path: str, body: Mapping[str, object] | None) -> Any:  # noqa: ANN401
        request = urllib.request.Request(  # noqa: S310 - the server that was named to us
            self.url + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", **self._credentials()},
        )
        try:
            with _opener().open(request, timeout=_TIMEOUT_S) as answer:
                text = answer.read()
        except urllib.error.HTTPError as error:
            raise PrefectError(_refusal(error), error.code) from error
        except (OSError, ValueError) as error:
            raise PrefectError(f"the Prefect server at {self.url} does not answer") from error
        return json.loads(text) if text else None

    def _credentials(self) -> dict[str, str]:
        if not self.auth:
            return {}
        return {"Authorization": "Basic " + base64.b64encode(self.auth.encode()).decode()}


def _opener() -> urllib.request.OpenerDirector:
    # A proxy is for the world outside; it would be asked for loopback too.
    return urllib.request.build_opener(urllib.request.ProxyHandler({}))


def _refusal(error: urllib.error.HTTPError) -> str:
    text = error.read().decode(errors="replace")
    try:
        said = json.loads(text)
    except ValueError:
        said = text
    told = said.get("detail", said) if isinstance(said, dict) else said
    return f"the Prefect server refused: {told if isinstance(told, str) else json.dumps(told)}"


def _offer(row: Mapping[str, Any]) -> Offer:
    schema = row.get("parameter_openapi_schema") or {}
    return Offer(
        deployment_id=row["id"],
        name=row["name"],
        entrypoint=row.get("entrypoint") or "",
        parameters=schema.get("properties", {}),
    )


def _flow_run(row: Mapping[str, Any]) -> FlowRun:
    state = row.get("state") or {}
    return FlowRun(
        flow_run_id=row["id"],
        name=row["name"],
        deployment_id=row["deployment_id"],
        state_type=row["state_type"] or "",
        state=row["state_name"] or "",
        message=state.get("message"),
        is_of_pool=row.get("work_pool_name") is not None,
        is_of_schedule=bool(row["auto_scheduled"]),
        expected_at=datetime.fromisoformat(row["expected_start_time"]),
    )
