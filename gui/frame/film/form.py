"""The right side of the film dialog: file, steps and look, as they are declared in gui.export.film.choices."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from engine.declared import Knob, knobs
from gui.explain import explain
from gui.export.film.choices import Film
from gui.frame.export.boxes import Boxes
from gui.frame.export.field import MeasureField
from gui.frame.export.form import head, ruled
from gui.theme import LIGHT, Theme
from gui.widgets.labels import PlainLabel
from gui.widgets.segments import Segments

FORMATS = {"mp4": "MP4", "webm": "WebM", "gif": "GIF"}
PACES = {"early": "Early steps slower", "even": "Even"}
LOOKS = {"light": "Light", "dark": "Dark"}
WORDS = {"title": "Title", "counter": "Step counter"}
UNITS = {"rate": "/s", "first": "", "last": ""}
FIELD, ROW = 112, 28  # pixels at reading size
KNOBS: Mapping[str, Knob] = {knob.name: knob for knob in knobs(Film)}


class FilmForm(QWidget):
    """Tells what a person changes; shows what it is told."""

    edited = Signal(dict)  # fields of Film
    refused = Signal(str)  # a sentence about what was typed

    def __init__(self) -> None:
        super().__init__()
        self.formats, self.paces, self.looks = (
            _segments("format", FORMATS),
            _segments("pace", PACES),
            _segments("look", LOOKS),
        )
        self.boxes = Boxes(WORDS)
        self.measures = {name: _measure(name) for name in ("seconds", "rate", "hold", "width", "first", "last")}
        self._look = QWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(head("File"))
        column.addWidget(self.formats)
        column.addLayout(self._rows("seconds", "rate", "hold", "width"))
        ruled(column)
        column.addWidget(head("Steps"))
        column.addWidget(self.paces)
        column.addLayout(self._rows("first", "last"))
        column.addWidget(self._drawn())
        column.addStretch()
        self._connect()

    def show_film(self, film: Film, drawn: bool) -> None:
        """Tells nobody. `drawn`: on paper, so that it can have a look of its own."""
        self.formats.choose(film.format)
        self.paces.choose(film.pace)
        self.looks.choose(film.look)
        self.boxes.show_ticked({"title": film.title, "counter": film.counter})
        for name, field in self.measures.items():
            field.show_value(getattr(film, name))
        self._look.setVisible(drawn)

    def dress(self, theme: Theme) -> None:
        scale = theme.pixels("small") / LIGHT.pixels("small")
        for segments in (self.formats, self.paces, self.looks):
            segments.dress(theme)
        for field in self.measures.values():
            field.dress(theme)
            field.setFixedSize(round(FIELD * scale), round(ROW * scale))

    def _drawn(self) -> QWidget:
        """Of a panel alone: the window looks as it looks."""
        column = QVBoxLayout(self._look)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        ruled(column, 0)
        column.addWidget(head("Look"))
        column.addWidget(self.looks)
        column.addWidget(self.boxes)
        return self._look

    def _rows(self, *names: str) -> QGridLayout:
        rows = QGridLayout()
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setVerticalSpacing(4)
        for place, name in enumerate(names):
            rows.addWidget(PlainLabel(KNOBS[name].label, "small", "ink2"), place, 0)
            rows.addWidget(self.measures[name], place, 1, Qt.AlignmentFlag.AlignRight)
        return rows

    def _connect(self) -> None:
        self.formats.chosen.connect(lambda value: self.edited.emit({"format": value}))
        self.paces.chosen.connect(lambda value: self.edited.emit({"pace": value}))
        self.looks.chosen.connect(lambda value: self.edited.emit({"look": value}))
        self.boxes.ticked.connect(lambda name, on: self.edited.emit({name: on}))
        for name, field in self.measures.items():
            field.edited.connect(lambda value, name=name: self.edited.emit({name: value}))
            field.refused.connect(self.refused)


def _measure(name: str) -> MeasureField:
    """Plain numbers: no film is so long that powers of ten are wanted."""
    knob = KNOBS[name]
    return MeasureField(knob._replace(unit=UNITS.get(name, knob.unit), log=False))


def _segments(name: str, choices: Mapping[str, str]) -> Segments:
    """As wide as there is room, in equal parts."""
    made = Segments(KNOBS[name].label, choices)
    explain(made, KNOBS[name].label, KNOBS[name].help)
    row = made.layout()
    for place in range(row.count() if row else 0):
        row.setStretch(place, 1)  # type: ignore[union-attr]
    return made
