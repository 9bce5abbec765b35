"""Moving in time and between runs: looking back, replaying, going on from there, laying runs side by side."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from engine.annotations import Change
from engine.branch import allowed, settings_at
from engine.checkpoints import checkpoints, newest, step_of
from engine.events import Started
from engine.settings import Settings
from engine.trouble import Trouble
from gui.lane import Origin, settings_known
from gui.session import Session

SEEDS = 5


class Travel(QObject):
    """Beside the steering: that one trains, this one looks."""

    troubled = Signal(str, str)  # what is wrong, what to do
    acted = Signal()  # something may look different now

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.speed = 10.0  # times as fast as it was recorded
        self._held = 0.0  # the speed of a replay that waits

    # in time

    def seek(self, step: int) -> None:
        """Let every panel show this step; the last one of a run that grows is followed."""
        session = self._session
        if step >= session.recording.last_step:
            session.playhead.follow(session.recording)
        else:
            session.playhead.seek(step, session.recording)
        self.acted.emit()

    def step_by(self, count: int) -> None:
        """So many recorded steps on, or back."""
        session = self._session
        session.playhead.step_by(count, session.recording)
        self.seek(session.playhead.step)

    def live(self) -> None:
        """Back to the newest step, and to the run that trains if one that does not is looked at."""
        session = self._session
        running = sorted((lane for lane in session.lanes if lane.running), key=lambda lane: lane.aside)
        if running and not session.running and (session.playhead.following or not session.main.followed):
            session.focus(running[0])
        session.playhead.follow(session.recording)
        self.acted.emit()

    def replay(self, on: bool) -> None:
        """Play what was recorded from the playhead on, or from the start once it is at the end."""
        playhead = self._session.playhead
        if on:
            playhead.play(self.speed)
        else:
            playhead.stop()
        self.acted.emit()

    def hold(self, on: bool) -> None:
        """A hand is on the timeline: a replay waits until it is taken off."""
        playhead = self._session.playhead
        if on:
            self._held = playhead.speed
            playhead.stop()
        elif self._held and not playhead.following:
            playhead.play(self._held)

    def set_speed(self, times: float) -> None:
        """Of a replay, as a multiple of the time it took."""
        self.speed = times
        if self._session.playhead.playing:
            self._session.playhead.play(times)

    # between runs

    def open_run(self, folder: str) -> bool:
        """Show a recorded run, and say what of it cannot be shown; whether it could be opened."""
        opened = self._try(partial(self._session.open, Path(folder)))
        if opened and (words := self._session.main.warnings):
            self.troubled.emit(" ".join(words), "The file itself stays as it is.")
        return opened

    def tick_runs(self, folders: Sequence[str]) -> None:
        """Lay exactly these beside the one on show."""
        for trouble in self._session.tick_runs([Path(folder) for folder in folders]):
            self.troubled.emit(trouble.message, trouble.advice)
        self.acted.emit()

    def go_on(self) -> None:
        """Train on from the step on show: a run that ended there is resumed, else a branch begins."""
        session, step = self._session, self.continues_at()
        if step is None or session.folder is None:
            self.troubled.emit("No checkpoint of this step or before is kept.", "Begin a new run instead.")
        elif session.main.recorded and session.playhead.step >= session.recording.last_step and not session.beside():
            self._try(partial(self._resume, session.folder))
        else:
            self.branch(step, {})

    def let_go(self, folders: Sequence[str]) -> None:
        """Of runs that are about to be deleted; the one on show stays there as it is in memory."""
        for folder in folders:
            self._session.let_go(Path(folder))
        self.acted.emit()

    def continues_at(self) -> int | None:
        """The step of the checkpoint from which it could go on here; None where none is kept."""
        session = self._session
        path = newest(session.folder, session.playhead.step) if session.folder else None
        return step_of(path) if path else None

    def settings_at(self, step: int) -> Settings:
        """Of the run on show, as they were turned at a kept step; at step 0 as it began."""
        session = self._session
        if not step and (started := session.recording.all(Started)):
            return settings_known(started[0])
        path = checkpoints(session.folder).get(step) if session.folder and step else None
        try:
            return settings_at(path) if path else session.settings
        except Trouble:  # said when it is to go on from there
            return session.settings

    def branch(self, step: int, changes: Mapping[str, Any]) -> None:
        """A run of its own from a kept step, training at once; from step 0 with the same seed, whatever changes."""
        kept = step or self._brought_weights(changes)
        self._try(partial(self._session.branch, step, changes) if kept else partial(self._begin_one, changes))

    def seeds(self, changes: Mapping[str, Any], count: int = SEEDS) -> None:
        """The same settings from so many seeds, by turns."""
        self._try(partial(self._begin_seeds, changes, count))

    def annotate(self, change: Change, folder: Path | None = None) -> bool:
        """Write on a run, the one on show if no other is named; says whether it could be."""
        where = folder or self._session.folder
        return where is not None and self._try(partial(self._session.annotate, where, change))

    def may_note(self) -> bool:
        """Says why not, where a note could not be kept."""
        return self._try(self._session.noted)

    def note(self, step: int, text: str) -> None:
        """Words at a step of the run on show."""
        self._try(partial(self._session.note, step, text))

    def _brought_weights(self, changes: Mapping[str, Any]) -> bool:
        """Whether a published model lies at step 0, which chance would not make again."""
        folder = self._session.folder
        brought = self.settings_at(0).begin_with and folder and 0 in checkpoints(folder)
        return bool(brought) and all(map(allowed, changes))

    def _resume(self, folder: Path) -> None:
        self._session.resume(folder)
        self._session.play()

    def _begin_one(self, changes: Mapping[str, Any]) -> None:
        settings = Settings(**{**self.settings_at(0).model_dump(), **changes})
        self._session.begin_beside([Origin(settings, changes=changes)])

    def _begin_seeds(self, changes: Mapping[str, Any], count: int) -> None:
        base = {**self.settings_at(0).model_dump(), **changes}
        first, moment = int(base["seed"]), f"{datetime.now():%Y-%m-%d %H:%M:%S}"
        group, seeds = f"seeds {first} to {first + count - 1}, {moment}", range(first, first + count)
        origins = [Origin(Settings(**{**base, "seed": seed}), changes={"seed": seed}, group=group) for seed in seeds]
        self._session.begin_beside(origins)

    def _try(self, does: Callable[[], object]) -> bool:
        try:
            does()
        except Trouble as trouble:
            self.troubled.emit(trouble.message, trouble.advice)
            return False
        finally:
            self.acted.emit()
        return True
