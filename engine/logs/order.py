"""Puts the numbers of a log into the order in which a run would have told them: by step, between two resumptions.

Programs write some numbers late, and count some in epochs, so only the training loss says where steps went back.
"""

from typing import NamedTuple

import numpy as np

from engine.logs.log import LARGEST_STEP, Series

MOST_REWINDS = 1000  # steps that go back more often were never in order
SHIFT = LARGEST_STEP.bit_length()  # a key is the stretch, then the step


class Stretches(NamedTuple):
    """The parts of a log between two resumptions, R + 1 of them."""

    starts: np.ndarray  # [R + 1] first step of each; 0 of the first
    places: np.ndarray  # [R] where in the log each but the first begins
    left: np.ndarray  # [R] step that training had reached before


class Ordered(NamedTuple):
    """Series sorted by key, which is `stretch << SHIFT | step`; numbers of one key stay as they were logged."""

    series: dict[str, Series]
    keys: dict[str, np.ndarray]
    stretches: Stretches


def ordered(series: dict[str, Series], loss: str) -> Ordered:
    """All series, with the stretches that `loss` shows."""
    stretches = stretches_of(series, loss)
    again = int(np.flatnonzero(stretches.starts == 0)[-1])
    sorted_series, keys = {}, {}
    for name, one in series.items():
        key = keys_of(one, stretches)
        order = np.argsort(key, kind="stable")
        order = order[(key[order] >> SHIFT >= again) | (one.steps[order] > 0)]  # step 0 was made anew
        sorted_series[name], keys[name] = Series(*(column[order] for column in one)), key[order]
    return Ordered(sorted_series, keys, stretches)


def stretches_of(series: dict[str, Series], loss: str) -> Stretches:
    """Where the steps of the loss go back."""
    steps, places = series[loss].steps, series[loss].places
    back = np.flatnonzero(np.diff(steps) < 0) + 1
    if len(back) > MOST_REWINDS:
        back = back[:0]
    steps_at = np.zeros(sum(len(one.steps) for one in series.values()), dtype=np.int64)
    for one in series.values():
        steps_at[one.places] = one.steps
    begins = [begin(steps_at, int(places[one])) for one in back]
    starts = np.concatenate([[0], steps[back]])
    return Stretches(starts, np.array(begins, dtype=np.int64), steps[back - 1])


def begin(steps_at: np.ndarray, place: int) -> int:
    """Where the stretch that is noticed at `place` begins: numbers of its first step may stand before the loss."""
    step = steps_at[place]
    while place and steps_at[place - 1] <= step:
        place -= 1
    return place


def keys_of(series: Series, stretches: Stretches) -> np.ndarray:
    """int64 [N]. A step that a stretch never had, as of a number that counts epochs, belongs to an earlier one."""
    stretch = np.searchsorted(stretches.places, series.places, side="right")
    while (early := series.steps < stretches.starts[stretch]).any():
        stretch[early] -= 1
    keys: np.ndarray = (stretch << SHIFT) | series.steps
    return keys
