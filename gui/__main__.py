"""`terrarium`: the window, and the commands that do without one."""

import importlib
import sys
from collections.abc import Callable

import tyro

from engine.command_line import run_command
from engine.doctor import doctor
from engine.train import train
from gui.bench.command import bench
from gui.open import open_window
from gui.screenshot import screenshot

COMMANDS: dict[str, Callable[..., object]] = {
    "window": open_window,
    "train": train,
    "screenshot": screenshot,
    "bench": bench,
    "doctor": doctor,
}


def main() -> int:
    """`terrarium`, `terrarium my.txt` and `terrarium --theme dark` mean the window."""
    words = sys.argv[1:]
    if not words or words[0] not in (*COMMANDS, "-h", "--help"):
        words = ["window", *words]
    if sys.platform == "win32" and words[0] != "doctor":
        importlib.import_module("torch")  # there it fails to load when Qt came first
    return run_command(lambda: tyro.extras.subcommand_cli_from_dict(COMMANDS, prog="terrarium", args=words))


if __name__ == "__main__":
    sys.exit(main())
