"""Shows one panel alone on a recorded run, or on several, to work on it: `python -m gui.panels.loss [RUN …]`."""

import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from engine.recording import Recording
from engine.runfile import Reader
from engine.trouble import Trouble
from gui.bundled import bundled
from gui.panels.panel import Panel
from gui.shown import Shown
from gui.style import palette, style_sheet
from gui.theme import LIGHT, Theme

FRAME_MS = 50


def preview(panel_class: type[Panel], theme: Theme = LIGHT) -> None:
    """Open a window with this panel, its title row and a slider over the steps; returns when it is closed."""
    try:
        folders = [Path(argument) for argument in sys.argv[1:]] or [bundled()]
        runs = tuple(Shown(str(run), run.name, Reader(run).recording(), place) for place, run in enumerate(folders))
    except Trouble as trouble:
        raise SystemExit(f"{trouble.message} {trouble.advice}") from trouble
    application = QApplication(sys.argv[:1])
    application.setStyle("Fusion")
    window = Preview(panel_class(theme), runs[0].recording)
    window.panel.show_runs(runs)
    window.show()
    application.exec()


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
