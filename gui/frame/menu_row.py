"""The top row: menus, the run's name and what it is made of, and the layouts as tabs."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenuBar, QTabBar, QWidget

from gui.explain import explain
from gui.style import MENU_HEIGHT
from gui.text import one_line
from gui.theme import Theme
from gui.widgets.hairline import Hairline
from gui.widgets.labels import ElidedLabel, PlainLabel

LETTERS = 40  # of a name: the layouts need their room


class MenuRow(QWidget):
    layout_chosen = Signal(str)

    def __init__(self, layouts: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("menuRow")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._layouts = layouts
        self.menus = QMenuBar()
        self.name, self.words = PlainLabel("", "body", strong=True), ElidedLabel("", "small", "ink3")
        self.name.setAccessibleName("Name of the run")
        self.tabs = QTabBar(drawBase=False, expanding=False)
        self.tabs.setUsesScrollButtons(False)  # once shown, they would stay
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        explain(self.tabs, "Layouts", "How the panels are arranged")
        for name in layouts:
            self.tabs.addTab(name)
        self.tabs.currentChanged.connect(self._choose)
        self._build()

    def show_run(self, name: str, words: str) -> None:
        self.name.setText(one_line(name[:LETTERS]) + "…" * (len(name) > LETTERS))
        self.name.setVisible(bool(name))
        self.words.show_text(words)

    def show_layout(self, name: str) -> None:
        """Mark the tab; tells nobody."""
        blocked = self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(self._layouts.index(name))
        self.tabs.blockSignals(blocked)
        self.tabs.updateGeometry()  # the chosen one has bolder letters

    def dress(self, theme: Theme) -> None:
        self.setFixedHeight(round(MENU_HEIGHT * (1.0 if theme.lecture else max(1.0, theme.scale))))
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)  # has the tabs measured anew
        self.tabs.updateGeometry()

    def _choose(self, index: int) -> None:
        self.layout_chosen.emit(self._layouts[index])

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 16, 0)
        row.setSpacing(0)
        row.addWidget(self.menus, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(12)
        row.addWidget(Hairline(tall=20))
        row.addSpacing(20)
        row.addWidget(self.name)
        row.addSpacing(12)
        row.addWidget(self.words, 1)
        row.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignBottom)
