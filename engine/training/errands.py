"""What takes long and must not hold up training: done in threads that step aside, told between two steps."""

import os
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from threading import Event as Flag
from threading import Thread, get_native_id

from engine.events import Event, Unanswered, Warned
from engine.training.validation import When
from engine.trouble import Trouble

LATER = 10.0  # seconds of training after which even what can wait is begun
NICE = 19  # on Linux a thread can be more patient than its process; training does not feel it


class Errand(Thread):
    """Takes events from `work` until it ends or is called off; None among them says that it is still at it."""

    def __init__(self, work: Iterator[Event | None], asked: str) -> None:
        super().__init__(name="errand", daemon=True)
        self._work, self._asked = work, asked
        self._off = Flag()
        self.done: deque[Event] = deque()

    def run(self) -> None:
        if sys.platform == "linux":  # elsewhere the number of a thread may be that of somebody's process
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, get_native_id(), NICE)
        try:
            for event in self._work:
                if self._off.is_set():
                    break
                if event:
                    self.done.append(event)
        except Trouble as trouble:
            self.done.append(Unanswered(0, 0.0, trouble.message, trouble.advice, self._asked))
        except Exception as error:
            message = f"Something could not be found out: {error!r}."
            self.done.append(Unanswered(0, 0.0, message, "Training goes on.", self._asked))
        finally:
            if close := getattr(self._work, "close", None):
                close()

    def call_off(self) -> None:
        """It ends at its next event, or word that there is none yet."""
        self._off.set()


class Errands:
    def __init__(self) -> None:
        self._under_way: list[Errand] = []
        self._waiting: list[Iterator[Event | None]] = []
        self._still = 0  # times in a row that the run was found standing

    @property
    def at_work(self) -> bool:
        return bool(self._under_way)

    @property
    def busy(self) -> bool:
        """Something is under way, or waits."""
        return bool(self._under_way or self._waiting)

    @property
    def have_news(self) -> bool:
        """Whether there is something to tell, or an end to note."""
        return any(errand.done or not errand.is_alive() for errand in self._under_way)

    def begin_later(self, work: Iterator[Event | None]) -> None:
        """When the run stands still, or has trained for a while: the first seconds belong to training."""
        self._waiting.append(work)

    def consider(self, time: float, moved: bool) -> None:
        """Whether what can wait is due: `moved` says that there was a step since the last time."""
        self._still = 0 if moved else self._still + 1
        if self._waiting and (self._still > 1 or time > LATER):
            waiting, self._waiting = self._waiting, []
            for work in waiting:
                self.begin(work)

    def begin(self, work: Iterator[Event | None], asked: str = "") -> None:
        """`asked` is the name of the command that wants to know."""
        errand = Errand(work, asked)
        self._under_way.append(errand)
        errand.start()

    def arrived(self, when: When) -> Iterator[Event]:
        """What was found out since the last time. It is true of the text from the first step on; a warning is new."""
        ended = [errand for errand in self._under_way if not errand.is_alive()]  # before their last words are taken
        for errand in self._under_way:
            while errand.done:
                event = errand.done.popleft()
                yield replace(event, step=when[0], time=when[1]) if isinstance(event, Warned) else event
        self._under_way = [errand for errand in self._under_way if errand not in ended]

    def close(self) -> None:
        """Nothing is waited for longer than an errand needs to notice."""
        for errand in self._under_way:
            errand.call_off()
        for errand in self._under_way:
            errand.join()
        self._under_way, self._waiting = [], []
