"""Small run folders, written by the real writer from events that are made by hand."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from engine.events import Attended, Event, Rewound, Started, Stepped
from engine.runfile import FILE_NAME, RunFile


def started(**settings: object) -> Started:
    return Started(0, 0.0, "amber-heron", {"seed": 1, "width": 128, **settings}, 918_000, "CPU")


def stepped(step: int, loss: float) -> Stepped:
    return Stepped(step, float(step), loss, 1e-3, 1.0, step * 100, 0.0, 0.0)


def steps(losses: Sequence[float], first: int = 1) -> list[Event]:
    return [stepped(step, loss) for step, loss in enumerate(losses, first)]


def attended(step: int) -> Attended:
    return Attended(step, float(step), np.arange(8, dtype=np.int32), np.zeros((2, 2, 8, 8), np.uint16))


def back_to(step: int, left: int) -> Rewound:
    return Rewound(step, float(step), left)


def record(folder: Path, events: Iterable[Event], group: str = "", go_on: bool = False) -> Path:
    """Written and closed, as by a run that has ended; gives the run file."""
    journal = RunFile(folder, go_on=go_on, group=group)
    for event in events:
        journal.add(event)
    journal.close()
    return folder / FILE_NAME
