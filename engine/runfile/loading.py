"""A whole run out of its file into an empty recording, kind by kind: what was left behind is left out at once."""

from contextlib import suppress

import numpy as np

from engine.events import KINDS, Event, Rewound
from engine.looks import HEAVY
from engine.recording import NUMBERS_ONLY, Recording
from engine.rewinds import Rewinds
from engine.runfile.guard import DAMAGE, Guarded
from engine.runfile.reading import read_columns, read_events, read_places
from engine.runfile.schema import table


class Loading:
    """`damaged` are tables of which something is missing; `thinned` says of how many entries how many are shown."""

    def __init__(self, file: Guarded, stored: dict[str, set[str]]) -> None:
        self._file, self._stored = file, stored
        self._rewinds = self._read_rewinds()
        self.damaged: set[str] = set()
        self.thinned: dict[str, tuple[int, int]] = {}
        self.last = 0  # number of the last event

    def into(self, recording: Recording) -> None:
        """Everything there is, which may be less than there was; never an exception of the file."""
        for kind in KINDS:
            if table(kind) in self._stored:
                try:
                    damaged = self._fill(recording, kind, self._stored[table(kind)])
                except DAMAGE:
                    damaged = True
                if damaged:
                    self.damaged.add(table(kind))
        recording.number = self.last

    def _fill(self, recording: Recording, kind: type[Event], stored: set[str]) -> bool:
        self._see(self._highest(kind))
        if kind in NUMBERS_ONLY:
            return self._fill_columns(recording, kind, stored)
        if kind in HEAVY:
            return self._fill_looks(recording, kind, stored)
        return self._fill_events(recording, kind, stored)

    def _fill_columns(self, recording: Recording, kind: type[Event], stored: set[str]) -> bool:
        columns, damaged = read_columns(self._file, kind, stored)
        numbers = columns.pop("id")
        places = self._kept(kind, numbers, columns["step"])
        if len(places) < len(numbers):
            columns = {name: column[places] for name, column in columns.items()}
        recording.fill(kind, columns, len(numbers))
        return damaged

    def _fill_looks(self, recording: Recording, kind: type[Event], stored: set[str]) -> bool:
        numbers, steps, damaged = read_places(self._file, kind, stored)
        places = self._kept(kind, numbers, steps)
        recording.fill_looks(kind, steps[places].tolist(), numbers[places].tolist(), len(numbers))
        return damaged

    def _fill_events(self, recording: Recording, kind: type[Event], stored: set[str]) -> bool:
        numbers, events, recorded, damaged = read_events(self._file, kind, stored)
        places = self._kept(kind, numbers, np.array([event.step for event in events]))
        recording.fill_events(kind, [events[place] for place in places.tolist()], recorded)
        if recorded > len(events) and not damaged:
            self.thinned[table(kind)] = len(events), recorded
        return damaged

    def _kept(self, kind: type[Event], numbers: np.ndarray, steps: np.ndarray) -> np.ndarray:
        for number in numbers[-1:].tolist():
            self._see(int(number))
        return self._rewinds.kept(kind, numbers, steps)

    def _see(self, number: int) -> None:
        self.last = max(self.last, number)

    def _highest(self, kind: type[Event]) -> int:
        """Of a table whose end is damaged it is not known before it is read."""
        with suppress(*DAMAGE):
            return int(self._file.execute(f"SELECT max(id) FROM {table(kind)}").fetchone()[0] or 0)
        return 0

    def _read_rewinds(self) -> Rewinds:
        """None where they cannot be read; steps that fall say then what was left behind."""
        with suppress(*DAMAGE, KeyError):
            columns, _ = read_columns(self._file, Rewound, self._stored[table(Rewound)])
            return Rewinds.of(columns["id"], columns["step"])
        return Rewinds.of(np.empty(0), np.empty(0))
