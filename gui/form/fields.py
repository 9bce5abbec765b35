"""The controls a form is made of, one for each kind of value; all have `show_value` and tell `edited`.

Turning the wheel over a form scrolls it: a control listens to the wheel only when it has the focus.
"""

from typing import Any, Protocol

from PySide6.QtCore import QEvent, QLocale, Qt, Signal, SignalInstance
from PySide6.QtGui import QEnterEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSlider, QSpinBox, QWidget

from engine.declared import Knob
from gui.form.knob_text import nearest, read, said, stops
from gui.widgets.elided_choice import ElidedChoice

LARGEST = 2**31 - 1
FEW_LETTERS = 4  # a choice is at least as wide; the form gives it more


class Field(Protocol):
    """`edited` carries the new value and is sent by a person's hand only."""

    edited: SignalInstance

    def show_value(self, value: Any) -> None: ...


class NumberField(QLineEdit):
    """A number that is typed; what cannot be read is told by `refused` and taken back."""

    edited = Signal(object)
    refused = Signal(str)

    def __init__(self, knob: Knob, fits: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._knob, self._fits = knob, fits
        self._value: Any = knob.default
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.editingFinished.connect(self._finish)
        self.textChanged.connect(self._fit)

    def show_value(self, value: Any) -> None:
        """Does not disturb a person who is typing."""
        self._value = value
        if not (self.hasFocus() and self.isModified()):
            self.setText(said(self._knob, value))

    def _finish(self) -> None:
        if not self.isModified():
            return
        self.setModified(False)
        try:
            value = read(self._knob, self.text())
        except ValueError as error:
            self.show_value(self._value)
            self.refused.emit(str(error))
            return
        changed = value != self._value
        self.show_value(value)
        if changed:
            self.edited.emit(value)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        if self._fits:  # so that the unit stands right after it
            self.setFixedWidth(self.fontMetrics().horizontalAdvance(self.text() or "0") + 12)


class SliderField(QSlider):
    """Stands at round numbers only; a value in between is shown at the nearest."""

    edited = Signal(object)

    def __init__(self, knob: Knob, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._stops = stops(knob)
        self.setRange(0, len(self._stops) - 1)
        self.setPageStep(max(1, len(self._stops) // 10))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.valueChanged.connect(self._tell)

    def show_value(self, value: Any) -> None:
        if self.isSliderDown():
            return
        blocked = self.blockSignals(True)
        self.setValue(nearest(self._stops, value))
        self.blockSignals(blocked)

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event) if self.hasFocus() else event.ignore()

    def _tell(self, place: int) -> None:
        self.edited.emit(self._stops[place])


class CountField(QSpinBox):
    """Its arrows show only under the pointer, so that a column of numbers stays calm."""

    edited = Signal(object)

    def __init__(self, knob: Knob, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(int(knob.low or 0), int(LARGEST if knob.high is None else knob.high))
        self.setSuffix(f" {knob.unit}" if knob.unit else "")
        self.setSpecialValueText(knob.lowest)
        self.setLocale(QLocale(QLocale.Language.English))  # 2,418 everywhere, as in all our text
        self.setGroupSeparatorShown(True)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setKeyboardTracking(False)
        self.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.valueChanged.connect(self._tell)

    def show_value(self, value: Any) -> None:
        if value == self.value():
            return  # setting it again would undo what is being typed
        blocked = self.blockSignals(True)
        self.setValue(int(value))
        self.blockSignals(blocked)

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event) if self.hasFocus() else event.ignore()

    def enterEvent(self, event: QEnterEvent) -> None:
        self.setButtonSymbols(QSpinBox.ButtonSymbols.UpDownArrows)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        super().leaveEvent(event)

    def _tell(self, value: int) -> None:
        self.edited.emit(value)


class ChoiceField(ElidedChoice):
    """One of a few words; the value is the item's data."""

    edited = Signal(object)

    def __init__(self, knob: Knob, parent: QWidget | None = None) -> None:
        super().__init__(FEW_LETTERS, parent)
        for choice in knob.choices:
            self.addItem(said(knob, choice), choice)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(self._tell)

    def show_value(self, value: Any) -> None:
        self.setCurrentIndex(self.findData(value))

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event) if self.hasFocus() else event.ignore()

    def _tell(self, index: int) -> None:
        self.edited.emit(self.itemData(index))


class SwitchField(QCheckBox):
    edited = Signal(object)

    def __init__(self, knob: Knob, parent: QWidget | None = None) -> None:
        super().__init__(knob.label, parent)
        self.clicked.connect(self._tell)

    def show_value(self, value: Any) -> None:
        self.setChecked(bool(value))

    def _tell(self, checked: bool) -> None:
        self.edited.emit(checked)


class TextField(QLineEdit):
    edited = Signal(object)

    def __init__(self, knob: Knob, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editingFinished.connect(self._finish)

    def show_value(self, value: Any) -> None:
        if not (self.hasFocus() and self.isModified()):
            self.setText(str(value))
            self.setCursorPosition(0)

    def _finish(self) -> None:
        if self.isModified():
            self.setModified(False)
            self.edited.emit(self.text())


def plain_field(knob: Knob) -> QWidget:
    """The control for `knob` without a slider."""
    if knob.choices:
        return ChoiceField(knob)
    if knob.kind is bool:
        return SwitchField(knob)
    if knob.kind is int:
        return CountField(knob)
    return NumberField(knob) if knob.kind is float else TextField(knob)
