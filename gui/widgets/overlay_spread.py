"""The mean of several curves and how far they lie apart: at any place, from recorded points and lines between them."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from gui.widgets.loss_picture import Curve


class Spread(NamedTuple):
    """At each of some places; NaN where nothing is known."""

    mean: np.ndarray  # of the curves that reach there
    deviation: np.ndarray  # of a sample, n - 1; NaN where fewer than two curves do
    known: np.ndarray  # how many curves reach there


def spread_at(curves: Sequence[Curve], places: np.ndarray) -> Spread:
    """Nothing is made up before the first or after the last point of a curve."""
    values_KP = np.stack([_values(curve, places) for curve in curves])
    real_KP = np.isfinite(values_KP)
    count = real_KP.sum(axis=0)
    total = np.where(real_KP, values_KP, 0.0).sum(axis=0)
    mean = np.divide(total, count, out=np.full(len(places), np.nan), where=count > 0)
    squares = np.where(real_KP, (values_KP - mean) ** 2, 0.0).sum(axis=0)
    variance = np.divide(squares, count - 1, out=np.full(len(places), np.nan), where=count > 1)
    return Spread(mean, np.sqrt(variance), count)


def _values(curve: Curve, places: np.ndarray) -> np.ndarray:
    if not len(curve.x):
        return np.full(len(places), np.nan)
    values: np.ndarray = np.interp(places, curve.x, curve.y, left=np.nan, right=np.nan)
    return values
