"""The .sql files of this package."""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A .sql file."""

    name: str  #: the file's name without .sql
    sql: str

    @property
    def sha256(self) -> str:
        """Return the hash of the script's text."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


@cache
def statement(name: str) -> str:
    """Return the SQL of `statements/NAME.sql`."""
    return files("warehouse").joinpath("statements", f"{name}.sql").read_text("utf-8")


@cache
def scripts_in(folder: str) -> tuple[Script, ...]:
    """Return the scripts of `migrations`, `views` or `queries`, by name."""
    found = (file for file in files("warehouse").joinpath(folder).iterdir())
    return tuple(
        Script(name=file.name.removesuffix(".sql"), sql=file.read_text("utf-8"))
        for file in sorted(found, key=lambda file: file.name)
        if file.name.endswith(".sql")
    )
