"""The loss panel: how surprised the model is by the next token, step by step, and what it is already better than."""

from typing import ClassVar, Literal

import numpy as np
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
from gui.export.sheet import Sheet
from gui.panels.loss_figure import AVERAGED, loss_figure
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
from gui.widgets.stop_question import StopQuestion


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
    """Also says why training stopped, and asks for what mends it."""

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

    def build(self) -> None:
        """Make the chart, the notice below it, and what stands in the title row."""
        self._smoothed: tuple[object, ...] = ()  # what the means are of
        self._recording_drawn: Recording | None = None
        self._means = TrailingMean(self.options.smoothing)
        self.chart, self.stop_bar = LossChart(), StopQuestion()
        self.chart.explained.connect(self.explained)
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
        self.stop_bar.show_stop(picture.stop)

    def figure(self, picture: Picture) -> Sheet:
        return loss_figure(picture, self.options, self.chart.view)

    def _entries(self, picture: Picture) -> list[Entry]:
        if not picture.now:
            return []
        training = "training, spoiled" if picture.spoiled else "training"
        made = [Entry(training, _value(picture.training_loss), self.theme.line1, short="training")]
        if self.options.show_validation and picture.validated:
            made.append(Entry("validation", _value(picture.validation_loss), self.theme.line2, ring=True))
        if self.options.show_validation and picture.averaged:
            dash = self.theme.lines.dash3
            made.append(
                Entry(AVERAGED, _value(picture.average_loss), self.theme.line3, dash=dash, short="averaged weights")
            )
        made.append(Entry(f"smoothed over {picture.smoothing} steps" if picture.smoothing > 1 else "not smoothed"))
        return [*made, Entry(picture.measure.note)] if picture.measure.note else made

    def _choose_x(self, unit: str) -> None:
        self.choose(x=unit)


def _value(loss: float) -> str:
    """Two digits, which is what can be known; a dash where there is no number."""
    return number(loss) if np.isfinite(loss) else "–"


if __name__ == "__main__":
    from gui.panels.preview import preview

    preview(LossPanel)
