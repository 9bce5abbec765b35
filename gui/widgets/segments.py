"""A choice of a few words side by side: buttons in an exclusive group, so that arrow keys work by themselves."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QHBoxLayout, QPushButton, QWidget

from gui.theme import LIGHT, Theme


class Segments(QFrame):
    """`choices` are values and the words for them, in order."""

    chosen = Signal(str)  # by a person, never by `choose`

    def __init__(self, name: str, choices: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._buttons = {value: self._button(value, word) for value, word in choices.items()}
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        for button in self._buttons.values():
            row.addWidget(button)
        self._group.buttonClicked.connect(self._tell)
        self.choose(next(iter(choices)))
        self.dress(LIGHT)

    @property
    def value(self) -> str:
        return next(value for value, button in self._buttons.items() if button.isChecked())

    def choose(self, value: str) -> None:
        """Show `value` as chosen; tells nobody."""
        self._buttons[value].setChecked(True)

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`."""
        chosen = theme.hover if theme.dark else theme.panel
        self.setStyleSheet(
            f"Segments {{ background: {theme.field}; border: none; border-radius: 5px; }}"
            f"Segments QPushButton {{ background: transparent; color: {theme.ink2}; border: 1px solid transparent;"
            f" border-radius: 4px; padding: 2px 12px; font-size: {theme.pixels('small')}px; }}"
            f"Segments QPushButton:checked {{ background: {chosen}; color: {theme.ink}; border-color: {theme.line}; }}"
            f"Segments QPushButton:focus {{ border-color: {theme.accent}; }}"
        )
        for button in self._buttons.values():
            button.setFont(theme.font("small", 500))

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(0, 28))

    def _button(self, value: str, word: str) -> QPushButton:
        button = QPushButton(word)
        button.setObjectName(value)
        button.setCheckable(True)
        button.setAutoDefault(False)  # Enter in a dialog means what the dialog is for
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._group.addButton(button)
        return button

    def _tell(self, button: QAbstractButton) -> None:
        self.chosen.emit(button.objectName())
