"""The recorded runs that come with the program, so that there is something alive before anything was trained."""

from pathlib import Path

from engine.checkpoints import is_run, recordings
from engine.trouble import Trouble


def bundled() -> Path:
    """The folder of the first of them. Raises Trouble where there is none."""
    for run in all_bundled():
        return run
    raise Trouble("There is no recorded run in assets/recordings.", "Give the folder of a run as the argument.")


def all_bundled() -> list[Path]:
    """Their folders, in their order."""
    return sorted(folder for folder in recordings().glob("*") if is_run(folder))


def is_bundled(folder: Path) -> bool:
    """Whether this run came with the program, and must stay as it is."""
    return folder.resolve().is_relative_to(recordings().resolve())
