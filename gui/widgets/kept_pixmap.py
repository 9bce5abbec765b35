"""A picture of a widget that is kept and painted on again: PySide loses references with every new one."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget


def renewed(kept: QPixmap, widget: QWidget) -> QPixmap:
    """Empty, and of the widget's size in dots of the screen: the same one, as long as that has not changed."""
    ratio = widget.devicePixelRatioF()
    if kept.size() != widget.size() * ratio:
        kept = QPixmap(widget.size() * ratio)
    kept.setDevicePixelRatio(ratio)
    kept.fill(Qt.GlobalColor.transparent)
    return kept
