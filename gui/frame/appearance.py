"""Which theme is worn: the one chosen, or the system's; in a lecture at a size read from the back row."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from gui.theme import THEMES, Theme

SYSTEM = "system"
ORDER = ("light", "dark", "projector", SYSTEM)
SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark, "projector": Qt.ColorScheme.Light}
STEP = 160  # pixels of width between two sizes of lecture type, so that a drag does not restyle all the time


def worn(name: str, lecture: bool, width: int) -> Theme:
    """The theme for a choice, in a window `width` pixels wide."""
    theme = THEMES[_resolved(name)]
    return theme.at_lecture_size(max(1, width // STEP) * STEP) if lecture else theme


def tell_system(name: str) -> None:
    """What Qt draws by itself, such as dialogs of the system, follows the choice."""
    QGuiApplication.styleHints().setColorScheme(SCHEMES.get(name, Qt.ColorScheme.Unknown))


def _resolved(name: str) -> str:
    if name != SYSTEM:
        return name
    return "dark" if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"
