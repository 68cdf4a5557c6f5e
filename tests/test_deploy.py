"""deploy/ is described, and agrees with the program."""

import ast
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from flows.cli import _parser
from flows.settings import unknown_variables

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"


def test_every_file_of_deploy_is_named_in_its_readme():
    text = (DEPLOY / "README.md").read_text(encoding="utf-8")

    files = {file.name for file in DEPLOY.iterdir()} - {"README.md"}

    assert files
    assert {name for name in files if f"`{name}`" not in text} == set()


def test_the_readme_of_deploy_names_only_files_there_are():
    text = (DEPLOY / "README.md").read_text(encoding="utf-8")

    named = set(re.findall(r"`(?:deploy/)?([\w.-]+\.(?:service|timer|yaml|example))`", text))

    assert named <= {file.name for file in DEPLOY.iterdir()}


@pytest.mark.parametrize("way", ["single machine", "container", "prefect server", "cron"])
def test_a_way_of_running_it_has_a_section_of_its_own(way: str):
    text = (DEPLOY / "README.md").read_text(encoding="utf-8").lower()

    headings = [line for line in text.splitlines() if line.startswith("## ")]

    assert sum(way in heading for heading in headings) == 1


def test_the_pool_has_the_deployments_that_serve_has():
    given = yaml.safe_load((DEPLOY / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]

    in_pool = {
        each["name"]: (
            each["entrypoint"].rsplit(".", 1)[1],
            each.get("schedules", [{}])[0].get("cron"),
            each.get("parameters", {}),
            each["concurrency_limit"],
        )
        for each in given
    }

    assert in_pool == _served()


def _served() -> dict[str, Any]:
    """Return what flows/deployments.py lists, read and not run: importing Prefect takes seconds."""
    tree = ast.parse((ROOT / "flows" / "deployments.py").read_text(encoding="utf-8"))
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    made = [call for call in calls if getattr(call.func, "id", "") == "Deployment"]
    given = [{each.arg: each.value for each in call.keywords} for call in made]
    return {
        ast.literal_eval(each["name"]): (
            ast.unparse(each["flow"]),
            ast.literal_eval(each["cron"]) if "cron" in each else None,
            ast.literal_eval(each["parameters"]) if "parameters" in each else {},
            {"limit": 1, "collision_strategy": "CANCEL_NEW" if "overlap" in each else "ENQUEUE"},
        )
        for each in given
    }


@pytest.mark.parametrize("name", [file.name for file in DEPLOY.glob("*.service")])
def test_a_unit_runs_a_command_there_is_as_a_confined_user(name: str):
    unit = (DEPLOY / name).read_text(encoding="utf-8")

    command = _command_of(unit)

    assert _parser().parse_args(command.split())
    assert "\nUser=onrecord\n" in unit
    assert {"NoNewPrivileges=yes", "ProtectSystem=strict"} <= set(unit.splitlines())


def _command_of(unit: str) -> str:
    (command,) = re.findall(r"^ExecStart=/opt/onrecord/bin/onrecord (.+)$", unit, re.MULTILINE)
    return str(command)


def _started_by_timers() -> set[str]:
    units = [timer.with_suffix(".service") for timer in DEPLOY.glob("*.timer")]
    return {_command_of(unit.read_text(encoding="utf-8")).split()[0] for unit in units}


def _started_by_cron() -> set[str]:
    text = (DEPLOY / "README.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\S+/15 \* .*/bin/onrecord (\w+)", text, re.MULTILINE))


def _started_by_prefect() -> set[str]:
    return {flow for flow, cron, _, _ in _served().values() if cron}


@pytest.mark.parametrize("started", [_started_by_timers, _started_by_cron, _started_by_prefect])
def test_every_schedule_has_passes_and_re_checks(started: Callable[[], set[str]]):
    assert started() == {"ingest", "maintain"}


def test_every_unit_is_enabled_and_stopped_by_the_commands_of_the_readme():
    text = (DEPLOY / "README.md").read_text(encoding="utf-8")
    lines = [line.split() for line in text.splitlines()]
    timers = {file.name for file in DEPLOY.glob("*.timer")}

    enabled = {word for line in lines if "enable" in line for word in line}
    stopped = {word for line in lines if "stop" in line for word in line}

    assert timers <= enabled
    assert timers | {Path(timer).stem + ".service" for timer in timers} <= stopped


def test_the_environment_file_names_settings_there_are():
    text = (DEPLOY / "onrecord.env.example").read_text(encoding="utf-8")
    names = re.findall(r"^#?(ONRECORD_\w+)=", text, re.MULTILINE)

    assert names
    assert unknown_variables(dict.fromkeys(names, "")) == []


def test_the_image_installs_by_hash_and_runs_without_rights():
    lines = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines()
    installs = [line for line in lines if "pip install" in line]

    assert installs
    assert all("--require-hashes" in line or "--no-index" in line for line in installs)
    assert all("--no-deps" in line for line in installs)
    assert [line for line in lines if line.startswith("USER")] == ["USER onrecord"]


def test_the_services_are_confined_and_the_page_is_for_this_machine_only():
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]

    for service in services.values():
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))
