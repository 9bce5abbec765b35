"""What the export dialog writes beside a figure: its numbers, and a program that draws it again."""

from importlib.util import find_spec

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from gui.explain import explain
from gui.export.numbers.writing import NUMBER_FORMS
from gui.export.wish import Wish
from gui.frame.export.boxes import Boxes
from gui.frame.export.form import head
from gui.theme import Theme
from gui.widgets.labels import PlainLabel
from gui.widgets.segments import Segments

NAMES = {"csv": "CSV", "parquet": "Parquet", "json": "JSON", "script": "Python script", "tsv": "TSV"}
USES = {
    "csv": "For spreadsheets, pandas and polars",
    "parquet": "For pandas, polars and DuckDB, small",
    "json": "For programs",
    "script": "Draws the figure again with matplotlib alone",
    "tsv": "For spreadsheets: columns are parted by tabs",
}
NO_PARQUET = 'Needs a library that is not installed: pip install "lm-terrarium[data]"'
EVERY, SEEN = "every", "seen"
ORIGIN = "The file names its run, step and settings."


class NumbersForm(QWidget):
    edited = Signal(dict)  # fields of Wish

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wish = Wish()
        self.boxes = Boxes(NAMES)
        for name, box in self.boxes.boxes.items():
            explain(box, NAMES[name], USES[name])
        if not find_spec("pyarrow"):
            self.boxes.boxes["parquet"].setEnabled(False)
            explain(self.boxes.boxes["parquet"], NAMES["parquet"], NO_PARQUET)
        self.steps = Segments("Which numbers", {EVERY: "Every step", SEEN: "Visible range"})
        row = self.steps.layout()
        assert isinstance(row, QBoxLayout)
        for place in range(row.count()):
            row.setStretch(place, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (head("Numbers beside it"), self.boxes, self.steps, PlainLabel(ORIGIN, "caption", "ink3")):
            column.addWidget(part)
        self.boxes.ticked.connect(self._tick)
        self.steps.chosen.connect(lambda value: self.edited.emit({"whole": value == EVERY}))

    def show_wish(self, wish: Wish) -> None:
        """Tells nobody."""
        self._wish = wish
        self.boxes.show_ticked({**{form: form in wish.numbers for form in NUMBER_FORMS}, "script": wish.script})
        self.steps.choose(EVERY if wish.whole else SEEN)

    def dress(self, theme: Theme) -> None:
        self.steps.dress(theme)

    def _tick(self, name: str, on: bool) -> None:
        if name == "script":
            self.edited.emit({"script": on})
            return
        chosen = {*self._wish.numbers, name} if on else {*self._wish.numbers} - {name}
        self.edited.emit({"numbers": tuple(form for form in NUMBER_FORMS if form in chosen)})
