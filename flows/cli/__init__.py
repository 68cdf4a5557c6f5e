"""The command line: `onrecord`, one module for each group of commands.

Nothing heavy is imported before a command runs, so that `onrecord --help` answers at once.
"""

import argparse
import io
import os
import signal
import sys
from collections.abc import Callable, Sequence
from types import FrameType
from typing import NoReturn

from extractors.errors import OnRecordError, SettingsError
from flows.cli import (
    backup,
    dashboard,
    demo,
    doctor,
    document,
    export,
    feeds,
    forget,
    maintain,
    passes,
    questions,
    reextract,
    serve,
    status,
    trigger,
    watching,
)
from flows.cli.output import visible

_DESCRIPTION = "Turn the news into a warehouse of who said what, where and when."
_EPILOG = """examples:
  onrecord demo                        the whole path on a bundled sample newsroom
  onrecord init                        start a home in ./onrecord-data
  onrecord feeds add https://example.org/feed.xml
  onrecord ingest                      one pass over the feeds that are due
  onrecord sql "select speaker, count(*) from quotes group by all order by 2 desc"

exit codes: 0 done, 1 it ran and failed, 2 bad usage or settings,
  130 interrupted (143 by SIGTERM)
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    options, rest = _parser().parse_known_args(argv)
    if rest and not getattr(options, "takes_rest", False):
        _parser().error(f"unrecognized arguments: {' '.join(rest)}")
    options.rest = rest
    _write_utf8()
    _warn_of_unknown_variables()
    stop = _Stop()
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) != signal.SIG_IGN:  # a shell's background job ignores Ctrl-C
            signal.signal(number, stop)
    return _exit_code_of(lambda: options.run(options), stop)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="onrecord",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and exit")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    working = (passes, maintain, reextract, forget, backup, doctor)
    asking = (questions, export)
    serving = (serve, trigger)
    for module in (demo, feeds, *working, document, *asking, status, watching, *serving, dashboard):
        module.add_to(commands)
    return parser


class _Version(argparse.Action):
    """Prints the version, which takes longer to look up than all of the help takes."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from importlib import metadata

        print(f"onrecord {metadata.version('onrecord')}")
        parser.exit()


class _Stop:
    """Ends the command on a signal, and remembers by what."""

    def __init__(self) -> None:
        self.raised: KeyboardInterrupt | SystemExit | None = None

    def __call__(self, number: int, _frame: FrameType | None) -> NoReturn:
        is_from_keyboard = number == signal.SIGINT
        self.raised = KeyboardInterrupt() if is_from_keyboard else SystemExit(128 + number)
        raise self.raised


def _exit_code_of(run: Callable[[], int], stop: _Stop) -> int:
    try:
        return _ended(run, stop)
    except SettingsError as error:
        return _complain(error, code=2)
    except OnRecordError as error:
        return _complain(error, code=1)
    except KeyboardInterrupt:
        print("onrecord: interrupted; what was loaded stays", file=sys.stderr)
        return 128 + signal.SIGINT
    except BrokenPipeError:
        # `onrecord sql … | head`: the reader has enough. Python would complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:  # a folder that may not be written, a disk that is gone
        return _complain(error, code=1)


def _ended(run: Callable[[], int], stop: _Stop) -> int:
    try:
        code = run()
    except RuntimeError:
        # DuckDB notices the signal, calls our handler, and raises an error of its own instead.
        if stop.raised:
            raise stop.raised from None
        raise
    sys.stdout.flush()
    return code


def _complain(error: OnRecordError | OSError, *, code: int) -> int:
    from flows.room import in_words

    print(f"onrecord: {visible(in_words(error))}", file=sys.stderr)
    return code


def _write_utf8() -> None:
    """Write UTF-8 whatever the locale: results are read by programs, and quotes are curly."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")


def _warn_of_unknown_variables() -> None:
    from flows.settings import unknown_variables

    if unknown := unknown_variables(os.environ):
        print(f"onrecord: these variables name no setting: {', '.join(unknown)}", file=sys.stderr)
