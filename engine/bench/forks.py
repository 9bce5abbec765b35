"""Work in processes that are forked, so that each begins in a moment and can be killed."""

import os
import traceback
from collections.abc import Callable

from engine.trouble import Trouble


def require_forks() -> None:
    """Trouble where the system has none."""
    if not hasattr(os, "fork"):
        raise Trouble("This system cannot fork processes.", "Measure on Linux or macOS.")


def forked(work: Callable[[], None]) -> int:
    """The number of a process that does the work and nothing else."""
    if process := os.fork():
        return process
    code = 1
    try:
        work()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)  # without what the parent would do at its end


def ended_well(work: Callable[[], None]) -> bool:
    """Do it in a process of its own; whether nothing was wrong."""
    return os.waitpid(forked(work), 0)[1] == 0
