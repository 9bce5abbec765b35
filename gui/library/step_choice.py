"""Where a branch begins: a kept step of the run on show. The run's name gives way first, for the step must be read."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from gui.explain import explain
from gui.text import one_line
from gui.widgets.elided_choice import ElidedChoice

LETTERS = 12
LEAST = 5  # letters of a name that say something


class StepChoice(ElidedChoice):
    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(LETTERS, parent)
        self._name = ""
        self.activated.connect(self._tell)
        explain(self, "Begins at", "The step a branch begins at: one that is kept, or 0 for the same start")

    @property
    def step(self) -> int:
        return int(self.currentData() or 0)

    def show_steps(self, name: str, steps: Sequence[int], step: int) -> None:
        """Newest first; `step` is one of them."""
        self._name = one_line(name)
        if [self.itemData(place) for place in range(self.count())] != list(steps):
            self.clear()
            for one in steps:
                self.addItem(words(one), one)
        self.setCurrentIndex(self.findData(step))
        self.update()

    def elided(self) -> str:
        """“amber-heron, step 800”, “amber-h…, step 800”, and “step 800” where there is little room."""
        step = self.currentText()
        if not self._name:
            return step
        room = self.text_width() - self.fontMetrics().horizontalAdvance(f", {step}")
        name = self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, room)
        return f"{name}, {step}" if name == self._name or len(name) > LEAST else step

    def _tell(self, place: int) -> None:
        self.chosen.emit(int(self.itemData(place)))


def words(step: int) -> str:
    """For people."""
    return f"step {step:,}"
