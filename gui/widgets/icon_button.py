"""A quiet button that shows one of our icons in a colour of the theme."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from gui.explain import explain
from gui.icons import IconName, icon
from gui.theme import LIGHT, Theme


class IconButton(QToolButton):
    """`colour` is the name of a token, such as "ink3"."""

    def __init__(
        self, name: IconName, says: str, shortcut: str = "", side: int = 24, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._name, self._colour, self._icon_side = LIGHT, name, "ink3", 16
        self.setFixedSize(side, side)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        explain(self, says, shortcut=shortcut)

    def show_icon(self, name: IconName, colour: str) -> None:
        if (name, colour) != (self._name, self._colour):
            self._name, self._colour = name, colour
            self._renew()

    def dress(self, theme: Theme, icon_side: int = 16) -> None:
        self._theme, self._icon_side = theme, icon_side
        self._renew()

    def _renew(self) -> None:
        side = self._icon_side
        self.setIcon(icon(self._name, self._theme.tokens()[self._colour], side))
        self.setIconSize(QSize(side, side))
