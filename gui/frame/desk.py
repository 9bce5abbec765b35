"""Where the docks lie: a main window inside the window, so that it can have margins of its own.

A layout that nobody has touched follows the size of the window; one that was arranged by hand is kept as it is.
"""

from collections.abc import Iterable

from PySide6.QtCore import QByteArray, QChildEvent, QEvent, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QTabBar, QWidget

from gui.frame.dock import Dock
from gui.frame.layouts import ACROSS, DOWN, GAP, Layout
from gui.memory import LAYOUT_VERSION
from gui.theme import Theme


class Desk(QMainWindow):
    def __init__(self, docks: Iterable[Dock], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Widget)
        self.setObjectName("desk")
        self.setDockNestingEnabled(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.docks: dict[str, Dock] = {dock.windowTitle(): dock for dock in docks}
        self.touched = False  # by a person's hand
        self._layout: Layout | None = None
        self._arranging = False
        self._scale = 1.0
        self._once_more = QTimer(self, singleShot=True, interval=0)  # when all parts have said how small they may be
        self._once_more.timeout.connect(self._fit)
        for dock in self.docks.values():
            self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
            dock.dockLocationChanged.connect(self._note_hand)
            dock.topLevelChanged.connect(self._note_hand)
            dock.put_away.connect(self._note_hand)
            dock.toggleViewAction().triggered.connect(self._note_hand)

    def arrange(self, layout: Layout, kept: QByteArray | None = None) -> None:
        """Put the docks as `kept` says, or as the layout is meant."""
        self._arranging = True
        self._layout = layout
        margin = (0, 0, 0, 0) if layout.lecture else (GAP, GAP, GAP, 0)
        self.setContentsMargins(*margin)
        self._place(layout)
        self.touched = bool(kept and not kept.isEmpty() and self.restoreState(kept, LAYOUT_VERSION))
        if self.touched and not any(not dock.isHidden() for dock in self.docks.values()):
            self._place(layout)  # nothing left to see
            self.touched = False
        self._arranging = False
        self._fit()

    def dress(self, theme: Theme) -> None:
        self._scale = 1.0 if theme.lecture else theme.scale
        for dock in self.docks.values():
            dock.dress(theme)
        self._fit()
        self._once_more.start()

    def state(self) -> QByteArray:
        return self.saveState(LAYOUT_VERSION)

    # following the size

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self._once_more.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """A press that arrives here is on a gap: all else is covered by a child."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self._note_hand()
        return super().event(event)

    def childEvent(self, event: QChildEvent) -> None:
        """Qt makes the tabs of docks that share a place, and gives them no name."""
        super().childEvent(event)
        child = event.child()
        if event.polished() and isinstance(child, QTabBar):
            child.setAccessibleName("Panels that share a place")

    def _fit(self) -> None:
        if self.touched or self._arranging or self._layout is None:
            return
        margins = self.contentsMargins()
        height = self.height() - margins.top() - margins.bottom()
        sizes = self._layout.sizes(self.width(), height, self._scale)
        for orientation, wanted in ((ACROSS, sizes.widths), (DOWN, sizes.heights)):
            if wanted:
                self.resizeDocks(
                    [self.docks[name] for name in wanted], [max(1, size) for size in wanted.values()], orientation
                )

    def _place(self, layout: Layout) -> None:
        for dock in self.docks.values():
            dock.setFloating(False)
            self.removeDockWidget(dock)
        layout.place(self, self.docks)
        for name, dock in self.docks.items():
            if name not in layout.docks:  # has a place, too, so that it can be shown and kept
                self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
            dock.set_bare(layout.lecture)
            dock.setVisible(name in layout.docks)
        for name in layout.front:
            self.docks[name].raise_()

    def _note_hand(self, *_: object) -> None:
        if not self._arranging and self.isVisible() and not self.window().isMinimized():
            self.touched = True
