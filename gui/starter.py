"""How the window begins runs: each recorded and saved in a folder of its own, all training by turns."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from engine.alternation import Alternation
from engine.annotations import rename
from engine.branch import branched
from engine.checkpoints import checkpoint_meant
from engine.folders import cache_folder, new_run_folder
from engine.run import Run, start
from engine.runfile import RunFile
from engine.settings import Settings
from gui.lane import Origin
from gui.widgets.setting_words import label_of, worded

NAMED = 2  # changes in the name of a branch


class Starter:
    """Of one window."""

    def __init__(self) -> None:
        self._turns = Alternation()

    def start(self, settings: Settings) -> Run:
        """A new run."""
        return self.branch(Origin(settings))

    def resume(self, settings: Settings, folder: Path, new_text: bool) -> Run:
        """The run in `folder` from its last checkpoint, with another text only if that is wanted. Raises Trouble."""
        checkpoint, file = checkpoint_meant(str(folder)), RunFile(folder, go_on=True)
        changed: Literal["go-on", "refuse"] = "go-on" if new_text else "refuse"
        return start(settings, folder.name, file, cache_folder(), folder, checkpoint, changed, turns=self._turns)

    def branch(self, origin: Origin) -> Run:
        """A new run that begins where `origin` says. Raises Trouble."""
        folder, checkpoint = new_run_folder(), None
        if origin.parent:
            checkpoint = branched(origin.parent, origin.step, folder, origin.changes)
        file = RunFile(folder, go_on=checkpoint is not None, group=origin.group)
        if origin.changes:
            file.annotate(rename(called(origin.changes)))
        return start(origin.settings, folder.name, file, cache_folder(), folder, checkpoint, turns=self._turns)


def called(changes: Mapping[str, Any]) -> str:
    """A branch by what was changed: “batch size 48”."""
    words = [f"{label_of(name).lower()} {worded(name, value)}" for name, value in changes.items()]
    return ", ".join(words[:NAMED]) + (" …" if len(words) > NAMED else "")
