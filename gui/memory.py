"""What is remembered from one start to the next, in one ini file; whatever cannot be read counts as never written."""

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

from engine.declared import knobs
from engine.settings import Settings
from engine.trouble import Trouble
from gui.sources import is_there

RECENTS = 8
SPOILING = {knob.name for knob in knobs(Settings) if knob.group == "spoiling"}
LAYOUT_VERSION = 3  # raise it when docks are added or renamed


class Memory:
    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._store = QSettings(str(path), QSettings.Format.IniFormat)

    def settings(self) -> tuple[Settings, str]:
        """Those of the last run, and a sentence if they could not be used."""
        kept = self.word("settings", "")
        if not kept:
            return Settings(), ""
        try:
            return Settings(**json.loads(kept)), ""
        except (ValueError, TypeError, Trouble):
            return Settings(), "Your last choices could not be read, so these are the usual ones."

    def keep_settings(self, settings: Settings) -> None:
        """But how its text was spoiled: tomorrow nobody would think of it."""
        self._store.setValue("settings", json.dumps(settings.model_dump(exclude=SPOILING)))

    def recents(self) -> list[str]:
        """Sources opened lately, newest first; files that are gone are left out."""
        try:
            kept = json.loads(self.word("recents", "[]"))
        except (ValueError, TypeError):
            return []
        paths = kept if isinstance(kept, list) else []
        return [path for path in paths if isinstance(path, str) and is_there(path)]

    def keep_recent(self, path: str) -> None:
        others = [other for other in self.recents() if other != path]
        self._store.setValue("recents", json.dumps([path, *others][:RECENTS]))

    def word(self, name: str, default: str) -> str:
        """One of the small choices: "theme", "layout"."""
        return str(self._store.value(name, default))

    def keep_word(self, name: str, value: str) -> None:
        self._store.setValue(name, value)

    def state(self, name: str) -> QByteArray:
        """The window's geometry, or the places of the docks in a layout; empty if there is none."""
        kept: Any = self._store.value(f"state/{LAYOUT_VERSION}/{name}")
        return kept if isinstance(kept, QByteArray) else QByteArray()

    def keep_state(self, name: str, state: QByteArray) -> None:
        self._store.setValue(f"state/{LAYOUT_VERSION}/{name}", state)

    def forget_state(self, name: str) -> None:
        self._store.remove(f"state/{LAYOUT_VERSION}/{name}")

    def save(self) -> None:
        """Write it down now; a full or read-only disk is no reason to fail."""
        self._store.sync()


def remembered_settings(path: Path) -> Settings:
    """Those of the last run, or the usual ones; the window says so if they could not be read."""
    return Memory(path).settings()[0]
