"""The samples panel: what the model writes as it learns; side by side where it is wide, newest on top where it is tall."""

from bisect import bisect_right
from math import log
from typing import ClassVar, NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from engine.commands import Prompt
from engine.events import CorpusRead, Ended, Event, Failed, Wrote
from engine.recording import Recording
from engine.settings import Declared, knob
from gui.icons import icon
from gui.panels.panel import Panel
from gui.pieces import spelled
from gui.text import prose
from gui.theme import Theme
from gui.widgets.ask_line import AskLine
from gui.widgets.empty_note import EmptyNote
from gui.widgets.facts import Facts
from gui.widgets.sample_card import Sample, SampleCard, When

LETTERS = 26  # of a line of a sample: with less room there are fewer side by side
LONGEST_PROMPT = 32  # characters of it in the title row
TALL = 20  # newest samples in the column of a tall panel


class SamplesOptions(Declared):
    side_by_side: int = knob(6, "How many samples stand side by side at most", 2, 12, label="Side by side")


class Samples(NamedTuple):
    written: tuple[Wrote, ...]  # all of the run, oldest first
    now: int  # which of them belongs to the step on show; -1 before the first


class SamplesPanel(Panel):
    title = "Samples"
    help = "Samples: what the model writes when it goes on from the prompt by itself, from its first step to now."
    watches: ClassVar[tuple[type[Event], ...]] = (Wrote, CorpusRead)
    Options = SamplesOptions
    options: SamplesOptions

    def picture(self, recording: Recording, step: int, options: SamplesOptions) -> Samples:
        written = tuple(recording.all(Wrote))
        return Samples(written, recording.count(Wrote, step) - 1)

    # what it is made of

    def build(self) -> None:
        self._shown = Samples((), -1)
        self._cards: list[SampleCard] = []
        self._asked_at: Wrote | None = None  # the answer is a later one
        self._waiting = False
        self.line = AskLine("Prompt", "Write the words every sample begins with")
        self.note = EmptyNote()
        self.note.say("Samples appear here as the model learns to write", "The first is noise; words come before sense.")
        self._build_title_row()
        self._lay_out()
        self.line.asked.connect(self._ask)
        self.pencil.clicked.connect(self.edit)

    def _build_title_row(self) -> None:
        self.facts, self.pencil = Facts(), QToolButton()
        self.pencil.setAutoRaise(True)
        self.pencil.setShortcut(Qt.Key.Key_unknown)
        self.pencil.setAccessibleName("Edit the prompt")
        self.pencil.setToolTip("Let the samples begin with other words")
        self.heading = QWidget()
        self.heading.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self.heading)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.facts)
        row.addWidget(self.pencil)

    def title_row(self) -> list[QWidget]:
        return [self.heading]

    def _lay_out(self) -> None:
        self.sheet = QWidget()
        self.cards = QBoxLayout(QBoxLayout.Direction.LeftToRight, self.sheet)
        self.cards.setContentsMargins(0, 0, 0, 0)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self.sheet)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(16, 0, 16, 8)
        for widget in (self.line, self.area, self.note):
            column.addWidget(widget)
