"""What may be asked: the only thing that enters the engine. Named in the imperative.

A command that is obeyed comes back as an event, so whoever sent it waits for the fact and never assumes it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command: ...


@dataclass(frozen=True, slots=True)
class Play(Command): ...


@dataclass(frozen=True, slots=True)
class Pause(Command): ...


@dataclass(frozen=True, slots=True)
class Step(Command):
    count: int = 1


@dataclass(frozen=True, slots=True)
class WaitAt(Command):
    """Pause at this step, once: where the run that is done again was stopped. It comes back as Paused."""

    step: int


@dataclass(frozen=True, slots=True)
class Pace(Command):
    """Go no faster than this: slow motion for the class."""

    steps_per_second: float | None = None  # None: as fast as the machine can


@dataclass(frozen=True, slots=True)
class Turn(Command):
    """Change a live setting from the next step on."""

    knob: str
    value: float | tuple[float, ...]  # weights of a mixture are turned together


@dataclass(frozen=True, slots=True)
class Anneal(Command):
    """Bring the learning rate down from here on, and finish."""


@dataclass(frozen=True, slots=True)
class Save(Command):
    """Keep a checkpoint of what there is now."""


@dataclass(frozen=True, slots=True)
class Rewind(Command):
    """Go back to the last checkpoint at or before this step."""

    step: int


@dataclass(frozen=True, slots=True)
class Look(Command):
    """Look into the model now, whatever the schedule says."""


@dataclass(frozen=True, slots=True)
class Probe(Command):
    """Look at this sentence from now on, and at once."""

    text: str


@dataclass(frozen=True, slots=True)
class Prompt(Command):
    """Begin the samples with these words from now on, and write one at once."""

    text: str


@dataclass(frozen=True, slots=True)
class CountMerges(Command):
    """Show how BPE grows on this text, aside while training goes on."""


@dataclass(frozen=True, slots=True)
class CompareTokenizers(Command):
    """Learn some tokenizers from this text and measure them, aside while training goes on."""

    wanted: tuple[tuple[str, int], ...]  # kind, and different tokens at most


@dataclass(frozen=True, slots=True)
class Stop(Command): ...
