"""A number with its unit in one field, as wide as there is room."""

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from engine.declared import Knob
from gui.explain import explain
from gui.form.fields import NumberField
from gui.form.knob_text import explanation
from gui.theme import Theme
from gui.widgets.labels import PlainLabel

UNITS = ("mm", "pt", "dpi")


class TypedNumber(NumberField):
    """Enter means the number; the dialog around it is not meant."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()


class MeasureField(QFrame):
    """Looks like one field; its `edited` and `refused` are those of the number."""

    def __init__(self, knob: Knob, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("exportField")
        self.number = TypedNumber(knob)
        self.number.setObjectName("bare")
        explain(self.number, knob.label, explanation(knob))
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 8, 0)
        row.setSpacing(2)
        row.addWidget(self.number, 1)
        self._unit = PlainLabel(knob.unit, "small", "ink3")
        row.addWidget(self._unit, 0, Qt.AlignmentFlag.AlignVCenter)

    @property
    def edited(self) -> SignalInstance:
        return self.number.edited

    @property
    def refused(self) -> SignalInstance:
        return self.number.refused

    def dress(self, theme: Theme) -> None:
        """Numbers end below each other, whatever they count."""
        metrics = QFontMetrics(theme.font("small"))
        self._unit.setFixedWidth(max(metrics.horizontalAdvance(unit) for unit in UNITS))

    def show_value(self, value: float) -> None:
        self.number.show_value(value)
