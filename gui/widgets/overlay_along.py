"""Where the steps of a run stand on an axis: as counted, as computed, or as paid for. Knows no Qt.

Every axis can be checked by hand: FLOPs are tokens times what `engine.size` says one token costs, energy is what the
meters told, with straight lines between two of their readings.
"""

from dataclasses import dataclass, field
from math import nan
from typing import Literal
from weakref import WeakKeyDictionary

import numpy as np

from engine.events import CorpusRead, Event, Metered, Rewound, Started
from engine.recording import Recording
from engine.settings import Settings
from engine.size import training_flops
from engine.trouble import Trouble
from gui.widgets.growing import Growing

Axis = Literal["step", "tokens", "seconds", "flops", "energy"]
AXES: dict[Axis, str] = {"step": "Step", "tokens": "Tokens", "seconds": "Seconds", "flops": "FLOPs", "energy": "Energy"}
TITLES: dict[Axis, str] = {"step": "step", "tokens": "tokens", "seconds": "seconds", "flops": "FLOPs", "energy": "Wh"}
COUNTED: dict[Axis, str] = {"step": "step", "tokens": "tokens", "flops": "tokens", "seconds": "time", "energy": "time"}
JOULES_PER_WATT_HOUR = 3600.0
NOWHERE = np.empty(0)


@dataclass
class Kept:
    """What is known of one axis of one run; `of` is what it was worked out from."""

    of: object
    numbers: Growing = field(default_factory=Growing)
    checked: int = 0  # so many are in order
    disorder: bool = False


class Along:
    """Of several runs; of a run that grows only what is new is worked out."""

    def __init__(self) -> None:
        self._kept: WeakKeyDictionary[Recording, dict[object, Kept]] = WeakKeyDictionary()

    def of(self, recording: Recording, kind: type[Event], axis: Axis) -> np.ndarray:
        """The first events of `kind`, as many as have a place; none where the run cannot tell. They ascend."""
        steps, counted = recording.curve(kind, COUNTED[axis])
        if axis == "step":
            return counted
        if not len(counted) or not (counted[-1] > 0 or steps[-1] == 0):  # only before the first step is 0 a count
            return NOWHERE
        counted = self._ascending(recording, (kind, COUNTED[axis]), counted)
        if axis == "flops":
            return self._flops(recording, kind, counted)
        return self._energy(recording, kind, counted) if axis == "energy" else counted

    def _flops(self, recording: Recording, kind: type[Event], tokens: np.ndarray) -> np.ndarray:
        kept = self._keeps(recording, (kind, "flops"), (Started, CorpusRead))
        made = kept.numbers.until(len(tokens), lambda used: tokens[used:] * flops_of_token(recording))
        return made if np.isfinite(made[-1]) else NOWHERE

    def _energy(self, recording: Recording, kind: type[Event], times: np.ndarray) -> np.ndarray:
        """Nobody knows what was used after the last reading; none was before the run began."""
        read, joules = recording.curve(Metered, "time")[1], recording.curve(Metered, "energy")[1]
        if not len(read) or not joules[-1] > 0:
            return NOWHERE
        known = int(np.searchsorted(times, np.fmax.reduce(read), side="right"))

        def between(used: int) -> np.ndarray:
            ends = np.concatenate([[0.0], np.fmax.accumulate(read)])
            spent = np.concatenate([[0.0], np.fmax.accumulate(joules)]) / JOULES_PER_WATT_HOUR
            made: np.ndarray = np.interp(times[used:known], ends, spent)
            return made

        return self._keeps(recording, (kind, "energy")).numbers.until(known, between)

    def _ascending(self, recording: Recording, key: object, values: np.ndarray) -> np.ndarray:
        """As they are, unless a clock or another program's log went back: then as far as it had come."""
        kept = self._keeps(recording, key)
        new = values[max(0, kept.checked - 1) :]
        kept.disorder = kept.disorder or not (np.isfinite(new).all() and (np.diff(new) >= 0).all())
        kept.checked = len(values)
        if not kept.disorder:
            return values
        return np.maximum.accumulate(np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0))

    def _keeps(self, recording: Recording, key: object, decide: tuple[type[Event], ...] = ()) -> Kept:
        """After going back, other steps follow: then anew."""
        of, known = recording.stamp((Rewound, *decide)), self._kept.setdefault(recording, {})
        if key not in known or known[key].of != of:
            known[key] = Kept(of)
        return known[key]


def flops_of_token(recording: Recording) -> float:
    """NaN where the model or its vocabulary is not known, as of runs that other programs logged."""
    started, read = recording.latest(Started), recording.latest(CorpusRead)
    if started is None or read is None or not read.vocabulary:
        return nan
    try:
        return training_flops(Settings(**started.settings), len(read.vocabulary))
    except Trouble:
        return nan


def estimated(recording: Recording) -> bool:
    """Whether its energy is no measurement."""
    metered = recording.latest(Metered)
    return metered is not None and not metered.energy_measured
