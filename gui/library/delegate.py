"""One row of the library: painted, and its small parts pressed."""

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtCore import Signal as QtSignal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from gui.library.model import PLACE, ROW
from gui.library.row_paint import Looks, paint_row
from gui.library.row_places import HEIGHT, RowPlaces, row_places
from gui.theme import LIGHT, Theme

Index = QModelIndex | QPersistentModelIndex
CHECK = Qt.ItemDataRole.CheckStateRole
State = QStyle.StateFlag
LONGEST_NAME = 200
EDITOR, NAME_ABOVE = 26, 9  # pixels at reading size: its height, and how far the name is above the middle


class RowDelegate(QStyledItemDelegate):
    menu_asked = QtSignal(QModelIndex, QPoint)  # by the button of a row; the place on the screen

    def __init__(self, tree: QTreeView) -> None:
        super().__init__(tree)
        self._tree = tree
        self.theme: Theme = LIGHT

    def places(self, rect: QRect, index: Index) -> RowPlaces:
        """Where the parts of this row are."""
        return row_places(rect.toRectF(), depth(index), self.theme)

    # what Qt asks

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, round(HEIGHT * self.theme.scale))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        paint_row(painter, self.places(_rect(option), index), index.data(ROW), self._looks(option, index), self.theme)
        painter.restore()

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """A press on one of the small parts, or Space."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space:
            return self._tick(model, index)
        pressed = event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent)
        if not pressed or not isinstance(event, QMouseEvent) or event.button() != Qt.MouseButton.LeftButton:
            return False
        match self.places(_rect(option), index).hit(event.position()):
            case "box":
                return self._tick(model, index)
            case "opener":
                self._tree.setExpanded(index, not self._tree.isExpanded(index))
                return True
            case "more":
                self.menu_asked.emit(index, event.globalPosition().toPoint())
                return True
        return False

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802
        editor = QLineEdit(parent)
        editor.setMaxLength(LONGEST_NAME)
        editor.setAccessibleName("Name of the run")
        return editor

    def updateEditorGeometry(  # noqa: N802 - Qt's
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Over the name, so that its letters stay where they are."""
        row = _rect(option)
        words, scale = self.places(row, index).words, self.theme.scale
        high = round(EDITOR * scale)
        top = max(row.top(), round(words.center().y() - NAME_ABOVE * scale) - high // 2)
        editor.setGeometry(round(words.left() - 8 * scale), top, round(words.width() + 8 * scale), high)

    # inside

    def _tick(self, model: QAbstractItemModel, index: Index) -> bool:
        if index.data(CHECK) is None:
            return False
        on = Qt.CheckState(index.data(CHECK)) == Qt.CheckState.Checked
        return bool(model.setData(index, Qt.CheckState.Unchecked if on else Qt.CheckState.Checked, CHECK))

    def _looks(self, option: QStyleOptionViewItem, index: Index) -> Looks:
        state: Any = option.state
        ticked, below = index.data(CHECK), index.model().rowCount(index)
        current = self._tree.currentIndex() == index and self._tree.hasFocus()
        return Looks(
            place=index.data(PLACE),
            ticked=None if ticked is None else Qt.CheckState(ticked),
            chosen=bool(state & State.State_Selected),
            hovered=bool(state & State.State_MouseOver),
            focused=current,
            opens=self._tree.isExpanded(index) if below else None,
            rails=rails(index),
        )


def depth(index: Index) -> int:
    """How many rows it stands under."""
    return 1 + depth(index.parent()) if index.parent().isValid() else 0


def rails(index: Index) -> tuple[bool, ...]:
    """For each row above, the topmost first: whether more of its branches follow below this row."""
    parent = index.parent()
    if not parent.isValid():
        return ()
    return (*rails(parent), index.row() < index.model().rowCount(parent) - 1)


def _rect(option: QStyleOptionViewItem) -> QRect:
    found: QRect = option.rect
    return found
