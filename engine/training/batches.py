"""Which windows of one text are read, in which order: a pure function of the seed and the windows seen so far.

There is no iterator state to save or to lose: window number n of a text is the same for ever. Each epoch reads every
window once, in an order and from an offset of its own.
"""

from functools import lru_cache

import numpy as np

from engine.trouble import Trouble

OTHERS = 1000  # tells the random numbers of further texts from those that hide tokens, fill gaps or draw a text


class Batches:
    def __init__(self, tokens: np.ndarray, context: int, seed: int, source: int = 0) -> None:
        """`tokens` is a whole training text, 1-D; raises Trouble when it is shorter than two windows."""
        self.windows = (len(tokens) - 1) // context - 1  # one is kept as slack for the offset
        if self.windows < 1:
            raise Trouble(
                f"The training text has {len(tokens):,} tokens; a context of {context} needs {2 * context + 1:,}.",
                "Choose a longer text or a shorter context.",
            )
        self._tokens = tokens
        self._context = context
        self._seed = seed
        self._more = (OTHERS + source,) if source else ()  # the first text is read as if it were the only one
        self._order = lru_cache(maxsize=2)(self._shuffled)

    def take(self, first: int, count: int) -> np.ndarray:
        """Windows_BN first … first + count - 1: int64, N = context + 1 tokens each."""
        starts_B = np.array([self._start(n) for n in range(first, first + count)], np.int64)
        places_BN = starts_B[:, None] + np.arange(self._context + 1)
        return np.asarray(self._tokens[places_BN], dtype=np.int64)

    def times_seen(self, seen: int, parts: int) -> np.ndarray:
        """How often each of `parts` equal stretches was read when `seen` windows were: float32, in order of the text.

        An epoch begins up to one window later than the one before; that is left out here.
        """
        epoch, place = divmod(seen, self.windows)
        order, _ = self._order(epoch)
        times_W = np.full(self.windows, epoch, np.float32)
        times_W[order[:place]] += 1
        ends_P = np.arange(parts + 1) * self.windows // parts
        if self.windows < parts:  # several parts are in one window
            return times_W[ends_P[:-1]]
        return np.add.reduceat(times_W, ends_P[:-1]) / np.diff(ends_P).astype(np.float32)

    def _start(self, number: int) -> int:
        epoch, place = divmod(number, self.windows)
        order, offset = self._order(epoch)
        return offset + int(order[place]) * self._context

    def _shuffled(self, epoch: int) -> tuple[np.ndarray, int]:
        random = np.random.default_rng((self._seed, epoch, *self._more))
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
