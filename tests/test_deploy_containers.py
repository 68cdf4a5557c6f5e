"""What deploy/ says to container engines is well-formed, confined and pinned."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from flows.cli import _parser
from flows.settings import unknown_variables

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
#: What Compose knows of a service, as far as ours use it; a slip of the pen is not among it.
KEYS_OF_A_SERVICE = {
    "build", "cap_drop", "depends_on", "entrypoint", "environment", "healthcheck", "image", "init",
    "logging", "mem_limit", "networks", "ports", "read_only", "restart", "security_opt",
    "stop_grace_period", "tmpfs", "user", "volumes",
}  # fmt: skip
INSTRUCTIONS = {
    "FROM", "ARG", "ENV", "WORKDIR", "COPY", "RUN", "USER", "VOLUME", "HEALTHCHECK", "ENTRYPOINT",
    "CMD",
}  # fmt: skip


def _instructions() -> Iterator[tuple[str, str]]:
    """Yield each instruction of the Dockerfile with its arguments, continued lines joined."""
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    for line in re.sub(r"\\\n\s*", " ", lines).splitlines():
        if line.strip():
            instruction, _, arguments = line.partition(" ")
            yield instruction, arguments


def _given(wanted: str) -> list[str]:
    return [arguments for instruction, arguments in _instructions() if instruction == wanted]


def test_the_dockerfile_has_only_known_instructions():
    assert {instruction for instruction, _ in _instructions()} <= INSTRUCTIONS


def test_the_image_installs_by_hash_and_nothing_else():
    steps = [step for run in _given("RUN") for step in run.split("&&")]
    installs = [step.split() for step in steps if "pip install" in step]

    assert installs
    assert all({"--require-hashes", "--no-index"} & set(words) for words in installs)
    assert all("--no-deps" in words for words in installs)


def test_the_image_copies_what_there_is():
    copied = [words.split()[:-1] for words in _given("COPY") if not words.startswith("--from")]

    assert copied
    assert [name for names in copied for name in names if not (ROOT / name).exists()] == []


def test_the_image_runs_as_one_user_without_rights_whom_the_others_know():
    (user,) = _given("USER")
    _, pod = _deployment_and_its_pod()
    (added,) = [run for run in _given("RUN") if "useradd" in run]

    uid, _, gid = user.partition(":")

    assert f"--uid {uid} " in added
    assert pod["securityContext"]["runAsUser"] == int(uid) > 0
    assert pod["securityContext"]["fsGroup"] == int(gid) > 0


def test_the_image_starts_a_command_there_is():
    (start,), (default,) = _given("ENTRYPOINT"), _given("CMD")
    (health,) = _given("HEALTHCHECK")

    asked = yaml.safe_load(health.partition("CMD ")[2])

    assert yaml.safe_load(start) == ["onrecord"]
    assert _parser().parse_args(yaml.safe_load(default))
    assert _parser().parse_args(asked[1:])


def _bases() -> Iterator[str]:
    yield from (words.split()[0] for words in _given("FROM"))
    yield from (each["image"] for each in _services().values() if "build" not in each)
    yield from (each["image"] for each in _containers())


def test_every_image_from_elsewhere_is_pinned_to_a_version():
    bases = set(_bases())

    assert bases
    assert {base for base in bases if not re.search(r":\d+\.\d+", base)} == set()


@cache
def _compose() -> dict[str, Any]:
    read = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return dict(read)


def _services() -> dict[str, dict[str, Any]]:
    return dict(_compose()["services"])


def test_compose_has_the_keys_it_may_have():
    shared = {key for key in _compose() if key.startswith("x-")}

    assert set(_compose()) - shared == {"services", "networks", "volumes"}
    assert {key for each in _services().values() for key in each} <= KEYS_OF_A_SERVICE


def test_compose_refers_only_to_what_it_has():
    services = _services()
    named = [each.partition(":")[0] for one in services.values() for each in one.get("volumes", [])]
    networks = {each for one in services.values() for each in one["networks"]}
    awaited = {name for one in services.values() for name in one.get("depends_on", {})}

    assert sorted(named) == sorted(_compose()["volumes"])
    assert networks == set(_compose()["networks"])
    assert all("healthcheck" in services[name] for name in awaited)


@pytest.mark.parametrize("name", ["postgres", "server", "onrecord"])
def test_a_service_is_confined_and_bounded(name: str):
    service = _services()[name]

    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["mem_limit"]
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))


def test_nothing_leads_from_the_database_to_the_world():
    assert _services()["postgres"]["networks"] == ["inside"]
    assert _compose()["networks"]["inside"]["internal"]


def test_the_settings_that_compose_gives_are_there():
    given = _services()["onrecord"]["environment"]

    assert unknown_variables({name: "" for name in given if name.startswith("ONRECORD_")}) == []


@cache
def _resources() -> list[dict[str, Any]]:
    text = (DEPLOY / "kubernetes.yaml").read_text(encoding="utf-8")
    return list(yaml.safe_load_all(text))


def _deployment_and_its_pod() -> tuple[dict[str, Any], dict[str, Any]]:
    (deployment,) = [each for each in _resources() if each["kind"] == "Deployment"]
    return deployment["spec"], deployment["spec"]["template"]["spec"]


def _containers() -> list[dict[str, Any]]:
    _, pod = _deployment_and_its_pod()
    return [*pod["initContainers"], *pod["containers"]]


@pytest.mark.parametrize("resource", _resources(), ids=lambda each: each["kind"])
def test_kubernetes_knows_a_resource_and_all_its_keys(resource: dict[str, Any]):
    kubernetes_validate.validate(resource, "1.37", strict=True)


def test_no_two_pods_have_the_home():
    deployment, _ = _deployment_and_its_pod()
    (claim,) = [each for each in _resources() if each["kind"] == "PersistentVolumeClaim"]

    assert deployment["replicas"] == 1
    assert deployment["strategy"] == {"type": "Recreate"}
    assert claim["spec"]["accessModes"] == ["ReadWriteOncePod"]


@pytest.mark.parametrize("container", _containers(), ids=lambda each: each["name"])
def test_a_container_of_the_pod_is_confined_and_runs_a_command_there_is(container: dict[str, Any]):
    confined = container["securityContext"]

    assert _parser().parse_args(container["args"])
    assert confined["readOnlyRootFilesystem"]
    assert not confined["allowPrivilegeEscalation"]
    assert confined["capabilities"] == {"drop": ["ALL"]}
    assert container["resources"]["limits"]["memory"]


def test_the_pod_runs_as_nobody_in_particular():
    _, pod = _deployment_and_its_pod()

    assert pod["securityContext"]["runAsNonRoot"]
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert not pod["automountServiceAccountToken"]


@pytest.mark.parametrize("file", ["Dockerfile", "compose.yaml", "kubernetes.yaml"])
def test_no_secret_stands_in_a_file(file: str):
    text = (DEPLOY / file).read_text(encoding="utf-8")

    secrets = re.findall(
        r"(?im)^\s*[\w-]*(?:password|api_key|token|secret)\w*\s*[:=]\s*(\S+)", text
    )

    assert [value for value in secrets if not value.startswith("${") and value != "false"] == []
