"""Notices when other programs take the processor, so that two threads wait for each other and one would be faster.

A step is slow for many reasons. When it is slow *and* this process gets a smaller share of the processor than it used
to, others have taken the rest: then fewer threads are tried for some steps, and the faster number is kept. More are
tried again from time to time, less and less often while that is in vain. Only numbers it is fed decide.
"""

from collections.abc import Callable
from statistics import median
from time import perf_counter, process_time
from typing import NamedTuple

SLOW = 1.6  # times the usual step; less is the machine's ordinary unrest
CROWDED = 0.8  # of the usual share of the processor
FASTER = 0.95  # of the other number's time, or the change is not worth it
RUN = 8, 1.0  # steps and seconds of a run that is judged
TRIAL = 5, 0.25  # of one that only compares
PATIENCE, MOST_PATIENCE = 4, 64  # runs until the next trial; doubled when one was in vain


class Clocks(NamedTuple):
    """Seconds: on the wall, and of all threads of this process on the processor."""

    wall: float
    processor: float


def clocks() -> Clocks:
    """As they stand."""
    return Clocks(perf_counter(), process_time())


class Pulse:
    def __init__(self, threads: int, most: int, read: Callable[[], Clocks] = clocks) -> None:
        """`threads` that training begins with; it may go down to one and up to `most`."""
        self._threads, self._most = threads, most
        self._read, self._began = read, read()
        self._steps: list[float] = []
        self._seconds = 0.0
        self._usual = 0.0  # seconds of a step, undisturbed
        self._share_most = 0.0  # cores, undisturbed
        self._before: tuple[int, float] | None = None  # during a trial: threads and seconds of a step before it
        self._wait = PATIENCE if threads < most else 0  # runs until the next trial may begin
        self._patience = PATIENCE

    def anew(self, threads: int) -> "Pulse":
        """Another one, for training that goes on elsewhere with so many threads."""
        return Pulse(threads, self._most, self._read)

    def felt(self, seconds: float) -> int | None:
        """A step took this long; how many threads to go on with, when that should change."""
        if self._most == 1:
            return None
        self._steps.append(seconds)
        self._seconds += seconds
        steps, least = TRIAL if self._before else RUN
        if len(self._steps) < steps or self._seconds < least:
            return None
        pace, share = median(self._steps), self._share()
        if self._before:
            return self._compare(pace, *self._before)
        return self._judge(pace, share)

    def _share(self) -> float:
        """Cores this process had since the last run ended; a new run begins."""
        now = self._read()
        share = (now.processor - self._began.processor) / max(now.wall - self._began.wall, 1e-9)
        self._began, self._steps, self._seconds = now, [], 0.0
        return share

    def _judge(self, pace: float, share: float) -> int | None:
        """After an ordinary run: threads to try, when a trial is due."""
        self._wait = max(0, self._wait - 1)
        if self._threads < self._most:
            return None if self._wait else self._try(2 * self._threads, pace)
        self._share_most = max(self._share_most, share)
        if share > CROWDED * self._share_most:
            self._usual = pace  # slow with all of the processor: a larger step
        if self._wait or pace < SLOW * self._usual:
            return None
        return self._try(self._threads // 2, pace)

    def _try(self, threads: int, pace: float) -> int:
        self._before = self._threads, pace
        self._threads = min(self._most, threads)
        return self._threads

    def _compare(self, pace: float, threads: int, before: float) -> int | None:
        """After a trial: further the same way while that helps, else back to `threads`."""
        self._before = None
        if pace < FASTER * before:
            self._wait = self._patience = PATIENCE
            further = self._threads * 2 if self._threads > threads else self._threads // 2
            return self._try(further, pace) if 0 < min(further, self._most) != self._threads else None
        self._threads = threads
        self._wait, self._patience = self._patience, min(MOST_PATIENCE, 2 * self._patience)
        return threads
