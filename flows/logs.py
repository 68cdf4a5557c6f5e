"""Where the log lines go: a file in the home, warnings also to stderr. Only for the commands."""

import logging
import logging.handlers
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from flows.home import Home

_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
_OURS = ("flows", "extractors", "warehouse")


@contextmanager
def log_to(home: Home) -> Iterator[None]:
    """Write our log to `log/onrecord.log` in `home` (5 files of 5 MB) while the block runs."""
    home.log.mkdir(parents=True, exist_ok=True)
    to_file = logging.handlers.RotatingFileHandler(
        home.log / "onrecord.log", maxBytes=5_000_000, backupCount=4, encoding="utf-8"
    )
    to_file.setFormatter(logging.Formatter(_FORMAT))
    to_person = logging.StreamHandler(sys.stderr)
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
