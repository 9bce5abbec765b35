"""Turns the ordered numbers of a log into the events of a run: a step for each loss, with what else is known of it."""

from collections.abc import Callable, Iterator
from math import nan
from typing import NamedTuple

import numpy as np

from engine.events import AverageValidated, Event, Logged, Rewound, Stepped, Validated
from engine.logs.log import LARGEST_STEP
from engine.logs.names import AVERAGED, EPOCHS, GRADIENT_NORM, LEARNING_RATE, TOKENS, VALIDATION, found
from engine.logs.order import SHIFT, Ordered

CLOCK = 1e8  # seconds; what is later counts from 1970, not from the start
CHUNK = 65536  # events in hand at a time


class Stream(NamedTuple):
    """Events of one kind and name, by key."""

    keys: np.ndarray
    make: Callable[[slice], list[Event]]


def told(log: Ordered, loss: str) -> Iterator[Event]:
    """Every number once, in order, and what went back."""
    used = {name: np.zeros(len(one.steps), dtype=bool) for name, one in log.series.items()}
    steps = Steps(log, loss, used)
    yield from in_order([steps.stream(), *validations(log, steps, used), *others(log, steps, used)], log, steps)


class Steps:
    """Columns of the events Stepped, one row for each loss."""

    def __init__(self, log: Ordered, loss: str, used: dict[str, np.ndarray]) -> None:
        """Marks as used what has found a place in a step."""
        self._log, self._used = log, used
        self.keys = log.keys[loss]
        self.steps = log.series[loss].steps
        self.times = training_times(log.series[loss].times)
        self._loss = log.series[loss].values
        used[loss][:] = True
        self._rate = self._taken(LEARNING_RATE)
        self._norm = self._taken(GRADIENT_NORM)
        self._tokens = counted(self._taken(TOKENS, hold=True))
        self._epochs = self._taken(EPOCHS, hold=True)

    def stream(self) -> Stream:
        return Stream(self.keys, self._made)

    def before(self, keys: np.ndarray) -> np.ndarray:
        """The row of the last step at or before each key; the first where there is none."""
        rows: np.ndarray = np.maximum(np.searchsorted(self.keys, keys, side="right") - 1, 0)
        return rows

    def at(self, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Times and tokens seen at each key; nothing has passed at step 0, before the first loss."""
        rows, begun = self.before(keys), (keys >= self.keys[0]) | (keys > 0)
        return np.where(begun, self.times[rows], 0.0), np.where(begun, self._tokens[rows], 0)

    def _made(self, rows: slice) -> list[Event]:
        looking = np.zeros(len(self.steps))
        columns = (self.steps, self.times, self._loss, self._rate, self._norm, self._tokens, self._epochs, looking)
        return [Stepped(*values) for values in zip(*(column[rows].tolist() for column in columns), strict=True)]

    def _taken(self, known: tuple[str, ...], hold: bool = False) -> np.ndarray:
        """The series of a known name at each loss, NaN where it has none; with `hold` the last one of its stretch."""
        name = found(known, (one for one, used in self._used.items() if not used.any()))
        if not name:
            return np.full(len(self.keys), nan)
        keys, values = self._log.keys[name], self._log.series[name].values
        last = np.searchsorted(keys, self.keys, side="right") - 1
        there = keys[last] == self.keys
        self._used[name][last[there & (last >= 0)]] = True
        if hold:
            there = keys[last] >> SHIFT == self.keys >> SHIFT
        return np.where(there & (last >= 0), values[last], nan)


def training_times(times: np.ndarray) -> np.ndarray:
    """Seconds from the first one, never going back: where the clock was set back, it goes on from there."""
    begun = times[0] if 0 <= times[0] < CLOCK else 0.0
    sound = np.where(np.isfinite(times), times, nan)
    forward = np.clip(np.nan_to_num(np.diff(sound)), 0.0, None)
    return np.concatenate([[begun], begun + np.cumsum(forward)])


def counted(values: np.ndarray) -> np.ndarray:
    """Whole numbers; 0 where nothing is known."""
    whole: np.ndarray = np.clip(np.nan_to_num(values), 0, LARGEST_STEP).astype(np.int64)
    return whole


def validations(log: Ordered, steps: Steps, used: dict[str, np.ndarray]) -> Iterator[Stream]:
    """Losses on text that is never trained on."""
    kinds: tuple[tuple[type[Validated], tuple[str, ...]], ...] = (
        (Validated, VALIDATION),
        (AverageValidated, AVERAGED),
    )
    for kind, known in kinds:
        name = found(known, (one for one, taken in used.items() if not taken.any()))
        if name:
            used[name][:] = True
            yield stream_of(log, steps, name, used[name], kind, steps.at(log.keys[name])[1])


def others(log: Ordered, steps: Steps, used: dict[str, np.ndarray]) -> Iterator[Stream]:
    """All that has found no place, by its name."""
    for name, taken in used.items():
        if not taken.all():
            yield stream_of(log, steps, name, ~taken, called(name))


def called(name: str) -> Callable[[int, float, float], Event]:
    """What makes an event of a number that has this name."""
    return lambda step, time, value: Logged(step, time, name, value)


def stream_of(
    log: Ordered, steps: Steps, name: str, which: np.ndarray, make: Callable[..., Event], *more: np.ndarray
) -> Stream:
    """An event for each of these numbers; it happened when the step before it had."""
    keys, series = log.keys[name][which], log.series[name]
    columns = (series.steps[which], steps.at(keys)[0], series.values[which], *more)

    def made(rows: slice) -> list[Event]:
        return [make(*values) for values in zip(*(column[rows].tolist() for column in columns), strict=True)]

    return Stream(keys, made)


def in_order(streams: list[Stream], log: Ordered, steps: Steps) -> Iterator[Event]:
    """The events of all streams by key, those of one key in the order of the streams; and Rewound between stretches."""
    keys = np.concatenate([stream.keys for stream in streams])
    whose = np.repeat(np.arange(len(streams)), [len(stream.keys) for stream in streams])
    order = np.argsort(keys, kind="stable")
    taken = [0] * len(streams)
    stretch = 0
    for begin in range(0, len(order), CHUNK):
        rows = order[begin : begin + CHUNK]
        counts = np.bincount(whose[rows], minlength=len(streams)).tolist()
        ready = [iter(one.make(slice(at, at + n))) for one, at, n in zip(streams, taken, counts, strict=True)]
        taken = [at + n for at, n in zip(taken, counts, strict=True)]
        for which, key in zip(whose[rows].tolist(), keys[rows].tolist(), strict=True):
            while key >> SHIFT > stretch:
                stretch += 1
                yield rewound(log, steps, stretch)
            yield next(ready[which])


def rewound(log: Ordered, steps: Steps, stretch: int) -> Rewound:
    """Back to the step before the first of a stretch."""
    start, left = int(log.stretches.starts[stretch]), int(log.stretches.left[stretch - 1])
    time = float(steps.times[steps.before(np.array([(stretch << SHIFT) - 1]))[0]])
    return Rewound(step=max(0, start - 1), time=time, left=left)
