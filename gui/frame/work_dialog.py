"""A dialog that has work done in the background: a line with a number, words about it, and Cancel at any time."""

from collections.abc import Callable, Generator
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QPushButton, QWidget

from engine.trouble import Trouble
from gui.frame.dialogs import Dialog
from gui.style import mark
from gui.text import prose
from gui.theme import Theme
from gui.widgets.labels import PlainLabel
from gui.widgets.progress_line import ProgressLine
from gui.work import Work

POLL_MS = 50
WIDTH = 560  # pixels at reading size


class WorkDialog(Dialog):
    """Closing it, in whatever way, calls the work off."""

    _yes: QPushButton

    def __init__(self, parent: QWidget, theme: Theme, title: str) -> None:
        super().__init__(parent, title)
        self._work: Work[Any] | None = None
        self._words = ""
        self._then: Callable[[Any], object] = self._nothing
        self.progress = ProgressLine()
        self.note = PlainLabel("", "small", "ink2")
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.note.setMinimumHeight(3 * self.note.fontMetrics().lineSpacing())  # the dialog keeps its size
        self._clock = QTimer(self)
        self._clock.setInterval(POLL_MS)
        self._clock.timeout.connect(self.look)
        self.finished.connect(self.call_off)
        self.setFixedWidth(round(WIDTH * theme.pixels("small") / 12))

    def begin(self, work: Generator[float, None, Any], words: str, then: Callable[[Any], object]) -> None:
        """What was begun before is called off. `then` is told what was made."""
        self.call_off()
        self._words, self._then = words, then
        self._work = Work(work)
        self._clock.start()
        self.look()

    def call_off(self) -> None:
        """Nobody waits for the work any more."""
        self._clock.stop()
        self.progress.show_share(None)
        if self._work:
            self._work.call_off()
            self._work = None

    @property
    def busy(self) -> bool:
        return self._work is not None

    def look(self) -> None:
        """How far it is, a few times a second."""
        work = self._work
        if work is None:
            return
        if not work.over:
            self.progress.show_share(work.share)
            self.say(f"{self._words}: {100 * work.share:.0f} %")
            return
        self.call_off()
        try:
            made = work.result()
        except Trouble as trouble:
            self.say(f"{trouble.message} {trouble.advice}", "bad")
            self.failed()
            return
        self._then(made)

    def failed(self) -> None:
        """The words say why."""

    def say(self, words: str, tone: str = "ink2") -> None:
        """Under the progress line."""
        self.note.setText(prose(words))
        mark(self.note, "tone", tone)

    def _nothing(self, made: Any) -> None:
        """Until something is begun."""
