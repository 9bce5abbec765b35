"""What a person is asked about set-ups and published models: which to open, and where to write one."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QFileDialog

from engine.commands import WaitAt
from engine.setup_file import ENDING, Look, Setup, is_setup
from engine.trouble import Trouble
from gui.frame.dialogs import file_dialog
from gui.frame.layouts import LAYOUTS
from gui.frame.open_model_dialog import OpenModelDialog
from gui.frame.open_setup_dialog import OpenSetupDialog
from gui.frame.save_setup_dialog import SaveSetupDialog
from gui.text import one_line

if TYPE_CHECKING:
    from engine.settings import Settings
    from gui.window import Window

SETUPS = f"Set-ups (*{ENDING});;All files (*)"
OPENED = "The set-up{} is made ready; press play to train."


class SetupDialogs:
    """Opens each of them over the window, and carries out what comes of it."""

    def __init__(self, window: "Window") -> None:
        self._window = window

    def takes(self, path: str) -> bool:
        """Whether what was dropped or named is one of these."""
        from engine.export.importing import is_model  # seldom needed

        return is_setup(Path(path)) or is_model(Path(path))

    def open(self, path: str) -> None:
        """A set-up, or the folder of a published model."""
        if is_setup(Path(path)):
            self.open_setup(path)
        else:
            self.open_model(path)

    # set-ups

    def ask_for_setup(self) -> None:
        dialog = file_dialog(self._window, "Open set-up", SETUPS)
        dialog.fileSelected.connect(self.open_setup)
        dialog.open()

    def open_setup(self, path: str) -> None:
        """Says what it holds first: it may come from anybody."""
        dialog = OpenSetupDialog(self._window, self._window.theme, Path(path))
        dialog.chosen.connect(self._begin)
        dialog.open()

    def ask_where(self) -> None:
        """Writes what the form shows for the next run, and how the window looks."""
        window = self._window
        if (settings := self._chosen()) is None:
            return
        dialog = SaveSetupDialog(window, window.theme, window.session.main.name, settings, self.look())
        dialog.saved.connect(self._say_where)
        dialog.open()

    def look(self) -> Look:
        """How the window looks: layout, places that were chosen by hand, and options that are not the usual ones."""
        window = self._window
        places = bytes(window.desk.state().toBase64().data()).decode("ascii") if window.desk.touched else ""
        options = {panel.title: panel.options.model_dump(mode="json", exclude_defaults=True) for panel in window.panels}
        changed = {title: chosen for title, chosen in options.items() if chosen}
        return Look(layout=window.layout_name, places=places, panels=changed)

    def wear(self, look: Look) -> None:
        """Look like that, as far as it is known here."""
        window = self._window
        if look.layout in LAYOUTS:
            window.show_layout(look.layout)
            if look.places:
                window.desk.arrange(LAYOUTS[look.layout], QByteArray.fromBase64(look.places.encode("ascii", "ignore")))
        for panel in window.panels:
            usual = panel.Options().model_dump() if look.layout else {}  # of a run alone nothing is known
            said = look.panels.get(panel.title, {})
            known = {name: value for name, value in said.items() if name in panel.Options.model_fields}
            try:
                panel.choose(**{**usual, **known})
            except Trouble as trouble:  # of another version: the rest is as it was written
                words = f"{panel.title} looks as usual: {trouble.message}"
                window.head.notice.tell(words, trouble.advice)

    def _begin(self, setup: Setup) -> None:
        self.wear(setup.window)
        self._start(setup.settings, f" of {one_line(setup.name)}" if setup.name else "")
        if setup.stop_at and setup.stop_at < setup.settings.horizon:
            self._window.session.send(WaitAt(setup.stop_at))

    def _chosen(self) -> "Settings | None":
        """What the form shows for the next run; None where that cannot be, which is said."""
        steering = self._window.steering
        try:
            return steering.chosen()
        except Trouble as trouble:
            steering.troubled.emit(trouble.message, trouble.advice)
            return None

    def _say_where(self, path: Path) -> None:
        where = one_line(str(path.parent))
        self._window.head.notice.tell(f"{one_line(path.name)} is written.", f"It is in {where}.", folder=path.parent)

    # models

    def ask_for_model(self) -> None:
        dialog = file_dialog(self._window, "Open model: the folder it was saved in", "")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.open_model)
        dialog.open()

    def open_model(self, path: str) -> None:
        """Says first what it is, and what training it takes."""
        window = self._window
        if (chosen := self._chosen()) is None:
            return
        dialog = OpenModelDialog(window, window.theme, Path(path), chosen)
        dialog.chosen.connect(self._start)
        dialog.open()

    def _start(self, settings: "Settings", whose: str = "") -> None:
        window = self._window
        window.steering.begin(settings)
        window.take_in()
        window.status_line.explain(
            OPENED.format(whose) if whose else "The model is made ready; press play to train it on."
        )
