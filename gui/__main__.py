"""`terrarium`: the window, and the commands that do without one."""

import importlib
import sys
from collections.abc import Callable, Sequence

import tyro

from engine.command_line import run_command
from engine.doctor import doctor
from engine.export.command import write_model
from engine.logs.command import import_log, write_log
from engine.runfile import program_version
from engine.setup_command import write_setup
from engine.train import train, train_command
from gui.bench.command import BENCHES
from gui.export.command import export
from gui.export.film.command import film
from gui.export.report.command import write_report
from gui.open import no_such_text, open_window, run_meant
from gui.screenshot import screenshot
from gui.sources import is_there


def bench() -> None:
    """Measure this machine: `terrarium bench --help` lists what."""


COMMANDS: dict[str, Callable[..., object]] = {
    "window": open_window,
    "train": train,
    "screenshot": screenshot,
    "bench": bench,
    "doctor": doctor,
    "import": import_log,
    "log": write_log,
    "model": write_model,
    "setup": write_setup,
    "export": export,
    "report": write_report,
    "film": film,
}


def main() -> int:
    """The exit code of what was asked on the command line."""
    return run_command(lambda: carry_out(sys.argv[1:]))


def carry_out(words: Sequence[str]) -> object:
    """`terrarium`, `terrarium my.txt` and `terrarium --theme dark` mean the window; `terrarium trian` means nothing."""
    if words and words[0] == "--version":
        print(f"lm-terrarium {program_version()}")
        return 0
    if words and words[0] == "bench":
        return tyro.extras.subcommand_cli_from_dict(BENCHES, prog="terrarium bench", args=words[1:])
    if not words or words[0] not in (*COMMANDS, "-h", "--help"):
        if words and not words[0].startswith("-") and not is_there(words[0]) and not run_meant(words[0]):
            raise no_such_text(words[0], COMMANDS)  # before its options are called unknown
        words = ["window", *words]
    if sys.platform == "win32" and words[0] != "doctor":
        importlib.import_module("torch")  # there it fails to load when Qt came first
    commands = {**COMMANDS, "train": train_command(words[1:])} if words[0] == "train" else COMMANDS
    return tyro.extras.subcommand_cli_from_dict(commands, prog="terrarium", args=words)


if __name__ == "__main__":
    sys.exit(main())
