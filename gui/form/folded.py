"""The settings that are seldom changed: folded away under one button, and in groups once they are unfolded."""

from collections.abc import Iterable
from itertools import groupby

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from engine.declared import Knob
from gui.explain import explain
from gui.form.form import Form
from gui.widgets.labels import PlainLabel

GROUPS = {
    "corpus": "Text", "model": "Model", "optimizer": "Learning", "sampling": "Samples", "looks": "Looks",
    "machine": "Machine and saving",
}  # fmt: skip


class Folded(QWidget):
    edited = Signal(str, object)  # name, value
    unfolded = Signal()

    def __init__(self, some: Iterable[Knob], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = QPushButton("More")
        self.button.setCheckable(True)
        self.button.setProperty("kind", "flat")
        explain(self.button, "More settings", "Show the settings that are seldom changed")
        self.button.toggled.connect(self._unfold)
        order = list(GROUPS)
        grouped = groupby(sorted(some, key=lambda knob: order.index(knob.group)), key=lambda knob: knob.group)
        self.groups = [Group(GROUPS[name], list(knobs)) for name, knobs in grouped]
        self.inside = QWidget()
        self._build()

    @property
    def forms(self) -> list[Form]:
        return [form for group in self.groups for form in group.forms]

    def show_groups(self) -> None:
        """A group is there while one of its rows is."""
        for group in self.groups:
            group.setHidden(all(row.isHidden() for form in group.forms for row in form.rows.values()))

    def _build(self) -> None:
        column, inside = QVBoxLayout(self), QVBoxLayout(self.inside)
        for layout in (column, inside):
            layout.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(16)
        for group in self.groups:
            inside.addWidget(group)
            for form in group.forms:
                form.edited.connect(self.edited)
        column.addWidget(self.button)
        column.addWidget(self.inside)
        self.inside.hide()

    def _unfold(self, open_: bool) -> None:
        self.inside.setVisible(open_)
        self.button.setText("Less" if open_ else "More")
        if open_:
            self.unfolded.emit()


class Group(QWidget):
    """A heading, then sliders for what turns while it runs, then fields for what waits."""

    def __init__(self, title: str, some: list[Knob], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        kinds = {live: [knob for knob in some if knob.live is live] for live in (True, False)}
        self.forms = [Form(knobs, sliders=live) for live, knobs in kinds.items() if knobs]
        heading = PlainLabel(title, "small", "ink3", strong=True)
        heading.setContentsMargins(8, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (heading, *self.forms):
            column.addWidget(part)
