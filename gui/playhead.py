"""Which step the panels show: the newest, one that was chosen, or one after the other as they were recorded."""

from dataclasses import dataclass

import numpy as np

from engine.events import Stepped
from engine.recording import Recording

SPEEDS = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)  # times as fast as it was recorded
LONGEST = 10.0  # seconds on screen between two steps; a longer gap is a clock that jumped, or a night
MOST_STEPS = 65_536  # in one tick
TOLERANCE = 1e-6  # seconds; sums of seconds are not exact


@dataclass
class Playhead:
    """Follows, stands still or plays; knows no Qt."""

    step: int = 0
    following: bool = True
    speed: float = 0.0  # while it plays; else 0
    _ticked: float | None = None  # when it played last, on the clock of `tick`
    _owed: float = 0.0  # recorded seconds that have passed since `step`

    @property
    def playing(self) -> bool:
        return self.speed > 0

    def seek(self, step: int, recording: Recording) -> None:
        """Stand still there; one that plays goes on from there."""
        self.following = False
        self.step = max(0, min(step, recording.last_step))
        self._owed = 0.0

    def step_by(self, count: int, recording: Recording) -> None:
        """So many recorded steps on, or back; and stand still."""
        self.stop()
        self.seek(beside(recorded_steps(recording), self.step, count, recording.last_step), recording)

    def play(self, speed: float) -> None:
        """Begin, go on, or play at another speed; from the first step where it stands at the last."""
        if not self.playing:
            self._ticked, self._owed = None, 0.0
            self.step = 0 if self.following else self.step
        self.following, self.speed = False, speed

    def stop(self) -> None:
        """Stand still where it has come to; one that follows goes on following."""
        self.speed = 0.0

    def follow(self, recording: Recording) -> None:
        self.stop()
        self.following = True
        self.step = recording.last_step

    def tick(self, recording: Recording, now: float | None = None, live: bool = False) -> None:
        """Also when the recording has become shorter by going back.

        `now` is any clock in seconds. At the end of a run that is `live`, one that plays follows; else it stands still.
        """
        self.step = min(self.step, recording.last_step)
        if self.playing and now is not None:
            self._play_on(recording, now, live)
        if self.following:
            self.step = recording.last_step

    def _play_on(self, recording: Recording, now: float, live: bool) -> None:
        if self._ticked is None and self.step >= recording.last_step:
            self.step = 0
        self._owed += 0.0 if self._ticked is None else max(0.0, now - self._ticked) * self.speed
        self._ticked = now
        self._advance(recording)
        if self.step >= recording.last_step:
            self.stop()
            self.following = live

    def _advance(self, recording: Recording) -> None:
        """As many steps as were recorded in the time that is owed."""
        steps, times = recording.curve(Stepped, "time")
        past = int(np.searchsorted(steps, self.step, side="right"))
        here = float(times[past - 1]) if past else 0.0
        gaps = np.diff(times[past : past + MOST_STEPS], prepend=here)
        passed = np.cumsum(np.clip(gaps, 0.0, LONGEST * self.speed))
        count = int(np.searchsorted(passed, self._owed + TOLERANCE, side="right"))
        if past + count >= len(steps):
            self.step = recording.last_step
        elif count:
            self.step, self._owed = int(steps[past + count - 1]), self._owed - float(passed[count - 1])


def recorded_steps(recording: Recording) -> np.ndarray:
    """Those that were trained and told, in order."""
    return recording.curve(Stepped, "step")[0]


def beside(steps: np.ndarray, step: int, count: int, last: int) -> int:
    """The `count`th of `steps` after `step`, or before it; 0 and `last` where there are not as many."""
    if count < 0:
        place = int(np.searchsorted(steps, step, side="left")) + count
        return int(steps[place]) if place >= 0 else 0
    place = int(np.searchsorted(steps, step, side="right")) + count - 1
    return int(steps[place]) if place < len(steps) else last
