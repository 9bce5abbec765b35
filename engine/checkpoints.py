"""Where a run keeps its checkpoints, one folder each; found by name and step without loading torch."""

import os
import re
from importlib.resources import files
from pathlib import Path

from engine.folders import runs_folder
from engine.runfile import FILE_NAME
from engine.trouble import Trouble

FOLDER = "checkpoints"
ASIDE, REPLACED, LEFT = ".aside-", ".replaced", ".left"  # endings of folders that come or go
NAME = re.compile(rf"step-(\d{{6,}})({re.escape(REPLACED)})?")  # a replaced one counts until the new one has its name
# said when a run is resumed, so that whoever starts it can recognise it and ask
TEXT_CHANGED = "The text has changed since this run was saved."


def checkpoint_name(step: int) -> str:
    """In an order that any file browser shows."""
    return f"step-{step:06}"


def step_of(checkpoint: Path) -> int:
    """The step its name says."""
    match = NAME.fullmatch(checkpoint.name)
    assert match
    return int(match[1])


def checkpoints(run: Path) -> dict[int, Path]:
    """The whole checkpoints of a run folder by step, oldest first; asides and what was left behind are none."""
    folder = run / FOLDER
    paths = sorted((path for path in folder.iterdir() if path.is_dir()), reverse=True) if os.path.isdir(folder) else []
    # in reverse, so that a new one hides the one it replaces
    return dict(sorted({step_of(path): path for path in paths if NAME.fullmatch(path.name)}.items()))


def newest(run: Path, at_most: int | None = None) -> Path | None:
    """The last checkpoint of a run folder, or the last one at or before a step."""
    paths = [path for step, path in checkpoints(run).items() if at_most is None or step <= at_most]
    return paths[-1] if paths else None


def is_run(folder: Path) -> bool:
    """Whether a run lies there, whatever its name."""
    return os.path.isfile(folder / FILE_NAME) or os.path.isdir(folder / FOLDER)


def run_folder(place: str) -> Path:
    """The run folder a person means: by a path, its name in the runs folder, or one that came with the program.

    Trouble if there is none.
    """
    came_along = [recordings() / place] if Path(place).name == place else []
    for folder in (Path(os.path.expanduser(place)), runs_folder() / place, *came_along):
        if is_run(folder):
            return folder.resolve()
    raise Trouble(f"There is no run {place}.", f"Give a run folder, or a name out of {runs_folder()}.")


def recordings() -> Path:
    """Where the recorded runs lie that come with the program."""
    return Path(str(files("assets")), "recordings")


def checkpoint_meant(place: str) -> Path:
    """The checkpoint a person means: that folder itself, or the newest of a run. Trouble if there is none."""
    path = Path(os.path.realpath(os.path.expanduser(place)))
    if NAME.fullmatch(path.name) and os.path.isdir(path):
        if path.parent.name != FOLDER:
            raise Trouble(f"{path} lies in no run.", "Give a run folder, or a checkpoint where its run keeps it.")
        return path
    run = run_folder(place)
    found = newest(run)
    if found is None:
        raise Trouble(f"The run in {run} has no checkpoint.", "Only a run that was saved can go on.")
    return found


def run_of(checkpoint: Path) -> Path:
    """The run folder that a checkpoint belongs to."""
    return checkpoint.parent.parent
