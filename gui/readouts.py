"""The numbers of the transport, at the step on show: always the same four, so that each keeps its place. No Qt."""

from math import isnan
from typing import NamedTuple

from engine.events import Stepped
from engine.recording import Recording
from gui.form.knob_text import exponent
from gui.text import clock, short

RECENT = 2.0  # seconds of training over which a speed is measured


class Readout(NamedTuple):
    label: str
    value: str
    unit: str = ""


class Speed(NamedTuple):
    """Over the last RECENT seconds of training, pauses left out."""

    tokens: float  # a second
    steps: float  # a second


def readouts(recording: Recording, step: int | None = None) -> tuple[Readout, ...]:
    """As they were at `step`; by default at the newest."""
    last = recording.latest(Stepped, step)
    if last is None:
        return (
            Readout("Tokens seen", "0"),
            Readout("Elapsed", "0:00"),
            Readout("Epochs", "0.0"),
            Readout("Rate now", "–"),
        )
    newest = recording.latest(Stepped) or last  # where that has counted nothing, a log did not tell
    return (
        Readout("Tokens seen", *(short(last.tokens) if newest.tokens else ("–",))),
        Readout("Elapsed", clock(last.time) if newest.time else "–"),
        Readout("Epochs", "–" if isnan(last.epochs) else f"{last.epochs:,.1f}"),
        Readout("Rate now", exponent(last.learning_rate)),
    )


def speed(recording: Recording) -> Speed | None:
    """None before the first step."""
    steps, times = recording.curve(Stepped, "time")
    if not len(steps):
        return None
    tokens = recording.curve(Stepped, "tokens")[1]
    before = int(times.searchsorted(times[-1] - RECENT, side="right")) - 1
    start = (times[before], tokens[before], steps[before]) if before >= 0 else (0.0, 0.0, 0.0)
    seconds = max(float(times[-1] - start[0]), 1e-9)
    return Speed(float(tokens[-1] - start[1]) / seconds, float(steps[-1] - start[2]) / seconds)
