"""The command line as a stranger meets it: help, mistakes and exit codes."""

import os
import signal
import subprocess
import sys
import time
from importlib import metadata

import pytest

from tests.commands import every_command
from tests.press import onrecord

COMMANDS = every_command()
A_URL = "https://paper.example/"
#: What must be given to commands that take something.
GIVEN = {
    ("add",): A_URL,
    ("ask",): "most_quoted",
    ("backup",): "home.tar",
    ("export",): "figures",
    ("forget",): A_URL,
    ("restore",): "home.tar",
    ("sql",): "select 1",
    ("trigger",): "ingest",
    **{("feeds", action): A_URL for action in ("add", "discover", "pause", "remove", "resume")},
    **{("feeds", action): "feeds.opml" for action in ("export", "import")},
}


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_examples_a_home_and_json(command):
    said = onrecord(*command, "--help")

    assert said.code == 0
    assert "examples:" in said.out
    assert "--home DIR" in said.out
    assert "--json" in said.out


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        ((), "COMMAND"),
        (("nothing",), "nothing"),
        (("feeds",), "ACTION"),
        (("feeds", "add"), "URL"),
        (("feeds", "add", "example.org"), "example.org"),
        (("feeds", "discover", "example.org"), "example.org"),
        (("ingest", "--limit", "-1"), "-1"),
        (("ingest", "--limit", "many"), "many"),
        (("ingest", "--wait", "0"), "--wait"),
        (("ingest", "--no-such-option"), "--no-such-option"),
        (("ingest",), "not a home"),
        (("status",), "not a home"),
        (("schema",), "not a home"),
        (("feeds", "list"), "not a home"),
        (("feeds", "export", "x.opml"), "not a home"),
        (("sql", "select 1"), "not a home"),
        (("sql",), "query"),
        (("sql", "select 1", "--as-of", "yesterday"), "yesterday"),
        (("sql", "select 1", "--param", "novalue"), "novalue"),
        (("sql", "select 1", "--timeout", "-1"), "-1"),
        (("sql", "select 1", "--format", "xml"), "xml"),
        (("sql", "select 1", "--json", "--format", "csv"), "--format"),
        (("ask", "most_quoted", "--json", "--format", "csv"), "--format"),
        (("sql", "select 1", "--output", "no/such/folder/x.csv"), "no/such/folder"),
        (("sql", "select 1", "--output", "/"), "folder"),
        (("ask", "no_such_question"), "no_such_question"),
        (("ask", "most_quoted", "--no-such-parameter", "1"), "no_such_parameter"),
        (("add",), "URLs"),
        (("add", "example.org/story"), "example.org/story"),
        (("add", "https://"), "https://"),
        (("add", "--file", "no-such-file"), "no-such-file"),
        (("extract", "no-such-file"), "no-such-file"),
        (("extract", "--text", "--html", "-"), "--html"),
        (("extract", "--jsonl", "some-file"), "--jsonl"),
        (("extract", "--jsonl", "--url", "https://example.org"), "--url"),
        (("feeds", "import", "no-such-file"), "no-such-file"),
        (("serve", "--json"), "JSON"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_mistake_in_the_usage_is_2_says_which_and_writes_nothing(
    tmp_path, monkeypatch, argv, said
):
    monkeypatch.chdir(tmp_path)

    answer = onrecord(*argv)

    assert answer.code == 2
    assert said in answer.err
    assert answer.out == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_home_that_is_a_file_is_2_for_every_command(tmp_path, command):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    given = [GIVEN[command]] if command in GIVEN else []

    said = onrecord(*command, *given, "--home", tmp_path / "file")

    assert (said.code, "is a file, not a folder" in said.err) == (2, True), said.err
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    "command", [("ingest",), ("status",), ("init",), ("feeds", "list"), ("sql", "select 1")]
)
def test_a_settings_file_with_a_mistake_is_2_and_names_it(tmp_path, command):
    (tmp_path / "onrecord.toml").write_text("worker = 2\n", encoding="utf-8")

    said = onrecord(*command, "--home", tmp_path)

    assert said.code == 2
    assert "worker" in said.err
    assert [each.name for each in tmp_path.iterdir()] == ["onrecord.toml"]


def test_a_variable_that_names_no_setting_is_told_once_and_stops_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("ONRECORD_PORT_4200_TCP", "tcp://10.0.0.1")

    said = onrecord("init", "--home", tmp_path)

    assert said.code == 0
    assert said.err.count("ONRECORD_PORT_4200_TCP") == 1


def test_a_variable_with_a_bad_value_is_2_and_named(tmp_path, monkeypatch):
    monkeypatch.setenv("ONRECORD_WORKERS", "two")

    said = onrecord("init", "--home", tmp_path)

    assert (said.code, "ONRECORD_WORKERS" in said.err) == (2, True)


def test_the_home_is_taken_from_the_variable_or_is_a_folder_here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    by_default = onrecord("init").code
    monkeypatch.setenv("ONRECORD_HOME", str(tmp_path / "elsewhere"))
    by_variable = onrecord("init").code

    assert (by_default, by_variable) == (0, 0)
    assert (tmp_path / "onrecord-data" / "onrecord.toml").exists()
    assert (tmp_path / "elsewhere" / "onrecord.toml").exists()


def test_a_folder_that_cannot_be_written_is_one_line_and_1(tmp_path):
    home = tmp_path / "home"
    onrecord("init", "--home", home)
    (home / "log").write_text("in the way of a folder", encoding="utf-8")

    said = onrecord("ingest", "--home", home)

    assert said.code == 1
    assert len(said.err.strip().splitlines()) == 1


def test_the_version_is_told():
    said = onrecord("--version")

    assert (said.code, said.out) == (0, f"onrecord {metadata.version('onrecord')}\n")


def test_help_is_given_without_loading_what_does_the_work():
    code = "import sys, flows.cli; flows.cli._parser(); print(*sys.modules)"

    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()

    assert not {"flows.settings", "extractors.records", "importlib.metadata"}.intersection(loaded)


def test_a_reader_that_has_enough_is_no_error(tmp_path):
    onrecord("init", "--home", tmp_path)
    command = [sys.executable, "-m", "flows", "sql", "from range(200000)", "--format", "csv"]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"ONRECORD_HOME": str(tmp_path)},
    )

    process.stdout.readline()
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()

    assert (process.wait(), err) == (0, b"")


@pytest.mark.parametrize(
    ("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["SIGINT", "SIGTERM"]
)
@pytest.mark.parametrize("busy", ["in the database", "waiting for input"])
def test_a_command_that_is_told_to_end_does_so_at_once_and_says_by_its_code(
    tmp_path, sent, code, busy
):
    onrecord("init", "--home", tmp_path)
    endless = "select count(*) from range(1000000000) a, range(1000) b where a.range % 7 = b.range"
    words = ["sql", endless] if busy == "in the database" else ["extract", "--jsonl"]
    process = subprocess.Popen(
        [sys.executable, "-m", "flows", *words, "--home", tmp_path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    time.sleep(2)

    process.send_signal(sent)
    try:
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
        process.communicate()

    assert (process.returncode, out) == (code, b""), err
    assert b"Traceback" not in err


#: Gets a signal while the command line is imported.
EARLY = """
import importlib.abc, os, sys, time

class Signalling(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "flows.cli":
            os.kill(os.getpid(), int(sys.argv.pop()))
            time.sleep(10)

sys.meta_path.insert(0, Signalling())
from flows.__main__ import main

sys.exit(main())
"""


@pytest.mark.parametrize(
    ("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["SIGINT", "SIGTERM"]
)
def test_a_signal_ends_a_command_in_order_before_it_has_begun(sent, code):
    command = [sys.executable, "-c", EARLY, "status", str(int(sent))]

    ended = subprocess.run(command, capture_output=True, check=False, timeout=30)

    assert (ended.returncode, ended.stdout) == (code, b"")
    assert ended.stderr == b"onrecord: interrupted; nothing was begun\n"
