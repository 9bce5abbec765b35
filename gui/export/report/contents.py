"""A report of a run: what it was made of, how its loss fell, what it came to know, said and seen at chosen steps.

Plain values: sheets of the panels and of the recorded facts, in sections. HTML and PDF are made of the same ones.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np

from engine.events import SourceRead, Wrote
from engine.recording import Recording
from gui.export.provenance import Provenance
from gui.export.report.facts import Fact, corpus_sheet, events_sheet, facts, floors_sheet, notes_sheet, settings_sheet
from gui.export.report.sentences import Sentence, sentence_meant, sentences
from gui.export.sheet import Paragraph, Row, Sheet, Words
from gui.panels import PANELS
from gui.panels.panel import Panel
from gui.text import prose

MOST_STEPS, MOST_PRINTED = 12, 6  # that are shown of predictions and attention, where none are chosen
BEATEN = "From which step on it guessed better than tables of counted tokens."
BOLD = "What differs from the program's own settings is bold."
AT_EACH = ("Predictions", "Attention")  # panels that are shown at each step


class At(NamedTuple):
    """A sheet at a step; None where it is of the whole run."""

    step: int | None
    sheet: Sheet


class Section(NamedTuple):
    title: str
    words: str  # one sentence: what is seen
    sheets: tuple[At, ...]


class Report(NamedTuple):
    name: str  # of the run
    origin: Provenance
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]

    @property
    def steps(self) -> tuple[int, ...]:
        """That can be chosen between."""
        return tuple(sorted({at.step for section in self.sections for at in section.sheets if at.step is not None}))


class Sheets(Protocol):
    """Where the sheets of panels come from."""

    @property
    def recording(self) -> Recording: ...

    @property
    def name(self) -> str: ...

    def sheet(self, panel: type[Panel], step: int) -> Sheet: ...

    def origin(self, panel: type[Panel], step: int) -> Provenance: ...


def panels_needed() -> tuple[type[Panel], ...]:
    """Those whose sheets a report asks for."""
    return tuple(panel for panel in PANELS if panel.title in ("Loss", "Mixture", *AT_EACH))


def report(desk: Sheets, steps: Sequence[int] = (), most: int = MOST_STEPS, sentence: str = "") -> Report:
    """Everything that was recorded; predictions and attention at `steps`, or at `most` from early to late.

    They are of the `sentence` that is meant, and so only of steps at which it was looked at. Raises Trouble for one
    that the run was never asked about.
    """
    recording = desk.recording
    asked = sentences(recording)
    about = sentence_meant(sentence, asked)
    chosen = steps_of(about, steps, most)
    loss = next(panel for panel in panels_needed() if panel.title == "Loss")
    origin = desk.origin(loss, recording.last_step)._replace(panel="")
    made = (
        Section("Loss", help_of(loss), (At(None, desk.sheet(loss, recording.last_step)),)),
        Section(
            "What it learned, and when",
            BEATEN,
            floors_of(recording),
        ),
        *(each_step(desk, panel, chosen, told(about, asked)) for panel in panels_needed() if panel.title in AT_EACH),
        Section("Samples", "What the model wrote at these steps.", samples(recording, steps)),
        Section("Corpus", "The text it learned from.", (At(None, corpus_sheet(recording)), *mixture(desk))),
        Section("Settings", BOLD, (At(None, settings_sheet(recording)),)),
        Section("On the way", "What was turned, noted and measured while it ran.", on_the_way(recording)),
    )
    return Report(prose(desk.name), origin, facts(recording), tuple(map(_filled, made)))


def _filled(section: Section) -> Section:
    """Without sheets on which nothing stands; where none is left, one that says why."""
    kept = tuple(at for at in section.sheets if at.sheet.rows)
    return section._replace(sheets=kept or section.sheets[:1])


def floors_of(recording: Recording) -> tuple[At, ...]:
    """When the model became better than each table."""
    return (At(None, floors_sheet(recording)),)


def each_step(desk: Sheets, panel: type[Panel], steps: Sequence[int], more: str = "") -> Section:
    """A panel as it was; where it was never looked at, what it says then."""
    words = f"{help_of(panel)} {more}".strip()
    if not steps:
        return Section(panel.title, words, (At(None, desk.sheet(panel, desk.recording.last_step)),))
    return Section(panel.title, words, tuple(At(step, desk.sheet(panel, step)) for step in steps))


def help_of(panel: type[Panel]) -> str:
    """What the panel shows, as a sentence."""
    return f"{panel.help[0].upper()}{panel.help[1:]}"


def told(about: Sentence | None, asked: Sequence[Sentence]) -> str:
    """Which sentence it is, where there are several."""
    if about is None or len(asked) < 2:
        return ""
    first, last = about.steps[0], about.steps[-1]
    return f"Of “{about.text}”, one of {len(asked)} sentences it was asked: from step {first:,} to {last:,}."


def mixture(desk: Sheets) -> tuple[At, ...]:
    """Only where there is more than one text."""
    if desk.recording.count(SourceRead) < 2:
        return ()
    panel = next(panel for panel in panels_needed() if panel.title == "Mixture")
    return (At(None, desk.sheet(panel, desk.recording.last_step)),)


def on_the_way(recording: Recording) -> tuple[At, ...]:
    """Notes, and what happened."""
    return At(None, notes_sheet(recording)), At(None, events_sheet(recording))


def samples(recording: Recording, steps: Sequence[int]) -> tuple[At, ...]:
    """Some from early to late, or those nearest to the chosen steps."""
    written = recording.all(Wrote)
    places = _spread(len(written)) if not steps else sorted({_nearest([one.step for one in written], s) for s in steps})
    shown = [written[place] for place in places] if written else []
    paragraphs = tuple(
        Paragraph(prose(one.text), prose(one.prompt), f"Step {one.step:,}", model=False) for one in shown
    )
    rows = (Row((Words(paragraphs),), height=0),) if paragraphs else ()
    return (At(None, Sheet("Samples", "Samples", rows, "The model has not written anything yet.")),)


# which steps


def steps_of(about: Sentence | None, wanted: Sequence[int], most: int = MOST_STEPS) -> list[int]:
    """At which a sentence was looked at: nearest to those that are wanted, each once; or at most so many.

    Early ones lie near each other, as most happens then; the last is one of them.
    """
    looked = about.steps if about else ()
    if wanted and looked:
        return sorted({looked[_nearest(looked, step)] for step in wanted})
    return [looked[place] for place in _spread(len(looked), most)]


def _spread(count: int, most: int = MOST_STEPS) -> list[int]:
    """Places of some of so many: looks are denser early, so equal distances among them are early, too."""
    return sorted({int(place) for place in np.linspace(0, count - 1, min(count, most)).round()}) if count else []


def _nearest(values: Sequence[int], wanted: int) -> int:
    return int(np.abs(np.asarray(values) - wanted).argmin()) if len(values) else 0
