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
from gui.form.choices import Choices
from gui.form.experiment import Experiment
from gui.frame.actions import Actions
from gui.frame.appearance import ORDER, SYSTEM, tell_system, worn
from gui.frame.desk import Desk
from gui.frame.dialogs import about_dialog, shortcuts_dialog
from gui.frame.dock import Dock
from gui.frame.head import Head
from gui.frame.keys import keeps
from gui.frame.layouts import LAYOUTS, OVERVIEW
from gui.frame.menus import Menus
from gui.frame.panel_wires import PanelWires
from gui.frame.run_dialogs import RunDialogs
from gui.frame.screens import put_on_screen
from gui.frame.status_line import StatusLine
from gui.frame.text_dialogs import TextDialogs
from gui.machine import machine_line
from gui.memory import Memory
from gui.panels import PANELS
from gui.session import Session
from gui.sources import corpus_label
from gui.status import FAILURES, run_words
from gui.steering import Steering
from gui.style import palette, style_sheet

if TYPE_CHECKING:
    from gui.panels.panel import Panel

CLOSE_SECONDS = 2.0
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
        self.steering = Steering(session, self._choices, self.memory, self)
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
        session = self.session
        state = session.playing, session.running, session.recording, session.recording.stamp(STATES)
        if state != self._state:
            self.take_in()

    def take_in(self) -> None:
        """Numbers and words; a few times a second, since faster cannot be read."""
        session, recording = self.session, self.session.recording
        self._state = session.playing, session.running, recording, recording.stamp(STATES)
        status = self.steering.status()
        self.head.show_status(status)
        self.head.transport.show_numbers(recording, session.settings)
        self.head.menu_row.show_run(*run_words(recording, session.settings))
        self.menus.show_possible(self.steering.possible())
        self.experiment.take_in()
        self.wires.take_in()
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

    # texts and dialogs

    def open_text(self, path: str) -> None:
        """Begin a run that reads this file or folder."""
        self.steering.open_text(path)
        self.experiment.offer(self.memory.recents())
        self.take_in()

    def add_sources(self, sources: list[str]) -> None:
        """Mix these in, too, in the next run."""
        self.steering.add_sources(sources)
        self.experiment.offer(self.memory.recents())
        self.take_in()
        self.status_line.explain(f"{corpus_label(tuple(sources))} added: mixed in from the next run on.")

    def open_recent(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.open_text(action.data())

    def show_recents(self) -> None:
        self.menus.show_recents(self.memory.recents(), self.open_recent)

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
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.open_text(paths[0]) if len(paths) == 1 else self.add_sources(paths)

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
        self.desk = Desk(docks)
        self.head = Head(self.steering, tuple(LAYOUTS))
        self.status_line = StatusLine()
        self.setMenuWidget(self.head)
        self.setCentralWidget(self.desk)
        self.setStatusBar(self.status_line)
        self.texts = TextDialogs(self)
        self.dialogs = RunDialogs(self, self.session, self.steering)
        self.menus = Actions(self, Menus(self, self.head.menu_row.menus))

    def _connect(self) -> None:
        self.wires = PanelWires(self)
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
        self.status_line.setVisible(not theme.lecture)
        self.desk.dress(theme)
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
