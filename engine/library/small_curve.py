"""The loss of a run as a few points, read without reading all of the file: of a million steps some 3,000 rows."""

import sqlite3
from math import nan
from typing import NamedTuple

import numpy as np

from engine.events import Stepped
from engine.library.lineage import Lineage
from engine.rewinds import Span
from engine.runfile import table

POINTS = 64
WIDTH, EARLY = 20, 8  # each point is the mean of the last steps, early of an eighth of them, as in the loss chart
POISON = 1e6  # nats; no loss means that much
WHOLE = 2048  # so many rows are read one and all
COLUMNS = "step", "loss"
LOSS = f"SELECT step, loss FROM {table(Stepped)}"


class SmallCurve(NamedTuple):
    """P points, of which the last is the present."""

    steps_P: np.ndarray
    losses_P: np.ndarray  # nats per token; NaN where the loss was no number

    @property
    def loss(self) -> float:
        return float(self.losses_P[-1]) if len(self.losses_P) else nan


def small_curve(lineage: Lineage) -> SmallCurve:
    """Of the steps that count."""
    rows = lineage.newest(Stepped, COLUMNS, WHOLE)
    if len(rows) < WHOLE:
        return thinned(*columns(rows[::-1]))
    points = [mean_before(lineage.file, *place) for place in places(lineage)]
    return SmallCurve(*columns([*points, mean_of(rows[:WIDTH])]))


def thinned(steps: np.ndarray, losses: np.ndarray) -> SmallCurve:
    """Every step is known: the exact means, at POINTS of the steps."""
    count = np.arange(1, len(losses) + 1)
    begin = count - np.minimum(WIDTH, 1 + count // EARLY)
    real = np.abs(losses) < POISON
    sums = np.concatenate([[0.0], np.cumsum(np.where(real, losses, 0.0))])
    reals = np.concatenate([[0], np.cumsum(real)])
    means = np.where(real, (sums[count] - sums[begin]) / np.maximum(reals[count] - reals[begin], 1), np.nan)
    keep = np.unique(np.linspace(0, len(losses) - 1, POINTS).round().astype(int)) if len(losses) else count
    return SmallCurve(steps[keep], means[keep])


def places(lineage: Lineage) -> list[tuple[Span, int, int]]:
    """Evenly over the rows: where, up to which row number, and how many steps go into the mean."""
    spans = lineage.spans
    ends = [next(iter(lineage.within(Stepped, ("id",), span)), None) for span in spans]
    lengths = [end[0] - span.after if end else 0 for span, end in zip(spans, ends, strict=True)]
    found, past = [], np.concatenate([[0], np.cumsum(lengths)])
    for at in np.linspace(0, past[-1], POINTS).round().astype(int)[:-1].tolist():
        index = int(np.searchsorted(past, at, side="right")) - 1
        found.append((spans[index], spans[index].after + at - int(past[index]), min(WIDTH, 1 + at // EARLY)))
    return found


def mean_before(file: sqlite3.Connection, span: Span, number: int, width: int) -> tuple[float, float]:
    """Step and mean of the last `width` steps up to the row `number`; before the first step, that one's."""
    query = f"{LOSS} WHERE id > ? AND id <= ? ORDER BY id DESC LIMIT ?"
    rows = file.execute(query, (span.after, number, width)).fetchall()
    return mean_of(rows or file.execute(f"{LOSS} WHERE id > ? ORDER BY id LIMIT 1", (number,)).fetchall())


def mean_of(rows: list[tuple[float, float | None]]) -> tuple[float, float]:
    """The step of the newest, which comes first, and the mean; none where the newest is no number."""
    steps, losses = columns(rows)
    real = np.abs(losses) < POISON
    return float(steps[0]), float(losses[real].mean()) if real[0] else nan


def columns(rows: list[tuple[float, float | None]]) -> tuple[np.ndarray, np.ndarray]:
    """Steps and losses; SQLite has no NaN and gives None for it."""
    made = np.array(rows, dtype=float).reshape(-1, 2)
    return made[:, 0], made[:, 1]
