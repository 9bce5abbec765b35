"""Sheets of recorded runs without a window: panels are made, never shown, and asked for their figures."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from engine.declared import Declared, Knob, knobs
from engine.trouble import Trouble
from gui.export.file_names import plain_name
from gui.export.provenance import Provenance, provenance
from gui.export.sheet import Sheet
from gui.lane import Lane, opened
from gui.panels import PANELS
from gui.panels.panel import Panel
from gui.shown import Shown
from gui.theme import LIGHT


class Desk:
    """Panels over the first of some runs; those that compare see all of them. Needs a QApplication."""

    def __init__(self, lanes: Sequence[Lane], panels: Sequence[type[Panel]]) -> None:
        self._lanes = tuple(lanes)
        self._room = QWidget()  # never shown
        self._panels = {panel: panel(LIGHT, self._room) for panel in panels}
        self.recording = lanes[0].recording
        runs = tuple(
            Shown(lane.key, lane.name, lane.recording, place, lane.group) for place, lane in enumerate(self._lanes)
        )
        for panel in self._panels.values():
            panel.show_runs(runs)
            panel.notice(self.recording)

    @property
    def name(self) -> str:
        """Of the first run."""
        return self._lanes[0].name

    def choose(self, choices: Sequence[str]) -> None:
        """“smoothing=50” for every panel with that option, “loss.smoothing=50” for one. Raises Trouble."""
        for choice in choices:
            name, _, value = choice.partition("=")
            owner, _, option = name.strip().replace("-", "_").rpartition(".")
            having = [panel for panel in self._panels.values() if option in options_of(panel)]
            having = [panel for panel in having if owner in ("", slug(type(panel)).replace("-", "_"))]
            if not having:
                raise no_such_option(name, tuple(self._panels.values()))
            for panel in having:
                panel.choose(**{option: value.strip()})

    def options(self, panel: type[Panel]) -> Declared:
        """What is chosen of a panel."""
        return self._panels[panel].options

    def sheet(self, panel: type[Panel], step: int) -> Sheet:
        """What the panel has on paper at a step."""
        return self._panels[panel].on_paper(self.recording, step)

    def origin(self, panel: type[Panel], step: int) -> Provenance:
        """Of that sheet."""
        return provenance(self.recording, self.name, step, panel.title)

    def close(self) -> None:
        """Let go of the files and the panels."""
        self._panels.clear()
        self._room.deleteLater()
        QCoreApplication.sendPostedEvents(self._room, QEvent.Type.DeferredDelete)  # perhaps no loop runs here
        for lane in self._lanes:
            lane.forget()


@contextmanager
def desk(runs: Sequence[Path], panels: Sequence[type[Panel]]) -> Iterator[Desk]:
    """Over these run folders. Raises Trouble for one that cannot be read."""
    application = QApplication.instance() or QApplication([])
    made = Desk([opened(run) for run in runs], panels)
    try:
        yield made
    finally:
        made.close()
        del application  # it had to outlive the panels


def slug(panel: type[Panel]) -> str:
    """Its name on the command line and in names of files: “side-by-side”."""
    return plain_name(panel.title).lower()


def panel_named(name: str) -> type[Panel]:
    """“loss” and “side-by-side”, as on the command line. Raises Trouble for a name that none has."""
    named = {slug(panel): panel for panel in PANELS}
    wanted = plain_name(name).lower()
    if wanted not in named:
        raise Trouble(f"There is no panel called “{name}”.", f"Choose one of {', '.join(named)}.")
    return named[wanted]


def options_of(panel: Panel) -> Mapping[str, Knob]:
    """By name."""
    return {knob.name: knob for knob in knobs(type(panel).Options)}


def no_such_option(name: str, panels: Sequence[Panel]) -> Trouble:
    """Says which there are."""
    there = dict.fromkeys(option for panel in panels for option in options_of(panel))
    return Trouble(f"None of these panels has an option “{name}”.", f"They have {', '.join(there)}.")
