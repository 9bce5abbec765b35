"""The loss of each run along an axis, from where it is a run of its own. Knows no Qt."""

from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from engine.events import Branched, CorpusRead, Event, Rewound, Stepped, Validated
from engine.recording import Recording
from gui.shown import Shown
from gui.widgets.comparable import Loss
from gui.widgets.loss_picture import Curve
from gui.widgets.loss_unit import LossUnit, measure, scaled
from gui.widgets.overlay_along import Along, Axis
from gui.widgets.run_losses import RunLosses

KINDS: dict[Loss, type[Event]] = {"training": Stepped, "validation": Validated}
NOTHING = np.empty(0)


class Choice(NamedTuple):
    """What is compared, and along what."""

    axis: Axis = "step"
    loss: Loss = "training"
    unit: LossUnit = "nats per token"
    smoothing: int = 20  # steps; of the training loss only


class Course(NamedTuple):
    """One run. Views: do not write to them. Equal versions, equal numbers."""

    steps: np.ndarray
    x: np.ndarray
    y: np.ndarray  # smoothed
    raw: np.ndarray  # of every single step; empty for validation, which is a measurement by itself
    version: object

    @property
    def curve(self) -> Curve:
        return Curve(self.x, self.y)

    def until(self, step: int | None) -> int:
        """How many points there are up to a step, or all."""
        return len(self.steps) if step is None else int(np.searchsorted(self.steps, step, side="right"))


class Courses:
    """Keeps what is worked out between two frames: of a run that grows only what is new costs anything."""

    def __init__(self) -> None:
        self._losses, self._along = RunLosses(), Along()
        self._met: WeakKeyDictionary[Recording, int] = WeakKeyDictionary()  # tells one recording from another
        self._count = count()

    def of(self, recording: Recording, choice: Choice, start: int | None = None) -> Course:
        """From its last point at or before step `start` on; empty where it cannot be told in this unit or axis."""
        kind, scale = KINDS[choice.loss], measure(recording, choice.unit)
        x = self._along.of(recording, kind, choice.axis)
        steps, losses = recording.curve(kind, "loss")
        if scale.unit != choice.unit or not len(x):
            return Course(NOTHING, NOTHING, NOTHING, NOTHING, None)
        training = choice.loss == "training"
        smooth = self._losses.of(recording, choice.smoothing).y if training else losses
        factor = scale.training if training else scale.validation
        first = max(0, int(np.searchsorted(steps, start, side="right")) - 1) if start is not None else 0
        part = slice(first, len(x))
        raw = scaled(losses[part], factor) if training else NOTHING
        serial = self._met.setdefault(recording, next(self._count))
        version = serial, recording.stamp((Rewound, CorpusRead)), choice, first, len(x)
        return Course(steps[part], x[part], scaled(smooth[part], factor), raw, version)


def fork_of(run: Shown, runs: Sequence[Shown]) -> Branched | None:
    """Where it left a run that is on show, too; None where all of it is its own to show."""
    names = {Path(other.key).name for other in runs if other.key != run.key}
    left = [branched for branched in run.recording.all(Branched) if branched.parent in names]
    return left[-1] if left else None
