"""Which actions there are, with their keys; all of them call bound methods of the window or of its steering."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from gui.form.experiment import NEXT_RUN
from gui.frame.export.dialogs import ExportDialogs
from gui.frame.layouts import LAYOUTS
from gui.frame.menus import Menus
from gui.sources import source_label

if TYPE_CHECKING:
    from gui.window import Window

THEMES = {
    "light": ("Light", "", "Light colours"),
    "dark": ("Dark", "", "Dark colours"),
    "projector": ("Projector", "", "Strong contrast and larger type"),
    "system": ("Follow the system", "", "Light or dark, as the system is"),
}
ANNEAL = "Bring the learning rate down from here on: the loss falls once more, and the run ends"


class Actions:
    """Fills the menus, and shows in them what is chosen and possible."""

    def __init__(self, window: "Window", menus: Menus) -> None:
        self._menus = menus  # Python must hold what it gave to the menu bar
        self._exports = ExportDialogs(window)
        self._file(window, menus)
        self._run(window, menus)
        self._view(window, menus)
        menus.add(menus.help, "Shortcuts…", window.show_shortcuts, "F1", "All keys")
        menus.add(menus.help, "The first run", window.run_wires.show_bundled, says="The recorded run that came along")
        menus.add(menus.help, "About…", window.show_about)

    def show_possible(self, wishes: set[str]) -> None:
        for wish, action in self._wishes.items():
            action.setEnabled(wish in wishes)

    def show_choice(self, layout: str, theme: str) -> None:
        self._layouts[layout].setChecked(True)
        self._themes[theme].setChecked(True)
        self._leave.setEnabled(LAYOUTS[layout].lecture)

    def show_recents(self, paths: list[str]) -> None:
        """Each action carries its path; a file name may hold anything."""
        self._recents.clear()
        for path in paths:
            action = self._recents.addAction(source_label(path).replace("&", "&&"))
            action.setStatusTip(path)
            action.setData(path)
        if not paths:
            self._recents.addAction("Nothing opened yet").setEnabled(False)

    def _file(self, window: "Window", menus: Menus) -> None:
        setups = window.texts.setups
        menus.add(menus.file, "Open text…", window.texts.ask_for_text, "Ctrl+O", "Learn from a text file")
        menus.add(
            menus.file, "Open folder…", window.texts.ask_for_folder, "Ctrl+Shift+O", "Learn from all texts in a folder"
        )
        self._recents = menus.file.addMenu("Open recent")
        self._recents.aboutToShow.connect(window.texts.show_recents)
        self._recents.triggered.connect(window.texts.open_recent)
        menus.file.addSeparator()
        menus.add(menus.file, "Open run…", window.dialogs.ask_which_to_show, "Ctrl+L", "Look at a recorded run")
        menus.add(menus.file, "Open model…", setups.ask_for_model, says="Look inside a published model, or train it on")
        menus.add(menus.file, "Import log…", window.logs.ask_for_log, says="Make a run of another program's log")
        menus.file.addSeparator()
        self._export(window, menus)
        menus.file.addSeparator()
        menus.add(menus.file, "Open set-up…", setups.ask_for_setup, says="Begin an experiment that was written down")
        menus.add(menus.file, "Save set-up…", setups.ask_where, says="Write this experiment down as one small file")
        menus.file.addSeparator()
        menus.add(menus.file, "Quit", window.close, "Ctrl+Q")

    def _export(self, window: "Window", menus: Menus) -> None:
        exports = self._exports
        menus.add(menus.file, "Export figure…", window.figures.ask, "Ctrl+Shift+E", "Take a chart or map out of here")
        menus.add(menus.file, "Export report…", exports.ask_for_report, says="All about this run on a page, or as PDF")
        menus.add(menus.file, "Export film…", exports.ask_for_film, says="A panel or the window from step to step")
        menus.add(menus.file, "Export model…", exports.ask_for_model, says="Write the model for other programs")
        menus.add(menus.file, "Export log…", window.logs.ask_where, says="Write the numbers of this run for others")

    def _run(self, window: "Window", menus: Menus) -> None:
        steering = window.steering
        menus.add(menus.run, "Play or pause", steering.play_or_pause, "Space", "Train, or wait")
        step = menus.add(menus.run, "One step", steering.step_once, "Right", "Train for a single step")
        menus.add(menus.run, "Restart", steering.restart, "Ctrl+R", "The same settings and seed from the first step")
        menus.add(
            menus.run, "Start next run", steering.begin_next, NEXT_RUN, "Begin a new run with the chosen settings"
        )
        menus.run.addSeparator()
        anneal = menus.add(menus.run, "Anneal now", steering.anneal, "Ctrl+E", ANNEAL)
        save = menus.add(menus.run, "Save now", steering.save, "Ctrl+S", "Keep a checkpoint of this step")
        back = menus.add(menus.run, "Go back…", window.dialogs.ask_where, "Ctrl+B", "Train on from an earlier step")
        resume = "Go on with a recorded run from its last checkpoint"
        menus.add(menus.run, "Resume a run…", window.dialogs.ask_which, "Ctrl+Shift+R", resume)
        self._wishes = {"step": step, "anneal": anneal, "save": save, "back": back, **self._time(window, menus)}

    def _time(self, window: "Window", menus: Menus) -> dict[str, QAction]:
        """What moves the playhead, and what is written on a step."""
        wires, menu = window.run_wires, menus.run
        menu.addSeparator()
        menus.add(menu, "Replay or stand still", wires.toggle_replay, "Shift+Space", "Play what was recorded once more")
        menus.add(menu, "One step back", wires.step_back, "Left", "Look at the step before")
        menus.add(menu, "Back to live", window.travel.live, "Ctrl+Right", "Show the newest step, and keep up with it")
        menus.add(
            menu, "Continue from here", window.travel.go_on, "Ctrl+Shift+Return", "A branch from the step on show"
        )
        menus.add(menu, "Note…", wires.ask_note_here, "Ctrl+J", "Write on the step on show")
        back = menus.add(menu, "Bring back the note", wires.bring_note_back, says="The last one that was deleted")
        return {"note back": back}

    def _view(self, window: "Window", menus: Menus) -> None:
        view = menus.view
        for dock in window.desk.docks.values():
            view.addAction(dock.toggleViewAction())
        view.addSeparator()
        layouts = {name: (name, layout.shortcut, layout.help) for name, layout in LAYOUTS.items()}
        self._layouts = menus.add_choice(view, layouts, window.choose_layout)
        menus.add(view, "Reset layout", window.reset_layout, says="Put the panels where they belong")
        menus.add(view, "Machine…", window.dialogs.show_machine, "Ctrl+I", "Speed, memory, time left and energy")
        view.addSeparator()
        self._themes = menus.add_choice(view.addMenu("Theme"), THEMES, window.choose_theme)
        menus.add(view, "Next theme", window.next_theme, "Ctrl+T")
        menus.add(view, "Full screen", window.toggle_full_screen, "F11")
        self._leave = menus.add(view, "Leave the lecture", window.leave_lecture, "Esc")
