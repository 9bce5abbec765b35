"""What can be done with the runs that are chosen: the menu of a row, and what its entries do."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu, QWidget

from engine import annotations
from engine.annotations import Change
from engine.library import Entry
from engine.trouble import Trouble
from gui.bundled import is_bundled
from gui.explain import native
from gui.library.dialogs import CommentDialog, DeleteDialog, TagsDialog
from gui.library.rows import can_be_opened, shortened
from gui.library.tree import RunTree

Annotate = Callable[[Path, Change], None]  # may raise Trouble

MOST_UNDONE = 50
LAY_OVER, TAKE_OFF = "Lay over the others", "Take off the charts"


class Undo(NamedTuple):
    folder: Path
    change: Change  # leads back
    words: str


class RowActions(QObject):
    open_asked = Signal(str)
    tick_asked = Signal()
    duplicate_asked = Signal(dict)
    delete_asked = Signal(list, bool)  # folders; only what attention and predictions looked like
    changed = Signal()  # something is written on a run
    troubled = Signal(str, str)
    explained = Signal(str)

    def __init__(self, tree: RunTree, annotate: Annotate, window: QWidget) -> None:
        super().__init__(tree)
        self._tree, self._annotate, self._window = tree, annotate, window
        self._undone: list[Undo] = []
        self.known_tags: tuple[str, ...] = ()
        self.theme = tree.delegate.theme
        tree.menu_asked.connect(self.show_menu)
        tree.delete_asked.connect(self.ask_to_delete)
        tree.undo_asked.connect(self.undo)
        tree.rows.renamed.connect(self._rename)

    def entries(self) -> list[Entry]:
        """All runs that are chosen, each once, members of a group included."""
        every = [entry for row in self._tree.chosen_rows() for entry in row.entries]
        return list({entry.key: entry for entry in every}.values())

    def show_menu(self, place: QPoint) -> None:
        self.menu().popup(place)

    def menu(self) -> QMenu:
        """For what is chosen; what makes no sense there is off."""
        menu = QMenu(self._tree)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        entries = self.entries()
        one, rows = len(entries) == 1, len(self._tree.chosen_rows()) == 1
        shown = any(self._tree.rows.is_shown(entry) for entry in entries)
        own = not any(is_bundled(entry.folder) for entry in entries)
        idle = own and all(entry.state != "live" for entry in entries)
        heavy = idle and any(entry.heavy_bytes for entry in entries)
        for words, key, do, possible in (
            ("Open", "Return", self.open, one and can_be_opened(entries[0])),
            (TAKE_OFF if shown else LAY_OVER, "Space", self.tick_asked.emit, rows and any(e.steps for e in entries)),
            ("", "", None, True),
            ("Rename", "F2", self._tree.rename, own and one),
            ("Tags…", "", self.ask_for_tags, own and one),
            ("Comment…", "", self.ask_for_comment, own and one),
            ("Duplicate settings into a new run", "", self.duplicate, one and bool(entries[0].settings)),
            ("Show on disk", "", self.show_on_disk, one),
            ("", "", None, True),
            ("Delete looks…", "", self.ask_to_delete_looks, heavy),
            ("Delete…", "Del", self.ask_to_delete, bool(entries) and idle),
        ):
            _add(menu, words, key, do, possible)
        return menu

    # what they do

    def open(self) -> None:
        self.open_asked.emit(self.entries()[0].key)

    def duplicate(self) -> None:
        self.duplicate_asked.emit(dict(self.entries()[0].settings))

    def show_on_disk(self) -> None:
        folder = self.entries()[0].folder
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self.explained.emit(f"It lies in {shortened(str(folder))}")

    def ask_for_tags(self) -> None:
        entry = self.entries()[0]
        dialog = TagsDialog(self._window, entry, self.known_tags, self.theme)
        dialog.accepted.connect(lambda: self._tag(entry, dialog.tags()))
        dialog.open()

    def ask_for_comment(self) -> None:
        entry = self.entries()[0]
        dialog = CommentDialog(self._window, entry, self.theme)
        dialog.accepted.connect(lambda: self._comment(entry, dialog.text()))
        dialog.open()

    def ask_to_delete(self) -> None:
        self._ask_to_delete([entry for entry in self.entries() if entry.state != "live"], heavy_only=False)

    def ask_to_delete_looks(self) -> None:
        self._ask_to_delete([entry for entry in self.entries() if entry.heavy_bytes], heavy_only=True)

    def undo(self) -> None:
        """The last rename, tags or comment."""
        if self._undone:
            last = self._undone.pop()
            if self._write(last.folder, last.change):
                self.explained.emit(f"{last.words} as before.")

    # inside

    def _ask_to_delete(self, entries: list[Entry], heavy_only: bool) -> None:
        if not entries:
            self.explained.emit("A run that is being recorded is not deleted; stop it first.")
            return
        branches = sum(len(row.children) for row in self._tree.chosen_rows() if not row.group)
        dialog = DeleteDialog(self._window, entries, heavy_only, branches, self.theme)
        dialog.accepted.connect(lambda: self.delete_asked.emit([entry.folder for entry in entries], heavy_only))
        dialog.open()

    def _rename(self, row: object, name: str) -> None:
        entry = row.entries[0]  # type: ignore[attr-defined]  # Qt passes it on as any object
        before = "" if entry.name == entry.folder.name else entry.name
        self._change(entry, annotations.rename(name), annotations.rename(before), "The name is")

    def _tag(self, entry: Entry, tags: Iterable[str]) -> None:
        self._change(entry, annotations.tag(tags), annotations.tag(entry.tags), "The tags are")

    def _comment(self, entry: Entry, text: str) -> None:
        self._change(entry, annotations.comment(text), annotations.comment(entry.comment), "The comment is")

    def _change(self, entry: Entry, change: Change, back: Change, words: str) -> None:
        if self._write(entry.folder, change):
            self._undone = [*self._undone[-MOST_UNDONE:], Undo(entry.folder, back, words)]
            self.explained.emit(f"{words} changed; {native('Ctrl+Z')} in the list of runs takes it back.")

    def _write(self, folder: Path, change: Change) -> bool:
        try:
            self._annotate(folder, change)
        except Trouble as trouble:
            self.troubled.emit(trouble.message, trouble.advice)
            return False
        self.changed.emit()
        return True


def _add(menu: QMenu, words: str, key: str, do: Callable[[], None] | None, possible: bool) -> None:
    if do is None:
        menu.addSeparator()
        return
    action = menu.addAction(f"{words}\t{native(key)}" if key else words)
    action.triggered.connect(do)
    action.setEnabled(possible)
