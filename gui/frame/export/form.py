"""The right side of the export dialog: file, look and layers, as they are declared in gui.export.paper."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from engine.declared import Knob, knobs
from gui.explain import explain
from gui.export.paper import SIZES, Paper
from gui.export.sheet import Sheet
from gui.frame.export.boxes import Boxes
from gui.frame.export.field import MeasureField
from gui.text import one_line
from gui.theme import LIGHT, Theme
from gui.widgets.elided_choice import ElidedChoice
from gui.widgets.hairline import Hairline
from gui.widgets.labels import PlainLabel
from gui.widgets.segments import Segments

FILES = {"pdf": "PDF", "svg": "SVG", "png": "PNG", "eps": "EPS"}
TEXTS = {"text": "Text as text", "outlines": "As outlines"}
LOOKS = {"light": "Light", "dark": "Dark"}
RANGES = {"seen": "As on screen", "whole": "All of the run"}
LEAST_SIZE, LEAST_TYPE = 20.0, 4.0  # mm and points: less cannot be read
FIELD, ROW = 132, 28  # pixels at reading size
KNOBS: Mapping[str, Knob] = {knob.name: knob for knob in knobs(Paper)}


class PaperForm(QWidget):
    """Tells what a person changes; shows what it is told."""

    edited = Signal(dict)  # fields of Paper
    refused = Signal(str)  # a sentence about what was typed

    def __init__(self, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet, self._paper = sheet, Paper()
        self._size = self._paper.size  # of the page as it is drawn: some grow with what stands on them
        self.formats, self.texts = _segments("File", FILES), _segments("Text", TEXTS)
        self.looks = _segments("Look", LOOKS)
        self.boxes = Boxes(boxes_of(sheet))
        self.width_field, self.height_field = _measure("width", LEAST_SIZE), _measure("height", LEAST_SIZE)
        self.type, self.dpi = _measure("type", LEAST_TYPE), MeasureField(KNOBS["dpi"])
        self.font_choice, self.range = ElidedChoice(4), ElidedChoice(4)
        self._fields: Mapping[str, QWidget] = {
            "Width": self.width_field,
            "Height": self.height_field,
            "Font": self.font_choice,
            "Type": self.type,
            "Range": self.range,
        }
        self._build()
        self._connect()

    def show_paper(self, paper: Paper) -> None:
        """Tells nobody."""
        if paper.size != self._paper.size:
            self._size = paper.size
        self._paper = paper
        self.formats.choose(paper.format)
        self.texts.choose(paper.text)
        self.looks.choose(paper.look)
        self.show_size(*self._size)
        self.type.show_value(paper.points)
        self.dpi.show_value(paper.dpi)
        self._show_font(paper.font)
        self.range.setCurrentIndex(self.range.findData(paper.range))
        self.boxes.show_ticked({"legend": paper.legend, "title": paper.title, **self._layers(paper)})
        pixels = paper.format == "png"
        self.texts.setVisible(not pixels)
        for widget in self._dpi_row:
            widget.setVisible(pixels)

    def show_size(self, width: float, height: float) -> None:
        """Of the page as it is drawn, in mm."""
        self._size = width, height
        self.width_field.show_value(width)
        self.height_field.show_value(height)

    def choose_preset(self, preset: str) -> None:
        """By a person; tells what changes with it."""
        self.edited.emit(preset_chosen(self._paper, self._size, preset))

    def dress(self, theme: Theme) -> None:
        scale = theme.pixels("small") / LIGHT.pixels("small")
        for segments in (self.formats, self.texts, self.looks):
            segments.dress(theme)
        for measure in (self.width_field, self.height_field, self.type, self.dpi):
            measure.dress(theme)
        for field in (*self._fields.values(), self.dpi):
            field.setFixedSize(round(FIELD * scale), round(ROW * scale))

    # what it is made of

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(head("File"))
        for segments in (self.formats, self.texts):
            column.addWidget(segments)
        dpi = QGridLayout()
        label = PlainLabel("Sharpness", "small", "ink2")
        self._dpi_row: tuple[QWidget, ...] = (label, self.dpi)
        dpi.addWidget(label, 0, 0)
        dpi.addWidget(self.dpi, 0, 1, Qt.AlignmentFlag.AlignRight)
        column.addLayout(dpi)
        ruled(column)
        column.addWidget(head("Look"))
        column.addWidget(self.looks)
        column.addSpacing(2)
        column.addLayout(self._measures())
        column.addSpacing(6)
        column.addWidget(self.boxes)

    def _measures(self) -> QGridLayout:
        rows = QGridLayout()
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setVerticalSpacing(4)
        for place, (words, field) in enumerate(self._fields.items()):
            rows.addWidget(PlainLabel(words, "small", "ink2"), place, 0)
            rows.addWidget(field, place, 1, Qt.AlignmentFlag.AlignRight)
        return rows

    def _connect(self) -> None:
        for words, value in RANGES.items():
            self.range.addItem(value, words)
        zoomed = any(plot.whole for plot in self._sheet.plots)
        self.range.setEnabled(zoomed)
        explain(self.range, "Range", KNOBS["range"].help if zoomed else "The panel shows all of the run already")
        explain(self.font_choice, "Font", KNOBS["font"].help)
        for family in QFontDatabase.families():
            if not QFontDatabase.isPrivateFamily(family):
                self.font_choice.addItem(one_line(family), family)
        self.formats.chosen.connect(lambda value: self.edited.emit({"format": value}))
        self.texts.chosen.connect(lambda value: self.edited.emit({"text": value}))
        self.looks.chosen.connect(lambda value: self.edited.emit({"look": value}))
        self.range.activated.connect(lambda: self.edited.emit({"range": self.range.currentData()}))
        self.font_choice.activated.connect(lambda: self.edited.emit({"font": self.font_choice.currentData()}))
        self.dpi.edited.connect(lambda value: self.edited.emit({"dpi": value}))
        self.type.edited.connect(lambda value: self.edited.emit(typed(self._paper, value)))
        self.width_field.edited.connect(lambda value: self.edited.emit(self._sized(width=value)))
        self.height_field.edited.connect(lambda value: self.edited.emit(self._sized(height=value)))
        self.boxes.ticked.connect(self._tick)
        for field in (self.width_field, self.height_field, self.type, self.dpi):
            field.refused.connect(self.refused)

    def _tick(self, name: str, on: bool) -> None:
        if name in ("legend", "title"):
            self.edited.emit({name: on})
            return
        others = tuple(layer for layer in self._paper.hidden if layer != name)
        self.edited.emit({"hidden": others if on else (*others, name)})

    def _sized(self, width: float = 0.0, height: float = 0.0) -> dict[str, Any]:
        return sized(self._paper, (width or self._size[0], height or self._size[1]))

    def _layers(self, paper: Paper) -> dict[str, bool]:
        return {layer: layer not in paper.hidden for layer in self._sheet.layers}

    def _show_font(self, family: str) -> None:
        """One that is not here stands first, until another is chosen."""
        if self.font_choice.findData(family) < 0:
            self.font_choice.insertItem(0, f"{one_line(family)}, not installed", family)
        self.font_choice.setCurrentIndex(self.font_choice.findData(family))


def sized(paper: Paper, size: tuple[float, float]) -> dict[str, Any]:
    """What changes where a person types a width or a height: the size is an own one from now on."""
    return {"preset": "own", "width": size[0], "height": size[1], "type": paper.points}


def typed(paper: Paper, points: float) -> dict[str, Any]:
    """A height of the type; that of the preset is left to the preset."""
    usual = SIZES[paper.preset].type if paper.preset in SIZES else 0.0
    return {"type": 0.0 if points == usual else points}


def preset_chosen(paper: Paper, size: tuple[float, float], preset: str) -> dict[str, Any]:
    """Size and type of a preset; an own size begins with what is seen."""
    return sized(paper, size) if preset == "own" else {"preset": preset, "width": 0.0, "height": 0.0, "type": 0.0}


def boxes_of(sheet: Sheet) -> dict[str, str]:
    """What can be switched on and off on a sheet, and the words for it."""
    legend = {"legend": "Legend"} if any(plot.legend for plot in sheet.plots) else {}
    layers = {layer: one_line(layer).capitalize() for layer in sheet.layers}
    return {**legend, **layers, "title": "Title"}


def head(words: str) -> PlainLabel:
    """Above a group of fields."""
    return PlainLabel(words, "caption", "ink3", strong=True)


def ruled(column: QBoxLayout, room: int = 6) -> None:
    """A line between two groups, with so many pixels above and below it."""
    column.addSpacing(room)
    column.addWidget(Hairline())
    column.addSpacing(room)


def _segments(name: str, choices: Mapping[str, str]) -> Segments:
    """As wide as there is room, in equal parts."""
    made = Segments(name, choices)
    row = made.layout()
    assert isinstance(row, QBoxLayout)
    for place in range(row.count()):
        row.setStretch(place, 1)
    return made


def _measure(name: str, least: float) -> MeasureField:
    return MeasureField(KNOBS[name]._replace(low=least, lowest=""))
