"""Fills a reel from the thread of the window, a picture at a time, so that the window can be used meanwhile."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer

from engine.trouble import Trouble
from gui.export.film.choices import Film
from gui.export.film.reel import Reel
from gui.frame.film.stage import Stage, Taken

WAIT_MS = 40  # before it is seen again whether there is room


class Feed(QObject):
    """Begins at once; ends the reel after the last step, and tears it where a step cannot be shown."""

    def __init__(self, stage: Stage, steps: Iterable[int], film: Film, reel: Reel[Taken], parent: QObject) -> None:
        super().__init__(parent)
        self._stage, self._film, self._reel = stage, film, reel
        self._steps = iter(steps)
        self._aimed: int | None = None  # a step that was not taken yet
        self._clock = QTimer(self, singleShot=True)
        self._clock.timeout.connect(self._go_on)
        self._clock.start(0)

    def call_off(self) -> None:
        """Nobody waits for the film any more."""
        self._clock.stop()
        self._reel.tear(Trouble("The film was called off.", "Begin it again."))

    def _go_on(self) -> None:
        try:
            self._next() if self._aimed is None else self._take(self._aimed)
        except Trouble as trouble:
            self._reel.tear(trouble)
        except Exception as error:  # the fence of the film: said by whoever waits for it
            reason = f"Step {self._aimed or 0:,} cannot be drawn: {error}."
            self._reel.tear(Trouble(reason, "Choose other steps, or another panel."))

    def _next(self) -> None:
        self._aimed = next(self._steps, None)
        if self._aimed is None:
            self._reel.end()
            return
        self._stage.aim(self._aimed)
        self._clock.start(round(1000 * self._stage.settles))

    def _take(self, step: int) -> None:
        if self._reel.full:
            self._clock.start(WAIT_MS)
            return
        self._reel.put(self._stage.take(step, self._film))
        self._aimed = None
        self._clock.start(0)
