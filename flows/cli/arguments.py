"""What several commands share: adding a command, the home, checks of what was typed."""

import argparse
import os
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.errors import SettingsError
from flows.home import Home, home_at

if TYPE_CHECKING:
    from flows.settings import Settings

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]
else:
    Commands = object

Run = Callable[[argparse.Namespace], int]


def add_command(  # noqa: PLR0913 - what the help of a command says, part by part
    commands: Commands,
    name: str,
    run: Run,
    *,
    summary: str,
    examples: str,
    default_home: str = "$ONRECORD_HOME, else ./onrecord-data",
    on_json: str = "print one JSON document",
) -> argparse.ArgumentParser:
    """Add a command with `--home` and `--json`, its help and examples; return its parser.

    Args:
        commands: to which it is added.
        name: that a person types.
        run: does it; returns the exit code.
        summary: one sentence, which begins small.
        examples: lines that work, each with two spaces before it.
        default_home: what the help says of a home that is not given.
        on_json: what it says of `--json`.
    """
    parser = commands.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.",
        epilog=f"examples:\n{examples}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "--home",
        type=Path,
        metavar="DIR",
        help=f"where everything is kept (default: {default_home})",
    )
    parser.add_argument("--json", action="store_true", help=on_json)
    parser.set_defaults(run=run)
    return parser


def add_wait(parser: argparse.ArgumentParser, why: str) -> None:
    """Add `--wait S`; `why` says for whose end."""
    parser.add_argument("--wait", type=positive_number, metavar="S", help=f"{why}, up to S seconds")


def add_as_of(parser: argparse.ArgumentParser) -> None:
    """Add `--as-of T`."""
    parser.add_argument(
        "--as-of",
        type=instant,
        metavar="T",
        help="the warehouse as it was known at T; a day means its last moment",
    )


def home_of(options: argparse.Namespace) -> Home:
    """Return the home that was asked for, by option, variable or default.

    Raises:
        SettingsError: it is a file.
        OnRecordError: a restore was cut short there.
    """
    home = chosen_home(options)
    home.must_be_whole()
    return home


def chosen_home(options: argparse.Namespace) -> Home:
    """Return the home that was asked for, in whatever state it is."""
    home = home_at(options.home, os.environ)
    if home.path.exists() and not home.path.is_dir():
        raise SettingsError(f"--home {home.path} is a file, not a folder")
    return home


def settings_of(home: Home) -> "Settings":
    """Return the settings of `home` under this process's environment."""
    from flows.settings import load_settings

    return load_settings(home.path, os.environ)


def positive_number(text: str) -> float:
    """Return `text` as a number of seconds above zero, for argparse."""
    value = float(text)
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0")
    return value


def count(text: str) -> int:
    """Return `text` as a whole number from 0, for argparse."""
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError(f"{text!r} is below 0")
    return value


def instant(text: str) -> datetime:
    """Return `text` (ISO 8601, a day means its last moment, no offset means UTC) for argparse."""
    try:
        if len(text) == len("2026-11-22"):
            return datetime.combine(date.fromisoformat(text), time.max, tzinfo=UTC)
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a time such as 2026-11-22 or 2026-11-22T09:30:00Z"
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def first_instant(text: str) -> datetime:
    """Return `text` as `instant` does, but a day as its first moment, for argparse."""
    moment = instant(text)
    is_day = len(text) == len("2026-11-22")
    return datetime.combine(moment.date(), time.min, tzinfo=UTC) if is_day else moment


def assignment(text: str) -> tuple[str, str]:
    """Return `K=V` as a pair, for argparse."""
    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form NAME=VALUE")
    return name, value
