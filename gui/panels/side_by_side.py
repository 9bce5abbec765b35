"""The runs on show beside each other at one step: what they write, or how they take the same sentence."""

from typing import ClassVar

from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from engine.events import Branched, CorpusRead, Event, Rewound, SentencePredicted, Started, Wrote
from engine.recording import Recording
from gui.export.sheet import Sheet
from gui.panels.panel import ComparingPanel
from gui.panels.side_by_side_figure import side_by_side_figure
from gui.panels.side_by_side_picture import SideBySide, SideBySideOptions, side_by_side
from gui.theme import Theme
from gui.widgets.empty_note import EmptyNote
from gui.widgets.labels import ElidedLabel
from gui.widgets.run_card import RunCard
from gui.widgets.run_losses import RunLosses
from gui.widgets.segments import Segments

LETTERS, BESIDE = 24, 70  # of a column at least; of a card whose head has room beside the tokens
APART = 12
EMPTY = ("What runs write appears here, side by side", "Start a run, or open one, and tick others in the library.")


class SideBySidePanel(ComparingPanel):
    title = "Side by side"
    help = "what the runs on show write at the same step, or how surprised each is by the same sentence."
    watches: ClassVar[tuple[type[Event], ...]] = (Wrote, SentencePredicted, CorpusRead, Started, Branched, Rewound)
    beat = 0.25
    says_step = False
    Options = SideBySideOptions
    options: SideBySideOptions

    # what it is made of

    def build(self) -> None:
        self._losses = RunLosses()
        self._shown = SideBySide("samples", "", ())
        self._cards: list[RunCard] = []
        self.note = EmptyNote()
        self.note.say(*EMPTY)
        self._build_title_row()
        self._lay_out()
        self.segments.chosen.connect(self._choose_view)

    def _build_title_row(self) -> None:
        self.subtitle = ElidedLabel("", "small", "ink3")
        self.segments = Segments("What is shown of each run", {"samples": "Samples", "probe": "Probe"})
        self.heading = QWidget()
        self.heading.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self.heading)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.subtitle, 1)
        row.addWidget(self.segments)

    def title_row(self) -> list[QWidget]:
        return [self.heading]

    def _lay_out(self) -> None:
        self.sheet = QWidget()
        self.cards = QBoxLayout(QBoxLayout.Direction.LeftToRight, self.sheet)
        self.cards.setContentsMargins(0, 0, 8, 0)
        self.cards.addStretch()  # below cards that stand below each other
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setAccessibleName("Runs side by side")
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setCornerWidget(QWidget())
        self.area.setWidget(self.sheet)
        for background in (self.sheet, self.area.viewport()):
            background.setAutoFillBackground(False)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(16, 0, 16, 8)
        column.addWidget(self.area)
        column.addWidget(self.note)

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        self.note.dress(theme)
        self.segments.dress(theme)
        for card in self._cards:
            card.dress(theme)
        self.subtitle.setFont(theme.font("small"))
        self.segments.setHidden(theme.lecture)
        self._arrange()

    # what it shows

    def picture(self, recording: Recording, step: int, options: SideBySideOptions) -> SideBySide:
        return side_by_side(self.on_show.of(recording), step, options, self._losses)

    def draw(self, picture: SideBySide) -> None:
        self._shown = picture
        self.segments.choose(picture.view)
        self.subtitle.show_text(picture.subtitle)
        self._have_cards(len(picture.parts))
        for card, part in zip(self._cards, picture.parts, strict=False):
            card.show_part(part)
        self.note.stand_in_for(self.area, empty=not picture.parts)
        self._arrange()

    def figure(self, picture: SideBySide) -> Sheet:
        return side_by_side_figure(picture)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _arrange(self) -> None:
        """Texts stand beside each other where there is room; tokens always below each other, to be compared."""
        letter = QFontMetricsF(self.theme.font("small")).averageCharWidth()
        probe = self._shown.view == "probe"
        column = LETTERS * letter
        across = not probe and self.width() > max(self.height(), 2 * column)
        ways = QBoxLayout.Direction
        self.cards.setDirection(ways.LeftToRight if across else ways.TopToBottom)
        self.cards.setSpacing(0 if probe else APART)
        self.cards.setStretch(len(self._cards), 0 if across else 1)
        for place, card in enumerate(self._cards):
            self.cards.setStretch(place, 1 if across else 0)
            card.setMinimumWidth(round(column) if across else 0)
            card.stand(ruled=across and place > 0, beside=probe and self.width() > BESIDE * letter)

    def _have_cards(self, wanted: int) -> None:
        """Cards are kept and reused; the surplus is hidden."""
        while len(self._cards) < wanted:
            card = RunCard(self.sheet)
            card.dress(self.theme)
            card.strip.pointed.connect(self.explained)
            self.cards.insertWidget(len(self._cards), card)
            self._cards.append(card)
        for place, card in enumerate(self._cards):
            card.setHidden(place >= wanted)

    # the person

    def _choose_view(self, view: str) -> None:
        self.choose(view=view)


if __name__ == "__main__":
    from gui.panels.preview import preview

    preview(SideBySidePanel)
