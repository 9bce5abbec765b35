"""Where something is written: a path that is typed or chosen, with a suggested name until a person types one."""

import os
from pathlib import Path

from PySide6.QtCore import Signal

from gui.frame.path_row import PathRow


class FileRow(PathRow):
    edited = Signal()  # another path, typed, chosen or suggested

    def __init__(self, folder: Path, title: str, says: str) -> None:
        """`title` is that of the dialog in which a place is chosen; `says` what is written there."""
        super().__init__(title, says)
        self._folder, self._suggested = folder, ""
        self.field.textChanged.connect(self.edited)

    def suggest(self, name: str) -> None:
        """A name with its ending; of one that a person typed only the ending changes."""
        path, before = self._typed(), self._suggested
        self._suggested = name
        if path.name and path.name != before:
            name = path.name.removesuffix(Path(before).suffix) + Path(name).suffix
        self.field.setText(str((path.parent if path.name else self._folder) / name))
        self.field.setCursorPosition(len(self.field.text()))

    def path(self) -> Path:
        """With the ending of what is suggested; one without a name is none."""
        path, ending = self._typed(), Path(self._suggested).suffix
        if path.name and path.suffix.lower() != ending:
            return path.with_name(f"{path.name}{ending}")
        return path

    def taken(self) -> bool:
        """Whether something lies there."""
        try:
            return os.path.lexists(self.path())
        except (OSError, ValueError):  # too long a name, or not allowed: said when it is written
            return False

    def _typed(self) -> Path:
        return Path(os.path.expanduser(self.field.text().strip()))

    def begin_at(self) -> str:
        return str(self.path())
