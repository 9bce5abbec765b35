"""The recorded facts of a run as sheets for its report: sums, text, floors, settings, notes and what happened."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from engine.declared import Knob, knobs
from engine.events import CorpusRead, Metered, SourceRead, Started, Stepped, Validated
from engine.recording import Recording
from engine.settings import Settings
from gui.export.sheet import Cell, Grid, Row, Sheet
from gui.text import clock, number, prose, short
from gui.widgets.loss_floors import Floor, floors
from gui.widgets.loss_marks import marks
from gui.widgets.loss_picture import Curve
from gui.widgets.run_losses import RunLosses
from gui.widgets.setting_words import whole, worded

WIDTH = 20  # steps that the training loss is the mean of
JOULES_PER_WATT_HOUR = 3600.0


class Fact(NamedTuple):
    label: str
    value: str
    unit: str = ""


def facts(recording: Recording) -> tuple[Fact, ...]:
    """What a reader wants to know first; what is not known is left out."""
    return tuple(_facts(recording))


def _facts(recording: Recording) -> Iterator[Fact]:
    started, last = recording.latest(Started), recording.latest(Stepped)
    if started:
        yield Fact("Parameters", *short(started.parameters))
    if last:
        yield Fact("Steps", f"{last.step:,}")
        yield Fact("Tokens seen", *short(last.tokens))
        yield Fact("Training time", clock(last.time))
    _, validated = recording.curve(Validated, "loss")
    _, trained = RunLosses().of(recording, WIDTH)
    if len(trained):
        yield _loss("Training loss", trained[-1])
    if len(validated):
        yield _loss("Validation loss", validated[-1])
    metered = recording.latest(Metered)
    if metered and metered.energy > 0:
        about = "" if metered.energy_measured else " (estimated)"
        yield Fact("Energy", number(metered.energy / JOULES_PER_WATT_HOUR), f"Wh{about}")
    if started:
        yield Fact("Machine", prose(started.device))


def _loss(label: str, value: float) -> Fact:
    return Fact(label, number(value, 3), "nats per token") if np.isfinite(value) else Fact(label, "no number")


def corpus_sheet(recording: Recording) -> Sheet:
    """Sizes, the fingerprint, and each text on a row of its own."""
    read = recording.latest(CorpusRead)
    if read is None:
        return Sheet("Corpus", "Corpus", (), "No text was read.")
    pairs = [
        ("Name", prose(read.name)),
        ("Came from", prose(read.origin)),
        ("Size", f"{read.size:,} bytes in {read.documents:,} documents"),
        ("To learn from", f"{read.train_tokens:,} tokens"),
        ("Held out", f"{read.validation_tokens:,} tokens: {prose(read.held_out)}"),
        ("Vocabulary", f"{len(read.vocabulary):,} tokens"),
        ("Fingerprint", read.fingerprint or "not recorded"),
    ]
    about = Grid(("", ""), tuple((Cell(name, colour="ink2"), Cell(text)) for name, text in pairs))
    sources = recording.all(SourceRead)
    heads = ("Text", "Bytes", "Documents", "Copies left out", "Training tokens", "Held-out tokens")
    rows = tuple(_source(one) for one in sources)
    texts = (Row((Grid(heads, rows, right=(1, 2, 3, 4, 5)),), height=0),) if len(sources) > 1 else ()
    return Sheet("Corpus", "Corpus", (Row((about,), height=0), *texts))


def _source(one: SourceRead) -> tuple[Cell, ...]:
    counts = one.size, one.documents, one.copies, one.train_tokens, one.validation_tokens
    return Cell(prose(one.name)), *(Cell(f"{count:,}", count) for count in counts)


def floors_sheet(recording: Recording) -> Sheet:
    """Each table of counted tokens, what it would score, and from which step on the model is better."""
    smooth = Curve(*RunLosses().of(recording, WIDTH))
    found = sorted(floors(recording, smooth, Curve(*recording.curve(Validated, "loss")), 1.0), key=_height)
    heads = ("Table", "Its loss (nats per token)", "Better from step")
    rows = tuple(
        (Cell(floor.name), Cell(number(floor.loss, 3), floor.loss), _beaten(floor.beaten, floor.order))
        for floor in found
    )
    grid = Grid(heads, rows, right=(1, 2))
    said = "No floors were counted."
    return Sheet("Floors", "Floors", (Row((grid,), height=0),) if rows else (), said)


def _height(floor: Floor) -> float:
    """The hardest to beat comes last."""
    return -floor.loss


def _beaten(step: float, order: int) -> Cell:
    if order <= 0:  # chance is no feat, and what all rules leave cannot be beaten
        return Cell("–")
    return Cell(f"{step:,.0f}", step, bold=True) if np.isfinite(step) else Cell("not yet")


def settings_sheet(recording: Recording) -> Sheet:
    """All that were recorded and mean something, in their groups."""
    started = recording.latest(Started)
    values = dict(started.settings) if started else {}
    rows = tuple(_setting(knob, values[knob.name]) for knob in knobs(Settings) if _matters(knob, values))
    grid = Grid(("Setting", "Value", "Unit", "Group"), rows, right=(1,))
    return Sheet("Settings", "Settings", (Row((grid,), height=0),) if rows else (), "No settings were recorded.")


def _matters(knob: Knob, values: dict[str, Any]) -> bool:
    known = knob.name in values and all(name in values for name in knob.when)
    return known and knob.matters(values)


def _setting(knob: Knob, value: Any) -> tuple[Cell, ...]:
    changed = whole(value) != whole(knob.default)
    exact = float(value) if type(value) in (int, float) else None
    said = Cell(worded(knob.name, value), exact, bold=changed)
    return Cell(knob.label, bold=changed), said, Cell(knob.unit, colour="ink2"), Cell(knob.group, colour="ink2")


def notes_sheet(recording: Recording) -> Sheet:
    """What people wrote on it."""
    rows = tuple((Cell(f"{note.step:,}", note.step), Cell(prose(note.text))) for note in recording.notes)
    grid = Grid(("Step", "Note"), rows, "Notes", right=(0,))
    return Sheet("Notes", "Notes", (Row((grid,), height=0),) if rows else (), "Nothing was noted.")


def events_sheet(recording: Recording) -> Sheet:
    """Knobs that were turned, spikes, annealing and ways back."""
    steps = recording.curve(Stepped, "loss")[0]
    happened = [mark for mark in marks(recording, steps, steps) if mark.sign != "note"]
    rows = tuple((Cell(f"{mark.x:,.0f}", mark.x), Cell(mark.words)) for mark in happened)
    grid = Grid(("Step", "What happened"), rows, "What happened", right=(0,))
    return Sheet(
        "On the way", "On the way", (Row((grid,), height=0),) if rows else (), "Nothing out of the ordinary happened."
    )
