"""What a log holds once it is read, whatever its format: series of numbers in the order they were written down."""

from array import array
from collections import defaultdict
from math import nan
from typing import Any, NamedTuple

import numpy as np

from engine.trouble import Trouble

MOST_SERIES = 10_000
LARGEST_STEP = 2**50
Columns = tuple["array[Any]", ...]  # as in Series


class Series(NamedTuple):
    """All numbers of one name; four columns of N."""

    places: np.ndarray  # int64: how many numbers of any name the log held before
    steps: np.ndarray  # int64
    times: np.ndarray  # seconds since whatever the log counts from; NaN where it does not say
    values: np.ndarray  # float64


class Log(NamedTuple):
    name: str
    series: dict[str, Series]
    left_out: tuple[str, ...] = ()  # a sentence for each kind of thing that could not be read


class Gathering:
    """A log while it is read: 32 bytes a number."""

    def __init__(self) -> None:
        self._columns: dict[str, Columns] = {}
        self._left_out: dict[tuple[str, str], int] = defaultdict(int)
        self.count = 0

    def add(self, name: str, step: int, value: float, time: float = nan) -> None:
        """The next number. Trouble where there are more names than any person would give."""
        if not 0 <= step <= LARGEST_STEP:
            self.leave_out("number at an impossible step", "numbers at impossible steps")
            return
        columns = self._columns.get(name) or self._begin(name)
        for column, one in zip(columns, (self.count, step, time, value), strict=True):
            column.append(one)
        self.count += 1

    def leave_out(self, one: str, many: str) -> None:
        """Count something that could not be read, by its name."""
        self._left_out[one, many] += 1

    def log(self, name: str) -> Log:
        """What was gathered. Trouble if that is nothing."""
        said = tuple(f"{n:,} {one if n == 1 else many} left out." for (one, many), n in self._left_out.items())
        if not self._columns:
            raise Trouble(" ".join(("There are no numbers by step in it.", *said)), "Choose another file.")
        series = {key: Series(*map(np.array, columns)) for key, columns in self._columns.items()}
        if not any(one.steps.any() for one in series.values()):  # who never says a step has them counted
            series = {key: one._replace(steps=np.arange(len(one.steps))) for key, one in series.items()}
        return Log(name, series, said)

    def _begin(self, name: str) -> Columns:
        if len(self._columns) == MOST_SERIES:
            raise Trouble(f"There are more than {MOST_SERIES:,} series in it.", "Export fewer of them, and try again.")
        self._columns[name] = array("q"), array("q"), array("d"), array("d")
        return self._columns[name]
