"""What happened to a run on its way: knobs that were turned, spikes, annealing, going back, and what a person noted."""

from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import Any, Literal, NamedTuple

import numpy as np

from engine.annotations import Note
from engine.declared import knobs
from engine.events import Annealed, Event, Rewound, SourceRead, Spiked, Turned
from engine.recording import Recording
from engine.settings import Settings
from gui.form.knob_text import said
from gui.text import one_line

KNOBS = {knob.name: knob for knob in knobs(Settings)}
MOST_MARKS = 300  # of a kind: the newest, and of notes every so many
MOST_SOURCES = 3  # of a mixture that are named
LONGEST_NOTE, LONGEST_FLAG = 160, 24  # characters of a note that are read out, and that stand beside its sign
Sign = Literal["turned", "spike", "annealed", "rewound", "note"]


class Mark(NamedTuple):
    x: float
    words: str  # read out at the pointer
    sign: Sign = "turned"
    flag: str = ""  # stands beside it, where there is room


class Kind(NamedTuple):
    """All that happened in one way; words are made only for what is shown."""

    sign: Sign
    happened: Sequence[Event | Note]  # by step
    words: Callable[[Any], str]
    flag: Callable[[Any], str]


def kinds(recording: Recording) -> tuple[Kind, ...]:
    """What there may be marks for."""
    annealed = recording.latest(Annealed)
    return (
        Kind("turned", _drags(turned_by_hand(recording)), lambda one: _turned_to(one, recording), _no_flag),
        Kind("spike", recording.all(Spiked), _far_off, _no_flag),
        Kind("annealed", [annealed] if annealed else [], _comes_down, lambda _: "annealing"),
        Kind("rewound", _ways_back(recording), _went_back, lambda one: f"back from {one.left:,}"),
        Kind("note", recording.notes, note_words, note_flag),
    )


def turned_by_hand(recording: Recording) -> list[Turned]:
    """Threads follow the load of the machine and are no part of the recipe."""
    return [turned for turned in recording.all(Turned) if turned.knob != "threads"]


def marks(recording: Recording, steps: np.ndarray, x: np.ndarray) -> tuple[Mark, ...]:
    """From left to right; none before the first step."""
    if not len(steps):
        return ()
    made = [
        (one.step, Mark(x_of(one.step, steps, x), kind.words(one), kind.sign, kind.flag(one)))
        for kind in kinds(recording)
        for one in _few(kind)
    ]
    return tuple(mark for _, mark in sorted(made, key=lambda one: one[0]))


def _few(kind: Kind) -> Sequence[Event | Note]:
    """A chart has room for so many; of a person's own words some are shown from everywhere."""
    every = -(-len(kind.happened) // MOST_MARKS)
    return kind.happened[::every] if kind.sign == "note" and every > 1 else kind.happened[-MOST_MARKS:]


def note_words(note: Note) -> str:
    """To be read out: one line, not endless."""
    return _beginning(note.text.replace("\n", " "), LONGEST_NOTE)


def note_flag(note: Note) -> str:
    """How it begins."""
    return _beginning(note.text.strip().partition("\n")[0], LONGEST_FLAG)


def _beginning(text: str, longest: int) -> str:
    """Only what is shown of it is looked at: of hundreds of long notes that would take seconds."""
    text = one_line(text[: longest + 1])
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _no_flag(_: Event) -> str:
    return ""


def _drags(turned: Sequence[Turned]) -> list[Turned]:
    """A slider that was dragged is one mark, with its last value."""
    return [one for one, then in zip_longest(turned, turned[1:]) if not _same_drag(one, then)]


def _same_drag(now: Turned, then: Turned | None) -> bool:
    return then is not None and then.knob == now.knob and then.time - now.time < 1.0


def _turned_to(turned: Turned, recording: Recording) -> str:
    if isinstance(turned.value, tuple):
        return _mixture_words(turned.value, recording)
    knob = KNOBS.get(turned.knob)
    if knob is None:  # of another version
        return f"{one_line(turned.knob)} turned to {turned.value:g}"
    return f"{knob.label} turned to {said(knob, knob.kind(turned.value))}"


def _mixture_words(weights: tuple[float, ...], recording: Recording) -> str:
    """The texts by name with their weights, the first of them where there are many."""
    names = {read.source: one_line(read.name) for read in recording.all(SourceRead)}
    said_of = [f"{names.get(place, f'text {place + 1}')} {weight:.2f}" for place, weight in enumerate(weights)]
    rest = " …" if len(said_of) > MOST_SOURCES else ""
    return f"Mixture turned: {', '.join(said_of[:MOST_SOURCES])}{rest}"


def _far_off(spiked: Spiked) -> str:
    far = (spiked.value - spiked.usual) / spiked.spread if spiked.spread else np.inf
    words = f"{one_line(spiked.what).capitalize()} {far:,.1f} sigma above the last 128 steps"
    return f"{words}, left out" if spiked.skipped else words


def _comes_down(annealed: Annealed) -> str:
    return f"Learning rate comes down until step {annealed.last_step:,}"


def _ways_back(recording: Recording) -> list[Rewound]:
    """The newest way back to each step."""
    steps = np.unique(recording.curve(Rewound, "step")[0])[-MOST_MARKS:]
    back = [recording.latest(Rewound, int(step)) for step in steps]
    return [one for one in back if one and one.left > one.step]  # else it is a run that was resumed where it ended


def _went_back(rewound: Rewound) -> str:
    return f"Went back here from step {rewound.left:,}"


def x_of(step: int, steps: np.ndarray, x: np.ndarray) -> float:
    """Where a step stands, or the last one recorded before it."""
    return float(x[max(0, int(np.searchsorted(steps, step, side="right")) - 1)]) if len(steps) else np.nan
