"""What happened to a run on its way down: knobs that were turned, spikes, going back, and why it could not go on."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, Literal, NamedTuple

import numpy as np

from engine.checkpoints import TEXT_CHANGED
from engine.declared import knobs
from engine.events import Annealed, Diverged, Event, Failed, Rewound, Saved, Spiked, Started, Turned
from engine.recording import Recording
from engine.settings import Settings
from gui.form.knob_text import said

KNOBS = {knob.name: knob for knob in knobs(Settings)}
RATE = KNOBS["learning_rate"]
MOST_MARKS = 300  # of a kind, the newest
LESS = 10  # a learning rate that was too high is divided by this
HALF = 2  # the same, where training goes on from a checkpoint
Sign = Literal["turned", "spike", "annealed", "rewound"]


class Mark(NamedTuple):
    x: float
    words: str  # read out at the pointer
    sign: Sign = "turned"
    flag: str = ""  # stands beside it, where there is room


class Stop(NamedTuple):
    """Why training cannot go on, and what one button would change, or another go back to."""

    x: float
    headline: str
    advice: str
    button: str
    changes: dict[str, Any]
    over: bool  # training went on later
    unstarted: bool  # there is not even a model: another text may help
    back: int | None = None  # step of the last checkpoint before it
    back_rate: float = 0.0  # learning rate to go on with from there
    new_text: bool = False  # the button goes on with a text that has changed


def marks(recording: Recording, steps: np.ndarray, x: np.ndarray) -> tuple[Mark, ...]:
    """From left to right; none before the first step."""
    if not len(steps):
        return ()
    made = [*_turned(recording), *_spiked(recording), *_annealed(recording), *_rewound(recording)]
    placed = (mark._replace(x=x_of(event.step, steps, x)) for event, mark in sorted(made, key=lambda one: one[0].step))
    return tuple(placed)


def _turned(recording: Recording) -> Iterator[tuple[Event, Mark]]:
    """A slider that was dragged is one mark, with its last value."""
    turned = recording.all(Turned)[-MOST_MARKS:]
    for one, then in zip_longest(turned, turned[1:]):
        if not _same_drag(one, then):
            yield one, Mark(np.nan, _turned_to(one))


def _turned_to(turned: Turned) -> str:
    knob = KNOBS.get(turned.knob)
    if knob is None:  # of another version
        return f"{turned.knob} turned to {turned.value:g}"
    return f"{knob.label} turned to {said(knob, knob.kind(turned.value))}"


def _same_drag(now: Turned, then: Turned | None) -> bool:
    return then is not None and then.knob == now.knob and then.time - now.time < 1.0


def _spiked(recording: Recording) -> Iterator[tuple[Event, Mark]]:
    for one in recording.all(Spiked)[-MOST_MARKS:]:
        far = (one.value - one.usual) / one.spread if one.spread else np.inf
        words = f"{one.what.capitalize()} {far:,.1f} sigma above the last 128 steps"
        yield one, Mark(np.nan, f"{words}, left out" if one.skipped else words, "spike")


def _annealed(recording: Recording) -> Iterator[tuple[Event, Mark]]:
    event = recording.latest(Annealed)
    if event:
        yield event, Mark(np.nan, f"Learning rate comes down until step {event.last_step:,}", "annealed", "annealing")


def _rewound(recording: Recording) -> Iterator[tuple[Event, Mark]]:
    for step in np.unique(recording.curve(Rewound, "step")[0])[-MOST_MARKS:]:
        event = recording.latest(Rewound, int(step))
        if event and event.left > event.step:  # else it is a run that was resumed where it ended
            words = f"Went back here from step {event.left:,}"
            yield event, Mark(np.nan, words, "rewound", f"back from {event.left:,}")


def x_of(step: int, steps: np.ndarray, x: np.ndarray) -> float:
    """Where a step stands, or the last one recorded before it."""
    return float(x[max(0, int(np.searchsorted(steps, step, side="right")) - 1)]) if len(steps) else np.nan


def stop(recording: Recording, steps: np.ndarray, x: np.ndarray) -> Stop | None:
    """The newest reason why training could not go on."""
    failed = max(
        filter(None, (recording.latest(Failed), recording.latest(Diverged))), key=lambda event: event.step, default=None
    )
    if failed is None:
        return None
    diverged = isinstance(failed, Diverged)
    changes: dict[str, Any] = {"learning_rate": lower_rate(recording, LESS)} if diverged else {}
    new_text = failed.message == TEXT_CHANGED
    saved = recording.latest(Saved, failed.step) if diverged else None
    return Stop(
        x=x_of(failed.step, steps, x),
        headline=failed.message,
        advice=failed.advice,
        button=_way_on(changes, new_text),
        changes=changes,
        over=bool(len(steps)) and bool(steps[-1] > failed.step),
        unstarted=not recording.count(Started),
        back=saved.step if saved else None,
        back_rate=lower_rate(recording, HALF),
        new_text=new_text,
    )


def _way_on(changes: dict[str, Any], new_text: bool) -> str:
    """What the button says."""
    if new_text:
        return "Go on with the new text"
    return f"Start again at {said(RATE, changes['learning_rate'])}" if changes else "Start again"


def lower_rate(recording: Recording, less: float) -> float:
    """The peak learning rate that was set last divided by `less`, rounded, and no less than may be chosen."""
    started = recording.latest(Started)
    rates = [float(started.settings.get("learning_rate", 0.0))] if started else []
    rates += [turned.value for turned in recording.all(Turned) if turned.knob == "learning_rate"]
    return max(float(f"{(rates or [RATE.default])[-1] / less:.2g}"), RATE.low or 0.0)
