"""What the window talks to: the runs on show, a playhead on them, and what is asked of them. Knows no Qt."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from engine import annotations
from engine.annotations import Change
from engine.checkpoints import checkpoint_meant, checkpoints, newest, run_of, step_of
from engine.commands import Command, Pace, Pause, Play, Step
from engine.events import Branched, Saved, Started, Warned
from engine.recording import Recording
from engine.settings import Settings
from engine.trouble import Trouble
from gui.bundled import is_bundled
from gui.crew import Branch, Crew, Resume, Start
from gui.lane import Lane, Origin, opened
from gui.playhead import Playhead
from gui.shown import Shown
from gui.state import Beside

LEAVE_SECONDS = 2.0
MOST_TRAINING = 6  # at a time: each has a model of its own in memory


class Session:
    """The panels show its main lane; the others are laid beside it. Starting anew ends what trains, and keeps it."""

    def __init__(
        self, start: Start, settings: Settings, resume: Resume | None = None, branch: Branch | None = None
    ) -> None:
        self._crew = Crew(start, resume, branch)
        self.main = Lane(settings)
        self.lanes = [self.main]
        self.playhead = Playhead()

    # what the main lane has

    @property
    def settings(self) -> Settings:
        return self.main.settings

    @settings.setter
    def settings(self, settings: Settings) -> None:
        self.main.settings = settings

    @property
    def recording(self) -> Recording:
        return self.main.recording

    @property
    def folder(self) -> Path | None:
        return self.main.folder

    @property
    def running(self) -> bool:
        """There is a run that can be talked to, be it still reading its corpus."""
        return self.main.running

    @property
    def playing(self) -> bool:
        return self.main.playing

    @property
    def stopped(self) -> bool:
        return self.main.stopped

    @property
    def prepared(self) -> bool:
        return self.main.prepared

    @property
    def warning(self) -> Warned | None:
        return self.main.warning

    # beginning and ending

    def begin(self, settings: Settings | None = None, play: bool = False) -> None:
        """Start a run from its first step, with these settings or the present ones."""
        self._clear(self._crew.begin(settings or self.settings))
        if play:
            self.play()

    def resume(self, folder: Path, new_text: bool = False) -> None:
        """Go on with a recorded run from its last checkpoint, after all that it recorded. Raises Trouble."""
        self._crew.need_resume()
        folder = run_of(checkpoint_meant(str(folder)))
        opened(folder).forget()  # what cannot be read must not cost the present run
        self.close(LEAVE_SECONDS)  # it may be that very run, which is saved as it ends
        lane = opened(folder)
        started = lane.recording.latest(Started)
        if started is None:
            raise Trouble(f"The run in {folder} never started.", "Choose another run.")
        lane.stop_following()
        lane.settings = Settings(**started.settings)
        self._clear(lane)
        self._crew.resume(lane, folder, new_text)

    def open(self, folder: Path) -> None:
        """Show a recorded run, or one that another program trains. What trains here goes on. Raises Trouble."""
        self.focus(self._lane_of(folder) or opened(folder))
        self.playhead.follow(self.recording)

    def tick(self) -> None:
        """Take in what happened, then move the playhead."""
        for lane in self.lanes:
            lane.tick()
        self.playhead.tick(self.recording, perf_counter(), self.running or self.main.followed)

    def cancel(self) -> None:
        """Leave the run on show, and what else is being made ready. What trained before goes on, and is shown again."""
        before = [lane for lane in self.lanes if lane is not self.main and lane.running and lane.prepared]
        given_up = [lane for lane in self.lanes if lane not in before]
        self._crew.leave(given_up)
        if before:
            self.focus(before[-1])
            self.main.aside = False  # it waited for what is given up
            self.playhead.follow(self.recording)
        for lane in given_up:
            lane.ticked = lane.ticked and lane.recording.last_step > 0
            self._drop(lane)

    def close(self, timeout: float) -> bool:
        """End every run; says whether all threads have ended within about `timeout` seconds."""
        self._crew.leave(self.lanes)
        return self._crew.close(timeout)

    # what is said to all that train

    def play(self) -> None:
        self.say(Play())

    def pause(self) -> None:
        self.say(Pause())

    def step(self, count: int = 1) -> None:
        self.say(Step(count))

    def pace(self, steps_per_second: float | None) -> None:
        """For those that are begun later, too; None: as fast as the machine can."""
        self._crew.pace = steps_per_second
        self.send_all(Pace(steps_per_second))

    def send(self, command: Command) -> None:
        self.main.send(command)

    def send_all(self, command: Command) -> None:
        """Also to those that wait."""
        for lane in self.lanes:
            lane.send(command)

    # beside each other

    def shown(self) -> tuple[Shown, ...]:
        """The main run, then those laid beside it."""
        beside = [lane for lane in self.lanes if lane is not self.main and (lane.ticked or lane.grows)]
        return tuple(
            Shown(lane.key, lane.name, lane.recording, lane.place, lane.group, lane.running or lane.followed)
            for lane in (self.main, *beside)
        )

    def focus(self, lane: Lane) -> None:
        """Let the panels show this one. What is neither ticked nor training is let go of."""
        before, self.main = self.main, lane
        self._drop(before)
        if lane not in self.lanes:
            self._put(lane)

    def tick_runs(self, folders: Sequence[Path]) -> list[Trouble]:
        """Lay exactly these recorded runs beside the main one; what is wrong with those that cannot be read."""
        troubles, wanted = [], list(dict.fromkeys(folder.resolve() for folder in folders))  # lines in this order
        for folder in wanted:
            try:
                lane = self._lane_of(folder) or self._put(opened(folder))
                lane.ticked = True
            except Trouble as trouble:
                troubles.append(trouble)
        for lane in list(self.lanes):
            if lane.ticked and (lane.folder is None or lane.folder.resolve() not in wanted):
                lane.ticked = False
                self._drop(lane)
        return troubles

    def let_go(self, folder: Path) -> None:
        """Of the files of a run that is about to be deleted."""
        lane = self._lane_of(folder)
        if lane and not lane.running:
            lane.ticked = False
            lane.forget()
            self._drop(lane)

    def kept(self) -> list[int]:
        """Steps of the main run's checkpoints that are still there, newest first."""
        if self.folder is None and self.running:  # whoever runs it without one knows where they are
            return sorted({saved.step for saved in self.recording.all(Saved)}, reverse=True)
        return sorted(checkpoints(self.folder), reverse=True) if self.folder else []

    def branch(self, step: int, changes: Mapping[str, Any], play: bool = True) -> None:
        """Train on from a kept step of the main run, as a run of its own; the main run waits. Raises Trouble."""
        parent = self.main
        checkpoint = newest(parent.folder, step) if parent.folder else None
        if checkpoint is None:
            raise Trouble(f"No checkpoint of step {step:,} or before is kept.", "Begin a new run instead.")
        self.begin_beside([Origin(parent.settings, parent.folder, step_of(checkpoint), changes)], play)

    def begin_beside(self, origins: Sequence[Origin], play: bool = True) -> None:
        """Train these by turns; the main run waits, and is laid beside them. Raises Trouble."""
        if len(origins) + sum(lane.trains for lane in self.lanes) > MOST_TRAINING:
            raise Trouble(f"More than {MOST_TRAINING} runs at a time are too many.", "Restart, or let one finish.")
        parent = self.main
        begun = self._crew.begin_all(origins)
        parent.send(Pause())
        parent.aside, parent.ticked = parent.running, parent.ticked or parent.recording.last_step > 0
        for lane in begun:
            self._put(lane)
        self.focus(begun[0])
        self.playhead.follow(self.recording)
        if play:  # these alone: another may have been paused by hand
            for lane in begun:
                lane.send(Play())

    def annotate(self, folder: Path, change: Change) -> None:
        """Change what is written on a run, be it one that trains here. Raises Trouble where it cannot be kept."""
        _refuse_bundled(folder)
        (self._lane_of(folder) or Lane(self.settings)).annotate(folder, change)

    def note(self, step: int, text: str) -> None:
        """A person's words at a step of the main run. Raises Trouble where they cannot be kept."""
        self.annotate(self.noted(), annotations.note(step, text))

    def noted(self) -> Path:
        """The folder of the main run. Raises Trouble where a note could not be kept."""
        if self.folder is None and self.main.recorded:
            raise Trouble("This run is no longer on the disk.", "Open another one to write on it.")
        if self.folder is None or not self.recording.last_step:
            raise Trouble("Nothing of this run is recorded yet.", "Press play, and write your note then.")
        if self.main.followed:
            raise Trouble("Another program writes this run.", "Write your note when it has ended.")
        _refuse_bundled(self.folder)
        return self.folder

    def beside(self) -> Beside | None:
        """Runs that train by turns, or one that trains while another is looked at."""
        training = [lane for lane in self.lanes if lane.grows or (lane is self.main and lane.trains)]
        training = [lane for lane in training if lane.playing] or training
        if not training or training == [self.main]:
            return None
        what = "branches" if all(lane.recording.count(Branched) for lane in training) else "runs"
        playing = any(lane.playing for lane in training)
        return Beside(len(training), min(lane.recording.last_step for lane in training), what, playing)

    # how it is done

    def say(self, command: Command) -> None:
        """To all that train. One that was put aside hears nothing, unless it is the one that is looked at."""
        self.main.aside = False
        for lane in self.lanes:
            if not lane.aside:
                lane.send(command)

    def _lane_of(self, folder: Path) -> Lane | None:
        same = (lane for lane in self.lanes if lane.folder and lane.folder.resolve() == folder.resolve())
        return next(same, None)

    def _put(self, lane: Lane) -> Lane:
        """With the first line that no other has."""
        taken = {other.place for other in self.lanes}
        lane.place = next(place for place in range(len(taken) + 1) if place not in taken)
        self.lanes.append(lane)
        return lane

    def _drop(self, lane: Lane) -> None:
        if lane is not self.main and not lane.ticked and not lane.running and lane in self.lanes:
            self.lanes.remove(lane)
            lane.forget()

    def _clear(self, lane: Lane) -> None:
        """Leave what trains for this one; what was laid beside it stays."""
        self._crew.leave(self.lanes)
        self.main = lane
        for other in list(self.lanes):
            self._drop(other)
        self._put(lane)
        self.playhead = Playhead()


def _refuse_bundled(folder: Path) -> None:
    if is_bundled(folder):
        raise Trouble("This run came with the program and stays as it is.", "Train one of your own to write on it.")
