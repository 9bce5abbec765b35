"""The samples panel: what the model writes as it learns. Wide, time runs to the right; tall, the newest is on top."""

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from engine.commands import Prompt
from engine.declared import Declared, knob
from engine.events import CorpusRead, Event, Wrote
from engine.recording import Recording
from gui.export.sheet import Sheet
from gui.panels.panel import Panel
from gui.panels.samples_figure import samples_figure
from gui.panels.samples_picture import GAP, Samples, facts, places_of, sample
from gui.question import Question
from gui.special import objective
from gui.theme import Theme
from gui.widgets.ask_line import AskLine
from gui.widgets.empty_note import EmptyNote
from gui.widgets.facts import Facts
from gui.widgets.icon_button import IconButton
from gui.widgets.sample_card import SampleCard

LETTERS = 21  # of a line of a sample: with less room there are fewer side by side
EMPTY = ("Samples appear here as the model learns to write", "The first is noise; words come before sense.")
PLACEHOLDER = "Write the words every sample begins with"
GAP_PLACEHOLDER = f"{PLACEHOLDER}, or mark a gap to be filled: … {GAP} …"


class SamplesOptions(Declared):
    side_by_side: int = knob(6, "How many samples stand side by side at most", 2, 12, label="Side by side")


class SamplesPanel(Panel):
    title = "Samples"
    help = "what the model writes when it goes on from the prompt by itself, from its first step to now."
    watches: ClassVar[tuple[type[Event], ...]] = (Wrote, CorpusRead)
    Options = SamplesOptions
    options: SamplesOptions

    def picture(self, recording: Recording, step: int, options: SamplesOptions) -> Samples:
        written = tuple(recording.all(Wrote))
        return Samples(written, recording.count(Wrote, step) - 1, objective(recording) == "infill")

    # what it is made of

    def build(self) -> None:
        self._shown = Samples((), -1)
        self._places: list[int] = []
        self._cards: list[SampleCard] = []
        self._question = Question(Wrote)
        self.line = AskLine("Prompt", PLACEHOLDER)
        self.note = EmptyNote()
        self.note.say(*EMPTY)
        self._build_title_row()
        self._lay_out()
        self.line.asked.connect(self._ask)
        self.pencil.clicked.connect(self.edit)

    def _build_title_row(self) -> None:
        self.facts = Facts()
        self.pencil = IconButton("pencil", "Let the samples begin with other words")
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
        self.cards.setContentsMargins(0, 0, 8, 0)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setAccessibleName("Samples, oldest to newest")
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self.sheet)
        for background in (self.sheet, self.area.viewport()):
            background.setAutoFillBackground(False)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(16, 0, 16, 8)
        for widget in (self.line, self.area, self.note):
            column.addWidget(widget)

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        for widget in (self.facts, self.pencil, self.line, self.note):
            widget.dress(theme)
        for card in self._cards:
            card.dress(theme)
        self.facts.setHidden(theme.lecture)
        self._arrange()

    # what it shows

    def notice(self, recording: Recording) -> None:
        if self._question.answered(recording):
            self._say_facts()

    def draw(self, picture: Samples) -> None:
        if (picture, self.options) != (self._shown, self._arranged):
            self._shown = picture
            self._arrange()

    def figure(self, picture: Samples) -> Sheet:
        """As many as stand on screen; where nothing does, as many as may."""
        columns = self.columns() if self.isVisible() else self.options.side_by_side
        return samples_figure(picture, columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _arrange(self) -> None:
        """Choose the samples there is room for, and put each on a card."""
        self._arranged = self.options
        some, wide = bool(self._shown.written), self.columns() > 1
        self.area.setHidden(not some)
        self.note.setHidden(some)
        self.pencil.setHidden(not some or self.theme.lecture)
        self._places = self.places() if some else []
        self.cards.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.BottomToTop)
        self._have_cards(len(self._places))
        for index, (card, place) in enumerate(zip(self._cards, self._places, strict=False)):
            card.show_sample(sample(self._shown, place), ruled=wide and index > 0)
        self._say_facts()

    def columns(self) -> int:
        """How many samples stand side by side; 1 is a column, newest on top."""
        letter = QFontMetricsF(self.theme.font("small")).averageCharWidth()
        room = int(self.width() / (LETTERS * letter))
        return min(room, self.options.side_by_side) if room > 1 and self.width() > self.height() else 1

    def places(self) -> list[int]:
        """Which of all samples are shown."""
        return places_of(self._shown, self.columns())

    def _have_cards(self, wanted: int) -> None:
        """Cards are kept and reused; the surplus is hidden."""
        while len(self._cards) < wanted:
            card = SampleCard(self.sheet)
            card.dress(self.theme)
            self._cards.append(card)
            self.cards.addWidget(card, 1)
        for index, card in enumerate(self._cards):
            card.setHidden(index >= wanted)

    def _say_facts(self) -> None:
        if self._question.waiting:
            self.facts.say((("asking…", ""),))
            return
        written, now = self._shown.written, self._shown.now
        wrote = written[max(now, 0)] if written else None
        self.facts.say(facts(wrote, len(self._places), len(written)) if wrote else ())

    # the person

    def edit(self) -> None:
        """Open a line for the words every sample begins with."""
        if self._shown.written:
            gaps = self._shown.fills_gaps
            self.line.field.setPlaceholderText(GAP_PLACEHOLDER if gaps else PLACEHOLDER)
            self.line.field.setToolTip(GAP_PLACEHOLDER if gaps else PLACEHOLDER)
            self.line.open(self._shown.written[-1].prompt)

    def _ask(self, text: str) -> None:
        if self._question.ask(self._recording):
            self._say_facts()
            self.asked.emit(Prompt(text))
        else:
            self.facts.say((("nobody answers: the run has ended", ""),))


if __name__ == "__main__":
    from gui.panels.preview import preview

    preview(SamplesPanel)
