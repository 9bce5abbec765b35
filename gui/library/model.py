"""The rows as Qt wants them: a tree whose nodes stay the same while its shape does, so that nothing moves or closes."""

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from engine.library import Entry
from gui.explain import tip
from gui.library.rows import Row, sentence

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole  # a Row
PLACE = Qt.ItemDataRole.UserRole + 1  # its place among those on show, which decides its line; None for the others
NOWHERE = QModelIndex()
Flag = Qt.ItemFlag
Check = Qt.CheckState


class Node:
    """Where a row stands. Qt holds on to it, so it lives as long as the model."""

    def __init__(self, row: Row, parent: "Node | None", place: int) -> None:
        self.row, self.parent, self.place = row, parent, place
        self.children = [Node(child, self, at) for at, child in enumerate(row.children)]

    def family(self) -> "list[Node]":
        """It, and all below it."""
        return [self, *(one for child in self.children for one in child.family())]

    def shape(self) -> tuple[Any, ...]:
        return self.row.key, *(child.shape() for child in self.children)


class RunsModel(QAbstractItemModel):
    renamed = Signal(Row, str)  # asked by a person
    ticked = Signal(Row, bool)  # likewise

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._nodes: list[Node] = []
        self._alive: list[Node] = []  # earlier ones, which an index may still name
        self._by_key: dict[str, Node] = {}
        self._shown: Mapping[str, int] = {}

    def show_rows(self, rows: Iterable[Row]) -> bool:
        """Says whether the tree has another shape now; otherwise only what has changed is drawn again."""
        made = [Node(row, None, place) for place, row in enumerate(rows)]
        if [node.shape() for node in made] == [node.shape() for node in self._nodes]:
            self._renew(self._nodes, made)
            return False
        self.beginResetModel()
        self._alive, self._nodes = self._nodes, made
        self._by_key = {node.row.key: node for top in made for node in top.family()}
        self.endResetModel()
        return True

    def show_shown(self, places: Mapping[str, int]) -> None:
        """`places` are those of the runs on show, by their folders."""
        if places != self._shown:
            self._shown = dict(places)
            self._tell_all(NOWHERE)

    def index_of(self, key: str) -> QModelIndex:
        """Invalid where no row has this key."""
        node = self._by_key.get(key)
        return self.createIndex(node.place, 0, node) if node else QModelIndex()

    def top(self) -> list[Row]:
        """The rows that stand under no other."""
        return [node.row for node in self._nodes]

    def is_shown(self, entry: Entry) -> bool:
        return entry.key in self._shown

    def row_at(self, index: Index) -> Row:
        return self._node(index).row

    # what Qt asks

    def index(self, row: int, column: int, parent: Index = NOWHERE) -> QModelIndex:
        nodes = self._below(parent)
        return self.createIndex(row, column, nodes[row]) if column == 0 and 0 <= row < len(nodes) else QModelIndex()

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]  # Qt has two of this name
        above = self._node(index).parent if index.isValid() else None
        return self.createIndex(above.place, 0, above) if above else QModelIndex()

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's
        return len(self._below(parent))

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's
        return 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Flag.NoItemFlags
        row = self.row_at(index)
        flags = Flag.ItemIsSelectable | Flag.ItemIsEnabled
        flags |= Flag.ItemIsUserCheckable if can_be_shown(row) else Flag.NoItemFlags
        return flags if row.group else flags | Flag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.row_at(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.name
            case Qt.ItemDataRole.EditRole:
                return row.entries[0].name
            case Qt.ItemDataRole.CheckStateRole:
                return self._check(row) if can_be_shown(row) else None
            case Qt.ItemDataRole.ToolTipRole:
                return tip(sentence(row))
            case Qt.ItemDataRole.StatusTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return sentence(row)
        return row if role == ROW else self._place(row) if role == PLACE else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802 - Qt's
        """Passes on what a person asks; what is shown changes when it has happened."""
        row = self.row_at(index)
        if role == Qt.ItemDataRole.EditRole and str(value).strip() != row.entries[0].name:
            self.renamed.emit(row, str(value).strip())
        elif role == Qt.ItemDataRole.CheckStateRole and can_be_shown(row):
            self.ticked.emit(row, Check(value) == Check.Checked)
        return True

    # inside

    def _node(self, index: Index) -> Node:
        node: Node = index.internalPointer()
        return node

    def _below(self, parent: Index) -> list[Node]:
        return self._node(parent).children if parent.isValid() else self._nodes

    def _check(self, row: Row) -> Qt.CheckState:
        on = sum(entry.key in self._shown for entry in row.entries)
        return Check.Checked if on == len(row.entries) else Check.PartiallyChecked if on else Check.Unchecked

    def _place(self, row: Row) -> int | None:
        """Of several the least, as in the charts."""
        return min((self._shown[entry.key] for entry in row.entries if entry.key in self._shown), default=None)

    def _renew(self, nodes: list[Node], made: list[Node]) -> None:
        for node, new in zip(nodes, made, strict=True):
            if not node.row.same(new.row):
                here = self.createIndex(node.place, 0, node)
                node.row = new.row
                self.dataChanged.emit(here, here)
            node.row = new.row
            self._renew(node.children, new.children)

    def _tell_all(self, parent: QModelIndex) -> None:
        if count := self.rowCount(parent):
            self.dataChanged.emit(self.index(0, 0, parent), self.index(count - 1, 0, parent))
        for at in range(count):
            self._tell_all(self.index(at, 0, parent))


def can_be_shown(row: Row) -> bool:
    """Whether there is a curve to lay over others."""
    return any(entry.steps for entry in row.entries)
