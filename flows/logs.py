"""Where the log lines go: a file in the home, warnings also to stderr. Only for the commands."""

import logging
import logging.handlers
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from flows.home import Home

_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
_OURS = ("flows", "extractors", "warehouse")


class _StderrOfNow(logging.StreamHandler):  # type: ignore[type-arg]
    """Writes to what is stderr when a line comes: while a bar is shown, that is above the bar."""

    @property
    def stream(self) -> TextIO:
        return sys.stderr

    @stream.setter
    def stream(self, _stream: TextIO) -> None:
        """It is never another one."""


@contextmanager
def at_most(lines: int, name: str) -> Iterator[None]:
    """Let those who listen to us by now have so many lines of the logger `name` in the block.

    A pass over feeds that are all dead has a line for each; the file gets them all.
    """
    filters = [
        (handler, _FirstLines(lines, name))
        for each in (*_OURS, None)  # None: the root, whose listeners hear everybody
        for handler in logging.getLogger(each).handlers
    ]
    for handler, first in filters:
        handler.addFilter(first)
    try:
        yield
    finally:
        for handler, first in filters:
            handler.removeFilter(first)


class _FirstLines(logging.Filter):
    """Lets the first lines of one logger through, and all of the others."""

    def __init__(self, lines: int, name: str) -> None:
        super().__init__()
        self._left, self._of = lines, name

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name == self._of:
            self._left -= 1
        return record.name != self._of or self._left >= 0


@contextmanager
def log_to(home: Home) -> Iterator[None]:
    """Write our log to `log/onrecord.log` in `home` (5 files of 5 MB) while the block runs."""
    home.log.mkdir(parents=True, exist_ok=True)
    to_file = logging.handlers.RotatingFileHandler(
        home.log / "onrecord.log", maxBytes=5_000_000, backupCount=4, encoding="utf-8"
    )
    to_file.setFormatter(logging.Formatter(_FORMAT))
    to_person = _StderrOfNow()
    to_person.setLevel(logging.WARNING)
    to_person.setFormatter(logging.Formatter("onrecord: %(message)s"))
    handlers = (to_file, to_person)
    loggers = [logging.getLogger(name) for name in _OURS]
    for logger in loggers:
        logger.setLevel(logging.INFO)
        for handler in handlers:
            logger.addHandler(handler)
    try:
        yield
    finally:
        for logger in loggers:
            for handler in handlers:
                logger.removeHandler(handler)
        to_file.close()
