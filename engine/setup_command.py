"""`terrarium setup`: what a recorded run was set up with, as a file that restores the experiment on another machine."""

import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, NamedTuple

import tyro

from engine.aside import require_free
from engine.checkpoints import run_folder
from engine.corpus.place import shown
from engine.events import Annealed, Branched, Event, Started, Turned
from engine.folders import cache_folder
from engine.logs.command import worked
from engine.runfile import Reader
from engine.settings import Settings
from engine.setup_file import ENDING, Setup, load, named, save
from engine.setup_texts import examined, require_texts, setup_of
from engine.trouble import Trouble

NOT_HELD: Mapping[type[Event], str] = MappingProxyType(
    {
        Branched: "The run is a branch: the set-up begins at step 0, with the settings of the branch.",
        Turned: "Settings were turned in it: the set-up has them as they were at first; see train --repeat.",
        Annealed: "It was brought to an end by hand: the set-up goes on to the horizon; see train --repeat.",
    }
)


def write_setup(
    run: Annotated[str, tyro.conf.Positional, tyro.conf.arg(help="A recorded run: its name or folder")],
    out: Annotated[Path | None, tyro.conf.arg(help="File to write; the name of the run if left out")] = None,
    overwrite: Annotated[bool, tyro.conf.arg(help="Even where a file lies already")] = False,
) -> None:
    """Write the set-up of a run, settings and texts and where it stopped, as one small file, and print where it is."""
    folder = run_folder(run)
    path = named(out or Path(f"{folder.name}{ENDING}"))
    require_free(path, overwrite)
    settings, steps, notes = begun(folder)
    for sentence in notes:
        print(sentence, file=sys.stderr)  # noqa: T201
    setup = worked(setup_of(settings, cache_folder(), folder.name, steps), "Hashing texts")
    print(save(setup, path, overwrite))  # noqa: T201 - a command speaks to a terminal


class Begun(NamedTuple):
    settings: Settings
    steps: int | None  # where it stopped, if that was not its horizon
    notes: tuple[str, ...]  # sentences: what was done in it that no set-up holds


def by_hand(event: Event) -> bool:
    """Threads follow the load of the machine and are no part of the recipe."""
    return not (isinstance(event, Turned) and event.knob == "threads")


def begun(folder: Path) -> Begun:
    """What a run began with. Raises Trouble."""
    with closing(Reader(folder)) as reader:
        recording = reader.recording()
        started, steps = recording.latest(Started), recording.last_step
        notes = tuple(words for kind, words in NOT_HELD.items() if any(map(by_hand, recording.all(kind))))
    if started is None or not started.parameters:
        raise Trouble(f"{shown(folder.name)} was not trained by Terrarium.", "Choose another run.")
    settings = Settings(**started.settings)
    return Begun(settings, steps if steps and steps != settings.horizon else None, notes)


def restored(path: Path, others: bool = False) -> Setup:
    """The set-up in a file with the paths that hold here, its notes and changes said.

    Trouble where a text is lacking, unless `others` are read instead.
    """
    setup, notes = load(path)
    found = worked(examined(setup, path.absolute().parent, cache_folder()), "Comparing texts")
    changed = [f"{text.name} is not the text it was." for text in found.texts if text.state == "changed"]
    for sentence in (*notes, *found.notes, *changed):
        print(sentence, file=sys.stderr)  # noqa: T201
    if not others:
        require_texts(found)
    return found.setup
