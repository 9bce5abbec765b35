"""How what the export dialog does is asked for on the command line."""

from pathlib import Path

from engine.folders import runs_folder
from gui.bundled import is_bundled
from gui.export.command_words import command_for
from gui.export.order import Zoom
from gui.export.paper import Paper
from gui.export.sheet import Sheet
from gui.export.wish import Wish
from gui.frame.export.work import Subject
from gui.panels.panel import ComparingPanel, Panel
from gui.session import Session


def command_of(session: Session, panel: Panel, subject: Subject, wish: Wish) -> str:
    """For a figure of the run on show, with the runs beside it where the panel shows them."""
    step = subject.origin.step
    folders = [Path(run.key) for run in session.shown()[1:]] if isinstance(panel, ComparingPanel) else []
    return command_for(
        meant(session.folder) if session.folder else session.main.name,
        panel.title,
        wish.paper,
        None if step == session.recording.last_step else step,
        panel.options,
        [meant(folder) for folder in folders if folder.is_dir()],
        zoom_of(subject.sheet, wish.paper),
        wish.numbers,
        wish.whole,
        wish.script,
    )


def meant(folder: Path) -> str:
    """The name of a run where that is enough, else its place."""
    known = is_bundled(folder) or folder.resolve().parent == runs_folder().resolve()
    return folder.name if known else str(folder)


def zoom_of(sheet: Sheet, paper: Paper) -> Zoom:
    """The stretch on screen, where a person has zoomed in."""
    for plot in sheet.plots:
        if plot.whole and paper.range == "seen":
            return Zoom((plot.x.low, plot.x.high), (plot.y.low, plot.y.high))
    return Zoom()
