"""The list of runs: a tree that keeps what was chosen and opened while its rows change."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeView, QWidget

from gui.library.delegate import RowDelegate
from gui.library.model import RunsModel
from gui.library.rows import Row, flat
from gui.theme import LIGHT, Theme

Key = Qt.Key
OWN_KEYS = (Key.Key_Space, Key.Key_Left, Key.Key_Right, Key.Key_Home, Key.Key_End, Key.Key_PageUp, Key.Key_PageDown)
ENTER = (Key.Key_Return, Key.Key_Enter)


class RunTree(QTreeView):
    open_asked = Signal(Row)
    delete_asked = Signal()
    undo_asked = Signal()
    menu_asked = Signal(QPoint)  # where on the screen
    chosen = Signal()  # other rows than before

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = RunsModel(self)
        self.delegate = RowDelegate(self)
        self.delegate.menu_asked.connect(self._ask_at)
        self.setModel(self.rows)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName("Runs")
        self._folded: set[str] = set()  # rows that a person has closed
        self._unfolded: set[str] = set()  # groups that a person has opened
        self._look_like_a_list()
        self.expanded.connect(self._keep_open)
        self.collapsed.connect(self._keep_closed)
        self.doubleClicked.connect(self._open)
        self.selectionModel().selectionChanged.connect(self._tell_chosen)

    def show_rows(self, rows: Iterable[Row]) -> None:
        """What is chosen and open stays so, where it is still there."""
        current, chosen = self.current_key(), {row.key for row in self.chosen_rows()}
        place = self.verticalScrollBar().value()
        if self.rows.show_rows(rows):
            self._unfold()
            self._choose_again(current, chosen)
            self.verticalScrollBar().setValue(place)

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`."""
        self.delegate.theme = theme
        self.setFont(theme.font("body"))
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def current_key(self) -> str:
        return self.rows.row_at(self.currentIndex()).key if self.currentIndex().isValid() else ""

    def chosen_rows(self) -> list[Row]:
        """Those that are chosen, or else the one that the keys are on."""
        indexes = self.selectionModel().selectedIndexes() or [self.currentIndex()]
        return [self.rows.row_at(index) for index in indexes if index.isValid()]

    def rename(self) -> None:
        """In place."""
        if self.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(self.currentIndex())

    # what Qt tells

    def event(self, event: QEvent) -> bool:
        """Keys that elsewhere play and step belong to the list while it has the focus."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:  # keys that the field for the name left over
            super().keyPressEvent(event)
        elif event.key() in ENTER and self.currentIndex().isValid():
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Delete) or event.key() == Key.Key_Backspace:
            self.delete_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo_asked.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two quick presses on a small part are two presses."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self.delegate.places(self.visualRect(index), index).hit(event.position()):
            self.mousePressEvent(event)
        else:
            super().mouseDoubleClickEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            place = self.visualRect(index).center() if by_key else event.pos()
            self._ask_at(index, self.viewport().mapToGlobal(place))

    # inside

    def _is_own(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        own = plain and event.key() in (*OWN_KEYS, *ENTER, Key.Key_Delete, Key.Key_Backspace, Key.Key_F2)
        return own or event.matches(QKeySequence.StandardKey.Undo)

    def _look_like_a_list(self) -> None:
        self.setHeaderHidden(True)
        self.setIndentation(0)  # the delegate indents, and draws what joins branches to their parent
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.dress(LIGHT)

    def _open(self, index: QModelIndex) -> None:
        """A group has nothing to show alone: it opens here."""
        row = self.rows.row_at(index)
        if row.group:
            self.setExpanded(index, not self.isExpanded(index))
        else:
            self.open_asked.emit(row)

    def _ask_at(self, index: QModelIndex, place: QPoint) -> None:
        if not self.selectionModel().isSelected(index):
            self.setCurrentIndex(index)
        self.menu_asked.emit(place)

    def _tell_chosen(self) -> None:
        self.chosen.emit()

    def _keep_open(self, index: QModelIndex) -> None:
        key = self.rows.row_at(index).key
        self._folded.discard(key)
        self._unfolded.add(key)

    def _keep_closed(self, index: QModelIndex) -> None:
        key = self.rows.row_at(index).key
        self._unfolded.discard(key)
        self._folded.add(key)

    def _unfold(self) -> None:
        """Families are open at first, groups closed."""
        for row in flat(self.rows.top()):
            opened = row.key in self._unfolded if row.group else row.key not in self._folded
            if row.children and opened:
                self.expand(self.rows.index_of(row.key))

    def _choose_again(self, current: str, chosen: set[str]) -> None:
        select = self.selectionModel().SelectionFlag
        if (index := self.rows.index_of(current)).isValid():
            self.selectionModel().setCurrentIndex(index, select.NoUpdate)
        for key in chosen:
            if (index := self.rows.index_of(key)).isValid():
                self.selectionModel().select(index, select.Select)
