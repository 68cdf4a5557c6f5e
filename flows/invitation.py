"""The invitation of a pass to whoever may lend it places: a file that only its owner can read.

Who knows the key may send the pass pickles, that is, run code as its user: nobody else may read it.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from warehouse.durably import put


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """How to join a pass."""

    run_id: str
    host: str
    port: int
    key: str  #: hexadecimal; each side proves that it knows it
    extractor_version: str  #: that whoever joins must have, or its rows would be others
    silence_s: float  #: after so long without a word an assistant is taken for lost


def invite(path: Path, invitation: Invitation) -> None:
    """Write `invitation` to the file `path`, in place of one that a killed pass may have left."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    file = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(file, "w", encoding="utf-8") as text:
        json.dump(asdict(invitation), text)
    put(unfinished, path)


def invitation_at(path: Path) -> Invitation | None:
    """Return the invitation in the file `path`; None if there is none.

    It may be stale: a pass that was killed could not withdraw it. Then nobody listens.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    return Invitation(**json.loads(text))
