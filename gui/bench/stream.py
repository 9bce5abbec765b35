"""What the live window costs the training: one process, blocks with and without drawing in turn, their median ratio."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, thread_time
from typing import Any, NamedTuple

from PySide6.QtCore import QTimer

from engine.events import Event, Stepped
from engine.folders import cache_folder
from engine.run import Run, start
from engine.runfile import RunFile
from engine.settings import Settings
from engine.trouble import Trouble
from gui.bench.heartbeat import Heartbeat
from gui.bench.startup import startup
from gui.shell import Shell
from gui.waiting import wait, wait_until

SETTLE_SECONDS = 0.5  # left out after each change
DRAIN_MS = 100  # without drawing, events are still taken in, so that the mailbox never holds the trainer up
WARM_UP_STEPS = 20


class Stamps(RunFile):
    """Also notes when each step was done, on the wall clock."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.at: list[float] = []

    def add(self, event: Event) -> None:
        super().add(event)
        if isinstance(event, Stepped):
            self.at.append(perf_counter())

    def speed(self, first: float, last: float) -> float:
        """Steps a second between two moments."""
        inside = [at for at in list(self.at) if first <= at <= last]
        if len(inside) < 2:
            raise Trouble("Too few steps were done in a block to measure.", "Choose longer ones: --seconds 10.")
        return (len(inside) - 1) / (inside[-1] - inside[0])


class Block(NamedTuple):
    live: bool
    steps_per_second: float
    frames_per_second: float
    gui_share: float  # of one core
    longest_pause_ms: int


def stream(pairs: int, seconds: float, size: tuple[int, int] = (1600, 900)) -> dict[str, Any]:
    """The figures of the benchmark, by the keys of its JSON line."""
    with training(size) as (shell, stamps):
        blocks = [measured(shell, stamps, live, seconds) for _ in range(pairs) for live in (True, False)]
    return {**figures(blocks), **startup()}


@contextmanager
def training(size: tuple[int, int]) -> Iterator[tuple[Shell, Stamps]]:
    """A window in which a run has made its first steps, and when each step was done."""
    made: list[Stamps] = []
    with TemporaryDirectory() as folder:

        def recorded(settings: Settings) -> Run:
            made.append(Stamps(Path(folder) / "run"))
            return start(settings, "bench", made[-1], cache_folder())

        shell = Shell(Settings(horizon=1_000_000), Path(folder) / "settings.ini", "light", recorded)
        shell.window.resize(*size)
        shell.window.show()
        shell.begin(play=True)
        wait_until(lambda: shell.session.recording.last_step >= WARM_UP_STEPS)
        yield shell, made[-1]
        shell.close()


def measured(shell: Shell, stamps: Stamps, live: bool, seconds: float) -> Block:
    """One block; the window stays open in both kinds, and only its clock stands still in the second."""
    heartbeat, drain = Heartbeat(), QTimer(interval=DRAIN_MS)
    drain.timeout.connect(shell.session.tick)
    if live:
        shell.pump.start()
    else:
        shell.pump.stop()
        drain.start()
    wait(SETTLE_SECONDS)
    heartbeat.start()
    began, used, frames = perf_counter(), thread_time(), shell.pump.frames
    wait(seconds)
    ended = perf_counter()
    spent, drawn = thread_time() - used, shell.pump.frames - frames
    drain.stop()
    length = ended - began
    return Block(live, stamps.speed(began, ended), drawn / length, spent / length, heartbeat.stop())


def figures(blocks: list[Block]) -> dict[str, Any]:
    """Medians; the ratio is taken between neighbours, so that a drifting machine cancels out."""
    pairs = pairwise(blocks)
    ratios = sorted((a if a.live else b).steps_per_second / (b if a.live else a).steps_per_second for a, b in pairs)
    live = [block for block in blocks if block.live]
    return {
        "ratio": round(median(ratios), 4),
        "ratio_quartiles": [round(ratios[len(ratios) // 4], 4), round(ratios[-1 - len(ratios) // 4], 4)],
        "steps_per_s": round(median(block.steps_per_second for block in live), 2),
        "frames_per_s": round(median(block.frames_per_second for block in live), 2),
        "gui_share": round(median(block.gui_share for block in live), 4),
        "max_gap_ms": max(block.longest_pause_ms for block in live),
        "median_gap_ms": median(block.longest_pause_ms for block in live),
    }
