"""A value together with what of a page gave it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from extractors.pages.claims import Source

Value_co = TypeVar("Value_co", covariant=True)
Stated = TypeVar("Stated")
Judged = TypeVar("Judged")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced(Generic[Value_co]):
    """What is known, and from where."""

    value: Value_co
    source: Source


def first_sourced(
    options: Iterable[tuple[Source, Stated]], judge: Callable[[Stated], Judged | None]
) -> Sourced[Judged] | None:
    """Return what `judge` makes of the first statement that it makes something of, else None."""
    for source, stated in options:
        if judged := judge(stated):
            return Sourced(value=judged, source=source)
    return None


def value_of(found: Sourced[Judged] | None) -> Judged | None:
    """Return what is known, None where nothing is."""
    return found.value if found else None
