"""The middle of the export dialog: the page as other eyes see it, what is true of it, and the command that makes it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gui.export.eyesight import Sight
from gui.export.sheet import Sheet
from gui.frame.export.words import LOOKING, file_check, grey_check, paper_words, size_words, view_check
from gui.frame.export.work import Measured, Preview
from gui.theme import Theme
from gui.widgets.export_checks import Checks
from gui.widgets.export_command import CommandLine
from gui.widgets.export_preview import ACROSS, PagePreview
from gui.widgets.labels import ElidedLabel, PlainLabel
from gui.widgets.segments import Segments

SIGHT_WORDS = {"colour": "In colour", "grey": "In grey", "colour-blind": "Colour-blind view"}
ALIGNED, SIDES = 72, 16  # pixels from the left, at most; at both sides
FILE, GREY, VIEW = range(3)  # places of the checks


class ExportMiddle(QFrame):
    resized = Signal()  # the preview has another amount of room

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("exportMiddle")
        self._preview: Preview | None = None
        self.sights = Segments("Seen", SIGHT_WORDS)
        self.sights.chosen.connect(self._show_pixels)
        self.page, self.checks, self.command = PagePreview(), Checks(3), CommandLine()
        self.page.resized.connect(self._resize)
        self.measures, self.facts = PlainLabel("", "small", strong=True), ElidedLabel("", "small", "ink3")
        self._about, self._below = QHBoxLayout(), QHBoxLayout()
        self._build()
        self.checks.show_check(FILE, LOOKING)

    def show_preview(self, preview: Preview, sheet: Sheet) -> None:
        """The page, and what is known from drawing it."""
        self._preview = preview
        self._show_pixels()
        self.measures.setText(size_words(preview.paper))
        self._show_facts()
        self.checks.show_check(GREY, grey_check(preview.lost))
        self.checks.show_check(VIEW, view_check(sheet, preview.paper))
        self._stand()

    def show_measured(self, measured: Measured) -> None:
        """What is known from looking into the file."""
        self.checks.show_check(FILE, file_check(measured))
        self._stand()

    def show_failed(self, words: str) -> None:
        """In place of the page."""
        self._preview = None
        self.page.show_words(words)

    def image(self) -> QImage:
        """The page in colour."""
        return picture(self._preview, "colour") if self._preview else QImage()

    def dress(self, theme: Theme) -> None:
        for part in (self.sights, self.page, self.checks, self.command):
            part.dress(theme)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDES, 14, SIDES, 16)
        column.setSpacing(8)
        column.addWidget(self.sights, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.page, 1)
        about = self._about
        about.setSpacing(10)
        about.addWidget(self.measures)
        about.addWidget(self.facts, 1)
        column.addLayout(about)
        self._below.addWidget(self.checks, 1)
        column.addLayout(self._below)
        column.addWidget(self.command)

    def _resize(self) -> None:
        self._show_facts()
        self._stand()
        self.resized.emit()

    def _stand(self) -> None:
        """However much the page leaves at its left: that hangs on how the checks stand, and would never settle."""
        self.checks.stand(self.width() - 2 * SIDES - ALIGNED)

    def _show_facts(self) -> None:
        left = round(self.page.page_box().left())  # words begin where the page does, unless it is narrow
        left = left if left <= ALIGNED else ACROSS
        self._about.setContentsMargins(left, 0, 0, 0)
        self._below.setContentsMargins(left, 4, 0, 12)
        if self._preview:
            self.facts.show_text(paper_words(self._preview.paper, self.page.share))

    def _show_pixels(self) -> None:
        if self._preview:
            sight = next(sight for sight in self._preview.pixels if sight == self.sights.value)
            self.page.show_page(picture(self._preview, sight), *self._preview.paper.size)


def picture(preview: Preview, sight: Sight) -> QImage:
    """A copy, so that Qt holds nothing of an array."""
    pixels_YXC = preview.pixels[sight]
    height, width, _ = pixels_YXC.shape
    return QImage(pixels_YXC.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()
