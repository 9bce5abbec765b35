"""How every command ends: with an exit code, and in trouble with a sentence instead of a traceback."""

import os
import sys
from collections.abc import Callable

from engine.trouble import Trouble


def run_command(command: Callable[[], object]) -> int:
    """0 all is well · 1 it failed · 2 it was asked wrongly · 130 it was interrupted."""
    try:
        result = command()
    except Trouble as trouble:
        return refuse(trouble)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output has gone, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return result if isinstance(result, int) else 0


def refuse(trouble: Trouble) -> int:
    """Say it on the error stream; the exit code."""
    print(f"terrarium: {trouble.message}\n{trouble.advice}", file=sys.stderr)
    return 2
