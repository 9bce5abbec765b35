"""One action: what it is called, what it does, its key. The window owns it, so that keys work without menus."""

from collections.abc import Callable, Mapping

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget


class Menus:
    """What an action does is handed in as a bound method."""

    def __init__(self, owner: QWidget, bar: QMenuBar) -> None:
        self._owner = owner
        self.file, self.run, self.view, self.help = (bar.addMenu(name) for name in ("File", "Run", "View", "Help"))

    def add(self, menu: QMenu, words: str, does: Callable[..., object], shortcut: str = "", says: str = "") -> QAction:
        """One line of a menu; `says` is shown in the status line."""
        action = self._make(menu, words, shortcut, says)
        action.triggered.connect(does)
        return action

    def add_choice(
        self, menu: QMenu, choices: Mapping[str, tuple[str, str, str]], does: Callable[..., object]
    ) -> dict[str, QAction]:
        """Lines of which one is chosen: words, shortcut and explanation by value, which is the action's data."""
        group = QActionGroup(self._owner)
        made = {value: self._make(menu, *parts) for value, parts in choices.items()}
        for value, action in made.items():
            action.setCheckable(True)
            action.setData(value)
            group.addAction(action)
        group.triggered.connect(does)
        return made

    def _make(self, menu: QMenu, words: str, shortcut: str, says: str) -> QAction:
        action = menu.addAction(words)
        action.setStatusTip(says or words.removesuffix("…"))
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
        self._owner.addAction(action)
        return action
