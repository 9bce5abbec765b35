"""The spoiling bench: how bad text is made on purpose, how a document then looks, and what the model makes of it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from engine.declared import Declared, knob
from engine.events import Event, Rewound, SourceExamined, SourceRead, Started, Stepped, Validated
from engine.recording import Recording
from gui.explain import explain
from gui.export.sheet import Sheet
from gui.form.share_row import ShareRow
from gui.panels.panel import Panel
from gui.panels.spoiling_figure import spoiling_figure
from gui.panels.spoiling_picture import SHARES, Bench, Clean, bench, unspoiled
from gui.theme import Theme
from gui.widgets.hairline import Hairline
from gui.widgets.icon_button import IconButton
from gui.widgets.labels import ElidedLabel, PlainLabel
from gui.widgets.smoothing import TrailingMean
from gui.widgets.spoiled_text import SpoiledLegend, SpoiledText
from gui.widgets.spoiling_chart import SpoilingChart

CAPTION = "A document, spoiled"
BAR = 8  # pixels the rows of sliders are indented by, for the bar of what waits
LINES = "Each line stands for a document, so that copies show"
ROWS_WIDTH, LEAST_ROWS, CHART_WIDTH = 200, 140, 170  # pixels at reading size
NOTHING: Mapping[str, float] = MappingProxyType({})
FAR = 10_000  # pixels; no limit
UPPER_HEIGHT, BELOW_HEIGHT = 170, 80


class SpoilingOptions(Declared):
    smoothing: int = knob(50, "The training curve is the mean of this many last steps", 1, 500, unit="steps", log=True)


class SpoilingPanel(Panel):
    """Keeps the validation curve of the last run on clean text, so that a spoiled run can be compared with it."""

    title = "Spoiling bench"
    help = "make the text worse and see: what it learned by heart helps it little on clean text."
    watches: ClassVar[tuple[type[Event], ...]] = (Stepped, Validated, Started, SourceRead, SourceExamined, Rewound)
    beat = 0.25
    Options = SpoilingOptions
    options: SpoilingOptions

    chosen = Signal(dict)  # a setting of the next run: {name: value}
    next_run_asked = Signal()

    # what it is made of

    def build(self) -> None:
        self._wished: dict[str, float] = {}
        self._coming: dict[str, float] = {}  # what a run begins with that has not started
        self._place = 0  # of the sample document
        self._clean: Clean | None = None
        self._noticed: Recording | None = None
        self._smoothed: tuple[object, ...] = ()
        self._means = TrailingMean(self.options.smoothing)
        self._shown: Bench | None = None
        self.rows = {name: ShareRow(one) for name, one in SHARES.items()}
        self.chart, self.text, self.legend = SpoilingChart(), SpoiledText(), SpoiledLegend()
        self._build_title_row()
        self._lay_out()
        for row in self.rows.values():
            row.edited.connect(self._choose_share)
        for signal in (self.chart.explained, self.text.pointed):
            signal.connect(self.explained)

    def _build_title_row(self) -> None:
        self.subtitle = ElidedLabel("", "small", "ink3")
        self.start, self.undo = (
            QPushButton("Start next run"),
            IconButton("undo", "Back to how this run spoils its text"),
        )
        self.start.setProperty("kind", "soft")
        explain(self.start, "Start next run", "Begin a new run on a text that is spoiled like this")
        self.start.clicked.connect(self.next_run_asked)
        self.undo.clicked.connect(self.take_back)
        self.heading = QWidget()
        self.heading.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self.heading)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.subtitle, 1)
        row.addWidget(self.start)
        row.addWidget(self.undo)
        self.start.hide()

    def title_row(self) -> list[QWidget]:
        return [self.heading]

    def _lay_out(self) -> None:
        self.sliders, self.below = QWidget(), QWidget()
        rows = QVBoxLayout(self.sliders)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        for row in self.rows.values():
            rows.addWidget(row)
        rows.addStretch()
        upper = self._upper = QHBoxLayout()
        self.sliders.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        upper.addWidget(self.sliders, 1)  # half, or as much as they may have
        upper.addWidget(self.chart, 1)
        self._fill_below()
        self.column = QVBoxLayout(self.body)
        self.column.addLayout(upper, 3)
        self.column.addWidget(self.below, 2)

    def _fill_below(self) -> None:
        caption, self.facts = PlainLabel(CAPTION, "caption", "ink3"), ElidedLabel("", "caption", "ink3")
        explain(caption, CAPTION, LINES)
        self.facts.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.another = QPushButton("Another")
        self.another.setProperty("kind", "flat")
        self.another.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        explain(self.another, "Another document", "Show how another document of the text looks")
        self.another.clicked.connect(self.turn_page)
        head = QHBoxLayout()
        for part in (caption, self.another):
            head.addWidget(part)
        head.addStretch()
        head.addWidget(self.facts, 1)
        column = QVBoxLayout(self.below)
        column.setContentsMargins(BAR, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(Hairline())
        column.addLayout(head)
        column.addWidget(self.text, 1)
        column.addWidget(self.legend)

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        for part in (self.chart, self.text, self.legend, self.undo):
            part.dress(theme)
        for row in self.rows.values():
            row.slider.dress(theme)
        self.another.setStyleSheet(f"color: {theme.accent}; padding: 0 6px; font-size: {theme.pixels('caption')}px")
        side = round(16 * max(1.0, theme.scale))
        self.column.setContentsMargins(side - BAR, 0, side, round(side / 2))
        self.column.setSpacing(round(8 * theme.scale))
        self._upper.setSpacing(side)
        self._arrange()

    # what it shows

    def notice(self, recording: Recording) -> None:
        """When another run takes its place, a run on clean text is what later ones are compared with."""
        if recording is not self._noticed:
            kept = unspoiled(self._noticed) if self._noticed else None
            self._noticed, self._clean = recording, kept or self._clean

    def picture(self, recording: Recording, step: int, options: SpoilingOptions) -> Bench:
        of = recording, recording.stamp((Rewound,)), options.smoothing  # after going back, other steps follow
        if of != self._smoothed:
            self._smoothed, self._means = of, TrailingMean(options.smoothing)
        return bench(recording, step, self._means, self._wished, self._place, self._clean, self._coming)

    def extra_stamp(self) -> object:
        return tuple(self._wished.items()), tuple(self._coming.items()), self._place, id(self._clean)

    def draw(self, picture: Bench) -> None:
        self._shown = picture
        waiting = {name for name, value in picture.wished.items() if value != picture.present[name]}
        for name, row in self.rows.items():
            row.show_value(picture.wished[name])
            row.show_present(picture.present[name], picture.begun and name in waiting)
        self.chart.show_curves(picture.curves)
        self.text.show_spans(picture.document.spans)
        self.subtitle.show_text(picture.document.source)
        self.facts.show_text(picture.facts)
        explain(self.facts, "What was done to the text of this run", picture.facts)
        self.another.setEnabled(picture.documents > 1)
        self.undo.setEnabled(bool(waiting))
        self.start.setHidden(not (waiting and picture.begun) or self.theme.lecture)

    def figure(self, picture: Bench) -> Sheet:
        return spoiling_figure(picture, self.chart.view)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _arrange(self) -> None:
        """Sliders first, then the chart beside them, then the document below, as far as there is room."""
        unit = self.theme.pixels("caption") / 11
        beside = self.width() >= (LEAST_ROWS + CHART_WIDTH) * unit
        self.chart.setVisible(beside)
        rows = min(ROWS_WIDTH * unit, max(LEAST_ROWS * unit, 0.4 * self.width()))
        self.sliders.setMaximumWidth(round(rows) if beside else FAR)
        self.below.setVisible(self.height() >= (UPPER_HEIGHT + BELOW_HEIGHT) * unit)
        self.undo.setHidden(self.theme.lecture)

    # the person

    def show_chosen(self, wished: Mapping[str, float], coming: Mapping[str, float] = NOTHING) -> None:
        """What waits for the next run, where it was chosen elsewhere; and what this one will begin with."""
        self._wished = {name: float(value) for name, value in wished.items() if name in SHARES}
        self._coming = dict(coming)

    def take_back(self) -> None:
        """Let the next run spoil its text as this one does."""
        present = self._shown.present if self._shown else {}
        back = {name: present.get(name, 0.0) for name in self._wished}
        self._wished = {}
        self.chosen.emit(back)

    def turn_page(self) -> None:
        self._place += 1

    def _choose_share(self, name: str, value: float) -> None:
        self._wished = {**self._wished, name: value}
        self.chosen.emit({name: value})


if __name__ == "__main__":
    from gui.panels.preview import preview

    preview(SpoilingPanel)
