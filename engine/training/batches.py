"""Which windows of text each step reads: a pure function of the seed and the windows seen so far.

There is no iterator state to save or to lose: window number n of a run is the same for ever. Each epoch reads every
window once, in an order and from an offset of its own.
"""

from functools import lru_cache

import numpy as np

from engine.trouble import Trouble


class Batches:
    def __init__(self, tokens: np.ndarray, context: int, seed: int) -> None:
        """`tokens` is the whole training text, 1-D; raises Trouble when it is shorter than two windows."""
        self.windows = (len(tokens) - 1) // context - 1  # one is kept as slack for the offset
        if self.windows < 1:
            raise Trouble(
                f"The training text has {len(tokens):,} tokens; a context of {context} needs {2 * context + 1:,}.",
                "Choose a longer text or a shorter context.",
            )
        self._tokens = tokens
        self._context = context
        self._seed = seed
        self._order = lru_cache(maxsize=2)(self._shuffled)

    def take(self, first: int, count: int) -> np.ndarray:
        """Windows_BN first … first + count - 1: int64, N = context + 1 tokens each."""
        starts_B = np.array([self._start(n) for n in range(first, first + count)])
        return self._tokens[starts_B[:, None] + np.arange(self._context + 1)].astype(np.int64)

    def epochs(self, windows_seen: int) -> float:
        """Times the whole text was read."""
        return windows_seen / self.windows

    def _start(self, number: int) -> int:
        epoch, place = divmod(number, self.windows)
        order, offset = self._order(epoch)
        return offset + int(order[place]) * self._context

    def _shuffled(self, epoch: int) -> tuple[np.ndarray, int]:
        random = np.random.default_rng((self._seed, epoch))
        return random.permutation(self.windows), int(random.integers(self._context))


def held_out_windows(tokens: np.ndarray, context: int, most: int) -> np.ndarray:
    """At most `most` windows_BN side by side, spread evenly over the validation text: int64, N = context + 1."""
    windows = (len(tokens) - 1) // context
    if windows < 1:
        raise Trouble(
            f"The validation text has {len(tokens):,} tokens; a context of {context} needs {context + 1:,}.",
            "Choose a longer text or a shorter context.",
        )
    chosen = np.unique(np.linspace(0, windows - 1, min(most, windows)).round().astype(int))
    return np.asarray(tokens[chosen[:, None] * context + np.arange(context + 1)], dtype=np.int64)
