"""What every event has."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Event:
    step: int  # optimizer steps done when it happened
    time: float  # seconds of training until then, pauses left out
