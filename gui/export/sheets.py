"""Sheets of a recorded run without a window: a panel is made, shown nothing, and asked for its figure."""

from typing import NamedTuple

from engine.recording import Recording
from gui.panels.panel import Panel


def panel_named(name: str) -> type[Panel]:
    """“loss” and “side-by-side”, as on the command line. Raises Trouble for a name that none has."""
    raise NotImplementedError


class Desk(NamedTuple):
    """Panels that are never shown, over the same recording. To be closed; needs a QApplication."""

    recording: Recording
    panels: tuple[Panel, ...]
