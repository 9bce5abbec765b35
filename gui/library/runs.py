"""The content of the dock "Runs": all recorded runs, found by a word, laid over each other by a tick.

The disk is looked at by a thread beside, at most every two seconds and only while the list is seen.
"""

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from engine import annotations
from engine.library import Entry, Library
from engine.trouble import Trouble
from gui.explain import explain
from gui.form.experiment import NEXT_RUN
from gui.icons import icon
from gui.library.aside import Aside, Task
from gui.library.row_actions import Annotate, RowActions
from gui.library.rows import Row, can_be_opened, flat, rows
from gui.library.tree import RunTree
from gui.theme import LIGHT, Theme
from gui.widgets.empty_note import EmptyNote
from gui.widgets.hairline import Hairline
from gui.widgets.icon_button import IconButton
from gui.widgets.labels import PlainLabel
from gui.widgets.shown import Shown

LOOK_EVERY_MS = 2000
NONE_YET = "No run is recorded yet", "Press play: every run is kept here by itself."
NONE_FOUND = "No run is called or set like that", "Settings are found as width=128 or loss<2."
NEW = "Begin a new run with the chosen settings"
SEARCH = "Name, tag or setting"
SEARCH_HELP = "Find runs by their name, a tag or a setting, such as width=128 or loss<2"
TRAINS = "What trains here stays on show until it ends."
ALWAYS = "The run that is open is always on show; open another one to take it off."


class Runs(QWidget):
    open_asked = Signal(str)  # folder
    shown_changed = Signal(list)  # folders of the runs to be laid beside the open one
    duplicate_asked = Signal(dict)  # settings, as they were recorded
    new_asked = Signal()
    chosen = Signal(str)  # folder of the run that the keys are on; "" for none
    deletion_asked = Signal(list)  # folders that are about to go: who holds them open lets go of them now
    troubled = Signal(str, str)
    explained = Signal(str)

    def __init__(self, library: Library, annotate: Annotate = annotations.write, parent: QWidget | None = None) -> None:
        """`annotate` changes what is written on a run, be it one that this window records."""
        super().__init__(parent)
        self._library, self._entries, self._looked = library, tuple[Entry, ...](), False
        self._shown: tuple[Shown, ...] = ()
        self._aside = Aside(self)
        self._clock = QTimer(self, interval=LOOK_EVERY_MS)
        self._clock.timeout.connect(self.look)
        self.count, self.add = PlainLabel("", "body", "ink3"), IconButton("plus", NEW, NEXT_RUN)
        self.search, self.tree, self.empty = SearchField(), RunTree(), EmptyNote()
        self.doing = RowActions(self.tree, annotate, self)
        self._build()
        self._connect()
        self.dress(LIGHT)

    def title_row(self) -> list[QWidget]:
        """What stands beside the title of the dock."""
        self.count.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.count.setAccessibleName("Number of runs")
        return [self.count, self.add]

    def hold(self, form: QWidget) -> None:
        """A form under the list, such as the one of a new branch, below a line that comes and goes with it."""
        self._line.setVisible(not form.isHidden())
        self._foot.addWidget(form)
        form.installEventFilter(self)

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`."""
        self.tree.dress(theme)
        self.search.dress(theme)
        self.empty.dress(theme)
        self.add.dress(theme)
        self.doing.theme = theme

    def show_shown(self, shown: tuple[Shown, ...]) -> None:
        """Which runs are on show, the open one first."""
        before, self._shown = self._shown, shown
        if [(one.key, one.place) for one in shown] != [(one.key, one.place) for one in before]:
            self.tree.rows.show_shown({_folder(one.key): one.place for one in shown})

    def look(self) -> None:
        """At the disk, unless somebody does already."""
        if not self._aside.busy:
            self._aside.begin(Task(self._library.entries, self._take_in, self._tell))

    # what Qt tells

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start()
        self.look()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._line.setVisible(event.type() == QEvent.Type.ShowToParent)
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    # inside

    def _take_in(self, entries: tuple[Entry, ...]) -> None:
        same = self._looked and list(map(id, entries)) == list(map(id, self._entries))
        self._entries, self._looked = entries, True
        if not same:
            self.doing.known_tags = tuple(sorted({tag for entry in entries for tag in entry.tags}))
            self._show()

    def _show(self) -> None:
        found = rows(self._entries, self.search.text())
        self.tree.show_rows(found)
        runs, every = {entry.key for row in flat(found) for entry in row.entries}, len(self._entries)
        filtered = bool(self.search.text().strip())
        self.count.setText(f"{len(runs):,} of {every:,}" if filtered else f"{every:,}" if every else "")
        if self._looked:
            self.empty.say(*(NONE_FOUND if self._entries else NONE_YET))
            self.empty.stand_in_for(self.tree, not found)

    def _search(self) -> None:
        self._show()

    def _tick(self, row: Row, on: bool) -> None:
        """All runs of a row together; the open one stays."""
        asked, (opened, *beside) = [entry.key for entry in row.entries], self._on_show() or [""]
        training = {_folder(one.key) for one in self._shown if one.live}
        if not on and asked == [opened]:
            self.explained.emit(ALWAYS)
            return
        if not on and training & set(asked):
            self.explained.emit(TRAINS)
        kept = [key for key in beside if os.path.isabs(key) and key not in asked]
        self.shown_changed.emit(kept + [key for key in asked if on and key != opened])

    def _on_show(self) -> list[str]:
        return [_folder(one.key) for one in self._shown]

    def _tick_chosen(self) -> None:
        for row in self.tree.chosen_rows()[:1]:
            self._tick(row, not all(entry.key in self._on_show() for entry in row.entries))

    def _open(self, row: Row) -> None:
        if can_be_opened(row.entries[0]):
            self.open_asked.emit(row.key)
        else:
            self.explained.emit(f"{row.name}: {row.says}")

    def _delete(self, folders: Sequence[Path], heavy_only: bool) -> None:
        """One after the other, beside; what cannot be deleted is told, and the others go all the same."""
        if not heavy_only:
            self.deletion_asked.emit([str(folder) for folder in folders])
        for folder in folders:
            self._aside.begin(Task(partial(self._library.delete, folder, heavy_only), self._look_again, self._tell))

    def _look_again(self, _: object = None) -> None:
        self._aside.begin(Task(self._library.entries, self._take_in, self._tell))

    def _tell(self, trouble: Trouble) -> None:
        self.troubled.emit(trouble.message, trouble.advice)

    def _tell_chosen(self) -> None:
        self.chosen.emit(key if os.path.isabs(key := self.tree.current_key()) else "")

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(_inset(self.search))
        column.addWidget(self.tree, 1)
        column.addWidget(self.empty, 1)
        self.empty.hide()
        self._foot = QVBoxLayout()
        self._line = Hairline()
        self._line.hide()
        self._foot.addLayout(_inset(self._line))
        column.addLayout(self._foot)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search)
        self.search.left.connect(self._enter_list)
        self.add.clicked.connect(self.new_asked)
        self.tree.open_asked.connect(self._open)
        self.tree.chosen.connect(self._tell_chosen)
        self.tree.rows.ticked.connect(self._tick)
        self.doing.open_asked.connect(self.open_asked)
        self.doing.tick_asked.connect(self._tick_chosen)
        self.doing.duplicate_asked.connect(self.duplicate_asked)
        self.doing.delete_asked.connect(self._delete)
        self.doing.changed.connect(self._look_again)
        self.doing.troubled.connect(self.troubled)
        self.doing.explained.connect(self.explained)

    def _enter_list(self) -> None:
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.tree.currentIndex().isValid():
            self.tree.setCurrentIndex(self.tree.rows.index(0, 0))


class SearchField(QLineEdit):
    """Esc empties it; Enter and the arrow down lead into the list."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(SEARCH)
        self.setClearButtonEnabled(False)
        explain(self, SEARCH, SEARCH_HELP)
        self._sign = self.addAction(icon("search", LIGHT.ink3), QLineEdit.ActionPosition.LeadingPosition)

    def dress(self, theme: Theme) -> None:
        self._sign.setIcon(icon("search", theme.ink3, round(16 * theme.scale)))
        self.setFixedHeight(round(32 * theme.scale))

    def event(self, event: QEvent) -> bool:
        """Esc is for these words, as long as there are any."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._empties(event):
            event.accept()
            return True
        return super().event(event)

    def _empties(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape and bool(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape if self.text():
                self.clear()
            case Qt.Key.Key_Down | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.left.emit()
            case _:
                super().keyPressEvent(event)


def _inset(widget: QWidget) -> QHBoxLayout:
    """As far from the border as the title."""
    row = QHBoxLayout()
    row.setContentsMargins(16, 0, 16, 0)
    row.addWidget(widget)
    return row


def _folder(key: str) -> str:
    """As the library names it, whatever links lead there."""
    return os.path.realpath(key) if os.path.isabs(key) else key
