"""The loss panel: how surprised the model is by the next token, step by step, and what it is already better than."""

from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.declared import Declared, knob
from engine.events import (
    Annealed,
    AverageValidated,
    CorpusRead,
    Diverged,
    EncodingUnsure,
    Ended,
    Event,
    Failed,
    FloorCounted,
    Progressed,
    Resumed,
    Rewound,
    Saved,
    SourceRead,
    Spiked,
    Started,
    Stepped,
    Turned,
    Validated,
)
from engine.recording import Recording
from gui.encodings import other_encodings
from gui.panels.panel import Panel
from gui.text import number
from gui.theme import Theme
from gui.widgets.lecture_head import LectureHead
from gui.widgets.legend import Entry, Legend
from gui.widgets.loss_chart import LossChart
from gui.widgets.loss_heading import LossHeading
from gui.widgets.loss_layers import Shows
from gui.widgets.loss_picture import Picture, loss_picture
from gui.widgets.loss_unit import LossUnit
from gui.widgets.segments import Segments
from gui.widgets.smoothing import TrailingMean
from gui.widgets.stop_bar import StopBar

if TYPE_CHECKING:
    from gui.widgets.loss_stop import Stop

AVERAGED = "validation, averaged weights"


class LossOptions(Declared):
    """What may be chosen about the chart."""

    x: Literal["step", "tokens", "seconds"] = knob("step", "What the curve runs along", label="Along")
    unit: LossUnit = knob(
        "nats per token", "Bits per byte compare runs whose tokens are of different lengths", label="Counted in"
    )
    smoothing: int = knob(20, "The thick line is the mean of this many last steps", 1, 500, unit="steps", log=True)
    log_x: bool = knob(True, "Ten times as far is always the same stretch: shows the quick start", label="Log across")
    log_y: bool = knob(False, "Ten times the loss is always the same stretch", label="Log upward")
    show_raw: bool = knob(True, "The loss of every single step, faint", label="Every step")
    show_floors: bool = knob(
        True, "What tables of counted tokens would score, and where they are beaten", label="Floors"
    )
    show_validation: bool = knob(True, "The loss on text that is never trained on", label="Validation")


class LossPanel(Panel):
    """Also says why training stopped, and asks for what mends it: other settings, an earlier step, or another text."""

    title = "Loss"
    help = "how surprised the model is by the tokens it has to guess. Lower is better."
    watches: ClassVar[tuple[type[Event], ...]] = (
        Stepped,
        Validated,
        AverageValidated,
        FloorCounted,
        CorpusRead,
        SourceRead,
        Progressed,
        Started,
        Resumed,
        Turned,
        Spiked,
        Annealed,
        Rewound,
        Saved,
        Failed,
        Diverged,
        EncodingUnsure,
        Ended,
    )
    Options = LossOptions
    options: LossOptions

    restart_asked = Signal(dict)
    back_asked = Signal(int, float)  # step of a checkpoint, and the learning rate to go on with
    new_text_asked = Signal()  # go on, though the text has changed
    open_asked = Signal()
    encoding_asked = Signal(str, str)  # a text as in the settings, and the encoding to read it in

    def build(self) -> None:
        """Make the chart, the notice below it, and what stands in the title row."""
        self._smoothed: tuple[object, ...] = ()  # what the means are of
        self._recording_drawn: Recording | None = None
        self._stop: Stop | None = None
        self._means = TrailingMean(self.options.smoothing)
        self.chart, self.stop_bar = LossChart(), StopBar()
        self.chart.explained.connect(self.explained)
        self.stop_bar.button.clicked.connect(self._ask_restart)
        self.stop_bar.back_button.clicked.connect(self._ask_back)
        self.stop_bar.open_button.clicked.connect(self.open_asked)
        self.stop_bar.other_chosen.connect(self._ask_encoding)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(1, 0, 1, 1)  # the panel's border
        column.setSpacing(0)
        column.addWidget(self.chart, 1)
        column.addWidget(self.stop_bar)
        self.legend, self.lecture_head = Legend(), LectureHead()
        self.segments = Segments(
            "What the curve runs along", {"step": "Step", "tokens": "Tokens", "seconds": "Seconds"}
        )
        self.segments.chosen.connect(self._choose_x)
        self.heading = LossHeading(self.legend, self.segments, self.lecture_head)

    def picture(self, recording: Recording, step: int, options: LossOptions) -> Picture:
        """All of the run, smoothed; only new steps are worked out."""
        of = recording, recording.stamp((Rewound,)), options.smoothing  # after going back, other steps follow
        if of != self._smoothed:
            self._smoothed, self._means = of, TrailingMean(options.smoothing)
        along = options.x, options.log_x, options.log_y
        return loss_picture(recording, step, self._means, *along, options.unit)

    def title_row(self) -> list[QWidget]:
        return [self.heading]

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        for part in (self.chart, self.stop_bar, self.heading):
            part.dress(theme)

    def draw(self, picture: Picture) -> None:
        """A new run is followed from its start, whatever was looked at before."""
        if self._recording_drawn is not self._recording:
            self._recording_drawn = self._recording
            self.chart.follow()
        options = self.options
        self.segments.choose(picture.unit)
        self.chart.show_picture(picture, Shows(options.show_raw, options.show_floors, options.show_validation))
        self.heading.show_entries(self._entries(picture))
        self.lecture_head.show_number(_value(picture.training_loss) if picture.now else "", picture.measure.unit)
        self._say(picture)

    def _entries(self, picture: Picture) -> list[Entry]:
        if not picture.now:
            return []
        made = [Entry("training", _value(picture.training_loss), self.theme.line1)]
        if self.options.show_validation and picture.validated:
            made.append(Entry("validation", _value(picture.validation_loss), self.theme.line2, ring=True))
        if self.options.show_validation and picture.averaged:
            dash = self.theme.lines.dash3
            made.append(
                Entry(AVERAGED, _value(picture.average_loss), self.theme.line3, dash=dash, short="averaged weights")
            )
        made.append(Entry(f"smoothed over {picture.smoothing} steps" if picture.smoothing > 1 else "not smoothed"))
        return [*made, Entry(picture.measure.note)] if picture.measure.note else made

    def _say(self, picture: Picture) -> None:
        stop = self._stop = picture.stop
        if stop is None or stop.over:
            self.stop_bar.hide()
            return
        back = "" if stop.back is None else f"Go back to step {stop.back:,} at half the rate"
        self.stop_bar.say(stop.headline, stop.advice, stop.button, back, other_text=stop.unstarted)
        if stop.encoding:
            self.stop_bar.offer(stop.preview, other_encodings(stop.encoding))

    def _choose_x(self, unit: str) -> None:
        self.choose(x=unit)

    def _ask_restart(self) -> None:
        if self._stop and self._stop.new_text:
            self.new_text_asked.emit()
        elif self._stop and self._stop.encoding:
            self._ask_encoding(self._stop.encoding)
        elif self._stop:
            self.restart_asked.emit(self._stop.changes)

    def _ask_encoding(self, encoding: str) -> None:
        if self._stop:
            self.encoding_asked.emit(self._stop.source, encoding)

    def _ask_back(self) -> None:
        if self._stop and self._stop.back is not None:
            self.back_asked.emit(self._stop.back, self._stop.back_rate)


def _value(loss: float) -> str:
    """Two digits, which is what can be known; a dash where there is no number."""
    return number(loss) if np.isfinite(loss) else "–"


if __name__ == "__main__":
    from gui.panels.preview import preview

    preview(LossPanel)
