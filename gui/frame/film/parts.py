"""What the film dialog is made of: one picture with a slider under it, what is filmed, the form, and where it goes."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSlider, QVBoxLayout, QWidget

from gui.explain import explain
from gui.frame.export.form import head
from gui.frame.file_row import FileRow
from gui.frame.film.form import ROW, FilmForm
from gui.frame.film.stage import Shot
from gui.style import mark
from gui.text import one_line, prose
from gui.theme import LIGHT, Theme
from gui.widgets.elided_choice import ElidedChoice
from gui.widgets.film_picture import FilmPicture
from gui.widgets.labels import ElidedLabel, PlainLabel
from gui.widgets.progress_line import ProgressLine

RIGHT, GAP = 272, 24  # pixels at reading size
LETTERS = 12  # of a panel's name that are shown at least


class FilmParts:
    def __init__(self, column: QVBoxLayout, about: str, shots: Sequence[Shot], folder: Path) -> None:
        self.about = ElidedLabel("", "small", "ink2")
        self.about.show_text(about)
        self.what, self.form = ElidedChoice(LETTERS), FilmForm()
        for shot in shots:
            self.what.addItem(one_line(shot.title))
        explain(self.what, "What", "A panel on show, or the whole window")
        self.picture, self.slider = FilmPicture(), QSlider(Qt.Orientation.Horizontal)
        explain(self.slider, "Picture", "Look at the pictures of the film")
        self.step, self.place = PlainLabel("", "small", "ink", strong=True), PlainLabel("", "small", "ink3")
        self.file = FileRow(folder, "Export film", "Where the film is written")
        self.progress = ProgressLine()
        self.note = PlainLabel("", "small", "ink2")
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        sides = QHBoxLayout()
        sides.setSpacing(GAP)
        sides.addLayout(self._left(), 1)
        sides.addWidget(self._right())
        column.addWidget(self.about)
        column.addLayout(sides, 1)
        for part in (self.file, self.progress, self.note):
            column.addWidget(part)

    def show_place(self, place: int, steps: Sequence[int]) -> None:
        """Which picture is looked at."""
        self.step.setText(f"Step {steps[place]:,}")
        self.place.setText(f"picture {place + 1:,} of {len(steps):,}")

    def show_count(self, count: int, place: int) -> None:
        """How many pictures there are, and which is looked at; tells nobody."""
        blocked = self.slider.blockSignals(True)
        self.slider.setRange(0, count - 1)
        self.slider.setPageStep(max(1, count // 10))
        self.slider.setValue(place)
        self.slider.blockSignals(blocked)

    def show_newest(self, picture_YX3: np.ndarray, place: int, steps: Sequence[int]) -> None:
        """A picture of the film that is being made."""
        self.picture.show_pixels(picture_YX3)
        self.show_count(len(steps), place)
        self.show_place(place, steps)

    def show_share(self, share: float | None) -> None:
        """That is done; None where nothing is made. Nothing can be chosen meanwhile."""
        self.progress.show_share(share)
        for part in (self.what, self.form, self.slider, self.file):
            part.setEnabled(share is None)

    def say(self, words: str, tone: str = "ink2") -> None:
        """Under the progress line."""
        self.note.setText(prose(words))
        mark(self.note, "tone", tone)

    def dress(self, theme: Theme) -> None:
        self.note.setMinimumHeight(2 * QFontMetrics(theme.font("small")).lineSpacing())  # the dialog keeps its size
        self.form.dress(theme)
        self.picture.dress(theme)
        scale = theme.pixels("small") / LIGHT.pixels("small")
        self.what.setFixedHeight(round(ROW * scale))
        self._scroll.setFixedWidth(round(RIGHT * scale))

    def _left(self) -> QVBoxLayout:
        words = QHBoxLayout()
        words.addWidget(self.step)
        words.addStretch()
        words.addWidget(self.place)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self.picture)
        column.addWidget(self.slider)
        column.addLayout(words)
        column.addStretch(1)
        return column

    def _right(self) -> QWidget:
        content, self._scroll = QWidget(), QScrollArea(widgetResizable=True)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(head("What"))
        column.addWidget(self.what)
        column.addSpacing(8)
        column.addWidget(self.form, 1)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(content)
        return self._scroll
