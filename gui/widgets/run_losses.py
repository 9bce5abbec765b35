"""The smoothed loss of several runs, kept up to date for each: a frame costs what is new."""

from weakref import WeakKeyDictionary

from engine.events import Rewound, Stepped
from engine.recording import Recording
from gui.widgets.loss_picture import Curve
from gui.widgets.smoothing import TrailingMean


class RunLosses:
    """As the loss chart draws them, in nats per token; means are over the last `width` steps."""

    def __init__(self) -> None:
        self._means: WeakKeyDictionary[Recording, tuple[object, TrailingMean]] = WeakKeyDictionary()

    def of(self, recording: Recording, width: int) -> Curve:
        """All steps and their means. Views: do not write to them."""
        steps, loss = recording.curve(Stepped, "loss")
        of = recording.stamp((Rewound,)), width  # after going back, other steps follow
        known = self._means.get(recording)
        if known is None or known[0] != of:
            known = self._means[recording] = of, TrailingMean(width)
        return Curve(steps, known[1].of(loss))
