"""The command `onrecord`, and `python -m flows`."""

import os
import signal
import sys
from contextlib import suppress
from types import FrameType
from typing import NoReturn


def main() -> int:
    """Run one command; return its exit code.

    A signal ends it in order from the first moment on, also while the command line is imported.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) != signal.SIG_IGN:  # a shell's background job ignores Ctrl-C
            signal.signal(number, _end_at_once)
    from flows import cli

    return cli.main()


def _end_at_once(number: int, _frame: FrameType | None) -> NoReturn:
    # Nothing was begun: there is nothing to clean up, and half-done imports would tell of errors.
    with suppress(OSError):  # nobody may be there to read it
        os.write(2, b"onrecord: interrupted; nothing was begun\n")
    os._exit(128 + number)


if __name__ == "__main__":
    sys.exit(main())
