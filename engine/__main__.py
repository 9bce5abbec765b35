"""`python -m engine train …`, `… bench …`: for machines where Qt is not installed."""

import sys
from collections.abc import Callable, Sequence

import tyro

from engine.bench.command import BENCHES
from engine.command_line import run_command
from engine.doctor import doctor
from engine.export.command import write_model
from engine.logs.command import import_log, write_log
from engine.setup_command import write_setup
from engine.train import train, train_command

COMMANDS: dict[str, Callable[..., object]] = {
    "train": train,
    "doctor": doctor,
    "import": import_log,
    "log": write_log,
    "model": write_model,
    "setup": write_setup,
}


def main() -> int:
    """The exit code of the command."""
    return run_command(lambda: carry_out(sys.argv[1:]))


def carry_out(words: Sequence[str]) -> object:
    """What the words ask for."""
    if words[:1] == ["bench"]:
        return tyro.extras.subcommand_cli_from_dict(BENCHES, prog="python -m engine bench", args=words[1:])
    commands = {**COMMANDS, "train": train_command(words[1:])} if words[:1] == ["train"] else COMMANDS
    return tyro.extras.subcommand_cli_from_dict(commands, prog="python -m engine", args=words)


if __name__ == "__main__":
    sys.exit(main())
