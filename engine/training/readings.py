"""Steps whose numbers are still on the device: a GPU is not waited for at each of them, they are read together."""

from collections.abc import Callable, Iterator
from math import isfinite, log
from typing import NamedTuple

import torch

from engine.events import Diverged, Event, Spiked, Stepped, Warned
from engine.training.learner import Correction, Learner

READ_EVERY = 8  # steps a GPU is not waited for
WORSE = 1.1  # times the loss of uniform guessing


class Unread(NamedTuple):
    """One step, and what stood beside it when it was made."""

    step: int
    time: float
    correction: Correction
    tokens: int
    epochs: float
    looking: float  # seconds


class Readings:
    def __init__(self, learner: Learner, vocabulary: int, last_good: Callable[[], int | None]) -> None:
        """`last_good` says the step one can go back to, if there is one."""
        self._learner, self._vocabulary, self._last_good = learner, vocabulary, last_good
        self._unread: list[Unread] = []
        self._first: float | None = None  # loss: random numbers may begin worse than guessing
        self._astray = False  # worse than guessing, and said so

    @property
    def wanted(self) -> bool:
        """Whether it is time to read."""
        return self._learner.reads_at_once or len(self._unread) >= READ_EVERY

    def add(self, time: float, correction: Correction, looking: float) -> None:
        """The step that the learner has just made."""
        learner = self._learner
        epochs = learner.windows_seen / learner.mixture.windows
        self._unread.append(Unread(learner.step, time, correction, learner.tokens_seen, epochs, looking))

    def read(self) -> Iterator[Event]:
        """Tell of all of them: one transfer."""
        unread, self._unread = self._unread, []
        if not unread:
            return
        numbers = torch.stack([x for one in unread for x in (one.correction.loss, one.correction.norm)]).tolist()
        for one, loss, norm in zip(unread, numbers[::2], numbers[1::2], strict=True):
            when = one.step, one.time
            yield Stepped(*when, loss, one.correction.rate, norm, one.tokens, one.epochs, one.looking)
            if not isfinite(loss + norm):
                yield self.diverged(*when, one.correction)
                return
            spikes = one.correction.spikes
            for spike in self._learner.noticed(loss, norm) if spikes is None else spikes:
                skipped = int(not one.correction.made)
                yield Spiked(*when, spike.what, spike.value, spike.usual, spike.spread, skipped)
            yield from self._worse_than_guessing(*when, loss)

    def diverged(self, step: int, time: float, correction: Correction) -> Diverged:
        """With what to do about it."""
        what = "gradient" if isfinite(correction.loss.item()) else "loss"
        good = self._last_good()
        way_out = "a lower one usually mends it" if good is None else f"go back to step {good:,} with a lower one"
        advice = f"The learning rate was {said(correction.rate)}; {way_out}. All steps before are kept."
        return Diverged(step, time, f"The {what} is not a number.", advice)

    def _worse_than_guessing(self, step: int, time: float, loss: float) -> Iterator[Warned]:
        """Said once, until the loss has come down again: it is a number still, but nothing is learned."""
        uniform = log(self._vocabulary)
        self._first = loss if self._first is None else self._first
        worse = loss > WORSE * max(uniform, self._first)
        if worse and not self._astray:
            message = f"The loss is {loss:.2f}; guessing uniformly would give {uniform:.2f}."
            advice = f"The learning rate of {said(self._learner.rate)} is too high: turn it down."
            yield Warned(step, time, message, advice)
        self._astray = worse or (self._astray and loss > uniform)


def said(rate: float) -> str:
    """A learning rate for people: 3.5e-2."""
    return f"{rate:.1e}".replace("e-0", "e-")
