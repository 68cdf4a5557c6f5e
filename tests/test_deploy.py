"""deploy/ is described, and agrees with the program."""

import ast
import re
import shlex
import shutil
import subprocess
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


@pytest.mark.parametrize(
    "way", ["single machine", "container", "kubernetes", "prefect server", "cron"]
)
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
            each.get("concurrency_limit"),
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
            _limit(ast.unparse(each["overlap"]) if "overlap" in each else "_QUEUE"),
        )
        for each in given
    }


def _limit(overlap: str) -> object:
    strategy = {"_CANCEL": "CANCEL_NEW", "_QUEUE": "ENQUEUE", "None": None}[overlap]
    return strategy and {"limit": 1, "collision_strategy": strategy}


def test_the_automation_looks_after_the_runs_of_every_flow():
    given = yaml.safe_load((DEPLOY / "automation.yaml").read_text(encoding="utf-8"))
    code = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "flows").glob("*.py"))

    flows = re.findall(r'^@run_of_steps\("([\w-]+)"\)', code, re.MULTILINE)

    assert len(flows) == len({entrypoint for entrypoint, *_ in _served().values()})
    assert sorted(given["trigger"]["match_related"]["prefect.resource.name"]) == sorted(flows)


@pytest.mark.parametrize("name", [file.name for file in DEPLOY.glob("*.service")])
def test_a_unit_runs_a_command_there_is_as_a_confined_user(name: str):
    unit = (DEPLOY / name).read_text(encoding="utf-8")

    command = _command_of(unit)

    assert _parser().parse_args(command)
    assert "\nUser=onrecord\n" in unit
    assert set(unit.splitlines()) >= {
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "CapabilityBoundingSet=",
        "SystemCallFilter=@system-service",
        "SystemCallFilter=~@privileged",
    }


def _command_of(unit: str) -> list[str]:
    """Return the words that a unit gives to `onrecord`, be it by way of a shell."""
    (line,) = re.findall(r"^ExecStart=(.+)$", unit, re.MULTILINE)
    words = shlex.split(line)
    if words[:2] == ["/bin/sh", "-c"]:
        words = shlex.split(words[2].removeprefix("exec "))
    assert words[0] == "/opt/onrecord/bin/onrecord"
    return words[1:]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd-analyze")
@pytest.mark.parametrize("name", [file.name for file in DEPLOY.glob("*.service")])
def test_systemd_finds_a_unit_little_exposed(name: str):
    command = ["systemd-analyze", "security", "--offline=true", "--threshold=15", DEPLOY / name]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


def _started_by_timers() -> set[str]:
    units = [timer.with_suffix(".service") for timer in DEPLOY.glob("*.timer")]
    return {_command_of(unit.read_text(encoding="utf-8"))[0] for unit in units}


def _started_by_cron() -> set[str]:
    text = (DEPLOY / "README.md").read_text(encoding="utf-8")
    return set(re.findall(r"^[\d*/-]+ [\d*]+ \* \* \* .*/bin/onrecord (\w+)", text, re.MULTILINE))


def _started_by_prefect() -> set[str]:
    return {flow for flow, cron, _, _ in _served().values() if cron}


@pytest.mark.parametrize("started", [_started_by_timers, _started_by_cron, _started_by_prefect])
def test_every_schedule_has_passes_and_re_checks(started: Callable[[], set[str]]):
    assert started() - {"backup", "alert"} == {"ingest", "maintain"}


@pytest.mark.parametrize("started", [_started_by_timers, _started_by_cron])
def test_every_schedule_of_the_host_has_backups(started: Callable[[], set[str]]):
    assert "backup" in started()


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
