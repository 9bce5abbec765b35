"""The window: puts its parts together and passes on what happens; each part knows its own business."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QResizeEvent,
    QStatusTipEvent,
)
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow

from engine.events import Chosen, Finished, Paced, Paused, Resumed, Rewound, Saved, Started, Warned
from engine.folders import runs_folder
from engine.library import Library
from gui.bundled import all_bundled
from gui.form.choices import Choices
from gui.form.experiment import Experiment
from gui.frame.actions import Actions
from gui.frame.appearance import ORDER, SYSTEM, tell_system, worn
from gui.frame.desk import Desk
from gui.frame.dialogs import about_dialog, shortcuts_dialog
from gui.frame.dock import Dock
from gui.frame.export.figures import ExportFigures
from gui.frame.head import Head
from gui.frame.keys import keeps
from gui.frame.layouts import COMPARE, LAYOUTS, OVERVIEW
from gui.frame.log_dialogs import LogDialogs
from gui.frame.menus import Menus
from gui.frame.middle import Middle
from gui.frame.panel_wires import PanelWires
from gui.frame.run_dialogs import RunDialogs
from gui.frame.run_wires import RunWires
from gui.frame.screens import put_on_screen
from gui.frame.status_line import StatusLine
from gui.frame.text_dialogs import TextDialogs
from gui.library.branch_form import BranchForm
from gui.library.runs import Runs
from gui.looking_back import on_show
from gui.machine import machine_line
from gui.memory import Memory
from gui.panels import PANELS
from gui.session import Session
from gui.status import FAILURES, run_words
from gui.steering import Steering
from gui.style import palette, style_sheet
from gui.travel import Travel

if TYPE_CHECKING:
    from gui.panels.panel import Panel

CLOSE_SECONDS = 2.0
RUNS_HELP = "Runs: tick one to lay it over the others, open one to look at it. A branch keeps its parent."
EXPERIMENT_HELP = "Experiment: what can be turned while it runs, and what waits for the next run."
STATES = (Started, Resumed, Paused, Finished, *FAILURES, Paced, Rewound, Saved)


class Window(QMainWindow):
    """`config` is the ini file in which choices and places are remembered."""

    def __init__(self, session: Session, config: Path, theme: str | None = None) -> None:
        super().__init__()
        self.setWindowTitle("Terrarium")
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # so that no button wears a ring before a key is pressed
        self.session, self.memory = session, Memory(config)
        self._choices = Choices(session.settings)
        self.travel = Travel(session, self)
        self.steering = Steering(session, self._choices, self.memory, self.travel, self)
        self.layout_name = self.memory.word("layout", OVERVIEW.name)
        self.theme_name = theme or self.memory.word("theme", SYSTEM)
        if self.layout_name not in LAYOUTS:
            self.layout_name = OVERVIEW.name
        if self.theme_name not in ORDER:
            self.theme_name = SYSTEM
        self.theme = worn(self.theme_name, False, self.width())
        self._warned: Warned | None = None
        self._state: object = None
        self._make_parts()
        self._connect()
        put_on_screen(self, self.memory.state("geometry"))
        self._wear()
        self._arrange()
        self.take_in()
        self.setFocus()
        if words := self.memory.settings()[1]:
            self.head.notice.tell(words)

    # what the pump asks for

    def glance(self) -> None:
        """A change of state is shown at once; cheap enough for every frame."""
        self.run_wires.glance()
        if self._state_now() != self._state:
            self.take_in()

    def take_in(self) -> None:
        """Numbers and words; a few times a second, since faster cannot be read."""
        session, recording = self.session, self.session.recording
        self._state = self._state_now()
        status = self.steering.status()
        self.head.show_status(status)
        self.head.transport.show_numbers(recording, session.settings, session.playhead.step)
        beside = on_show(session.shown()) if self.layout_name == COMPARE.name else ""
        self.head.menu_row.show_run(session.main.name, beside or run_words(recording, session.settings))
        self.menus.show_possible(self.steering.possible() | self.run_wires.possible())
        self.experiment.take_in()
        self.wires.take_in()
        self.run_wires.take_in()
        self.dialogs.take_in()
        if words := self.steering.saved():
            self.status_line.explain(words)
        self._tell_warning()

    def meters(self, text: str) -> None:
        """What the looks cost, from the pump; after the device."""
        recording = self.session.recording
        chosen = recording.latest(Chosen)
        self.status_line.show_machine(chosen.words if chosen else "", machine_line(recording), text)

    # layouts and themes

    def show_layout(self, name: str) -> None:
        """Keeps how the present one was arranged, and changes to the one of this name."""
        self._keep_layout()
        self.layout_name = name.capitalize()
        self._wear()
        self._arrange()

    def choose_layout(self, action: QAction) -> None:
        self.show_layout(action.data())

    def leave_lecture(self) -> None:
        if LAYOUTS[self.layout_name].lecture:
            self.show_layout(OVERVIEW.name)

    def reset_layout(self) -> None:
        """Forget how it was arranged by hand."""
        self.memory.forget_state(self.layout_name)
        self.desk.arrange(LAYOUTS[self.layout_name])

    def choose_theme(self, action: QAction) -> None:
        self.show_theme(action.data())

    def next_theme(self) -> None:
        self.show_theme(ORDER[(ORDER.index(self.theme_name) + 1) % len(ORDER)])

    def show_theme(self, name: str) -> None:
        """Light, dark, projector, or system."""
        self.theme_name = name
        tell_system(name)
        self._wear()

    def toggle_full_screen(self) -> None:
        """In a lecture the same key leads back to the desk."""
        if LAYOUTS[self.layout_name].lecture:
            self.leave_lecture()
        elif self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    # dialogs

    def show_shortcuts(self) -> None:
        shortcuts_dialog(self, self.actions()).open()

    def show_about(self) -> None:
        about_dialog(self).open()

    # what Qt tells

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QStatusTipEvent):
            self.status_line.explain(event.tip())
            return True
        override = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if override and keeps(QApplication.focusWidget(), cast("QKeyEvent", event)):
            event.accept()
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if LAYOUTS[self.layout_name].lecture:
            self._wear()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.source() is None and any(url.isLocalFile() for url in event.mimeData().urls()):  # no figure of ours
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.texts.open(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Gone from sight at once; then the training has a moment to end."""
        self._keep()
        self.steering.closed = True
        self.hide()
        for dialog in self.findChildren(QDialog):
            dialog.close()
        self.session.close(CLOSE_SECONDS)
        super().closeEvent(event)

    # how it is made

    def _make_parts(self) -> None:
        self.panels: list[Panel] = [panel() for panel in PANELS]
        self.experiment = Experiment(self.session, self._choices, self.memory.recents())
        docks = [Dock("Experiment", EXPERIMENT_HELP, self.experiment)]
        docks += [Dock(panel.title, f"{panel.title}: {panel.help}", panel) for panel in self.panels]
        self.runs, self.branch_form = Runs(Library(runs_folder(), all_bundled()), self.session.annotate), BranchForm()
        self.runs.hold(self.branch_form)
        docks.append(Dock("Runs", RUNS_HELP, self.runs, beside=self.runs.title_row()))
        self.desk = Desk(docks)
        self.head = Head(self.steering, tuple(LAYOUTS))
        self.status_line = StatusLine()
        self.setMenuWidget(self.head)
        self.middle = Middle(self.desk, self.head)
        self.setCentralWidget(self.middle)
        self.setStatusBar(self.status_line)
        self.texts = TextDialogs(self)
        self.dialogs = RunDialogs(self, self.session, self.steering, self.travel)
        self.wires, self.run_wires = PanelWires(self), RunWires(self)
        self.logs, self.figures = LogDialogs(self, self.run_wires.show_imported), ExportFigures(self)
        self.menus = Actions(self, Menus(self, self.head.menu_row.menus))

    def _connect(self) -> None:
        self.status_line.machine_asked.connect(self.dialogs.show_machine)
        self.experiment.asked.connect(self.steering.ask)
        self.experiment.next_run_asked.connect(self.steering.begin_next)
        self.experiment.open_asked.connect(self.texts.ask_for_text)
        self.experiment.tokenizer_asked.connect(self.texts.ask_for_tokenizer)
        self.head.menu_row.layout_chosen.connect(self.show_layout)
        self.head.transport.leave.clicked.connect(self.leave_lecture)
        self.steering.troubled.connect(self.head.notice.tell)
        self.steering.acted.connect(self.take_in)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    def _state_now(self) -> object:
        """What is shown at once when it changes."""
        session, playhead = self.session, self.session.playhead
        return (
            session.playing, session.running, session.recording, session.recording.stamp(STATES),
            playhead.following, playhead.playing, len(session.lanes),
        )  # fmt: skip

    def _tell_warning(self) -> None:
        newest, told = self.session.warning, self._warned
        self._warned = newest
        if newest and newest is not told:
            self.head.notice.tell(newest.message, newest.advice)

    def _wear(self) -> None:
        """Dress everything, if it is not worn already."""
        theme = worn(self.theme_name, LAYOUTS[self.layout_name].lecture, self.width())
        self.menus.show_choice(self.layout_name, self.theme_name)
        if theme == self.theme and self.styleSheet():
            return
        self.theme = theme
        self.setFont(theme.font("body"))
        self.setPalette(palette(theme))
        self.setStyleSheet(style_sheet(theme))
        self.head.dress(theme)
        self.middle.dress(theme)
        self.status_line.setVisible(not theme.lecture)
        self.desk.dress(theme)
        self.runs.dress(theme)
        self.branch_form.dress(theme)
        self.head.show_status(self.steering.status())

    def _follow_system(self) -> None:
        if self.theme_name == SYSTEM:
            self._wear()

    def _arrange(self) -> None:
        layout = LAYOUTS[self.layout_name]
        self.desk.arrange(layout, self.memory.state(layout.name))
        self.head.menu_row.show_layout(layout.name)

    def _keep_layout(self) -> None:
        if self.desk.touched:
            self.memory.keep_state(self.layout_name, self.desk.state())

    def _keep(self) -> None:
        self._keep_layout()
        self.memory.keep_state("geometry", self.saveGeometry())
        self.memory.keep_word("layout", self.layout_name)
        self.memory.keep_word("theme", self.theme_name)
        self.memory.save()
