"""A line of one pixel, as quiet as the theme has it."""

from PySide6.QtWidgets import QFrame, QWidget


class Hairline(QFrame):
    """Across, or with `tall` upright and so many pixels high."""

    def __init__(self, tall: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hairline")
        if tall:
            self.setFixedSize(1, tall)
        else:
            self.setFixedHeight(1)
