"""A table of numbers and words: what is behind a figure, by columns with names and units, in full digits."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from gui.text import one_line


class Column(NamedTuple):
    """`values` are float64, where NaN is nothing; or int64; or words."""

    name: str
    values: np.ndarray | tuple[str, ...]
    unit: str = ""

    @property
    def head(self) -> str:
        """With the unit, as on an axis."""
        return f"{self.name} ({self.unit})" if self.unit else self.name

    @property
    def is_words(self) -> bool:
        return isinstance(self.values, tuple)


class Table(NamedTuple):
    """Columns of one length, no two with the same head."""

    name: str
    columns: tuple[Column, ...]

    @property
    def rows(self) -> int:
        return len(self.columns[0].values)


def table(name: str, columns: Iterable[Column]) -> Table:
    """A second “loss” is called “loss 2”; whatever hides in a name is made visible."""
    made: list[Column] = []
    for column in columns:
        head = distinct(one_line(column.name) or "value", {one.name for one in made})
        made.append(column._replace(name=head))
    return Table(one_line(name), tuple(made))


def distinct(name: str, taken: Iterable[str]) -> str:
    """`name`, or with the first number that makes it new."""
    taken, found, count = set(taken), name, 1
    while found in taken:
        count += 1
        found = f"{name} {count}"
    return found


def counted(values: np.ndarray) -> np.ndarray:
    """Whole numbers without a point, where all of them are: steps, places, counts."""
    numbers = np.asarray(values, dtype=float)
    whole = np.isfinite(numbers).all() and (numbers == np.trunc(numbers)).all() and (abs(numbers) < 2**53).all()
    return numbers.astype(np.int64) if whole else numbers
