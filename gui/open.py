"""`terrarium [TEXT]`: opens the window; the model is made ready while a person looks around."""

import signal
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import tyro

from engine.trouble import Trouble
from gui.screen import need_screen
from gui.sources import corpus_of, is_there

if TYPE_CHECKING:
    from gui.shell import Shell

ThemeName = Literal["light", "dark", "projector"]


def open_window(
    text: Annotated[
        Path | None, tyro.conf.Positional, tyro.conf.arg(help="A file or folder to learn from, or a built-in text")
    ] = None,
    theme: Annotated[ThemeName | None, tyro.conf.arg(help="As last time if left out")] = None,
) -> int:
    """Open the window (the word `window` may be left out)."""
    if text and not is_there(str(text)):
        raise no_such_text(str(text))
    need_screen()
    from engine.folders import config_file
    from gui.memory import remembered_settings
    from gui.shell import Shell, start_run

    settings = remembered_settings(config_file())
    if text:
        corpus = (str(text.resolve()),) if text.exists() else corpus_of(str(text))
        settings = settings.model_copy(update={"corpus": corpus, "weights": ()})
    shell = Shell(start_run, settings, config_file(), theme)
    shell.window.show()
    shell.begin()
    code = until_closed(shell)
    shell.close()
    return code


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
