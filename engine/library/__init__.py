"""All recorded runs at a glance: listed without being opened, and deleted only into the trash."""

from engine.library.entry import Entry, State
from engine.library.library import Library

__all__ = ["Entry", "Library", "State"]
