"""What the export dialog is made of: head, presets, page, form and foot, each in its place."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui.export.paper import Paper
from gui.frame.export.footer import Footer
from gui.frame.export.form import PaperForm, head, ruled
from gui.frame.export.middle import ExportMiddle
from gui.frame.export.numbers import NumbersForm
from gui.frame.export.work import Subject
from gui.text import one_line, prose
from gui.theme import LIGHT, Theme
from gui.widgets.export_page import PageSketch
from gui.widgets.export_presets import PresetList
from gui.widgets.hairline import Hairline
from gui.widgets.icon_button import IconButton
from gui.widgets.labels import ElidedLabel, PlainLabel
from gui.widgets.progress_line import ProgressLine

LEFT, RIGHT, HEAD = 248, 304, 54  # pixels at reading size
A4 = "A4, two columns"


class Parts:
    def __init__(self, dialog: QDialog, subject: Subject, name: str, folder: Path) -> None:
        sheet, origin = subject
        self.presets, self.page = PresetList(), PageSketch()
        self._page_head, self._page_words = head("On the page"), PlainLabel(A4, "caption", "ink3")
        self.middle, self.form, self.numbers = ExportMiddle(), PaperForm(sheet), NumbersForm()
        self.footer = Footer(name, folder)
        self.close_button = IconButton("close", "Close", "Esc")
        self.about = ElidedLabel("", "small", "ink2")
        self.about.show_text(f"{sheet.title}, {one_line(origin.run)}, step {origin.step:,}")
        self._trouble, self._trouble_words = QFrame(), PlainLabel("", "small")
        self._progress = ProgressLine()
        self._head = QWidget()
        column = QVBoxLayout(dialog)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self._heading(), Hairline()):
            column.addWidget(part)
        column.addLayout(self._sides(), 1)
        for part in (self._trouble_bar(), self._progress, Hairline(), self.footer):
            column.addWidget(part)

    def say_trouble(self, words: str) -> None:
        """Above the foot; "" for none."""
        self._trouble_words.setText(prose(words))
        self._trouble.setVisible(bool(words))

    def show_share(self, share: float | None) -> None:
        """Of the saving that is done; None where nothing is saved."""
        self._progress.show_share(share)

    def show_on_page(self, image: QImage, paper: Paper) -> None:
        """Where the figure has a place on one."""
        self.page.show_figure(image, *paper.size)
        for part in (self._page_head, self._page_words, self._page_line):
            part.setVisible(self.page.fits)

    def dress(self, theme: Theme) -> None:
        scale = theme.pixels("small") / LIGHT.pixels("small")
        for part in (self.presets, self.page, self.middle, self.form, self.numbers, self.footer, self.close_button):
            part.dress(theme)
        self._left.setFixedWidth(round(LEFT * scale))
        self._right.setFixedWidth(round(RIGHT * scale) + 24)
        self._head.setFixedHeight(round(HEAD * scale))

    def _heading(self) -> QWidget:
        row = QHBoxLayout(self._head)
        row.setContentsMargins(24, 0, 18, 0)
        row.setSpacing(12)
        row.addWidget(PlainLabel("Export", "readout", strong=True))
        row.addWidget(self.about, 1)
        row.addWidget(self.close_button)
        return self._head

    def _sides(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(16, 16, 0, 16)
        row.setSpacing(16)
        for part in (self._left_side(), self.middle, self._right_side()):
            row.addWidget(part, int(part is self.middle))
        return row

    def _left_side(self) -> QWidget:
        self._left, self._page_line = QWidget(), QWidget()
        rule = QVBoxLayout(self._page_line)
        rule.setContentsMargins(0, 0, 0, 0)
        rule.setSpacing(0)
        ruled(rule)
        inside = QVBoxLayout()
        inside.setContentsMargins(8, 0, 8, 0)
        inside.setSpacing(8)
        for part in (self._page_line, self._page_head, self.page, self._page_words):
            inside.addWidget(part, int(part is self.page))
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        title = head("For")
        title.setContentsMargins(8, 4, 0, 0)
        column.addWidget(title)
        column.addWidget(self.presets)
        column.addLayout(inside)
        column.addStretch(1)
        return self._left

    def _right_side(self) -> QWidget:
        content, self._right = QWidget(), QScrollArea(widgetResizable=True)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 4, 24, 0)
        column.setSpacing(0)
        column.addWidget(self.form)
        ruled(column, 14)
        column.addWidget(self.numbers)
        column.addStretch()
        self._right.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._right.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it has the focus
        self._right.setWidget(content)
        return self._right

    def _trouble_bar(self) -> QWidget:
        self._trouble.setObjectName("exportTrouble")
        self._trouble_words.setWordWrap(True)
        row = QHBoxLayout(self._trouble)
        row.setContentsMargins(24, 8, 24, 8)
        row.addWidget(self._trouble_words, 1)
        self._trouble.hide()
        return self._trouble
