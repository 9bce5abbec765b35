"""Numbers and marks as one table with a row for each step, for formats that are tables.

Columns stay as they are until a few thousand rows of them are written: series of few steps cost what they hold.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from engine.logs.numbers import Mark, Numbers

CELLS = 200_000  # in hand at a time
MARK = "mark"


class Column(NamedTuple):
    rows: np.ndarray  # that have a number, ascending
    values: np.ndarray


class Rows(NamedTuple):
    """Some rows of the table, all its columns."""

    steps: np.ndarray
    times: np.ndarray
    columns: dict[str, tuple[np.ndarray, np.ndarray]]  # values, and where there are any
    marks: list[str]  # "" where there is none


class Grid:
    """A step has several rows where a series has several numbers at it."""

    def __init__(self, numbers: list[Numbers], marks: list[Mark]) -> None:
        marked = marks_by_step(marks)
        told = [(one.steps, one.times) for one in numbers]
        told.append((np.array(list(marked), dtype=float), np.array([marked[step][0] for step in marked])))
        keys = [keys_of(steps) for steps, _ in told]
        every = np.concatenate([*keys, np.empty((0, 2))])
        order = np.lexsort((every[:, 1], every[:, 0]))
        new = np.ones(len(order), dtype=bool)
        new[1:] = (np.diff(every[order], axis=0) != 0).any(axis=1)
        row = np.empty(len(order), dtype=np.int64)
        row[order] = np.cumsum(new) - 1
        rows = np.split(row, np.cumsum([len(key) for key in keys])[:-1])
        self.steps = every[order[new], 0].astype(np.int64)
        self.times = np.zeros(len(self.steps))
        for at, (_, times) in reversed(list(zip(rows, told, strict=True))):
            self.times[at] = times  # the training's own have the last word
        self.columns = {
            name: Column(at, values)
            for at, one in zip(rows, numbers, strict=False)
            for name, values in one.columns.items()
        }
        self.marks = {int(at): words for at, (_, words) in zip(rows[-1], marked.values(), strict=True)}

    def parts(self) -> Iterator[Rows]:
        """All rows, some at a time."""
        height = max(1, CELLS // (3 + len(self.columns)))
        for start in range(0, len(self.steps), height):
            yield self._part(start, min(start + height, len(self.steps)))

    def _part(self, start: int, end: int) -> Rows:
        columns = {}
        for name, column in self.columns.items():
            first, last = np.searchsorted(column.rows, (start, end))
            values, there = np.zeros(end - start), np.zeros(end - start, dtype=bool)
            at = column.rows[first:last] - start
            values[at], there[at] = column.values[first:last], True
            columns[name] = values, there
        marks = [self.marks.get(row, "") for row in range(start, end)] if self.marks else [""] * (end - start)
        return Rows(self.steps[start:end], self.times[start:end], columns, marks)


def keys_of(steps: np.ndarray) -> np.ndarray:
    """[N, 2] step, and how many of the same step came before."""
    return np.stack([steps, np.arange(len(steps)) - np.searchsorted(steps, steps, side="left")], axis=1)


def marks_by_step(marks: list[Mark]) -> dict[int, tuple[float, str]]:
    """One cell a step."""
    found: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        found[mark.step].append(mark)
    return {step: (all_of[0].time, "; ".join(one.words for one in all_of)) for step, all_of in found.items()}
