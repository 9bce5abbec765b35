"""Several texts read as one stream of windows: each window is drawn from one of them, by weights that may be turned.

Which text window number n comes from is a function of the seed, n and the weights; which window of that text, of how
many were taken from it before. So the counts per text are all there is to keep.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from engine.training.batches import Batches

DRAWN_TOGETHER = 4096  # random numbers
DRAWS = 3  # tells these numbers from others with the same seed


class Taken(NamedTuple):
    windows_BN: np.ndarray  # int64
    counts_S: np.ndarray  # int64: how many of them are from each text
    first: tuple[int, int]  # where the first one is from: text, and its number there


class Mixture:
    def __init__(self, rows: Sequence[np.ndarray], context: int, seed: int) -> None:
        """One training text a row; raises Trouble where one is shorter than two windows."""
        self.texts = [Batches(row, context, seed, source) for source, row in enumerate(rows)]
        self.windows = sum(text.windows for text in self.texts)
        self._seed = seed
        self._draws = lru_cache(maxsize=2)(self._drawn)

    def shares(self, weights: Sequence[float]) -> np.ndarray:
        """Of the windows, by text; without weights each has its share of the whole text."""
        wanted_S = np.array(weights or [text.windows for text in self.texts], float)
        share_S: np.ndarray = wanted_S / wanted_S.sum()
        return share_S

    def take(self, first: int, count: int, seen_S: np.ndarray, weights: Sequence[float] = ()) -> Taken:
        """Windows first … first + count - 1, when seen_S were taken from each text before."""
        source_B = self._sources(first, count, weights)
        counts_S = np.bincount(source_B, minlength=len(self.texts))
        windows_SBN = [text.take(int(seen), int(n)) for text, seen, n in zip(self.texts, seen_S, counts_S, strict=True)]
        together_BN = np.concatenate(windows_SBN)  # text by text; each goes to its place
        windows_BN = np.empty_like(together_BN)
        windows_BN[np.argsort(source_B, kind="stable")] = together_BN
        source = int(source_B[0])
        return Taken(windows_BN, counts_S, (source, int(seen_S[source])))

    def window(self, source: int, number: int) -> np.ndarray:
        """One window_N of one text."""
        one_N: np.ndarray = self.texts[source].take(number, 1)[0]
        return one_N

    def _sources(self, first: int, count: int, weights: Sequence[float]) -> np.ndarray:
        if len(self.texts) == 1:
            return np.zeros(count, np.int64)
        draws_B = [self._draws(n // DRAWN_TOGETHER)[n % DRAWN_TOGETHER] for n in range(first, first + count)]
        ends_S = np.cumsum(self.shares(weights))
        return np.searchsorted(ends_S / ends_S[-1], draws_B, side="right")

    def _drawn(self, block: int) -> np.ndarray:
        return np.random.default_rng((self._seed, block, DRAWS)).random(DRAWN_TOGETHER)
