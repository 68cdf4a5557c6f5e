"""The saved questions: `queries/NAME.sql`, each with its question and parameters on top."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from extractors.errors import SettingsError
from warehouse.scripts import Script, scripts_in

#: `-- since: from this time on (default: 1970-01-01)`
_PARAMETER = re.compile(r"^-- (?P<name>\w+): (?P<meaning>.+?)(?: \(default: (?P<default>.*)\))?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A value a question asks for."""

    name: str
    meaning: str
    default: str | None  #: None: it must be given


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question that is asked by name."""

    name: str
    question: str
    parameters: tuple[Parameter, ...]  #: in the order of the file
    sql: str


@cache
def questions() -> tuple[Question, ...]:
    """Return the saved questions, by name."""
    return tuple(_question(script) for script in scripts_in("queries"))


def question_named(name: str) -> Question:
    """Return the saved question called `name`.

    Raises:
        SettingsError: there is none; the message names those there are.
    """
    for question in questions():
        if question.name == name:
            return question
    known = ", ".join(question.name for question in questions())
    raise SettingsError(f"no saved question {name!r}; there are {known}")


def values_for(question: Question, given: Mapping[str, object]) -> dict[str, object]:
    """Return a value for each parameter of `question`: the one given, else its default.

    Raises:
        SettingsError: a parameter without a default is missing, or one was given it does not have.
    """
    wanted = {parameter.name: parameter.default for parameter in question.parameters}
    if unknown := sorted(given.keys() - wanted.keys()):
        known = ", ".join(wanted) or "none"
        raise SettingsError(
            f"{question.name} has no parameter {', '.join(unknown)} (it has {known})"
        )
    values = {**wanted, **given}
    if missing := [name for name, value in values.items() if value is None]:
        raise SettingsError(f"{question.name} needs a value for {', '.join(missing)}")
    return values


def _question(script: Script) -> Question:
    header = []
    for line in script.sql.splitlines():
        if not line.startswith("-- "):
            break
        header.append(line)
    found = [_PARAMETER.match(line) for line in header[1:]]
    return Question(
        name=script.name,
        question=header[0].removeprefix("-- "),
        parameters=tuple(
            Parameter(name=match["name"], meaning=match["meaning"], default=match["default"])
            for match in found
            if match
        ),
        sql=script.sql,
    )
