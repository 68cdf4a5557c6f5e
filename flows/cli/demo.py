"""`demo`: the whole path on the bundled newsroom, with nothing but loopback."""

import argparse
import shlex
import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.errors import SettingsError
from flows.cli.arguments import Commands, add_command, settings_of
from flows.cli.output import print_json, print_table, rows_of
from flows.home import Home
from flows.logs import log_to

if TYPE_CHECKING:
    from flows.demo.server import Newsroom
    from flows.settings import Settings
    from warehouse.results import Run

_MARK = ".onrecord-demo"
_SETTINGS = """\
# The home of `onrecord demo`. Its feeds are served only while the demo runs; ask it questions:
#   onrecord sql "select speaker, text from quotes limit 5" --home {home}
pause_s = 0.0    # the newsroom is this machine's own
allow_hosts = {hosts}
"""
#: Saved questions, their parameters, and what stands above their answers.
_QUESTIONS: tuple[tuple[str, dict[str, str], str], ...] = (
    ("most_quoted", {"top": "10"}, "Who is quoted most"),
    (
        "trace_quote",
        {"words": "drown in paperwork", "top": "1"},
        "A quotation, and its trace to the archived bytes",
    ),
    ("what_failed", {}, "What failed and why"),
)


def add_to(commands: Commands) -> None:
    """Add the command to the parser."""
    add_command(
        commands,
        "demo",
        _run,
        summary="ingest the bundled sample newsroom and answer three questions about it",
        examples="  onrecord demo\n  onrecord demo --home /tmp/newsroom",
        default_home="./onrecord-demo",
    )


def _run(options: argparse.Namespace) -> int:
    from flows.demo.server import serve_newsroom

    home = Home(Path(options.home or "onrecord-demo").expanduser().absolute())
    _clear(home)
    with serve_newsroom() as newsroom:
        settings = _set_up(home, newsroom)
        _say(f"serving {len(newsroom.feed_urls)} feeds at {', '.join(newsroom.addresses)}")
        runs = _two_passes(home, settings, newsroom, as_json=options.json)
    _answer(home, runs, as_json=options.json)
    return 0


def _clear(home: Home) -> None:
    """Make the home empty if it is a former demo; refuse any other."""
    path = home.path
    if path.exists() and not path.is_dir():
        raise SettingsError(f"{path} is a file, not a folder")
    if path.exists() and any(path.iterdir()):
        if not (path / _MARK).exists():
            raise SettingsError(
                f"{path} holds something else than a demo: name an empty folder with --home"
            )
        shutil.rmtree(path)
    path.mkdir(parents=True, exist_ok=True)
    (path / _MARK).touch()


def _set_up(home: Home, newsroom: "Newsroom") -> "Settings":
    from flows.subscriptions import Subscription, add_subscriptions

    hosts = ", ".join(f'"{address}"' for address in newsroom.addresses)
    home.settings_file.write_text(
        _SETTINGS.format(home=home.path, hosts=f"[{hosts}]"), encoding="utf-8"
    )
    add_subscriptions(home.settings_file, [Subscription(url=url) for url in newsroom.feed_urls])
    return replace(settings_of(home), allow_hosts=tuple(newsroom.addresses), pause_s=0.0)


def _two_passes(
    home: Home, settings: "Settings", newsroom: "Newsroom", *, as_json: bool
) -> list["Run"]:
    from flows.report import run_summary
    from flows.steps import Order, run_pass

    runs: list[Run] = []
    for edition in ("first", "second"):
        if edition == "second":
            newsroom.publish_second_edition()
        _say(f"pass over the {edition} edition …")
        with log_to(home):
            report = run_pass(home, settings, Order(force=True))
        if report.run is None:
            raise SettingsError(f"another demo is running in {home.path}")
        runs.append(report.run)
        if not as_json:
            print(f"The {edition} edition\n{run_summary(report.run)}\n")
    return runs


def _answer(home: Home, runs: "Sequence[Run]", *, as_json: bool) -> None:
    from flows.showing import PATIENCE_S
    from warehouse.reader import Reader

    with Reader(home.path) as reader:
        answers = {
            name: reader.ask(name, params, timeout_s=PATIENCE_S) for name, params, _ in _QUESTIONS
        }
    if as_json:
        rows = {name: rows_of(each.columns, each.rows) for name, each in answers.items()}
        print_json({"runs": runs, "answers": rows})
        return
    for name, params, heading in _QUESTIONS:
        given = "".join(f" --{key} {shlex.quote(value)}" for key, value in params.items())
        print(f"{heading}: onrecord ask {name}{given} --home {home.path.name}\n")
        answer = answers[name]
        if len(answer.rows) == 1:
            print_table(("", ""), zip(answer.columns, answer.rows[0], strict=True))
        else:
            print_table(answer.columns, answer.rows)
        print()


def _say(line: str) -> None:
    print(f"onrecord: {line}", file=sys.stderr)
