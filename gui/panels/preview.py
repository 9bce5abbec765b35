"""Shows one panel alone on a recorded run, to work on it: `python -m gui.panels.loss [RUN]`."""

import sys
from importlib.resources import files
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from engine.recording import Recording
from engine.runfile import read_events
from engine.trouble import Trouble
from gui.panels.panel import Panel
from gui.style import palette, style_sheet
from gui.theme import LIGHT, Theme

FRAME_MS = 50


def preview(panel_class: type[Panel], theme: Theme = LIGHT) -> None:
    """Open a window with this panel, its title row and a slider over the steps; returns when it is closed."""
    try:
        recording = recorded(Path(sys.argv[1]) if len(sys.argv) > 1 else bundled())
    except Trouble as trouble:
        raise SystemExit(f"{trouble.message} {trouble.advice}") from trouble
    application = QApplication(sys.argv[:1])
    application.setStyle("Fusion")
    window = Preview(panel_class(theme), recording)
    window.show()
    application.exec()


def bundled() -> Path:
    """The first recorded run that comes with the program. Raises Trouble where there is none."""
    folder = Path(str(files("assets"))) / "recordings"
    for run in sorted(folder.glob("*")) if folder.is_dir() else ():
        return run
    raise Trouble("There is no recorded run in assets/recordings.", "Give the folder of a run as the argument.")


def recorded(run: Path) -> Recording:
    """All events of the run in `run`."""
    recording = Recording()
    for event in read_events(run):
        recording.add(event)
    return recording


class Preview(QWidget):
    """What a dock gives a panel, and no more."""

    def __init__(self, panel: Panel, recording: Recording) -> None:
        super().__init__()
        self.panel, self.recording = panel, recording
        self.setPalette(palette(panel.theme))
        self.setStyleSheet(style_sheet(panel.theme))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName("Step")
        self.slider.setRange(0, recording.last_step)
        self.slider.setValue(recording.last_step)
        row = QHBoxLayout()
        row.setContentsMargins(16, 6, 16, 6)
        title = QLabel(panel.title)
        title.setFont(panel.theme.font("title"))
        for widget in (title, *panel.title_row()):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.addLayout(row)
        column.addWidget(panel, 1)
        column.addWidget(self.slider)
        self.resize(800, 480)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self.refresh)
        self._clock.start(FRAME_MS)

    def refresh(self) -> None:
        """One frame."""
        self.panel.refresh(self.recording, self.slider.value())
