"""The row that drives: play, step, restart, speed, what is going on, and the numbers in columns that never move."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from engine.recording import Recording
from engine.settings import Settings
from gui.explain import explain
from gui.icons import IconName
from gui.status import Button, Readout, Status, corpus_words, readouts
from gui.steering import Steering
from gui.style import mark, pill_radius
from gui.theme import Theme
from gui.widgets.hairline import Hairline
from gui.widgets.icon_button import IconButton
from gui.widgets.labels import ElidedLabel, PlainLabel

HEIGHT = 56
COLUMN, PILL = 84, 136  # widths that never change
PACES = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, None)  # steps a second; None is as fast as it goes
BUTTONS: dict[Button, tuple[IconName, str]] = {
    "play": ("play", "Play"),
    "pause": ("pause", "Pause"),
    "cancel": ("cancel", "Cancel"),
    "restart": ("restart", "Restart with the same seed"),
}


class Transport(QWidget):
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
        self.play.clicked.connect(steering.press)
        self.step.clicked.connect(steering.step_once)
        self.restart.clicked.connect(steering.restart)
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
        self.step.setEnabled(status.state in ("ready", "paused", "finished"))
        mark(self.dot, "tone", status.dot or "ink3")
        self.dot.setVisible(bool(status.dot) and not self._lecture)
        headline, detail = brief(status) if self._lecture else (status.headline, status.detail)
        self.headline.show_text(headline)
        self.detail.show_text(detail)
        self.detail.setToolTip("")
        explain(self.detail, "What is going on", f"{status.headline} {status.detail}")
        self._show_pill(status)

    def show_numbers(self, recording: Recording, settings: Settings) -> None:
        """A few times a second: faster cannot be read."""
        for column, readout in zip(self.columns, readouts(recording), strict=True):
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
        self.pill.setFixedSize(round(80 * scale), 2 * pill_radius(theme))
        self.speed.setFixedWidth(round(120 * scale))
        margin = 24 if theme.lecture else 16
        self._row.setContentsMargins(margin, 0, margin, 0)
        self._row.setSpacing(16 if theme.lecture else 8)
        self._shown = None

    def _show_pill(self, status: Status) -> None:
        live = status.state == "training"
        self.pill.setText("●  Live" if status.state not in ("ready", "loading", "stopped") else "")
        mark(self.pill, "live", "true" if live else "false")
        policy = self.pill.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.pill.setSizePolicy(policy)
        self.pill.setVisible(bool(self.pill.text()) and not self._lecture)

    def _build(self) -> None:
        self.dot = QLabel()
        self.dot.setProperty("type", "dot")
        self.headline, self.detail = ElidedLabel("", "state"), WholeLabel("", "body", "ink2")
        self.corpus = ElidedLabel("", "body", "ink")
        self.columns = [Column() for _ in range(4)]
        self.pill = PlainLabel("Live", "body", "accent")
        self.pill.setObjectName("pill")
        self.pill.setAlignment(Qt.AlignmentFlag.AlignCenter)
        explain(self.pill, "Live: the newest step is shown")
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
        self._row.addSpacing(PILL - 80 - 16)
        for part in (self.pill, self.corpus, self.leave):
            self._row.addWidget(part)
        self.reading_only = (self.step, self.restart, self.speed, line, self.dot, *self.columns, self.pill)


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
    if status.state in ("paused", "finished"):
        return f"Step {status.step:,}", status.state
    if status.state == "training":
        return f"Step {status.step:,}", status.detail if status.detail == "slow motion" else ""
    return status.headline, status.detail
