"""What of a plot is taken already, so that words and legends are laid where nothing is."""

from typing import NamedTuple

import numpy as np

from gui.export.plot.frame import Box

FINE = 0.2  # em, side of a cell
OVER_ONE_ANOTHER = 1.0  # weight of what must not be covered


class Place(NamedTuple):
    """Where something would stand, and what it would cover there."""

    box: Box
    cost: float


class Space:
    """Cells over a box; each holds how bad it is to cover it, from 0 to 1."""

    def __init__(self, box: Box, em: float) -> None:
        self.box, self._side = box, FINE * em
        rows, columns = (max(1, int(np.ceil(side / self._side))) for side in (box.height, box.width))
        self._weight_YX = np.zeros((rows, columns))

    def take_line(self, x: np.ndarray, y: np.ndarray, weight: float = OVER_ONE_ANOTHER) -> None:
        """A line through places in millimetres; NaN is a gap."""
        real = np.isfinite(x) & np.isfinite(y)
        x, y = np.clip(x, self.box.left, self.box.right), np.clip(y, self.box.bottom, self.box.top)
        self._take(x[real], y[real], weight)
        starts = np.flatnonzero(real[:-1] & real[1:])
        dx, dy = x[starts + 1] - x[starts], y[starts + 1] - y[starts]
        counts = 1 + (np.maximum(np.abs(dx), np.abs(dy)) / self._side).astype(int)
        stroke = np.repeat(np.arange(len(starts)), counts)
        along = (np.arange(len(stroke)) - np.repeat(counts.cumsum() - counts, counts)) / counts[stroke]
        self._take(x[starts][stroke] + along * dx[stroke], y[starts][stroke] + along * dy[stroke], weight)

    def take_box(self, box: Box, weight: float = OVER_ONE_ANOTHER) -> None:
        """All of a box."""
        rows, columns = self._cells(box)
        self._weight_YX[rows, columns] = np.maximum(self._weight_YX[rows, columns], weight)

    def cost(self, box: Box) -> float:
        """Of covering it; infinite where it would not lie inside."""
        slack = 1e-6
        inside = self.box.left - slack <= box.left and box.right <= self.box.right + slack
        inside &= self.box.bottom - slack <= box.bottom and box.top <= self.box.top + slack
        return float(self._weight_YX[self._cells(box)].sum()) if inside else np.inf

    def is_free(self, box: Box) -> bool:
        """Whether nothing is covered but what hardly matters."""
        return self.cost(box) < OVER_ONE_ANOTHER

    def best(self, width: float, height: float) -> Place:
        """Where a box of this size covers least; of equals the one nearest to the upper right corner."""
        rows, columns = (int(np.ceil(side / self._side)) for side in (height, width))
        sums_YX = np.zeros(tuple(side + 1 for side in self._weight_YX.shape))
        sums_YX[1:, 1:] = self._weight_YX.cumsum(0).cumsum(1)
        high, wide = (side - wanted for side, wanted in zip(self._weight_YX.shape, (rows, columns), strict=True))
        if high < 0 or wide < 0:
            return Place(self.box, np.inf)
        cost_YX = sums_YX[rows:, columns:] - sums_YX[: high + 1, columns:]
        cost_YX = cost_YX - sums_YX[rows:, : wide + 1] + sums_YX[: high + 1, : wide + 1]
        far_YX = np.add.outer(np.arange(high + 1)[::-1], np.arange(wide + 1)[::-1]) / (10 * (high + wide + 1))
        row, column = np.unravel_index(np.argmin(cost_YX + far_YX), cost_YX.shape)
        left = min(self.box.left + int(column) * self._side, self.box.right - width)
        bottom = min(self.box.bottom + int(row) * self._side, self.box.top - height)
        return Place(Box(left, bottom, width, height), float(cost_YX[row, column]))

    def _take(self, x: np.ndarray, y: np.ndarray, weight: float) -> None:
        rows = ((y - self.box.bottom) / self._side).astype(int).clip(0, self._weight_YX.shape[0] - 1)
        columns = ((x - self.box.left) / self._side).astype(int).clip(0, self._weight_YX.shape[1] - 1)
        self._weight_YX[rows, columns] = np.maximum(self._weight_YX[rows, columns], weight)

    def _cells(self, box: Box) -> tuple[slice, slice]:
        left, right = ((edge - self.box.left) / self._side for edge in (box.left, box.right))
        bottom, top = ((edge - self.box.bottom) / self._side for edge in (box.bottom, box.top))
        rows = slice(max(0, int(bottom)), max(0, int(np.ceil(top))))
        return rows, slice(max(0, int(left)), max(0, int(np.ceil(right))))
