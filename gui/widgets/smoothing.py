"""The mean of the last steps, kept up to date as steps arrive: a frame costs what is new, not all of history."""

import numpy as np

from gui.widgets.growing import Growing

EARLY = 8  # at step t no more than the last eighth of the steps: on a logarithmic axis the mean would lag visibly
POISON = 1e6  # nats; no loss means that much, and a sum would never get rid of it


class TrailingMean:
    """Mean over the last `width` steps, fewer at the start; a step without a number has no mean and enters none.

    It looks back only, so that the past of a curve never changes and a prefix of it is what was shown then.
    """

    def __init__(self, width: int) -> None:
        self.width = width
        self._means = Growing()

    def of(self, values: np.ndarray) -> np.ndarray:
        """Means of `values`, which begin with those of the last call. A view: do not write to it."""
        return self._means.until(len(values), lambda used: self._new(values, used))

    def _new(self, values: np.ndarray, used: int) -> np.ndarray:
        base = max(0, used - self.width)
        recent = values[base:]
        real = np.abs(recent) < POISON
        sums = np.concatenate([[0.0], np.cumsum(np.where(real, recent, 0.0))])
        counts = np.concatenate([[0], np.cumsum(real)])
        end = np.arange(used, len(values)) + 1
        begin = end - np.minimum(self.width, 1 + end // EARLY)
        total, count = sums[end - base] - sums[begin - base], counts[end - base] - counts[begin - base]
        return np.where(real[used - base :], total / np.maximum(count, 1), np.nan)
