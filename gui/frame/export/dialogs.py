"""Exporting more than a figure: films, reports and models. Says why where there is nothing yet, else asks how."""

from pathlib import Path
from typing import TYPE_CHECKING

from gui.bundled import is_bundled
from gui.frame.export.figures import focused
from gui.text import one_line

if TYPE_CHECKING:
    from gui.export.film.choices import Film
    from gui.frame.film.stage import Shot
    from gui.window import Window

FILM, FOLDER = "film", "export folder"  # in the memory
WINDOW = "Whole window"
NOTHING = "Nothing was recorded yet.", "Train first: press play."
NO_MODEL = "No checkpoint of this run is kept yet.", "Keep one while it trains: Run, Save now."
BUNDLED = "This run came with the program, without its model.", "Train one of your own."


class ExportDialogs:
    """Opens each of them over the window. What draws and writes is loaded when it is first needed."""

    def __init__(self, window: "Window") -> None:
        self._window = window

    def ask_for_film(self) -> None:
        """Of the panel that has the focus, if nothing else is chosen."""
        window = self._window
        if not self._recorded():
            return
        from gui.export.provenance import provenance
        from gui.frame.film.dialog import FilmDialog

        recording = window.session.recording
        origin = provenance(recording, window.session.main.name, recording.last_step)
        dialog = FilmDialog(window, window.theme, origin, self._shots(), self._film(), self._folder())
        dialog.wished.connect(self._keep_film)
        dialog.told.connect(self._say_where)
        dialog.open()

    def ask_for_report(self) -> None:
        """Of the run on show."""
        window = self._window
        if not self._recorded():
            return
        from gui.frame.report_dialog import ReportDialog, WindowSheets

        sheets = WindowSheets(window.session, window.panels)
        dialog = ReportDialog(window, window.theme, sheets, self._folder())
        dialog.told.connect(self._say_where)
        dialog.open()

    def ask_for_model(self) -> None:
        """Of the run on show."""
        window, run = self._window, self._window.session.folder
        kept = window.session.kept() if run else []
        if run is None or not kept:
            window.steering.troubled.emit(*(BUNDLED if run and is_bundled(run) else NO_MODEL))
            return
        from gui.frame.model_dialog import ModelDialog

        dialog = ModelDialog(window, window.theme, run, kept, window.session.recording, self._folder())
        dialog.told.connect(self._say_where)
        dialog.open()

    # what is remembered, and what there is

    def _recorded(self) -> bool:
        """Else it is said that nothing is."""
        if self._window.session.recording.last_step:
            return True
        self._window.steering.troubled.emit(*NOTHING)
        return False

    def _shots(self) -> "list[Shot]":
        """The panels on show, the one with the focus first; then the window."""
        from gui.frame.film.stage import PanelStage, Shot, WindowStage

        window = self._window
        first = focused(window.panels)
        shown = [panel for panel in window.panels if panel.isVisible() and panel is not first]
        panels = [first, *shown]
        shots = [Shot(panel.title, panel.title, PanelStage(window.session, panel)) for panel in panels]
        return [*shots, Shot(WINDOW, "", WindowStage(window))]

    def _film(self) -> "Film":
        """As the last one was wished for, but from the first step to the last."""
        from engine.trouble import Trouble
        from gui.export.film.choices import Film

        try:
            film = Film.model_validate_json(self._window.memory.word(FILM, ""))
        except (ValueError, TypeError, Trouble):  # of another version, or none
            return Film()
        return Film(**{**film.model_dump(), "first": 0, "last": 0})

    def _keep_film(self, film: "Film") -> None:
        self._window.memory.keep_word(FILM, film.model_dump_json())

    def _folder(self) -> Path:
        """Where something was written last."""
        kept = self._window.memory.word(FOLDER, "")
        return Path(kept) if kept and Path(kept).is_dir() else Path.home()

    def _say_where(self, path: Path) -> None:
        self._window.memory.keep_word(FOLDER, str(path.parent))
        where = one_line(str(path.parent))
        self._window.head.notice.tell(f"{one_line(path.name)} is written.", f"It is in {where}.", folder=path.parent)
