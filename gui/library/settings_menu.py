"""The settings a branch may change, in groups; what may not be changed on the way is there too, and says why."""

from collections.abc import Collection, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from engine.branch import AGAIN, refusal
from engine.declared import Knob
from gui.explain import tip
from gui.form.choices import KNOBS
from gui.form.folded import GROUPS
from gui.form.knob_text import explanation

ELSEWHERE = ("corpus", "weights", "tokenizer_file")  # chosen with more than a field


class SettingsMenu(QMenu):
    chosen = Signal(str)  # name

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setToolTipsVisible(True)
        self._groups: list[QMenu] = []  # Qt does not keep them
        self.triggered.connect(self._tell)

    def offer(self, values: Mapping[str, Any], step: int, there: Collection[str]) -> None:
        """All that mean something beside `values`, but for what is there already; `step` is where it begins."""
        self.clear()
        self._groups = []
        for group, title in GROUPS.items():
            knobs = [knob for knob in KNOBS.values() if knob.group == group and knob.name not in ELSEWHERE]
            some = [knob for knob in knobs if knob.matters(values) and knob.name not in there]
            if some:
                self._add_group(title, some, step)

    def _add_group(self, title: str, knobs: list[Knob], step: int) -> None:
        menu = QMenu(title, self)
        menu.setToolTipsVisible(True)
        for knob in sorted(knobs, key=lambda knob: bool(step and refusal(knob.name))):
            menu.addAction(_action(knob, refusal(knob.name) if step else "", menu))
        self.addMenu(menu)
        self._groups.append(menu)

    def _tell(self, action: QAction) -> None:
        self.chosen.emit(str(action.data()))


def _action(knob: Knob, why_not: str, menu: QMenu) -> QAction:
    action = QAction(knob.label, menu)
    action.setData(knob.name)
    action.setEnabled(not why_not)
    sentence = f"{why_not} {AGAIN}" if why_not else explanation(knob)
    action.setToolTip(tip(sentence))
    action.setStatusTip(sentence)
    return action
