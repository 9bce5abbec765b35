"""Something asked of the engine, and whether its answer has arrived as an event. Knows no Qt."""

from engine.commands import Command
from engine.events import Ended, Event, Failed, Unanswered
from engine.recording import Recording


def is_over(recording: Recording) -> bool:
    """Whether nobody would answer any more."""
    return recording.latest(Ended) is not None or recording.latest(Failed) is not None


def refusal(recording: Recording, command: type[Command]) -> Unanswered | None:
    """What the engine said when it could not find out what this command asks."""
    said = (event for event in reversed(recording.all(Unanswered)) if event.asked == command.__name__)
    return next(said, None)


class Question:
    """The next event of the kind `answer` is taken for the answer."""

    def __init__(self, answer: type[Event]) -> None:
        self._answer = answer
        self._before: Event | None = None
        self.waiting = False

    def ask(self, recording: Recording | None) -> bool:
        """Begin to wait; False where the run has ended and nobody would answer."""
        if recording and is_over(recording):
            return False
        self._before = recording.latest(self._answer) if recording else None
        self.waiting = True
        return True

    def answered(self, recording: Recording) -> bool:
        """Whether the answer has come since the last call, or never will."""
        if not self.waiting:
            return False
        self.waiting = recording.latest(self._answer) is self._before and recording.latest(Ended) is None
        return not self.waiting
