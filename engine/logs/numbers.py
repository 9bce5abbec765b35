"""The numbers and marks of a recording by name, as a log tells them: what `importing` reads back."""

from typing import Any, NamedTuple

import numpy as np

from engine.events import (
    Annealed,
    AverageValidated,
    Branched,
    Event,
    Metered,
    Saved,
    SourceRead,
    SourceSeen,
    SourceValidated,
    Spiked,
    Stepped,
    Turned,
    Validated,
)
from engine.recording import Recording

NAMES: dict[type[Event], dict[str, str]] = {  # by kind: field → name in the log
    Stepped: {name: name for name in ("loss", "learning_rate", "gradient_norm", "tokens", "epochs", "looking")},
    Validated: {"loss": "validation_loss"},
    AverageValidated: {"loss": "averaged_validation_loss"},
    Metered: {
        name: name for name in ("tokens_per_second", "flops", "utilisation", "memory", "seconds_left", "energy")
    },
}  # fmt: skip
BY_SOURCE: dict[type[Event], tuple[str, ...]] = {SourceSeen: ("tokens", "epochs", "weight"), SourceValidated: ("loss",)}
LOSSES = ("loss", "validation_loss", "averaged_validation_loss")  # told even where they are no numbers
WHOLE = ("tokens", "memory")  # the end of names whose numbers are counted


class Numbers(NamedTuple):
    """Columns of N numbers each, which were told together."""

    steps: np.ndarray
    times: np.ndarray  # seconds of training
    columns: dict[str, np.ndarray]  # NaN where a number was logged that is none


class Mark(NamedTuple):
    step: int
    time: float
    words: str


def numbers_of(recording: Recording) -> list[Numbers]:
    """Every series of this program's own in full, of the steps that count; those of the training itself first."""
    found = [told_together(recording, kind, names) for kind, names in NAMES.items() if recording.count(kind)]
    return [*found, *by_source(recording)]


def told_together(recording: Recording, kind: type[Event], names: dict[str, str]) -> Numbers:
    """The numbers of one kind of event. A column that knows nothing, of zeros or no numbers, is left out."""
    steps, times = recording.curve(kind, "time")
    columns = {name: recording.curve(kind, field)[1] for field, name in names.items()}
    known = {name: values for name, values in columns.items() if name in LOSSES or np.nan_to_num(values).any()}
    return Numbers(steps, times, known)


def by_source(recording: Recording) -> list[Numbers]:
    """One for each text of a mixture, named after it."""
    names = {read.source: read.name for read in recording.all(SourceRead)}
    made = []
    for kind, fields in BY_SOURCE.items():
        steps, sources = recording.curve(kind, "source")
        times = recording.curve(kind, "time")[1]
        for source in np.unique(sources).astype(int).tolist():
            which = sources == source
            name = names.get(source, f"source {source}")
            columns = {f"{name}/{field}": recording.curve(kind, field)[1][which] for field in fields}
            made.append(Numbers(steps[which], times[which], columns))
    return made


def marks_of(recording: Recording) -> list[Mark]:
    """What was done and what happened, and the notes of people; by step."""
    kinds: tuple[type[Event], ...] = (Turned, Annealed, Saved, Spiked, Branched)
    marks = [Mark(event.step, event.time, words(event)) for kind in kinds for event in recording.all(kind)]
    steps, times = recording.curve(Stepped, "time")
    for note in recording.notes:
        at = int(np.searchsorted(steps, note.step, side="right")) - 1
        marks.append(Mark(note.step, float(times[at]) if at >= 0 else 0.0, f"note: {note.text}"))
    return sorted(marks, key=lambda mark: (mark.step, mark.time))


def words(event: Any) -> str:
    """A mark, short enough for a cell."""
    match event:
        case Turned(knob=knob, value=value):
            return f"{knob} turned to {value}"
        case Annealed(last_step=last):
            return f"annealing until step {last}"
        case Saved():
            return "checkpoint"
        case Spiked(what=what, value=value):
            return f"spike of the {what}: {value:g}"
        case _:
            return f"branched from {event.parent}"
