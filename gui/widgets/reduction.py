"""A curve of any length as at most two points a column of pixels: drawing costs the same after hours of training.

Done on the values as they are seen, column by column: no spike of a single step is ever lost.
"""

from typing import NamedTuple

import numpy as np

from gui.widgets.scale import Scale


class Columns(NamedTuple):
    """Which values fall into which column of pixels; columns without any are left out."""

    starts: np.ndarray  # first value of each column
    counts: np.ndarray
    pixels: np.ndarray  # where the column is drawn: its only value, or its middle
    first: int  # values on the chart: first to last, last not included
    last: int


def columns(x: np.ndarray, scale: Scale, per_pixel: float = 1.0) -> Columns:
    """`x` ascends. Finding borders in the values is cheaper than finding a pixel for every value."""
    width = max(1, round((scale.end - scale.start) * per_pixel))
    cuts = np.searchsorted(x, scale.edges(width))
    cuts[-1] = np.searchsorted(x, scale.edges(width)[-1], side="right")
    counts = np.diff(cuts)
    filled = np.flatnonzero(counts)
    starts, counts = cuts[:-1][filled], counts[filled]
    pixels = scale.start + (filled + 0.5) * ((scale.end - scale.start) / width)
    alone = counts == 1
    pixels[alone] = scale.pixels(x[starts[alone]])
    return Columns(starts, counts, pixels, int(cuts[0]), int(cuts[-1]))


def extremes(x: np.ndarray, y: np.ndarray, scale: Scale, found: Columns) -> tuple[np.ndarray, np.ndarray]:
    """Pixels across and values: the lowest and the highest value of each column, in the order that joins up best."""
    if not len(found.starts):
        return _with_neighbours(x, y, scale, found, np.empty(0), np.empty(0))
    shown = y[: found.last]
    low, high = np.fmin.reduceat(shown, found.starts), np.fmax.reduceat(shown, found.starts)
    rising = shown[found.starts] <= shown[found.starts + found.counts - 1]
    both = np.stack([np.where(rising, low, high), np.where(rising, high, low)], axis=1)
    wanted = np.stack([np.ones(len(low), bool), found.counts > 1], axis=1)
    return _with_neighbours(x, y, scale, found, np.repeat(found.pixels, wanted.sum(axis=1)), both[wanted])


def means(x: np.ndarray, y: np.ndarray, scale: Scale, found: Columns) -> tuple[np.ndarray, np.ndarray]:
    """Pixels across and values: the mean of each column, for a curve that is smooth; its newest value is exact."""
    if not len(found.starts):
        return _with_neighbours(x, y, scale, found, np.empty(0), np.empty(0))
    across, values = found.pixels, np.add.reduceat(y[: found.last], found.starts) / found.counts
    if found.last == len(x) and found.counts[-1] > 1:
        across, values = np.append(across, scale.pixels(x[-1:])), np.append(values, y[-1])
    return _with_neighbours(x, y, scale, found, across, values)


def first_in_each(x: np.ndarray, scale: Scale, apart: float) -> np.ndarray:
    """Places of the first value in each stretch of so many pixels, counted from the left edge of the chart's widget."""
    pixels = apart * np.arange(np.floor(scale.start / apart), np.ceil(scale.end / apart) + 2)
    cuts = np.searchsorted(x, scale.values(pixels))
    return cuts[:-1][np.diff(cuts) > 0]


def _with_neighbours(
    x: np.ndarray, y: np.ndarray, scale: Scale, found: Columns, across: np.ndarray, values: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Add the value before and the value after those on the chart, so that lines run on to its edge."""
    before, after = slice(max(0, found.first - 1), found.first), slice(found.last, found.last + 1)
    across = np.concatenate([scale.pixels(x[before]), across, scale.pixels(x[after])])
    return across, np.concatenate([y[before], values, y[after]])


def stretches(across: np.ndarray, upward: np.ndarray) -> list[slice]:
    """Runs of points without a gap: a value that is no number is not drawn over."""
    real = np.isfinite(across) & np.isfinite(upward)
    if real.all():
        return [slice(0, len(real))] if len(real) else []
    borders = np.flatnonzero(np.diff(np.concatenate([[False], real, [False]])))
    return [slice(int(a), int(b)) for a, b in zip(borders[::2], borders[1::2], strict=True)]
