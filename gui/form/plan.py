"""Where the next run begins: a preset, a size, and what such a run will cost on this machine."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.declared import Declared, knob, knobs
from engine.presets import PRESETS, Forecast
from gui.explain import explain
from gui.form.choices import OWN
from gui.form.fields import SliderField
from gui.form.form import FieldRow, Row
from gui.status import duration
from gui.widgets.labels import PlainLabel


class PlanKnobs(Declared):
    preset: str = knob(OWN, "Settings that go together. What you change afterwards is your own")
    size: float = knob(
        1.0,
        "Layers, width, heads, batch, learning rate and horizon together, for so many parameters beside n-gram tables",
        0.1,
        100.0,
        unit="million",
        log=True,
    )


PRESET, SIZE = knobs(PlanKnobs)
SAYS = {
    OWN: "Own: what you have put together yourself",
    "default": "Default: 1 million parameters, made for the built-in stories",
    "tiny": "Tiny: something to see after ten seconds",
    "nanogpt-cpu": "nanoGPT’s small configuration, number for number; it cuts text into characters",
    "nanogpt-gpu": "nanoGPT’s configuration for a graphics card, number for number; hours on a processor",
    "fast": "Fast: the lowest loss within seconds, with tables of n-grams; it cuts text into characters",
    "fast-plain": "Fast, plain: every other shortcut, but no tables; it cuts text into characters",
    "fast-long": "Fast, long: more steps and a lower loss; it cuts text into characters",
    "stories-1m": "Stories 1 M: the same as Default",
    "stories-8m": "Stories 8 M: 8 million parameters, with more text, a larger vocabulary and a longer context",
    "stories-30m": "Stories 30 M: 30 million parameters; for a graphics card, or for days",
}


class Plan(QWidget):
    preset_chosen = Signal(str)
    size_chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preset = FieldRow(PRESET._replace(choices=(OWN, *PRESETS)))
        self._field, self._shown = self.preset.fields[0], OWN
        for place in range(self._field.count()):
            self._field.setItemData(place, SAYS[self._field.itemData(place)], Qt.ItemDataRole.ToolTipRole)
        self.size_row = SizeRow()
        self.forecast = PlainLabel("", "small", "ink3")
        self.forecast.setWordWrap(True)
        self.forecast.setContentsMargins(8, 0, 0, 4)
        self.preset.edited.connect(self._choose_preset)
        self.size_row.edited.connect(self._choose_size)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for part in (self.preset, self.size_row, self.forecast):
            column.addWidget(part)

    def show_plan(self, preset: str, millions: float | None, forecast: Forecast | None, horizon: int) -> None:
        """What the form says as a whole; no forecast while it contradicts itself."""
        self._shown = preset
        self.preset.show_value(preset)
        explain(self._field, PRESET.label, f"{PRESET.help}. {SAYS[preset]}")
        if millions:
            self.size_row.show_value(millions)
        self.forecast.setText(forecast_words(forecast, horizon) if forecast else "")

    def _choose_preset(self, _: str, preset: str) -> None:
        if preset == OWN:  # which is no wish, but what is left of one
            self.preset.show_value(self._shown)
        else:
            self.preset_chosen.emit(preset)

    def _choose_size(self, _: str, millions: float) -> None:
        self.size_chosen.emit(millions)


class SizeRow(Row):
    """A slider beside its label; the number it sets stands over the form."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(SIZE, parent)
        slider = SliderField(SIZE)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(PlainLabel(SIZE.label, "small", "ink2"))
        line.addWidget(slider, 1)
        self._column.addLayout(line)
        self._column.addWidget(self.note)
        self._take(slider)


def forecast_words(forecast: Forecast, horizon: int) -> str:
    """Memory, and the time to the last step where steps like these were measured on this machine."""
    memory = f"About {forecast.memory / 1e9:.1f} GB"
    if forecast.seconds is None:
        return f"{memory}; the time is known after the first steps"
    return f"{memory} and {duration(forecast.seconds)} to step {horizon:,}"
