"""Named features as sparse arrays."""

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: A feature that holds for fewer candidates is left out.
LEAST_TIMES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Rows of features that hold: cell i says that `names[columns[i]]` holds in `rows[i]`."""

    names: tuple[str, ...]  #: sorted
    rows: NDArray[np.int64]  #: ascending
    columns: NDArray[np.int64]  #: ascending within a row
    height: int

    def scores(self, weights: Floats) -> Floats:
        """Return the sum of the weights of each row."""
        return summed(self.rows, weights[self.columns], self.height)

    def sums(self, values: Floats) -> Floats:
        """Return for each column the sum of `values` over the rows in which it holds."""
        return summed(self.columns, values[self.rows], len(self.names))

    def renamed(self, name_of: Callable[[str], str]) -> "Matrix":
        """Return the same rows by other names; columns that get the same name become one."""
        given = [name_of(name) for name in self.names]
        names = sorted(set(given))
        place = {name: number for number, name in enumerate(names)}
        places = np.array([place[name] for name in given], dtype=np.int64)
        columns = places[self.columns]
        order = np.lexsort((columns, self.rows))
        return Matrix(
            names=tuple(names),
            rows=self.rows[order],
            columns=columns[order],
            height=self.height,
        )

    def only(self, kept: NDArray[np.bool_]) -> "Matrix":
        """Return the rows that are `kept`, with all columns."""
        cells = kept[self.rows]
        number = np.cumsum(kept) - 1
        return Matrix(
            names=self.names,
            rows=number[self.rows[cells]],
            columns=self.columns[cells],
            height=int(kept.sum()),
        )


class Rows:
    """Rows of features as they are met, in numbers: as names they would fill the memory."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._cells = array("q")
        self._ends = array("q")

    def add(self, features: Iterable[str]) -> None:
        """Add a row; a feature that is named twice counts twice, as it does at run time."""
        for name in features:
            self._cells.append(self._numbers.setdefault(name, len(self._numbers)))
        self._ends.append(len(self._cells))

    def matrix(self) -> Matrix:
        """Return the rows with the features that a table can hold and that are not too rare.

        The same rows give the same matrix, in whatever order a row names its features.
        """
        cells = np.array(self._cells, dtype=np.int64)
        times = np.bincount(cells, minlength=len(self._numbers))
        names = sorted(
            name
            for name, number in self._numbers.items()
            if times[number] >= LEAST_TIMES and is_storable(name)
        )
        places = np.full(len(self._numbers), -1, dtype=np.int64)
        places[[self._numbers[name] for name in names]] = np.arange(len(names))
        rows = np.repeat(np.arange(len(self._ends)), np.diff(self._ends, prepend=0))
        columns = places[cells] if len(cells) else cells
        kept = columns >= 0
        rows, columns = rows[kept], columns[kept]
        order = np.lexsort((columns, rows))
        return Matrix(
            names=tuple(names), rows=rows[order], columns=columns[order], height=len(self._ends)
        )


def summed(places: NDArray[np.int64], values: Floats, size: int) -> Floats:
    """Return for each place from 0 to `size` the sum of the values there; 0 where none is."""
    return np.asarray(np.bincount(places, values, size), dtype=np.float64)


def is_storable(name: str) -> bool:
    """Answer whether `name` comes back from a line of a table as it went in."""
    return name == name.strip() and len(name.splitlines()) == 1 and not name.startswith("#")
