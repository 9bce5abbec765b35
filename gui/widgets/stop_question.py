"""The bar that says why training stopped, and asks for what mends it: other settings, an earlier step, another text."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.encodings import other_encodings
from gui.widgets.loss_stop import Stop
from gui.widgets.stop_bar import StopBar


class StopQuestion(StopBar):
    restart_asked = Signal(dict)  # the settings that would change
    back_asked = Signal(int, float)  # step of a checkpoint, and the learning rate to go on with
    new_text_asked = Signal()  # go on, though the text has changed
    open_asked = Signal()
    encoding_asked = Signal(str, str)  # a text as in the settings, and the encoding to read it in

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stop: Stop | None = None
        self.button.clicked.connect(self._ask_restart)
        self.back_button.clicked.connect(self._ask_back)
        self.open_button.clicked.connect(self.open_asked)
        self.other_chosen.connect(self._ask_encoding)

    def show_stop(self, stop: Stop | None) -> None:
        """Hidden while training goes on."""
        self._stop = stop
        if stop is None or stop.over:
            self.hide()
            return
        back = "" if stop.back is None else f"Go back to step {stop.back:,} at half the rate"
        self.say(stop.headline, stop.advice, stop.button, back, other_text=stop.unstarted)
        if stop.encoding:
            self.offer(stop.preview, other_encodings(stop.encoding))

    def _ask_restart(self) -> None:
        if self._stop and self._stop.new_text:
            self.new_text_asked.emit()
        elif self._stop and self._stop.encoding:
            self._ask_encoding(self._stop.encoding)
        elif self._stop:
            self.restart_asked.emit(self._stop.changes)

    def _ask_encoding(self, encoding: str) -> None:
        if self._stop:
            self.encoding_asked.emit(self._stop.source, encoding)

    def _ask_back(self) -> None:
        if self._stop and self._stop.back is not None:
            self.back_asked.emit(self._stop.back, self._stop.back_rate)
