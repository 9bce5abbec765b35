"""The choice of a text: what comes with the program, what was opened lately, and "Open text…"."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QStyle, QStyleOptionComboBox, QStylePainter

from engine.corpus.built_in import BUILT_IN
from engine.declared import Knob
from gui.explain import explain
from gui.form.fields import ChoiceField
from gui.text import prose

OPEN = object()  # the last line, which is no value


def corpus_label(corpus: str) -> str:
    """A built-in's label, or the name of a file, made harmless."""
    return BUILT_IN[corpus].label if corpus in BUILT_IN else prose(Path(corpus).name or corpus)


class CorpusField(ChoiceField):
    open_asked = Signal()

    def __init__(self, knob: Knob, recents: list[str]) -> None:
        super().__init__(knob)
        self._knob = knob
        self._value: Any = knob.default
        self.offer(recents)

    def offer(self, recents: list[str]) -> None:
        """Fill the list anew."""
        self.clear()
        for corpus in (*BUILT_IN, *recents):
            self._offer_one(corpus)
        self.insertSeparator(self.count())
        self.addItem("Open text…", OPEN)
        self.show_value(self._value)

    def show_value(self, value: Any) -> None:
        self._value = value
        if self.findData(value) < 0:
            self._offer_one(value, 0)
        super().show_value(value)
        explain(self, self._knob.label, f"{self._knob.help}: {corpus_label(value)}")

    def elided(self) -> str:
        """As much of the name as there is room for."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        edit = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, edit, self).width()
        return self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)

    def paintEvent(self, event: QPaintEvent) -> None:
        """As every choice, but its text ends in … where Qt would cut a letter."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self.elided()
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def _offer_one(self, corpus: str, place: int | None = None) -> None:
        index = self.count() if place is None else place
        self.insertItem(index, corpus_label(corpus), corpus)
        self.setItemData(index, corpus_label(corpus), Qt.ItemDataRole.AccessibleTextRole)

    def _tell(self, index: int) -> None:
        if self.itemData(index) is OPEN:
            self.show_value(self._value)
            self.open_asked.emit()
            return
        self._value = self.itemData(index)
        super()._tell(index)
