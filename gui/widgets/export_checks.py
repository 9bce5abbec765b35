"""What is true of a figure, each with a check mark or a warning before it."""

from typing import Literal, NamedTuple

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gui.explain import tip
from gui.icons import IconName, pixmap
from gui.style import mark
from gui.text import one_line
from gui.theme import LIGHT, Theme
from gui.widgets.labels import ElidedLabel

Tone = Literal["good", "warn", "ink3"]
SIGNS: dict[Tone, IconName] = {"good": "check", "warn": "warning"}
SIDE = 14  # pixels


class Check(NamedTuple):
    words: str
    tone: Tone = "good"  # ink3 is for what is neither good nor bad


class Checks(QWidget):
    """A fixed number of places, so that nothing moves when another thing is true."""

    def __init__(self, places: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self.places = tuple(CheckPlace() for _ in range(places))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        for place in self.places:
            row.addWidget(place)
        row.addStretch(1)

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
        row.setSpacing(6)
        row.addWidget(self._sign)
        row.addWidget(self.words, 1)

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
