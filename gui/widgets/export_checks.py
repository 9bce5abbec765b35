"""What is true of a figure, each with a check mark or a warning before it."""

from typing import Literal, NamedTuple

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QWidget

from gui.explain import tip
from gui.icons import IconName, pixmap
from gui.style import mark
from gui.text import one_line
from gui.theme import LIGHT, Theme
from gui.widgets.labels import ElidedLabel

Tone = Literal["good", "warn", "ink3"]
SIGNS: dict[Tone, IconName] = {"good": "check", "warn": "warning"}
SIDE, GAP, APART = 14, 6, 24  # pixels: of a sign, to its words, between two of them


class Check(NamedTuple):
    words: str
    tone: Tone = "good"  # ink3 is for what is neither good nor bad


class Checks(QWidget):
    """A fixed number of places, so that nothing moves when another thing is true."""

    def __init__(self, places: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self.places = tuple(CheckPlace() for _ in range(places))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for place in self.places:
            self._row.addWidget(place)
        self._row.addStretch(1)
        self.stand(APART)

    def stand(self, room: float) -> None:
        """Beside each other where that leaves all words whole in so many pixels, else below each other."""
        beside = sum(place.wanted() for place in self.places) + APART * (len(self.places) - 1) <= room
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        self._row.setSpacing(APART if beside else 4)

    def show_check(self, place: int, check: Check) -> None:
        self.places[place].show_check(check)

    def dress(self, theme: Theme) -> None:
        for place in self.places:
            place.dress(theme)


class CheckPlace(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._theme, self._check = LIGHT, Check("", "ink3")
        self._sign, self.words = QLabel(), ElidedLabel("", "small", "ink2")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self._sign)
        row.addWidget(self.words, 1)

    def wanted(self) -> int:
        """Pixels across that leave its words whole."""
        return self._sign.width() + GAP + self.words.fontMetrics().horizontalAdvance(self.words.whole) + 2

    def show_check(self, check: Check) -> None:
        self._check = check
        self.words.show_text(one_line(check.words))
        self.setToolTip(tip(check.words))
        mark(self.words, "tone", "warn" if check.tone == "warn" else "ink2" if check.tone == "good" else "ink3")
        self._renew()

    def dress(self, theme: Theme) -> None:
        self._theme = theme
        self._renew()

    def _renew(self) -> None:
        sign = SIGNS.get(self._check.tone)
        self._sign.setVisible(sign is not None)
        if sign:
            side = round(SIDE * self._theme.pixels("small") / LIGHT.pixels("small"))
            colour = self._theme.tokens()[self._check.tone]
            self._sign.setFixedSize(side, side)
            self._sign.setPixmap(pixmap(sign, colour, side, self.devicePixelRatioF()))
