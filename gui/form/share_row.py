"""A share as a row of a form: label and per cent over a slider, with a tick where the present run has it."""

from typing import Any

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QStyle, QWidget

from engine.declared import Knob
from gui.explain import explain
from gui.form.form import Row
from gui.theme import LIGHT, Theme
from gui.widgets.labels import PlainLabel

PER_CENT = 100
HANDLE, BORDER = 14, 2  # pixels, as the style sheet has them
TICK = 5  # pixels below the groove
HEIGHT, APART = 20, 8


class ShareRow(Row):
    def __init__(self, knob: Knob, parent: QWidget | None = None) -> None:
        super().__init__(knob, parent)
        self.slider, self._number = ShareSlider(knob), PlainLabel("", "body", "ink", strong=True)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, APART // 2, 0)  # the digits end where the slider ends
        top.setSpacing(APART)
        self._name = PlainLabel(knob.label, "small", "ink2")
        top.addWidget(self._name)
        top.addStretch()
        top.addWidget(self.note)
        top.addWidget(self._number)
        self.note.setWordWrap(False)
        self._column.addLayout(top)
        self._column.addWidget(self.slider)
        self._take(self.slider)
        explain(self.slider, knob.label, f"{knob.help}. Goes from 0 to {per_cent(knob.high or 1.0)}.")

    def show_value(self, value: Any) -> None:
        super().show_value(value)
        self._number.setText(per_cent(value))

    def show_present(self, present: float, waits: bool) -> None:
        """What the run has now, and whether another value waits for the next one."""
        self.slider.show_present(present)
        self.show_state("warn" if waits else "", f"was {per_cent(present)}" if waits else "")
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """What it was gives way where there is little room: the tick says the same."""
        wanted = sum(part.sizeHint().width() + APART for part in (self._name, self.note, self._number))
        self.note.setVisible(bool(self.note.text()) and wanted <= self.width() - self._column.contentsMargins().left())


class ShareSlider(QSlider):
    """Stands at whole per cents."""

    edited = Signal(object)  # a share, by a person's hand only

    def __init__(self, knob: Knob, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme, self._present = LIGHT, 0.0
        self.setRange(round(PER_CENT * (knob.low or 0.0)), round(PER_CENT * (knob.high or 1.0)))
        self.setPageStep(PER_CENT // 10)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(HEIGHT)
        self.valueChanged.connect(self._tell)

    def dress(self, theme: Theme) -> None:
        """Colours of `theme`."""
        self._theme = theme
        self.update()

    def show_value(self, value: float) -> None:
        """Without telling anybody; a hand on it is not disturbed."""
        if not self.isSliderDown():
            blocked = self.blockSignals(True)
            self.setValue(round(PER_CENT * value))
            self.blockSignals(blocked)

    def show_present(self, value: float) -> None:
        if value != self._present:
            self._present = value
            self.update()

    def tick(self) -> float:
        """Where the present value is marked: pixels from the left."""
        place, span = round(PER_CENT * self._present), self.width() - HANDLE - 2 * BORDER
        return BORDER + QStyle.sliderPositionFromValue(self.minimum(), self.maximum(), place, span) + HANDLE / 2

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.setPen(self._theme.pen(self._theme.edge, 1.5 * self._theme.lines.hair))
            bottom = QPointF(self.tick(), self.height() - 1)
            painter.drawLine(bottom, bottom - QPointF(0, TICK))

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event) if self.hasFocus() else event.ignore()

    def _tell(self, place: int) -> None:
        self.edited.emit(place / PER_CENT)


def per_cent(share: float) -> str:
    """0.3 as 30 %."""
    return f"{PER_CENT * share:.0f} %"
