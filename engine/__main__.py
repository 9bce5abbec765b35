"""`python -m engine train …`: for machines where Qt is not installed."""

import sys
from collections.abc import Callable

import tyro

from engine.command_line import run_command
from engine.doctor import doctor
from engine.train import train

COMMANDS: dict[str, Callable[..., object]] = {"train": train, "doctor": doctor}


def main() -> int:
    """The exit code of the command."""
    return run_command(lambda: tyro.extras.subcommand_cli_from_dict(COMMANDS, prog="python -m engine"))


if __name__ == "__main__":
    sys.exit(main())
