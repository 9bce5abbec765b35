"""Which keys belong to the thing that has the focus, and not to the window's shortcuts."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QMainWindow, QToolButton, QWidget


def keeps(focused: QWidget | None, event: QKeyEvent) -> bool:
    """A check box needs Space, a slider or a map of heads the arrows; the transport's buttons need neither."""
    if focused is None or event.modifiers() != Qt.KeyboardModifier.NoModifier:
        return False
    key = event.key()
    if key == Qt.Key.Key_Space:
        return isinstance(focused, QAbstractButton | QComboBox) and focused.objectName() != "play"
    if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        return not isinstance(focused, QToolButton | QMainWindow) and focused.focusPolicy() != Qt.FocusPolicy.NoFocus
    return False
