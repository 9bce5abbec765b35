"""Where the program keeps its things on this machine; TERRARIUM_HOME puts all of them in one folder instead.

Nothing is made here: whoever writes makes the folder first.
"""

import os
from itertools import count
from pathlib import Path

import platformdirs

from engine.names import run_name

NAME = "terrarium"


def runs_folder() -> Path:
    """Recorded runs, one folder each."""
    return (_home() or platformdirs.user_data_path(NAME, appauthor=False)) / "runs"


def new_run_folder() -> Path:
    """A folder nobody has used yet, with a name that can be said aloud; it is made by the first step."""
    name, runs = run_name(), runs_folder()
    taken = {path.name for path in runs.iterdir()} if runs.is_dir() else set()
    names = (name if number == 1 else f"{name}-{number}" for number in count(1))
    return runs / next(free for free in names if free not in taken)


def cache_folder() -> Path:
    """What can be made again, such as tokens; may be emptied at any time."""
    home = _home()
    return home / "cache" if home else platformdirs.user_cache_path(NAME, appauthor=False)


def config_file() -> Path:
    """What the person chose and where the window stood, as an ini file."""
    return (_home() or platformdirs.user_config_path(NAME, appauthor=False)) / "settings.ini"


def _home() -> Path | None:
    home = os.environ.get("TERRARIUM_HOME")
    return Path(home).expanduser() if home else None
