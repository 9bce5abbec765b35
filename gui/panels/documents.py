"""The documents panel: what one of the texts is made of, and how some of its documents begin."""

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from engine.declared import Declared
from engine.events import Event, SourceExamined, SourceRead
from engine.recording import Recording
from gui.explain import explain
from gui.export.sheet import Sheet
from gui.panels.documents_figure import documents_figure
from gui.panels.documents_picture import NOTHING, Documents, documents_at
from gui.panels.panel import Panel
from gui.theme import Theme
from gui.widgets.elided_choice import ElidedChoice
from gui.widgets.empty_note import EmptyNote
from gui.widgets.fact_list import FactList
from gui.widgets.hairline import Hairline
from gui.widgets.labels import PlainLabel
from gui.widgets.length_bars import LengthBars
from gui.widgets.share_list import ShareList

EMPTY = "The documents appear here as soon as they are read", "A model knows only what stands in them."
NAME_LETTERS = 12  # of a text, in the title row
BESIDE = 430  # pixels at reading size from which figures and samples stand side by side


class DocumentsOptions(Declared):
    pass


class DocumentsPanel(Panel):
    title = "Documents"
    help = "what a text is made of: how many documents, how long, in which letters, and how some of them begin."
    watches: ClassVar[tuple[type[Event], ...]] = (SourceRead, SourceExamined)
    Options = DocumentsOptions

    def picture(self, recording: Recording, step: int, options: DocumentsOptions) -> Documents:
        return documents_at(recording, step, self._place)

    def show_source(self, place: int) -> None:
        """The text at this place in the settings; drawn at the next refresh."""
        self._place = place

    def extra_stamp(self) -> object:
        return self._place

    # what it is made of

    def build(self) -> None:
        self._place, self._shown = 0, NOTHING
        self.choice, self.note = ElidedChoice(NAME_LETTERS), EmptyNote()
        explain(self.choice, "Text", "Of which text the documents are shown")
        self.choice.activated.connect(self.show_source)
        self.note.say(*EMPTY)
        self.facts, self.skipped = FactList("Figures"), PlainLabel("", "small", "warn")
        self.scripts = ShareList("languages and scripts")
        self.characters = ShareList("commonest characters", "axis_token")
        self.lengths = LengthBars()
        self.lengths.pointed.connect(self.explained)
        self.samples: list[Sample] = []
        self._lay_out()

    def title_row(self) -> list[QWidget]:
        return [self.choice]

    def _lay_out(self) -> None:
        self.sheet = QWidget()
        self.row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self.sheet)
        self.row.setContentsMargins(0, 0, 8, 8)
        self.row.setSpacing(24)
        figures, self.pages = QVBoxLayout(), QVBoxLayout()
        figures.setSpacing(10)
        self.pages.setSpacing(8)
        self.skipped.setWordWrap(True)
        for part in (self.facts, self.skipped, self.lengths, self.scripts, self.characters):
            figures.addWidget(part)
        for column, stretch in ((figures, 2), (self.pages, 3)):
            column.addStretch(1)
            self.row.addLayout(column, stretch)
        self.area = QScrollArea(widgetResizable=True)
        self.area.setAccessibleName("Documents")
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self.sheet)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(16, 0, 8, 8)
        column.addWidget(self.area)
        column.addWidget(self.note)

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        for part in (self.note, self.facts, self.scripts, self.characters, self.lengths):
            part.dress(theme)
        self.choice.setHidden(theme.lecture)
        self._arrange()

    # what it shows

    def draw(self, picture: Documents) -> None:
        self._shown = picture
        self.area.setVisible(bool(picture.names))
        self.note.setHidden(bool(picture.names))
        self._show_choice(picture)
        self.facts.show_facts(picture.facts)
        self.skipped.setText("\n".join(picture.skipped))
        self.skipped.setHidden(not picture.skipped)
        self.scripts.show_shares(picture.scripts)
        self.characters.show_shares(picture.characters)
        self.lengths.show_counts(picture.lengths)
        for part, there in (
            (self.scripts, picture.scripts), (self.characters, picture.characters), (self.lengths, picture.lengths)
        ):  # fmt: skip
            part.setHidden(not there)
        self._show_samples(picture.samples)

    def figure(self, picture: Documents) -> Sheet:
        return documents_figure(picture)

    def _show_choice(self, picture: Documents) -> None:
        if picture.names != tuple(self.choice.itemText(place) for place in range(self.choice.count())):
            self.choice.clear()
            self.choice.addItems(picture.names)
        self.choice.setCurrentIndex(picture.place)
        self.choice.setVisible(len(picture.names) > 1 and not self.theme.lecture)

    def _show_samples(self, samples: tuple[str, ...]) -> None:
        """Labels are kept and reused."""
        while len(self.samples) < len(samples):
            self.samples.append(Sample())
            self.pages.insertWidget(len(self.samples) - 1, self.samples[-1])
        for place, sample in enumerate(self.samples):
            sample.setHidden(place >= len(samples))
            sample.text.setText(samples[place] if place < len(samples) else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        beside = self.width() >= BESIDE * self.theme.pixels("small") / 12
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self.row.setDirection(direction)


class Sample(QWidget):
    """How one document begins, under a line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)
        self.text = PlainLabel("", "small", "ink")
        self.text.setWordWrap(True)
        self.text.setMinimumWidth(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(6)
        column.addWidget(self.text)
        column.addWidget(Hairline())


if __name__ == "__main__":
    from gui.panels.preview import preview

    preview(DocumentsPanel)
