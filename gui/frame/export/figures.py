"""Exporting from the window: which figure is meant, the dialog about it, and a figure that is dragged out."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING
from weakref import finalize

from PySide6.QtCore import QMimeData, QObject, Qt, QUrl
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication

from engine.trouble import Trouble
from gui.frame.export.line import WorkLine
from gui.panels.loss import LossPanel
from gui.panels.panel import Panel

if TYPE_CHECKING:
    from gui.export.wish import Wish
    from gui.frame.export.work import Dragged, Subject
    from gui.window import Window

KEPT = "export"  # in the memory
DRAG = "drag"
DRAWING = "Drawing the figure: keep the button down."
SMALL = 160  # pixels: the picture under the pointer


class ExportFigures(QObject):
    """What draws is loaded when it is first needed: starting must be quick."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self._folder: Path | None = None  # what was dragged out is read later, by others
        self._line = WorkLine((DRAG,), self)
        self._line.failed.connect(self._say_failed)
        for dock in window.desk.docks.values():
            dock.title_row.export_asked.connect(self.ask_about)
            dock.title_row.dragged_out.connect(self.drag)

    def ask(self) -> None:
        """About the panel that has the focus; about the loss where none has it."""
        self.ask_about(focused(self._window.panels))

    def ask_about(self, panel: Panel) -> None:
        """Opens the dialog, or says why there is nothing to export."""
        subject = self._subject(panel)
        if subject is None:
            return
        from gui.frame.export.command import command_of
        from gui.frame.export.dialog import ExportDialog

        window = self._window
        command = partial(command_of, window.session, panel, subject)
        dialog = ExportDialog(window, window.theme, subject, self._wish(), command)
        dialog.wished.connect(self._keep)
        dialog.told.connect(self._say_saved)
        dialog.open()

    def drag(self, panel: Panel) -> None:
        """Draw the figure in the background; the drag begins once it is there, if the button is still down."""
        subject = self._subject(panel)
        if subject is None:
            return
        from gui.frame.export.work import dragged

        try:
            folder = self._place()
        except OSError as error:
            self._tell(Trouble(f"No file can be made to be dragged: {error.strerror}.", "Save the figure instead."))
            return
        self._window.status_line.explain(DRAWING)
        work = partial(dragged, subject, self._wish().paper, folder)
        self._line.ask(DRAG, work, partial(self._begin_drag, panel))

    # how it is done

    def _subject(self, panel: Panel) -> "Subject | None":
        """The figure as it is now; None where there is none, which is said."""
        from gui.export.provenance import provenance
        from gui.frame.export.work import Subject

        session = self._window.session
        step = session.playhead.step
        sheet = panel.on_paper(session.recording, step)
        if sheet.empty:
            self._tell(Trouble(f"{panel.title} has nothing to export yet.", sheet.empty))
            return None
        return Subject(sheet, provenance(session.recording, session.main.name, step, panel.title))

    def _begin_drag(self, panel: Panel, made: "Dragged") -> None:
        """Of a file: that is what folders, slides and letters take."""
        if not QApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            return
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(made.path))])
        mime.setData(made.mime, made.path.read_bytes())
        drag = QDrag(self._window)
        drag.setMimeData(mime)
        drag.setPixmap(panel.grab().scaledToWidth(SMALL, Qt.TransformationMode.SmoothTransformation))
        drag.exec(Qt.DropAction.CopyAction)

    def _place(self) -> Path:
        """A folder that goes when this program ends."""
        if self._folder is None:
            self._folder = Path(mkdtemp(prefix="terrarium-"))
            finalize(self, rmtree, self._folder, ignore_errors=True)
        return self._folder

    def _wish(self) -> "Wish":
        from gui.export.wish import remembered

        return remembered(self._window.memory.word(KEPT, ""))

    def _keep(self, wish: "Wish") -> None:
        self._window.memory.keep_word(KEPT, wish.model_dump_json())

    def _say_saved(self, words: str, folder: Path) -> None:
        self._window.head.notice.tell(words, folder=folder)

    def _say_failed(self, _: str, trouble: Trouble) -> None:
        self._tell(trouble)

    def _tell(self, trouble: Trouble) -> None:
        self._window.steering.troubled.emit(trouble.message, trouble.advice)


def focused(panels: Sequence[Panel]) -> Panel:
    """The one with the focus in it; else the loss."""
    widget = QApplication.focusWidget()
    inside = (panel for panel in panels if widget and (panel is widget or panel.isAncestorOf(widget)))
    return next(inside, next(panel for panel in panels if isinstance(panel, LossPanel)))
