"""The row under the transport: all of the run from left to right, with the playhead on it, and what replays it."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from gui.explain import explain
from gui.frame.timeline_track import Track
from gui.playhead import SPEEDS
from gui.shown import Shown
from gui.theme import Theme
from gui.widgets.icon_button import IconButton

MARGIN, GAP = 12, 8  # pixels
CHOICE = 44  # pixels: width of the choice of a speed


class Timeline(QWidget):
    sought = Signal(int)  # a step of the first run
    held = Signal(bool)  # by the mouse
    live_asked = Signal()
    note_asked = Signal(int)  # a step
    note_opened = Signal(int)  # the key of a note
    replay_asked = Signal(bool)  # begin, or stand still
    speed_chosen = Signal(float)  # times as fast as it was recorded
    pointed = Signal(str)  # a sentence about what is under the pointer

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.track, self.speed = Track(), SpeedChoice()
        self.replay = IconButton("play", "Replay the run")
        self._replaying = False
        self.replay.clicked.connect(self._ask)
        self.track.sought.connect(self.sought)
        self.track.held.connect(self.held)
        self.track.live_asked.connect(self.live_asked)
        self.track.note_asked.connect(self.note_asked)
        self.track.note_opened.connect(self.note_opened)
        self.track.pointed.connect(self.pointed)
        self.speed.chosen.connect(self.speed_chosen)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(GAP)
        for part in (self.replay, self.track, self.speed):
            self._row.addWidget(part, 1 if part is self.track else 0)
        self.show_runs(())

    def show_runs(self, runs: Sequence[Shown], kept: Collection[int] | None = None) -> None:
        """The first is the one the playhead moves on; `kept` are its checkpoints that are still there."""
        self.track.show_runs(runs, kept)
        self.setFixedHeight(self.track.height())
        for part in (self.replay, self.speed):
            part.setEnabled(self.track.last > 0)

    def show_step(self, step: int, replaying: bool = False) -> None:
        """Where the playhead is, and whether it plays; cheap enough for every frame."""
        self.track.show_step(step)
        if replaying != self._replaying:
            self._replaying = replaying
            self.replay.show_icon("pause" if replaying else "play", "accent" if replaying else "ink3")
            explain(self.replay, "Stop the replay" if replaying else "Replay the run")

    def happened(self, step: int) -> list[str]:
        """What is known about a step of the first run, one line each."""
        return self.track.happened(step)

    def dress(self, theme: Theme) -> None:
        """A lecture has no buttons here."""
        scale = max(1.0, theme.scale)
        self.track.dress(theme)
        self.setFixedHeight(self.track.height())
        self.replay.dress(theme, round(16 * scale))
        self.replay.setFixedSize(round(24 * scale), round(24 * scale))
        self.speed.dress(theme)
        for part in (self.replay, self.speed):
            part.setVisible(not theme.lecture)
        margin = 0 if theme.lecture else MARGIN
        self._row.setContentsMargins(margin, 0, margin, 0)

    def _ask(self) -> None:
        self.replay_asked.emit(not self._replaying)


class SpeedChoice(QToolButton):
    """How many times as fast as it was recorded."""

    chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._menu = QMenu(self)
        self._group = QActionGroup(self)
        self._actions = {speed: self._action(speed) for speed in SPEEDS}
        self.setMenu(self._menu)
        self._group.triggered.connect(self._choose)
        self.show_speed(SPEEDS[0])

    @property
    def speed(self) -> float:
        return float(self._group.checkedAction().data())

    def show_speed(self, speed: float) -> None:
        """Tells nobody; a speed that is no choice is the slowest."""
        action = self._actions.get(speed, self._actions[SPEEDS[0]])
        action.setChecked(True)
        self.setText(action.text())
        explain(self, "Speed of the replay", f"The replay is {self.speed:g} × as fast as it was recorded")

    def dress(self, theme: Theme) -> None:
        scale = max(1.0, theme.scale)
        self.setFont(theme.font("caption", 500))
        self.setFixedSize(round(CHOICE * scale), round(24 * scale))

    def _action(self, speed: float) -> QAction:
        action = QAction(f"{speed:g} ×", self)
        action.setCheckable(True)
        action.setData(speed)
        self._group.addAction(action)
        self._menu.addAction(action)
        return action

    def _choose(self, action: QAction) -> None:
        self.show_speed(action.data())
        self.chosen.emit(self.speed)
