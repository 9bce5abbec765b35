"""What differs between the runs on show: the settings that are not the same, and what came of them."""

from typing import ClassVar

from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from engine.events import Branched, Event, Turned
from engine.recording import Recording
from gui.export.sheet import Sheet
from gui.panels.differences_figure import differences_figure
from gui.panels.differences_picture import Differences, DifferencesOptions, differences
from gui.panels.differences_totals import DECIDES, Totals
from gui.panels.panel import ComparingPanel
from gui.theme import Theme
from gui.widgets.difference_table import DifferenceTable
from gui.widgets.empty_note import EmptyNote
from gui.widgets.icon_button import IconButton

EMPTY = ("What runs have not in common appears here", "Start a run, or open one, and tick others in the library.")


class DifferencesPanel(ComparingPanel):
    title = "What differs"
    help = "the settings that differ between the runs on show, and what came of them."
    watches: ClassVar[tuple[type[Event], ...]] = (*DECIDES, Branched, Turned)
    beat = 0.25
    Options = DifferencesOptions
    options: DifferencesOptions

    # what it is made of

    def build(self) -> None:
        self._totals = Totals()
        self.table, self.note = DifferenceTable("What differs between runs"), EmptyNote()
        self.note.say(*EMPTY)
        self.copy = IconButton("copy", "Copy as a table")
        self.heading = QWidget()
        self.heading.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row, column = QHBoxLayout(self.heading), QVBoxLayout(self.body)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch()
        row.addWidget(self.copy)
        column.setContentsMargins(10, 2, 10, 6)  # the table has room for the ring of the focus
        column.addWidget(self.table)
        column.addWidget(self.note)
        self.copy.clicked.connect(self.copy_table)
        self.table.pointed.connect(self.explained)

    def title_row(self) -> list[QWidget]:
        return [self.heading]

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        for widget in (self.table, self.note, self.copy):
            widget.dress(theme)
        self.copy.setHidden(theme.lecture)

    # what it shows

    def picture(self, recording: Recording, step: int, options: DifferencesOptions) -> Differences | None:
        runs = self.on_show.of(recording)
        return differences(runs, step, options, self._totals) if runs else None

    def draw(self, picture: Differences | None) -> None:
        if picture:
            self.table.show_table(*picture)
        self.note.stand_in_for(self.table, empty=picture is None)
        self.copy.setEnabled(picture is not None)

    def figure(self, picture: Differences | None) -> Sheet:
        return differences_figure(picture)

    # the person

    def copy_table(self) -> None:
        """To the clipboard, for a spreadsheet."""
        QApplication.clipboard().setText(self.table.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and self.table.hasFocus():
            self.copy_table()
        else:
            super().keyPressEvent(event)


if __name__ == "__main__":
    from gui.panels.preview import preview

    preview(DifferencesPanel)
