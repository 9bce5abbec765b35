"""What an empty panel says: one bold sentence about what to do, one quiet line about what will be seen."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui.theme import LIGHT, Theme


class EmptyNote(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headline, self.reason = QLabel(), QLabel()
        column = QVBoxLayout(self)
        column.setSpacing(4)
        column.addStretch()
        for label in (self.headline, self.reason):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addStretch()
        self.dress(LIGHT)

    def say(self, headline: str, reason: str) -> None:
        self.headline.setText(headline)
        self.reason.setText(reason)

    def stand_in_for(self, full: QWidget, empty: bool) -> None:
        """One of the two is seen. What goes, goes first: both at once would need more room than there may be."""
        gone, here = (full, self) if empty else (self, full)
        gone.hide()
        here.show()

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`."""
        self.headline.setFont(theme.font("title"))
        self.reason.setFont(theme.font("small"))
        self.headline.setStyleSheet(f"color: {theme.ink}")
        self.reason.setStyleSheet(f"color: {theme.ink3}")
