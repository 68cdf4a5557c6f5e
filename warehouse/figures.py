"""What the dashboard asks of the warehouse: small answers, whatever its size."""

import re
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Literal

from warehouse.reader import Reader
from warehouse.scripts import statement

#: A row by its column names: what charts and tables take.
Row = dict[str, Any]
Step = Literal["day", "week", "month"]

#: A journalist waits this long for one chart, not longer.
_PATIENCE_S = 60.0
#: A warehouse of years opens on its last month.
_DAYS_SHOWN = 31
_PARAMETER = re.compile(r"\$(\w+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How much there is in the warehouse."""

    feeds: int
    articles: int
    quotes: int
    speakers: int  #: with a name
    outlets: int
    first_day: date | None  #: UTC; None: no article
    last_day: date | None

    @property
    def days_shown(self) -> tuple[date, date] | None:
        """Return the days that a dashboard opens on; None if there is no article."""
        if self.first_day is None or self.last_day is None:
            return None
        return max(self.first_day, self.last_day - timedelta(days=_DAYS_SHOWN - 1)), self.last_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a person wants to see."""

    since: date  #: UTC day, inclusive
    until: date  #: UTC day, inclusive
    outlets: tuple[str, ...] = ()  #: none: all
    speaker: str = ""  #: a part of the name, any case

    @property
    def step(self) -> Step:
        """Return what one point of a chart over time stands for: few enough to tell apart."""
        days = (self.until - self.since).days
        return "day" if days <= 100 else "week" if days <= 1_000 else "month"


def state_of(reader: Reader) -> State:
    """Return how much `reader` has.

    Raises:
        QueryError: it took too long.
    """
    (row,) = _rows(reader, "dashboard_state", {})
    return State(**row)


def last_run(reader: Reader) -> Row | None:
    """Return the row of the last pass, as in `runs`; None if there was none."""
    return next(iter(_rows(reader, "status_runs", {})), None)


def outlets_of(reader: Reader) -> list[str]:
    """Return the outlets, those with most articles first."""
    return [row["outlet"] for row in _rows(reader, "dashboard_outlets", {})]


def figures(reader: Reader, name: str, choice: Choice, **further: object) -> list[Row]:
    """Return the rows of `statements/dashboard_NAME.sql` for what was chosen.

    Args:
        reader: the state to ask.
        name: the statement.
        choice: days, outlets and speaker; a statement takes of it what it has a parameter for.
        further: values of the statement's other parameters.

    Raises:
        QueryError: it took too long.
    """
    given = {
        **asdict(choice),
        "outlets": list(choice.outlets),
        "step": choice.step,
        **further,
    }
    return _rows(reader, f"dashboard_{name}", given)


def _rows(reader: Reader, script: str, given: dict[str, object]) -> list[Row]:
    sql = statement(script)
    wanted = {name: given[name] for name in _PARAMETER.findall(sql)}
    answer = reader.answer(sql, wanted, timeout_s=_PATIENCE_S)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
