"""Background work of one dialog, one piece after the other: the library that draws does not share.

What is asked anew under the same name takes the place of what was asked before, so that the newest wins.
"""

from collections.abc import Callable, Generator
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from engine.trouble import Trouble
from gui.work import Work

POLL_MS = 30
UNFORESEEN, ADVICE = "This did not work, and should have.", "Try another choice, and please report it."


class Piece(NamedTuple):
    name: str
    make: Callable[[], Generator[float, None, Any]]  # called when its turn has come
    then: Callable[[Any], object]  # told what was made


class WorkLine(QObject):
    """A piece that is in front of others by its place in `order` comes first."""

    failed = Signal(str, Trouble)  # the name of a piece, and what was wrong
    moved = Signal()  # some share is done, or something was begun or ended

    def __init__(self, order: tuple[str, ...], parent: QObject) -> None:
        super().__init__(parent)
        self._order, self._waiting = order, dict[str, Piece]()
        self._piece: Piece | None = None
        self._work: Work[Any] | None = None
        self._clock = QTimer(self, interval=POLL_MS)
        self._clock.timeout.connect(self.look)

    def ask(self, name: str, make: Callable[[], Generator[float, None, Any]], then: Callable[[Any], object]) -> None:
        """Soon, in the background. Nobody waits any more for what was asked under this name before."""
        self.call_off(name)
        self._waiting[name] = Piece(name, make, then)
        self._clock.start()
        self.look()

    def call_off(self, name: str) -> None:
        """It ends before its next share; the next piece waits for that."""
        self._waiting.pop(name, None)
        if self._work and self._piece and self._piece.name == name:
            self._work.call_off()
            self._piece = None

    def end(self) -> None:
        """Of everything: the dialog is closed."""
        for name in self._order:
            self.call_off(name)
        self._clock.stop()

    @property
    def busy(self) -> bool:
        """Something is being made, or waits for its turn."""
        return bool(self._waiting) or self._work is not None

    def share(self, name: str) -> float | None:
        """That is done of a piece; None where nobody waits for it."""
        if name in self._waiting:
            return 0.0
        return self._work.share if self._work and self._piece and self._piece.name == name else None

    def look(self) -> None:
        """Hand over what is ready, and begin the next."""
        if self._work and self._work.over:
            work, piece, self._work, self._piece = self._work, self._piece, None, None
            if piece:
                self._hand_over(work, piece)
        if self._work is None and self._waiting:
            self._piece = self._waiting.pop(min(self._waiting, key=self._order.index))
            self._work = Work(self._piece.make())
        if self._work is None:
            self._clock.stop()
        self.moved.emit()

    def _hand_over(self, work: Work[Any], piece: Piece) -> None:
        try:
            made = work.result()
        except Trouble as trouble:
            self.failed.emit(piece.name, trouble)
            return
        except Exception as error:
            self.failed.emit(piece.name, Trouble(f"{UNFORESEEN} {type(error).__name__}: {error}.", ADVICE))
            raise  # to be told in full by whoever tells errors
        piece.then(made)
