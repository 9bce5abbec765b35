"""The last place of the transport: a word while the newest step is on show, else what can be done about this one."""

from typing import Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from gui.explain import explain
from gui.icons import icon
from gui.state import Place
from gui.style import mark, pill_radius
from gui.theme import LIGHT, Theme
from gui.widgets.labels import PlainLabel

WIDTH, PILL = 136, 80  # pixels, whatever stands there
Offer = Literal["back", "continue", "train"]
OFFERS: dict[Offer, tuple[str, str]] = {
    "back": ("Back to live", "Show the newest step again, and keep up with it"),
    "continue": ("Continue from here", "Train on from this step, or from the checkpoint before it"),
    "train": ("Train it yourself", "Begin a run of your own with these settings"),
}


class LastPlace(QWidget):
    live_asked = Signal()
    continue_asked = Signal()
    train_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer: Offer = "back"
        self._theme = LIGHT
        self.pill = PlainLabel("●  Live", "body", "accent")
        self.pill.setObjectName("pill")
        self.pill.setAlignment(Qt.AlignmentFlag.AlignCenter)
        explain(self.pill, "Live: the newest step is shown")
        self.button = QPushButton()
        self.button.setObjectName("place")
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch()
        row.addWidget(self.pill)
        row.addWidget(self.button)
        self.show_place("", False)

    def show_place(self, place: Place, lit: bool) -> None:
        """`lit` while steps arrive."""
        mark(self.pill, "live", "true" if lit else "false")
        self.pill.setVisible(place == "live")
        self.button.setVisible(place in OFFERS)
        if place in OFFERS:
            self._offer = place
            mark(self.button, "kind", "accent" if place == "back" else "soft")
            words, sentence = OFFERS[place]
            self.button.setText(f" {words}" if place == "back" else words)  # Qt leaves no gap beside an icon
            explain(self.button, words, sentence)
            self._show_icon()

    def dress(self, theme: Theme) -> None:
        self._theme, scale = theme, 1.0 if theme.lecture else theme.scale
        self.setFixedWidth(round(WIDTH * scale))
        self.pill.setFixedSize(round(PILL * scale), 2 * pill_radius(theme))
        self.button.setFixedSize(round(WIDTH * scale), 2 * pill_radius(theme))
        self.button.setIconSize(QSize(round(16 * scale), round(16 * scale)))
        self._show_icon()

    def _show_icon(self) -> None:
        """Only where it has to be found at once; the other words need all the room."""
        self.button.setIcon(icon("live", self._theme.on_accent) if self._offer == "back" else QIcon())

    def _ask(self) -> None:
        match self._offer:
            case "back":
                self.live_asked.emit()
            case "continue":
                self.continue_asked.emit()
            case "train":
                self.train_asked.emit()
