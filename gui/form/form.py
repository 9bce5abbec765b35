"""A form made from a declaration: what moves at once as sliders, what waits as plain fields.

A row shows three things besides its value: a bar (accent: on its way; warn: waits), a note under it, and nothing else.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from engine.declared import Knob
from gui.explain import explain
from gui.form.fields import NumberField, SliderField, SwitchField, plain_field
from gui.form.knob_text import explanation
from gui.style import mark
from gui.widgets.labels import PlainLabel

Bar = Literal["", "accent", "warn"]
NUMBER_HEIGHT, SLIDER_HEIGHT = 22, 20


class Row(QFrame):
    """One value with its label and note."""

    edited = Signal(str, object)  # name, value

    def __init__(self, knob: Knob, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("row")
        self.knob = knob
        self.note = PlainLabel("", "small", "ink3")
        self.note.setWordWrap(True)
        self.note.hide()
        self.fields: list[Any] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(5, 0, 0, 0)
        self._column.setSpacing(0)

    def show_value(self, value: Any) -> None:
        for field in self.fields:
            field.show_value(value)

    def show_state(self, bar: Bar, note: str = "", trouble: bool = False) -> None:
        """`note` is a word such as "was 4", or, with `trouble`, a sentence what is wrong."""
        mark(self, "bar", bar)
        mark(self.note, "tone", "bad" if trouble else "ink3")
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def _take(self, field: Any) -> None:
        """Listen to a control, and let it explain itself."""
        self.fields.append(field)
        explain(field, self.knob.label, explanation(self.knob))
        field.edited.connect(self._tell)
        if isinstance(field, NumberField):
            field.refused.connect(self._refuse)

    def _tell(self, value: Any) -> None:
        for field in self.fields:
            if field is not self.sender():
                field.show_value(value)
        self.edited.emit(self.knob.name, value)

    def _refuse(self, sentence: str) -> None:
        self.show_state("", sentence, trouble=True)


class SliderRow(Row):
    """Label, number and unit over a slider."""

    def __init__(self, knob: Knob, parent: QWidget | None = None) -> None:
        super().__init__(knob, parent)
        number, slider = NumberField(knob, fits=True), SliderField(knob)
        number.setObjectName("number")
        top = QHBoxLayout()
        top.setSpacing(5)
        top.addWidget(_label(knob), 1)
        top.addWidget(number)
        if knob.unit:
            top.addWidget(PlainLabel(knob.unit, "small", "ink3"))
        top.setContentsMargins(0, 0, 0 if knob.unit else -4, 0)  # the digits end where the slider ends
        self._column.addLayout(top)
        self._column.addWidget(slider)
        self._column.addWidget(self.note)
        number.setMaximumHeight(NUMBER_HEIGHT)
        slider.setFixedHeight(SLIDER_HEIGHT)
        self._take(number)
        self._take(slider)


class FieldRow(Row):
    """Label at the left, control at the right."""

    def __init__(self, knob: Knob, field: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(knob, parent)
        field = plain_field(knob) if field is None else field
        if isinstance(field, QLineEdit):
            field.setObjectName("field")
        line = QHBoxLayout()
        line.setSpacing(8)
        if isinstance(field, SwitchField):
            line.addWidget(field)
        else:
            line.addWidget(_label(knob), 1)
            line.addWidget(field)
        self._column.addLayout(line)
        self._column.addWidget(self.note, 0, Qt.AlignmentFlag.AlignLeft)
        self._take(field)


class Form(QWidget):
    """Rows one under the other. It holds no values: whoever owns them calls `show_values`."""

    edited = Signal(str, object)  # name, value

    def __init__(
        self,
        knobs: Iterable[Knob],
        sliders: bool,
        fields: Mapping[str, QWidget] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """With `sliders`, numbers that have a range get one. `fields` are special controls by name."""
        super().__init__(parent)
        special = fields or {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.rows = {knob.name: self._row(knob, sliders, special.get(knob.name), column) for knob in knobs}

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Those of `values` that have a row; a row that decides nothing beside the others is hidden."""
        for name, row in self.rows.items():
            row.show_value(values[name])
            row.setVisible(row.knob.matters(values))

    def _row(self, knob: Knob, sliders: bool, field: QWidget | None, column: QBoxLayout) -> Row:
        ranged = knob.kind in (int, float) and knob.low is not None and knob.high is not None
        row = SliderRow(knob) if sliders and ranged and field is None else FieldRow(knob, field)
        row.edited.connect(self.edited)
        column.addWidget(row)
        return row


def _label(knob: Knob) -> PlainLabel:
    """Takes a second line where the control leaves it little room."""
    label = PlainLabel(knob.label, "small", "ink2")
    label.setWordWrap(True)
    return label
