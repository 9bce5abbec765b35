"""How much of some work is done: a thin line, that is always there and empty where nothing is done."""

from PySide6.QtWidgets import QProgressBar, QWidget

WHOLE = 1000  # steps of the line


class ProgressLine(QProgressBar):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(0, WHOLE)
        self.setTextVisible(False)
        self.setObjectName("progress")
        self.setAccessibleName("Progress")

    def show_share(self, share: float | None) -> None:
        """From 0 to 1; None where nothing is done."""
        self.setValue(round(WHOLE * (share or 0.0)))
