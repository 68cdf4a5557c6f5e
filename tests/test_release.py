"""What is released: an sdist, and a wheel that works in an environment of its own."""

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = 'The bridge is closed, the mayor, Ada Quill, said on Monday. "It will be mended," she added.'


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return build(ROOT, tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def installed(built, tmp_path_factory):
    """Yield the programs of an environment that has the wheel, and what it needs from this one."""
    environment = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "venv", "--without-pip", environment)
    [packages] = environment.glob("lib/python*/site-packages")
    # A path file within a folder that is named in one is not read: no editable install comes along.
    (packages / "needed.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    pip = (sys.executable, "-m", "pip", "--python", environment / "bin" / "python", "install")
    run(*pip, "--quiet", "--no-deps", "--no-index", *built.glob("*.whl"))
    return environment / "bin"


def build(tree, folder):
    run(sys.executable, "-m", "hatchling", "build", "-d", folder, cwd=tree)
    return folder


def run(*command, cwd=None, given=None):
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=environment,
        input=given,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def content(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def kept_files(tree, names):
    """Return the files below folders of `tree` that no tool has left there, by their names."""
    return {
        str(path.relative_to(tree)): path.read_bytes()
        for name in names
        for path in (tree / name).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_sdist_gives_the_same_wheel_and_has_what_its_tests_need(built, tmp_path):
    [sdist], [wheel] = built.glob("*.tar.gz"), built.glob("*.whl")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    [tree] = tmp_path.iterdir()

    [again] = build(tree, tmp_path / "dist").glob("*.whl")

    assert content(again) == content(wheel)
    assert kept_files(tree, ("tests", "deploy")) == kept_files(ROOT, ("tests", "deploy"))
    assert {"Makefile", "requirements-dev.lock", "README.md"} <= {
        path.name for path in tree.iterdir()
    }


def test_a_release_has_a_licence_and_a_version_that_the_changelog_tells_of(built):
    [wheel] = built.glob("*.whl")
    files = content(wheel)
    [metadata] = (data.decode() for name, data in files.items() if name.endswith("/METADATA"))

    version = wheel.name.split("-")[1]
    assert f"\nVersion: {version}\n" in metadata
    assert "\nLicense-Expression: Apache-2.0\n" in metadata
    assert any(name.endswith("/licenses/LICENSE") for name in files)
    assert f"## {version} " in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_an_installed_wheel_says_its_version_and_reads_a_text(installed, built, tmp_path):
    [wheel] = built.glob("*.whl")

    command = (installed / "onrecord", "extract", "--text", "-")
    found = json.loads(run(*command, cwd=tmp_path, given=TEXT))

    assert run(installed / "onrecord", "--version", cwd=tmp_path).split()[-1] in wheel.name
    assert [(quote["text"], quote["speaker"]) for quote in found["quotes"]] == [
        ("The bridge is closed", "Ada Quill"),
        ("It will be mended", "Ada Quill"),
    ]
    where = run(installed / "python", "-c", "import flows; print(flows.__file__)", cwd=tmp_path)
    assert Path(where).is_relative_to(installed.parent)


def test_an_installed_wheel_runs_the_demo_in_an_empty_folder(installed, tmp_path):
    told = run(installed / "onrecord", "demo", cwd=tmp_path)

    home = tmp_path / "onrecord-demo"
    quoted = run(
        installed / "onrecord", "sql", "select count(*) from quotes", "--format", "csv",
        "--home", home,
    )  # fmt: skip
    assert "Who is quoted most" in told
    assert int(quoted.split()[-1]) > 400
