"""The row that drives: play, step, restart, speed, what is going on, and the numbers in columns that never move."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from engine.recording import Recording
from engine.settings import Settings
from gui.explain import explain
from gui.frame.last_place import LastPlace
from gui.icons import IconName
from gui.readouts import Readout, readouts
from gui.state import Button, Status
from gui.status import corpus_words
from gui.steering import Steering
from gui.style import mark
from gui.text import one_line
from gui.theme import Theme
from gui.widgets.hairline import Hairline
from gui.widgets.icon_button import IconButton
from gui.widgets.labels import ElidedLabel, PlainLabel

HEIGHT = 56
COLUMN = 84  # a width that never changes
PACES = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, None)  # steps a second; None is as fast as it goes
BUTTONS: dict[Button, tuple[IconName, str]] = {
    "play": ("play", "Play"),
    "pause": ("pause", "Pause"),
    "cancel": ("cancel", "Cancel"),
    "restart": ("restart", "Restart with the same seed"),
    "replay": ("play", "Play the recording"),
    "hold": ("pause", "Stop the recording"),
}


class Transport(QWidget):
    live_asked = Signal()
    continue_asked = Signal()  # from the step on show, or the checkpoint before it
    train_asked = Signal()  # a run of one's own

    def __init__(self, steering: Steering, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transport")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._shown: object = None
        self._lecture = False
        self.play = IconButton("play", "Play", "Space")
        self.play.setObjectName("play")
        self.step = IconButton("step", "One step", "Right", side=32)
        self.restart = IconButton("restart", "Restart with the same seed", "Ctrl+R", side=32)
        self.leave = IconButton("lecture-exit", "Leave the lecture", "Esc", side=56)
        self.speed = Speed(steering)
        self.place = LastPlace()
        self.play.clicked.connect(steering.press)
        self.step.clicked.connect(steering.step_once)
        self.restart.clicked.connect(steering.restart)
        self.place.live_asked.connect(self.live_asked)
        self.place.continue_asked.connect(self.continue_asked)
        self.place.train_asked.connect(self.train_asked)
        self._build()

    def show_status(self, status: Status) -> None:
        """At once, whenever the state changes."""
        if self._shown == (status, self._lecture):
            return
        self._shown = status, self._lecture
        name, says = BUTTONS[status.button]
        quiet = status.button in ("cancel", "restart")
        self.play.show_icon(name, "ink" if quiet else "on_accent")
        mark(self.play, "kind", "quiet" if quiet else "")
        explain(self.play, says, shortcut="Space")
        self.step.setEnabled(status.steps)
        explain(self.step, "One step" if status.shown is None else "Look at the next step", shortcut="Right")
        self.speed.setEnabled(status.state not in ("recorded", "followed"))
        mark(self.dot, "tone", status.dot or "ink3")
        self.dot.setVisible(bool(status.dot) and not self._lecture)
        short, word = brief(status)
        self.headline.show_words(short if self._lecture else status.headline, short)
        self.detail.show_text(word if self._lecture else status.detail)
        self.detail.setToolTip("")
        explain(self.detail, "What is going on", f"{status.headline} {status.detail}")
        self.place.show_place(status.place, status.state in ("training", "followed"))

    def show_numbers(self, recording: Recording, settings: Settings, step: int | None = None) -> None:
        """Those of the step on show, a few times a second: faster cannot be read."""
        for column, readout in zip(self.columns, readouts(recording, step), strict=True):
            column.show_readout(readout)
        self.corpus.show_text(corpus_words(recording, settings).rpartition(",")[0] or corpus_words(recording, settings))

    def dress(self, theme: Theme) -> None:
        """In a lecture: the button, the step, and what is read."""
        self._lecture = theme.lecture
        big = round(72 * theme.scale)
        self.setFixedHeight(big + round(36 * theme.scale) if theme.lecture else round(HEIGHT * max(1.0, theme.scale)))
        side = big if theme.lecture else 40
        self.play.setFixedSize(side, side)
        self.play.dress(theme, round(big * 0.55) if theme.lecture else 20)
        for button in (self.step, self.restart, self.leave):
            button.dress(theme, round(40 * theme.scale) if theme.lecture else 16)
        for part in self.reading_only:
            part.setVisible(not theme.lecture)
        for part in (self.corpus, self.leave):
            part.setVisible(theme.lecture)
        scale = 1.0 if theme.lecture else theme.scale
        for column in self.columns:
            column.setFixedWidth(round(COLUMN * scale))
        self.place.dress(theme)
        self.speed.setFixedWidth(round(120 * scale))
        margin = 24 if theme.lecture else 16
        self._row.setContentsMargins(margin, 0, margin, 0)
        self._row.setSpacing(16 if theme.lecture else 8)
        self._shown = None

    def _build(self) -> None:
        self.dot = QLabel()
        self.dot.setProperty("type", "dot")
        self.headline, self.detail = Headline("", "state"), WholeLabel("", "body", "ink2")
        self.corpus = ElidedLabel("", "body", "ink")
        self.columns = [Column() for _ in range(4)]
        line = Hairline(tall=28)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(8)
        self._row.addWidget(self.play)
        self._row.addSpacing(4)
        for part in (self.step, self.restart, self.speed, line, self.dot):
            self._row.addWidget(part)
        self._row.addWidget(self.headline)
        self._row.addSpacing(4)
        self._row.addWidget(self.detail, 1)
        for column in self.columns:
            self._row.addWidget(column)
        for last in (self.place, self.corpus, self.leave):
            self._row.addWidget(last)
        self.reading_only = (self.step, self.restart, self.speed, line, self.dot, *self.columns, self.place)


class Headline(ElidedLabel):
    """Says it in short where there is little room: the number of the step stands at the end."""

    _short = ""

    def show_words(self, text: str, short: str) -> None:
        self._short = one_line(short)
        self.show_text(text)

    def _fit(self) -> None:
        fits = self.fontMetrics().horizontalAdvance(self.whole) <= self.width()
        self.setText(self.whole if fits else self._elided(self._short))

    def _elided(self, text: str) -> str:
        return self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, self.width())


class WholeLabel(ElidedLabel):
    """Shows its text whole or not at all: the first digit of a time misleads."""

    def _fit(self) -> None:
        fits = self.fontMetrics().horizontalAdvance(self.whole) <= self.width()
        self.setText(self.whole if fits else "")


class Column(QWidget):
    """A caption over a number with its unit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.caption, self.value = PlainLabel("", "caption", "ink3"), PlainLabel("", "readout")
        self.unit = PlainLabel("", "small", "ink3")
        line = QHBoxLayout()
        line.setSpacing(5)
        for part in (self.value, self.unit):
            line.addWidget(part, 0, Qt.AlignmentFlag.AlignBaseline)
        line.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addStretch()
        column.addWidget(self.caption)
        column.addLayout(line)
        column.addStretch()

    def show_readout(self, readout: Readout) -> None:
        self.caption.setText(readout.label)
        self.value.setText(readout.value)
        self.unit.setText(readout.unit)
        self.setAccessibleName(f"{readout.label} {readout.value} {readout.unit}".rstrip())


class Speed(QWidget):
    """From slow motion to as fast as the machine can."""

    def __init__(self, steering: Steering, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steering = steering
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, len(PACES) - 1)
        self.slider.setPageStep(1)
        self.slider.setValue(len(PACES) - 1)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        explain(self.slider, "Speed", "How fast to train: from slow motion to as fast as the machine can")
        self.word = PlainLabel("full", "caption", "ink")
        self.slider.valueChanged.connect(self._choose)
        top = QHBoxLayout()
        top.addWidget(PlainLabel("Speed", "caption", "ink3"))
        top.addStretch()
        top.addWidget(self.word)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 0, 12, 0)
        column.setSpacing(0)
        column.addStretch()
        column.addLayout(top)
        column.addWidget(self.slider)
        column.addStretch()

    def _choose(self, place: int) -> None:
        pace = PACES[place]
        self.word.setText("full" if pace is None else f"{pace:g} {'step' if pace == 1 else 'steps'}/s")
        self._steering.set_pace(pace)


def brief(status: Status) -> tuple[str, str]:
    """For the back row: the step and one word."""
    if status.shown is not None:
        return f"Step {status.shown:,}", "replaying" if status.replaying else "looking back"
    if status.state in ("paused", "finished", "recorded"):
        return f"Step {status.step:,}", status.state
    if status.state == "training":
        return f"Step {status.step:,}", status.detail if status.detail == "slow motion" else ""
    return status.headline, status.detail
