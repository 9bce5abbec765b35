"""`terrarium [TEXT or RUN]`: opens the window; the model is made ready while a person looks around."""

import signal
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import tyro

from engine.checkpoints import run_folder
from engine.folders import runs_folder
from engine.setup_file import is_setup, load
from engine.trouble import Trouble
from gui.bundled import bundled
from gui.screen import need_screen
from gui.sources import corpus_of, is_there

if TYPE_CHECKING:
    from gui.shell import Shell

FIRST_SPEED = 10.0  # times as fast as it was recorded
ThemeName = Literal["light", "dark", "projector"]


def open_window(
    text: Annotated[
        Path | None, tyro.conf.Positional, tyro.conf.arg(help="A text to learn from, or a recorded run to look at")
    ] = None,
    theme: Annotated[ThemeName | None, tyro.conf.arg(help="As last time if left out")] = None,
) -> int:
    """Open the window; `terrarium my.txt` learns from a text, `terrarium RUN` looks at a recorded run.

    `terrarium my.terrarium.json` opens a set-up, and the folder of a published model that model.
    """
    asked = text if text and asked_about(text) else None
    run = run_meant(str(text)) if text and not asked else None
    if text and not run and not is_there(str(text)):
        raise no_such_text(str(text))
    need_screen()
    from engine.folders import config_file
    from gui.memory import remembered_settings
    from gui.shell import Shell

    settings = remembered_settings(config_file())
    if text and not run and not asked:
        corpus = (str(text.resolve()),) if text.exists() else corpus_of(str(text))
        settings = settings.model_copy(update={"corpus": corpus, "weights": ()})
    shell = Shell(settings, config_file(), theme)
    shell.window.show()
    if asked:
        shell.ask(asked)
    elif run:
        shell.show(run)
    elif not text and first_visit():
        shell.show(bundled(), FIRST_SPEED)
    else:
        shell.begin()
    code = until_closed(shell)
    shell.close()
    return code


def asked_about(place: Path) -> bool:
    """A set-up or a published model: the window says what it is before it begins. Trouble for what is no set-up."""
    if is_setup(place):
        load(place)
        return True
    from engine.export.importing import is_model  # seldom needed

    return is_model(place)


def run_meant(place: str) -> Path | None:
    """The folder of the run of this name or path; a text of that name goes before a run in the runs folder."""
    try:
        folder = run_folder(place)
    except (Trouble, OSError, ValueError):
        return None
    return folder if Path(place).exists() or not is_there(place) else None


def first_visit() -> bool:
    """Nothing was ever recorded here."""
    runs = runs_folder()
    return not (runs.is_dir() and any(runs.iterdir()))


def until_closed(shell: "Shell") -> int:
    """Ctrl-C in the terminal closes the window as its own button does; the pump's clock lets Python hear it."""
    before = signal.signal(signal.SIGINT, lambda *_: shell.application.quit())
    try:
        return int(shell.application.exec())
    finally:
        signal.signal(signal.SIGINT, before)


def no_such_text(word: str, commands: Iterable[str] = ()) -> Trouble:
    """Perhaps it is one of the commands, mistyped."""
    near = get_close_matches(word, list(commands), n=1)
    advice = (
        f"Did you mean `terrarium {near[0]}`?" if near else "Choose a text file or folder, or see `terrarium --help`."
    )
    return Trouble(f"There is no file, folder or command called “{word}”.", advice)
