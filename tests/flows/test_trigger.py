"""`trigger` where nothing is served, and with a server that answers as a test tells it to."""

import json

import pytest

from tests.fakes import Reply, in_turn
from tests.press import onrecord, set_up

DEPLOYMENT = {
    "id": "d1",
    "name": "ingest",
    "entrypoint": "flows.ingest.ingest",
    "parameter_openapi_schema": {"properties": {"force": {"type": "boolean"}}},
}


def as_json(value: object) -> Reply:
    return Reply(body=json.dumps(value).encode())


def a_run(state: str, message: str | None = None) -> Reply:
    return as_json(
        {
            "id": "r1",
            "name": "quiet-heron",
            "deployment_id": "d1",
            "state_type": state.upper(),
            "state_name": state,
            "state": {"message": message},
            "auto_scheduled": False,
            "expected_start_time": "2026-11-22T09:30:00Z",
        }
    )


@pytest.fixture
def home(tmp_path, site, model, monkeypatch):
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    home = set_up(tmp_path / "home", site=site, model=model)
    (home / "serve.json").write_text(json.dumps({"api_url": site.url("/api")}))
    site.routes |= {
        "/api/health": as_json(True),
        "/api/deployments/filter": as_json([DEPLOYMENT]),
        "/api/deployments/d1/create_flow_run": a_run("Scheduled"),
        "/api/logs/filter": in_turn(as_json([{"message": "one\x1b line"}]), as_json([])),
    }
    return home


def test_a_home_that_nothing_serves_is_told_what_to_do(home):
    (home / "serve.json").unlink()

    said = onrecord("trigger", "ingest", "--home", home)

    assert said.code == 1
    assert "start `onrecord serve" in said.err


def test_the_address_of_a_server_that_is_gone_counts_as_none(home, site):
    site.routes["/api/health"] = Reply(status=500)

    said = onrecord("trigger", "ingest", "--home", home)

    assert said.code == 1
    assert "start `onrecord serve" in said.err


def test_without_watching_the_run_and_its_page_are_told(home, site):
    said = onrecord("trigger", "ingest", "--home", home)

    assert (said.code, said.out) == (0, f"r1 {site.url('/runs/flow-run/r1')}\n")


@pytest.mark.parametrize(
    ("state", "message", "code"),
    [
        ("Completed", "done: 3 new articles", 0),
        ("Failed", "every feed failed", 1),
        ("Cancelled", "by a person", 1),
        ("Cancelled", "Deployment concurrency limit reached.", 0),
    ],
)
def test_a_run_that_is_watched_gives_its_end_as_the_exit_code(home, site, state, message, code):
    site.routes["/api/flow_runs/r1"] = in_turn(a_run("Running"), a_run(state, message))

    said = onrecord("trigger", "ingest", "--home", home, "--watch", "--json")

    shown = json.loads(said.out)
    assert (said.code, shown["state"], shown["message"]) == (code, state, message)
    assert "one\ufffd line" in said.err


def test_a_server_whose_database_is_busy_is_asked_again(home, site):
    busy = Reply(status=503, body=b'{"exception_message": "Service Unavailable"}')
    site.routes["/api/deployments/filter"] = in_turn(busy, as_json([DEPLOYMENT]))

    said = onrecord("trigger", "ingest", "--home", home)

    assert said.code == 0
