"""What is installed elsewhere is whole: the wheel, its imports, the lock files."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
PACKAGES = ("extractors", "flows", "warehouse")
LOCKS = ("requirements.lock", "requirements-dev.lock")
#: What the command line must not load before a command runs: each costs a tenth of a second.
HEAVY = {
    "aiohttp",
    "duckdb",
    "lxml",
    "marimo",
    "numpy",
    "prefect",
    "pydantic",
    "spacy",
    "trafilatura",
}
#: Modules with those of Python itself, a third more than there are.
MOST_LOADED = 330

_PIN = re.compile(
    r"^(?P<name>[\w.-]+)(?:\[[\w, -]+\])?==(?P<version>[\w.+!-]+)(?P<marker> ; .+?)? \\$"
)
_HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy, without the network; return where it is unpacked."""
    source = tmp_path_factory.mktemp("source")
    for name in ("pyproject.toml", "README.md", "LICENSE", ".gitignore"):
        shutil.copy(ROOT / name, source)
    for package in PACKAGES:
        left_out = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / package, source / package, ignore=left_out)
    built = source / "built"
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "-d", str(built)]
    subprocess.run(build, cwd=source, check=True, capture_output=True)
    unpacked = tmp_path_factory.mktemp("unpacked")
    (file,) = built.glob("onrecord-*.whl")
    zipfile.ZipFile(file).extractall(unpacked)
    return unpacked


def _files_below(root: Path) -> set[str]:
    return {
        file.relative_to(root).as_posix()
        for package in PACKAGES
        for file in (root / package).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }


def _run(wheel: Path, code: str, *arguments: str, folder: Path) -> str:
    """Run `code` with the wheel's files before everything else that is installed."""
    variables = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=variables | {"PYTHONPATH": str(wheel)},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_holds_every_file_of_the_packages_and_nothing_else(wheel: Path):
    shipped = _files_below(wheel)

    others = {each.name for each in wheel.iterdir() if not each.name.endswith(".dist-info")}

    assert shipped == _files_below(ROOT)
    assert others == set(PACKAGES)


@pytest.mark.parametrize(
    "pattern",
    [
        "warehouse/migrations/*.sql",
        "warehouse/statements/*.sql",
        "warehouse/views/*.sql",
        "warehouse/queries/*.sql",
        "extractors/data/*.txt",
        "flows/demo/site/*/feed.xml",
        "flows/demo/site/*/page.html",
        "flows/demo/site/*/outlet.toml",
        "flows/onrecord.sample.toml",
    ],
)
def test_the_wheel_holds_what_the_program_reads_from_files(wheel: Path, pattern: str):
    in_wheel = {file.relative_to(wheel) for file in wheel.glob(pattern)}

    in_tree = {file.relative_to(ROOT) for file in ROOT.glob(pattern)}

    assert in_tree
    assert in_wheel == in_tree


def test_the_command_of_the_wheel_is_onrecord(wheel: Path):
    (entry_points,) = wheel.glob("*.dist-info/entry_points.txt")

    assert "onrecord = flows.__main__:main" in entry_points.read_text(encoding="utf-8").splitlines()


#: Prints what `--help` says, then the file of the command line and all that was loaded by then.
_ASK_FOR_HELP = """
import json, sys
from flows import cli
try:
    cli.main(["--help"])
except SystemExit as end:
    assert not end.code
print(json.dumps([cli.__file__, *sys.modules]))
"""


def test_help_is_given_before_anything_heavy_is_loaded(wheel: Path, tmp_path: Path):
    *said, told = _run(wheel, _ASK_FOR_HELP, folder=tmp_path).splitlines()

    file, *loaded = json.loads(told)

    assert said[0].startswith("usage: onrecord")
    assert Path(file).is_relative_to(wheel)
    assert HEAVY.intersection(loaded) == set()
    assert len(loaded) < MOST_LOADED


@pytest.mark.parametrize(
    "command", ["", "demo", "init", "feeds", "ingest", "sql", "ask", "serve", "dashboard"]
)
def test_help_needs_nothing_but_the_wheel(wheel: Path, tmp_path: Path, command: str):
    code = "import sys; from flows.cli import main; sys.exit(main())"

    said = _run(wheel, code, *command.split(), "--help", folder=tmp_path)

    assert said.startswith(f"usage: onrecord {command}".rstrip())
    assert list(tmp_path.iterdir()) == []


def _pins_of(text: str) -> Iterator[tuple[str, str]]:
    """Yield name and version of each pin.

    Raises:
        ValueError: a line is neither a pin with its hashes nor a comment.
    """
    lines = [line for line in text.splitlines() if line.strip() and line.lstrip()[0] != "#"]
    while lines:
        pin = _PIN.match(lines.pop(0))
        hashes = 0
        while lines and _HASH.match(lines[0]):
            lines.pop(0)
            hashes += 1
        if pin is None or not hashes:
            raise ValueError(f"not a pin with hashes, before {lines[:1]}")
        yield pin["name"], pin["version"]


def _lock(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LOCKS)
def test_every_line_of_a_lock_file_is_a_pin_with_hashes(name: str):
    pins = list(_pins_of(_lock(name)))

    assert len(pins) > 50


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_names_no_place_to_download_from(name: str):
    found = re.findall(r"index-url|find-links|trusted-host|\w+://|file:|@ ", _lock(name))

    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "aiohttp==3.14.5\n",
        "aiohttp==3.14.5 \\\n    # via onrecord\n",
        "aiohttp>=3 \\\n    --hash=sha256:" + "0" * 64 + "\n",
        "--index-url there\n",
    ],
    ids=["no hash", "a comment for a hash", "a range", "an option"],
)
def test_a_line_that_is_no_pin_with_hashes_is_noticed(text: str):
    with pytest.raises(ValueError, match="not a pin"):
        list(_pins_of(text))


def test_both_lock_files_pin_the_same_versions():
    runtime = set(_pins_of(_lock("requirements.lock")))
    development = set(_pins_of(_lock("requirements-dev.lock")))

    assert runtime <= development


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_files_satisfy_what_the_project_asks_for(name: str):
    pins = list(_pins_of(_lock(name)))

    for wanted in _dependencies():
        # Several where other Pythons get other versions.
        versions = [version for key, version in pins if canonical(key) == canonical(wanted.name)]

        assert versions, f"{wanted.name} is not in {name}"
        assert all(wanted.specifier.contains(version) for version in versions), str(wanted)


def canonical(name: str) -> str:
    """Return a distribution's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


# FACTS: with newer ones Prefect 3.8.8's server dies, or schedules never make a run.
@pytest.mark.parametrize("cap", ["fastapi<0.151", "sqlalchemy<2.1"])
def test_what_breaks_prefect_is_capped_for_those_who_install_without_the_lock(cap: str):
    asked = {f"{each.name}{each.specifier}" for each in _dependencies()}

    assert cap in asked


def _dependencies() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [Requirement(text) for text in project["dependencies"]]
