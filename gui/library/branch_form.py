"""“New branch”: from a kept step of the run on show, with some settings changed, or the same from five seeds.

It follows the playhead to the nearest kept step until a person has chosen one, or has begun to change something.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from engine.branch import allowed, branch_settings
from engine.settings import Settings
from engine.trouble import Trouble
from gui.explain import explain
from gui.form.choices import KNOBS
from gui.icons import pixmap
from gui.library.change_row import ChangeRow
from gui.library.settings_menu import SettingsMenu
from gui.library.step_choice import StepChoice
from gui.style import mark
from gui.theme import LIGHT, Theme
from gui.widgets.labels import PlainLabel

SEEDS = 5
SHARES, GAP = (3, 2), 8  # of the width for the two buttons, and pixels between them
FIRST = "learning_rate"  # what is changed most often stands there already
SIDE_BY_SIDE = "Train a run of its own from this step with these changes. The run it branches from is kept"
FIVE = "Train these settings from step 0 with five seeds, by turns: what differs then is chance"

SettingsAt = Callable[[int], Settings]  # of a kept step


class BranchForm(QWidget):
    branch_asked = Signal(int, object)  # step, and what is changed by name
    seeds_asked = Signal(object, int)  # what is changed by name, and how many seeds

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._key, self._name = LIGHT, "", ""
        self._settings_at: SettingsAt = _usual
        self._steps: tuple[int, ...] = ()
        self._step, self._chosen = 0, False  # whether by hand
        self._base = Settings()  # of the run at that step
        self._edits: dict[str, Any] = {}
        self._refusal = ""  # why nothing can begin here
        self.rows: dict[str, ChangeRow] = {}
        self.sign, self.heading, self.steps = QLabel(), PlainLabel("New branch", "title"), StepChoice()
        self.trouble = PlainLabel("", "small", "bad")
        self.another = QPushButton("Change another setting…")
        self.train, self.seeds = QPushButton("Train side by side"), QPushButton("Five seeds")
        self.menu = SettingsMenu(self)
        self._changed, self._buttons = QVBoxLayout(), QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._build()
        self._explain()
        self._connect()
        self._add_row(FIRST)

    @property
    def changes(self) -> dict[str, Any]:
        """What is not as it was, by name."""
        return {name: value for name, value in self._edits.items() if value != getattr(self._base, name)}

    def show_run(self, key: str, name: str, steps: tuple[int, ...], step: int, settings_at: SettingsAt) -> None:
        """The run on show (two may have one name), its kept steps, and the playhead's. Cheap if all is known."""
        every = tuple(sorted({0, *steps}, reverse=True))
        if key != self._key:
            self._forget()
        held = (self._chosen or self.changes) and self._step in every
        wanted = self._step if held else min(every, key=lambda one: (abs(one - step), one))
        known = (key, wanted) == (self._key, self._step) and (wanted or settings_at(0) == self._base)
        if known and (name, every) == (self._name, self._steps):
            return
        self._key, self._name, self._steps, self._settings_at = key, name, every, settings_at
        if known:
            self._show()
        else:
            self._begin_at(wanted)

    def refuse(self, why: str) -> None:
        """Nothing can begin from the run on show, and why; an empty word where it can."""
        if why != self._refusal:
            self._refusal = why
            for part in (self.steps, self.another, self.train, self.seeds):
                part.setEnabled(not why)
            mark(self.trouble, "tone", "ink2" if why else "bad")  # nobody has done anything wrong
            self._show()

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`."""
        self._theme = theme
        self.sign.setPixmap(pixmap("branch", theme.accent, theme.pixels("title") + 3, self.devicePixelRatioF()))
        for row in self.rows.values():
            row.dress(theme)
        self._stack_buttons()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stack_buttons()

    # what a person does

    def _choose_step(self, step: int) -> None:
        self._chosen = True
        self._begin_at(step)

    def _open_menu(self) -> None:
        self.menu.offer(self._values(), self._step, self.rows)
        self.menu.popup(self.another.mapToGlobal(self.another.rect().bottomLeft()))

    def _add_another(self, name: str) -> None:
        self._add_row(name).field.setFocus(Qt.FocusReason.TabFocusReason)
        self._show()

    def _remove(self, name: str) -> None:
        self._edits.pop(name, None)
        self._take_away(name)
        self._show()

    def _edit(self, name: str, value: Any) -> None:
        self._edits[name] = value
        self._show()

    def _ask_branch(self) -> None:
        if self._settings() is not None:
            self.branch_asked.emit(self._step, self.changes)

    def _ask_seeds(self) -> None:
        if self._settings(first_step=0) is not None:
            self.seeds_asked.emit(self.changes, SEEDS)

    # inside

    def _begin_at(self, step: int) -> None:
        """What may not be changed from there is left as it was."""
        self._step, self._base = step, self._settings_at(step)
        for name in [name for name in self.rows if step and not allowed(name)]:
            self._remove(name)
        self._show()

    def _forget(self) -> None:
        self._chosen, self._edits = False, {}
        for name in [name for name in self.rows if name != FIRST]:
            self._take_away(name)
        if FIRST not in self.rows:
            self._add_row(FIRST)

    def _values(self) -> dict[str, Any]:
        return {**self._base.model_dump(), **self._edits}

    def _settings(self, first_step: int | None = None) -> Settings | None:
        """Of the run that is to be; None, and why is said, where it cannot be."""
        step = self._step if first_step is None else first_step
        if self._refusal:
            self._say(self._refusal)
            return None
        try:
            settings = branch_settings(self._base, step, self.changes) if step else Settings(**self._values())
        except Trouble as trouble:
            self._say(f"{trouble.message} {trouble.advice}")
            return None
        self._say("")
        return settings

    def _show(self) -> None:
        self.steps.show_steps(self._name, self._steps or (0,), self._step)
        for name, row in self.rows.items():
            was = getattr(self._base, name)
            row.show_values(was, self._edits.get(name, was))
            row.setEnabled(not self._refusal)
        self._settings()

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    def _add_row(self, name: str) -> ChangeRow:
        row = self.rows[name] = ChangeRow(KNOBS[name])
        row.edited.connect(self._edit)
        row.removed.connect(self._remove)
        row.refused.connect(self._say)
        row.dress(self._theme)
        self._changed.addWidget(row)
        within = [part for row in self.rows.values() for part in (row.field, row.away)]
        order = [self.steps, *within, self.another, self.train, self.seeds]
        for one, following in pairwise(order):
            self.setTabOrder(one, following)
        return row

    def _take_away(self, name: str) -> None:
        row = self.rows.pop(name)
        self._changed.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        for part in (self.sign, self.heading):
            top.addWidget(part)
        top.addWidget(self.steps, 1)
        self.steps.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        for button, share in zip((self.train, self.seeds), SHARES, strict=True):
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            self._buttons.addWidget(button, share)
        self._buttons.setSpacing(GAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 16)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(self._changed)
        column.addWidget(self.another, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.trouble)
        column.addLayout(self._buttons)

    def _stack_buttons(self) -> None:
        """Side by side where both texts fit, else one under the other."""
        pairs = zip((self.train, self.seeds), SHARES, strict=True)
        wanted = max(button.sizeHint().width() * sum(SHARES) / share for button, share in pairs) + GAP
        way = QBoxLayout.Direction.LeftToRight if self.width() >= wanted else QBoxLayout.Direction.TopToBottom
        if way != self._buttons.direction():
            self._buttons.setDirection(way)
            self._buttons.update()  # it needs another height now

    def _explain(self) -> None:
        self.another.setProperty("kind", "link")
        self.train.setProperty("kind", "accent")
        explain(self.another, "Change another setting", "Choose another setting that the branch is to have otherwise")
        explain(self.train, "Train side by side", SIDE_BY_SIDE)
        explain(self.seeds, "Five seeds", FIVE)

    def _connect(self) -> None:
        self.steps.chosen.connect(self._choose_step)
        self.another.clicked.connect(self._open_menu)
        self.menu.chosen.connect(self._add_another)
        self.train.clicked.connect(self._ask_branch)
        self.seeds.clicked.connect(self._ask_seeds)


def _usual(step: int) -> Settings:
    """Before there is a run."""
    del step
    return Settings()
