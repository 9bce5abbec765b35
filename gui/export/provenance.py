"""Where an exported thing came from: written into the file itself, so that it can be made again years later."""

import hashlib
import json
from typing import NamedTuple

from engine.events import Started
from engine.recording import Recording
from engine.runfile import program_version


class Provenance(NamedTuple):
    run: str  # its name
    step: int  # on show
    settings: str  # the first 12 digits of the SHA-256 of the settings, as JSON with sorted keys; empty before a start
    version: str  # of this program
    panel: str = ""

    @property
    def sentence(self) -> str:
        """To be read by people."""
        parts = [
            f"run {self.run}",
            f"step {self.step:,}",
            f"settings {self.settings or 'unknown'}",
            f"Terrarium {self.version}",
        ]
        return ", ".join([self.panel, *parts] if self.panel else parts)


def provenance(recording: Recording, run: str, step: int, panel: str = "") -> Provenance:
    """Of what is shown of a run at a step."""
    started = recording.latest(Started)
    return Provenance(run, step, digest(dict(started.settings)) if started else "", program_version(), panel)


def digest(settings: dict[str, object]) -> str:
    """The same for the same settings, in whatever order."""
    told = json.dumps(settings, sort_keys=True, ensure_ascii=True, default=list)
    return hashlib.sha256(told.encode()).hexdigest()[:12]
