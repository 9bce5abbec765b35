"""One setting of a branch: what it was, and what it is to be."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QSizePolicy, QSpinBox, QWidget

from engine.declared import Knob
from gui.explain import explain
from gui.form.fields import NumberField, SwitchField, plain_field
from gui.form.knob_text import explanation, said
from gui.theme import Theme
from gui.widgets.icon_button import IconButton
from gui.widgets.labels import PlainLabel

WAS_WIDTH, NEW_WIDTH = 58, 62
SIDE = 18  # of the button that takes it away


class ChangeRow(QFrame):
    """Numbers have one line; what needs more room has a line of its own under the label."""

    edited = Signal(str, object)  # name, value
    refused = Signal(str)  # why what was typed cannot be
    removed = Signal(str)

    def __init__(self, knob: Knob, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("change")
        self.knob = knob
        self.label, self.arrow = PlainLabel(knob.label, "small", "ink2"), PlainLabel("→", "small", "ink3")
        self.was, self.field = QLineEdit(), plain_field(knob)
        self.away = IconButton("close", f"Leave {knob.label} as it was", side=SIDE)
        self._build()
        self._explain()
        self._connect()

    def show_values(self, was: Any, value: Any) -> None:
        """A person who is typing is not disturbed."""
        before = said(self.knob, was)
        self.was.setText(before)
        explain(self.was, f"{self.knob.label} as it was", f"It was {before} {self.knob.unit}".rstrip() + ".")
        self.was.setCursorPosition(0)
        self.field.show_value(value)  # type: ignore[attr-defined]

    def dress(self, theme: Theme) -> None:
        self.away.dress(theme, 12)
        scale = theme.pixels("body") / 13
        if self._narrow:
            self.was.setFixedWidth(round(WAS_WIDTH * scale))
            self.field.setFixedWidth(round(NEW_WIDTH * scale))

    @property
    def _narrow(self) -> bool:
        return self.knob.kind in (int, float, bool) and not self.knob.choices

    def _build(self) -> None:
        self.label.setWordWrap(self._narrow)
        self.was.setObjectName("was")
        self.was.setEnabled(False)
        self.was.setAlignment(Qt.AlignmentFlag.AlignRight if self._narrow else Qt.AlignmentFlag.AlignLeft)
        if isinstance(self.field, QSpinBox):
            self.field.setSuffix("")  # there is no room, and the tool tip has it
        if isinstance(self.field, SwitchField):
            self.field.setText("")
        values = QHBoxLayout()
        values.setSpacing(4)
        for part in (self.was, self.arrow, self.field, self.away):
            values.addWidget(part, 1 if part in (self.was, self.field) and not self._narrow else 0)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        grid.addWidget(self.label, 0, 0)
        grid.addLayout(values, *((0, 1) if self._narrow else (1, 0)))
        grid.setColumnStretch(0, 1)
        if not self._narrow:
            for field in (self.was, self.field):
                field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def _explain(self) -> None:
        explain(self.field, self.knob.label, explanation(self.knob))
        self.label.setBuddy(self.field)

    def _connect(self) -> None:
        self.field.edited.connect(self._tell)  # type: ignore[attr-defined]
        self.away.clicked.connect(self._remove)
        if isinstance(self.field, NumberField):
            self.field.refused.connect(self.refused)

    def _tell(self, value: Any) -> None:
        self.edited.emit(self.knob.name, value)

    def _remove(self) -> None:
        self.removed.emit(self.knob.name)
