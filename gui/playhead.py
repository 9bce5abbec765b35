"""Which step the panels show."""

from dataclasses import dataclass

from engine.recording import Recording


@dataclass
class Playhead:
    """Follows the newest step until it is moved; knows no Qt."""

    step: int = 0
    following: bool = True

    def seek(self, step: int, recording: Recording) -> None:
        self.following = False
        self.step = max(0, min(step, recording.last_step))

    def follow(self, recording: Recording) -> None:
        self.following = True
        self.step = recording.last_step

    def tick(self, recording: Recording) -> None:
        """Also when the recording has become shorter by going back."""
        self.step = recording.last_step if self.following else min(self.step, recording.last_step)
