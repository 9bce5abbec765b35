"""What a list of runs tells about one of them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import nan
from pathlib import Path
from typing import Any, Literal

import numpy as np

State = Literal["live", "recorded", "stopped", "damaged", "empty"]

LONG_AGO = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """The same object as long as nothing about the run has changed. Words may hold anything."""

    folder: Path
    name: str
    state: State  # live: somebody records it now; stopped: by an error; empty: no step was made
    plays: bool = False  # steps are being made, if it is live; else it waits
    says: str = ""  # why it stopped, or cannot be read
    settings: dict[str, Any] = field(default_factory=dict)  # as they were at the start
    corpus: str = ""  # its name for people; "3 sources" where several are mixed
    corpus_bytes: int = 0
    parameters: int = 0
    steps: int = 0  # the last one that counts
    loss: float = nan  # nats per token: mean of the last steps, as in the loss chart
    validation: float = nan  # nats per token, the best
    curve_steps: np.ndarray = field(default_factory=lambda: np.empty(0))  # growing
    curve: np.ndarray = field(default_factory=lambda: np.empty(0))  # smoothed loss at these steps
    date: datetime = LONG_AGO  # when it was begun, with the zone
    tags: tuple[str, ...] = ()
    comment: str = ""
    group: str = ""  # runs that were begun as one action have the same
    seed: int | None = None
    parent: str = ""  # name of the folder it branched from, which may be gone
    fork: int | None = None  # the step from which it is a run of its own
    checkpoints: tuple[int, ...] = ()  # steps, oldest first
    bytes: int = 0  # of all its files
    heavy_bytes: int = 0  # of these: what attention and predictions looked like

    @property
    def key(self) -> str:
        return str(self.folder)
