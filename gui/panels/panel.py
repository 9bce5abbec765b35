"""What a panel is: it draws the recording at the playhead, only when it is seen and something changed.

`picture` is numbers, `draw` is pixels, `figure` is paper: everything that can be wrong is in `picture`, which is tested
without a screen.
An exception in one panel is shown in that panel and leaves the others alone.
"""

import traceback
from functools import cached_property
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from engine.declared import Declared
from engine.events import Event
from engine.recording import Recording
from gui.export.sheet import Sheet
from gui.icons import pixmap
from gui.shown import Shown
from gui.theme import LIGHT, Theme
from gui.widgets.runs_on_show import RunsOnShow


class Panel(QWidget):
    """Subclasses fill in the class variables, `picture`, `build`, `draw` and perhaps `dress` and `title_row`."""

    title: ClassVar[str]
    lecture_title: str = ""  # for the back row, where it should read otherwise
    help: ClassVar[str]  # one sentence a pupil understands
    watches: ClassVar[tuple[type[Event], ...]]
    beat: ClassVar[float] = 0.0  # seconds between two drawings while it trains; what is read needs time
    Options: ClassVar[type[Declared]]

    asked = Signal(object)  # a Command for the engine
    retitled = Signal()  # `lecture_title` has changed
    explained = Signal(str)  # one sentence about the thing under the pointer

    def __init__(self, theme: Theme = LIGHT, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.options = self.Options()
        self.setObjectName(self.title.lower())
        self.setAccessibleName(self.title)
        self.setAccessibleDescription(self.help)
        self._recording: Recording | None = None
        self._drawn: tuple[object, ...] | None = None
        self.body = QWidget(self)
        self._trouble = TroubleNote(self)
        self._trouble.retry.clicked.connect(self.try_again)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.body)
        self._stack.addWidget(self._trouble)
        self.build()
        self.dress(theme)

    # what a panel is made of

    def picture(self, recording: Recording, step: int, options: Any) -> Any:
        """The numbers to show; no Qt in it."""
        raise NotImplementedError

    def build(self) -> None:
        """Make the widgets, once, inside `self.body`."""
        raise NotImplementedError

    def draw(self, picture: Any) -> None:
        """Put the numbers on the screen."""
        raise NotImplementedError

    def figure(self, picture: Any) -> Sheet:
        """What is seen, for paper: the same numbers, range and choices, as plain values that any thread may draw."""
        raise NotImplementedError

    def title_row(self) -> list[QWidget]:
        """What stands in the title row, right of the title: legend, segments. Made in `build`.

        The row stays in a lecture; what is to be pressed hides itself in `dress`.
        """
        return []

    def option_fields(self) -> dict[str, QWidget]:
        """Special controls for some of the options, by name: made anew whenever a person opens them."""
        return {}

    def dress(self, theme: Theme) -> None:
        """Take on a theme; extend it to set pens and fonts. The next refresh draws again."""
        self.theme = theme
        self._drawn = None
        self._trouble.dress(theme)

    # what the window does with it

    def choose(self, **options: Any) -> None:
        """Change some options; drawn at the next refresh."""
        self.options = self.Options(**{**self.options.model_dump(), **options})

    def refresh(self, recording: Recording, step: int, early: bool = False) -> bool:
        """Draw again if this is on screen and what it shows has changed; says whether it drew.

        `early` means too early for numbers alone to be read: only what a person chose is drawn.
        """
        self.notice(recording)
        chosen, happened = (self.options, self.extra_stamp()), recording.stamp(self.watches, step)
        known = recording is self._recording and self._drawn is not None and chosen == self._drawn[0]
        if not self.isVisible() or (known and (early or (chosen, happened) == self._drawn)):
            return False
        self._recording, self._drawn = recording, (chosen, happened)
        try:
            self.draw(self.picture(recording, step, self.options))
            self._stack.setCurrentWidget(self.body)
        except Exception:
            self._trouble.show_trouble(step, traceback.format_exc())
            self._stack.setCurrentWidget(self._trouble)
        return True

    def on_paper(self, recording: Recording, step: int) -> Sheet:
        """The figure of a step, whether this is on screen or not."""
        return self.figure(self.picture(recording, step, self.options))

    def show_runs(self, runs: tuple[Shown, ...]) -> None:
        """All that are on show, for panels that compare; the first is the one that is drawn."""

    def notice(self, recording: Recording) -> None:
        """Called with every frame, drawn or not: whatever must not wait, such as an answer that has come."""

    def extra_stamp(self) -> object:
        """What else, besides events and options, decides the picture: a selection, say."""
        return None

    def try_again(self) -> None:
        self._drawn = None
        self._stack.setCurrentWidget(self.body)


class ComparingPanel(Panel):
    """Also shows the runs that are laid beside the one on show."""

    says_step: ClassVar[bool] = True  # the step on show stands in its picture

    @cached_property
    def on_show(self) -> RunsOnShow:
        return RunsOnShow(self.watches, self.says_step)

    def show_runs(self, runs: tuple[Shown, ...]) -> None:
        """The first is the one that the other panels show."""
        self.on_show.show(runs)

    def refresh(self, recording: Recording, step: int, early: bool = False) -> bool:
        """Also where only another run has grown."""
        if self.isVisible():
            self.on_show.look(step, early)
        return super().refresh(recording, step, early)

    def extra_stamp(self) -> object:
        return self.on_show.stamp


class TroubleNote(QWidget):
    """Stands in for a panel that could not draw: what, that training goes on, and two buttons."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.sign, self.headline, self.reason = QLabel(), QLabel(), QLabel()
        for label in (self.headline, self.reason):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.retry, self.copy = QPushButton("Try again"), QPushButton("Copy details")
        self.copy.clicked.connect(self._copy_details)
        self.details = ""
        buttons = QHBoxLayout()
        for button in (self.retry, self.copy):
            buttons.addWidget(button)
        buttons.addStretch()
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(self.headline)
        column.addWidget(self.reason)
        column.addLayout(buttons)
        column.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(12)
        row.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)

    def dress(self, theme: Theme) -> None:
        self.sign.setPixmap(pixmap("warning", theme.bad, round(1.3 * theme.pixels("body")), self.devicePixelRatioF()))
        self.headline.setFont(theme.font("title"))
        self.reason.setFont(theme.font("body"))

    def show_trouble(self, step: int, details: str) -> None:
        self.details = details
        self.headline.setText(f"This panel could not draw step {step:,}.")
        self.reason.setText(f"Training and the other panels go on.\n{details.strip().splitlines()[-1]}")

    def _copy_details(self) -> None:
        QApplication.clipboard().setText(self.details)
