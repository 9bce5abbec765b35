"""Whether there is a screen, found out before Qt is loaded: without one Qt would abort the process."""

import os
import sys

from engine.trouble import Trouble


def has_screen() -> bool:
    """Only X11 and Wayland can be absent; elsewhere there always is one."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def need_screen() -> None:
    """Raises Trouble where no window can be seen."""
    if not has_screen():
        raise Trouble(
            "There is no screen here to open a window on.",
            "Start it in a desktop session. `terrarium train` and `terrarium screenshot` need no screen.",
        )


def draw_in_memory_without_one() -> None:
    """For pictures and measurements, which need no screen."""
    if not has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
