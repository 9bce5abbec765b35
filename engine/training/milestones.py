"""Which steps are saved and which of them are kept: close together early, where much changes, and wide apart later.

The spacing is that of the Pythia models (Biderman et al. 2023): 0, 1, 2, 4 … 512, 1,000, and every 1,000 after.
"""

from collections.abc import Iterable

from engine.settings import Settings

DENSE, WIDE = 512, 1000  # steps
LATEST = 2  # always kept: the newest, and one to fall back on


def is_milestone(step: int) -> bool:
    """Kept for ever."""
    return step % WIDE == 0 or (step <= DENSE and step.bit_count() == 1)


def due(step: int, settings: Settings) -> bool:
    """Whether a checkpoint of this step is to be written."""
    regular = step > 0 and settings.save_every > 0 and step % settings.save_every == 0
    return regular or (settings.milestones and is_milestone(step))


def superfluous(steps: Iterable[int], milestones: bool) -> list[int]:
    """Steps whose checkpoints can go, once the newest is safely there."""
    return [step for step in sorted(steps)[:-LATEST] if not (milestones and is_milestone(step))]
