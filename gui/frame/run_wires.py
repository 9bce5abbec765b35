"""Time and runs: the timeline, the library, notes and the panels that compare, connected to the travel."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine import annotations
from engine.events import Failed, Started
from gui.bundled import bundled
from gui.frame.layouts import OVERVIEW
from gui.frame.note_dialog import NoteDialog
from gui.playhead import SPEEDS
from gui.text import one_line

if TYPE_CHECKING:
    from engine.annotations import Note
    from gui.window import Window

NOT_OURS = "Another program trained this run, so there is nothing here to go on from."
DUPLICATED = "These settings wait for the next run: change what you like, then start it."
DELETED = "The note at step {} is deleted; “Bring back the note” in the menu Run undoes it."


class RunWires:
    def __init__(self, window: "Window") -> None:
        self._window, self._session, self._travel = window, window.session, window.travel
        self._timeline, self._runs, self._form = window.head.timeline, window.runs, window.branch_form
        self._told: set[Failed] = set()
        self._deleted: list[tuple[Path, Note]] = []
        self._connect_time()
        self._connect_runs()

    def glance(self) -> None:
        """Cheap enough for every frame."""
        playhead = self._session.playhead
        self._timeline.show_step(playhead.step, playhead.playing)

    def take_in(self) -> None:
        """What is on show, a few times a second."""
        session, shown = self._session, self._session.shown()
        kept = session.kept()
        thick = shown[:1] if self._window.theme.lecture else shown  # several lanes are too thin for the back row
        self._timeline.show_runs(thick, kept)
        self._runs.show_shown(shown)
        for panel in self._window.panels:
            panel.show_runs(shown)
        main, step = session.main, session.playhead.step
        self._form.show_run(main.key, main.name, tuple(kept), step, self._travel.settings_at)
        started = session.recording.latest(Started)
        self._form.refuse(NOT_OURS if started and not started.parameters else "")
        self._tell_of_others()

    def _tell_of_others(self) -> None:
        """A run that is not on show and cannot go on is told once; the one on show tells it in its chart."""
        for lane in self._session.lanes:
            failure = lane.failure
            if failure and failure not in self._told and lane is not self._session.main:
                words = f"{one_line(lane.name)} stopped at step {failure.step:,}: {failure.message}"
                self._window.head.notice.tell(words, failure.advice)
        self._told |= {lane.failure for lane in self._session.lanes if lane.failure}

    def toggle_replay(self) -> None:
        """Play what was recorded, or stand still."""
        self._travel.replay(not self._session.playhead.playing)

    def _choose_speed(self, times: float) -> None:
        self._travel.set_speed(times)
        self._window.memory.keep_word("replay", str(times))

    def step_back(self) -> None:
        """Look at the recorded step before."""
        self._travel.step_by(-1)

    # notes

    def ask_note_here(self) -> None:
        """A note at the step on show."""
        self.ask_note(self._session.playhead.step)

    def ask_note(self, step: int) -> None:
        """A new one; words that could not be kept are not asked for."""
        if not self._travel.may_note():
            return
        dialog = NoteDialog(self._window, step, self._timeline.happened(step))
        dialog.written.connect(self._travel.note)
        dialog.open()

    def open_note(self, key: int) -> None:
        """One that was written, to be changed."""
        note = next((one for one in self._session.recording.notes if one.key == key), None)
        if note:
            dialog = NoteDialog(self._window, note.step, self._timeline.happened(note.step), note)
            dialog.changed.connect(self._change_note)
            dialog.deleted.connect(self._delete_note)
            dialog.open()

    def _change_note(self, key: int, text: str) -> None:
        self._travel.annotate(annotations.change_note(key, text))

    def _delete_note(self, key: int) -> None:
        """It can be brought back as long as this window is open."""
        note = next((one for one in self._session.recording.notes if one.key == key), None)
        gone = self._travel.annotate(annotations.delete_note(key))
        if gone and note and self._session.folder:
            self._deleted.append((self._session.folder, note))
            self._window.status_line.explain(DELETED.format(f"{note.step:,}"))

    def bring_note_back(self) -> None:
        """The last one that was deleted."""
        if self._deleted:
            folder, note = self._deleted[-1]
            if self._travel.annotate(annotations.note(note.step, note.text), folder):
                self._deleted.pop()

    def possible(self) -> set[str]:
        """Which of the menu's wishes make sense now."""
        return {"note back"} if self._deleted else set()

    # runs

    def show_bundled(self) -> None:
        """The recorded run that came with the program."""
        self._travel.open_run(str(bundled()))

    def _duplicate(self, settings: dict[str, Any]) -> None:
        if self._window.steering.duplicate(settings):
            if not self._window.experiment.isVisible():  # where they can be changed
                self._window.show_layout(OVERVIEW.name)
            self._window.status_line.explain(DUPLICATED)

    def show_imported(self, folder: Path) -> None:
        """A run that was made of another program's log."""
        self._travel.open_run(str(folder))

    # how it is connected

    def _connect_time(self) -> None:
        travel, timeline, transport = self._travel, self._timeline, self._window.head.transport
        timeline.sought.connect(travel.seek)
        timeline.held.connect(travel.hold)
        timeline.live_asked.connect(travel.live)
        timeline.note_asked.connect(self.ask_note)
        timeline.note_opened.connect(self.open_note)
        timeline.replay_asked.connect(travel.replay)
        timeline.speed_chosen.connect(self._choose_speed)
        timeline.pointed.connect(self._window.status_line.explain)
        travel.speed = speed_of(self._window.memory.word("replay", ""), travel.speed)
        timeline.speed.show_speed(travel.speed)
        transport.live_asked.connect(travel.live)
        transport.continue_asked.connect(travel.go_on)
        transport.train_asked.connect(self._window.steering.begin_next)

    def _connect_runs(self) -> None:
        window, runs, travel = self._window, self._runs, self._travel
        runs.open_asked.connect(travel.open_run)
        runs.deletion_asked.connect(travel.let_go)
        runs.shown_changed.connect(travel.tick_runs)
        runs.duplicate_asked.connect(self._duplicate)
        runs.new_asked.connect(window.steering.begin_next)
        runs.troubled.connect(window.head.notice.tell)
        runs.explained.connect(window.status_line.explain)
        self._form.branch_asked.connect(travel.branch)
        self._form.seeds_asked.connect(travel.seeds)
        travel.troubled.connect(window.head.notice.tell)
        travel.acted.connect(window.take_in)


def speed_of(word: str, usual: float) -> float:
    """As it was kept; the usual one where that is none of the choices."""
    return next((speed for speed in SPEEDS if str(speed) == word), usual)
