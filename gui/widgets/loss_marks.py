"""What happened to a run on its way down: knobs that were turned, spikes, annealing and going back."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Literal, NamedTuple

import numpy as np

from engine.declared import knobs
from engine.events import Annealed, Event, Rewound, SourceRead, Spiked, Turned
from engine.recording import Recording
from engine.settings import Settings
from gui.form.knob_text import said
from gui.text import one_line

KNOBS = {knob.name: knob for knob in knobs(Settings)}
MOST_MARKS = 300  # of a kind, the newest
MOST_SOURCES = 3  # of a mixture that are named
Sign = Literal["turned", "spike", "annealed", "rewound"]


class Mark(NamedTuple):
    x: float
    words: str  # read out at the pointer
    sign: Sign = "turned"
    flag: str = ""  # stands beside it, where there is room


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
            yield one, Mark(np.nan, _turned_to(one, recording))


def _turned_to(turned: Turned, recording: Recording) -> str:
    if isinstance(turned.value, tuple):
        return _mixture_words(turned.value, recording)
    knob = KNOBS.get(turned.knob)
    if knob is None:  # of another version
        return f"{turned.knob} turned to {turned.value:g}"
    return f"{knob.label} turned to {said(knob, knob.kind(turned.value))}"


def _mixture_words(weights: tuple[float, ...], recording: Recording) -> str:
    """The texts by name with their weights, the first of them where there are many."""
    names = {read.source: one_line(read.name) for read in recording.all(SourceRead)}
    said_of = [f"{names.get(place, f'text {place + 1}')} {weight:.2f}" for place, weight in enumerate(weights)]
    rest = " …" if len(said_of) > MOST_SOURCES else ""
    return f"Mixture turned: {', '.join(said_of[:MOST_SOURCES])}{rest}"


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
