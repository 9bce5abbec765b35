"""The dialog that takes a panel's figure out of the window: on which paper, how it looks, which numbers go with it.

Everything that takes time is done in the background, so that it opens at once and the training goes on.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QDialog, QWidget

from engine.trouble import Trouble
from gui.export.file_names import file_name
from gui.export.wish import Wish
from gui.frame.export.footer import THERE
from gui.frame.export.line import WorkLine
from gui.frame.export.parts import Parts
from gui.frame.export.sheet import export_sheet, reading_theme
from gui.frame.export.words import bytes_words, saved_words
from gui.frame.export.work import (
    Measured,
    Preview,
    Subject,
    lying,
    measured,
    pictured,
    previewed,
    saved,
    vectored,
)
from gui.theme import LIGHT, Theme

WIDTH, HEIGHT, LEAST_WIDTH, LEAST_HEIGHT = 1280, 792, 940, 560  # pixels at reading size
SHARE = 0.96  # of the window, at most
SAVE, COPY, PREVIEW, MEASURE = "save", "copy", "preview", "measure"
PICTURE_COPIED = "Copied as a picture: paste it anywhere."
VECTOR_COPIED = "Copied as SVG and PDF: paste it where pictures can be enlarged."


class ExportDialog(QDialog):
    """Works on a sheet as it was when it opened; what is chosen is told by `wished`, also where nothing is saved."""

    wished = Signal(object)  # Wish
    told = Signal(str, object)  # a sentence: which files there are; and Path of their folder

    def __init__(
        self, parent: QWidget, theme: Theme, subject: Subject, wish: Wish, command: Callable[[Wish], str]
    ) -> None:
        """`command` says how the same is asked for on the command line."""
        super().__init__(parent)
        self._window = parent.window()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_WindowPropagation)  # font and palette as in the window
        self.setWindowTitle("Export")
        self._subject, self._wish, self._command = subject, wish, command
        self._size, self._replaces = "", False
        folder = Path(wish.folder) if wish.folder else Path.home()
        name = file_name(subject.origin, "pdf").removesuffix(".pdf")
        self.line = WorkLine((SAVE, COPY, PREVIEW, MEASURE), self)
        self.parts = Parts(self, subject, name, folder)
        self._connect()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # so that no button wears a ring before a key is pressed
        self.setFocus()
        QWidget.setTabOrder(self.parts.footer.save, self.parts.close_button)
        self.dress(reading_theme(theme))
        self._show_wish()

    def accept(self) -> None:
        """Save, and close when that is done."""
        footer, wish = self.parts.footer, self._wish
        if not footer.save.isEnabled():
            return
        path, overwrite = footer.path(), self._replaces
        for name in (PREVIEW, MEASURE):
            self.line.call_off(name)
        footer.save.setEnabled(False)
        self.line.ask(SAVE, lambda: saved(self._subject, wish, path, overwrite), self._saved)

    def dress(self, theme: Theme) -> None:
        """A theme to be read at arm's length."""
        self.setStyleSheet(export_sheet(theme))
        self.setFont(theme.font("body"))
        self.parts.dress(theme)
        scale = theme.pixels("small") / LIGHT.pixels("small")
        room = self._window.size() * SHARE
        least = QSize(round(LEAST_WIDTH * scale), round(LEAST_HEIGHT * scale))
        self.setMinimumSize(least)
        self.resize(QSize(round(WIDTH * scale), round(HEIGHT * scale)).boundedTo(room).expandedTo(least))

    # what a person does

    def _connect(self) -> None:
        parts = self.parts
        parts.presets.chosen.connect(parts.form.choose_preset)
        parts.form.edited.connect(self._choose)
        parts.form.refused.connect(parts.say_trouble)
        parts.numbers.edited.connect(self._choose_beside)
        parts.middle.resized.connect(self._draw)
        parts.close_button.clicked.connect(self.reject)
        footer = parts.footer
        footer.renamed.connect(self._look_there)
        footer.copy_picture.clicked.connect(self._copy_picture)
        footer.copy_vector.clicked.connect(self._copy_vector)
        footer.save.clicked.connect(self.accept)
        self.line.failed.connect(self._say_failed)
        self.line.moved.connect(self._show_progress)
        self.finished.connect(self._end)

    def _choose(self, choices: dict[str, Any]) -> None:
        """Something about the paper."""
        self._wish = self._wish.on(**choices)
        self._show_wish()
        self._draw()

    def _choose_beside(self, choices: dict[str, Any]) -> None:
        self._wish = self._wish.but(**choices)
        self._show_wish()

    def _show_wish(self) -> None:
        wish, parts = self._wish, self.parts
        parts.say_trouble("")
        parts.presets.choose(wish.paper.preset, wish.paper.size)
        parts.form.show_paper(wish.paper)
        parts.numbers.show_wish(wish)
        parts.middle.command.show_command(self._command(wish))
        parts.footer.show_ending(wish.paper.format)
        self._look_there()

    def _look_there(self) -> None:
        """Whether something would be replaced; said before it is."""
        footer = self.parts.footer
        path = footer.path()
        self._replaces = bool(path.name) and lying(self._wish, path)
        footer.save.setText("Replace" if self._replaces else "Save")
        footer.save.setEnabled(bool(path.name) and self.line.share(SAVE) is None)
        footer.say(THERE if self._replaces else self._size, "warn" if self._replaces else "ink3")

    def _copy_picture(self) -> None:
        paper = self._wish.paper
        self.line.ask(COPY, lambda: pictured(self._subject, paper), self._picture_made)

    def _copy_vector(self) -> None:
        paper = self._wish.paper
        self.line.ask(COPY, lambda: vectored(self._subject, paper), self._vector_made)

    # what is made of it

    def _draw(self) -> None:
        """The page anew, then the file, to look into it."""
        paper, room = self._wish.paper, self.parts.middle.page.room()
        self.line.ask(PREVIEW, lambda: previewed(self._subject, paper, room), self._show_preview)
        self.line.ask(MEASURE, lambda: measured(self._subject, paper), self._show_measured)

    def _show_preview(self, preview: Preview) -> None:
        self.parts.middle.show_preview(preview, self._subject.sheet)
        self.parts.form.show_size(*preview.paper.size)
        self.parts.show_on_page(self.parts.middle.image(), preview.paper)

    def _show_measured(self, made: Measured) -> None:
        self._size = bytes_words(made.size)
        self.parts.middle.show_measured(made)
        self._look_there()

    def _picture_made(self, png: bytes) -> None:
        mime = QMimeData()
        mime.setImageData(QImage.fromData(png))
        mime.setData("image/png", png)
        self._copied(mime, PICTURE_COPIED)

    def _vector_made(self, made: dict[str, bytes]) -> None:
        mime = QMimeData()
        for kind, contents in made.items():
            mime.setData(kind, contents)
        self._copied(mime, VECTOR_COPIED)

    def _copied(self, mime: QMimeData, words: str) -> None:
        QGuiApplication.clipboard().setMimeData(mime)
        self.parts.footer.say(words, "good")

    def _saved(self, paths: tuple[Path, ...]) -> None:
        self._wish = self._wish.but(folder=str(paths[0].parent))
        self.told.emit(saved_words(paths), paths[0].parent)
        super().accept()

    def _say_failed(self, name: str, trouble: Trouble) -> None:
        """In the page's place where it cannot be drawn, else above the foot."""
        words = f"{trouble.message} {trouble.advice}"
        if name == PREVIEW:
            self.parts.middle.show_failed(words)
        elif name != MEASURE:
            self.parts.say_trouble(words)
        self._look_there()

    def _show_progress(self) -> None:
        share = self.line.share(SAVE)
        self.parts.show_share(share)

    def _end(self) -> None:
        """Closed, in whatever way: nobody waits for anything any more."""
        self.line.end()
        self.wished.emit(self._wish)
