"""The overlay panel: any number of runs on one chart, branches from their forks on, seeds as a mean and its spread."""

from typing import ClassVar, Literal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.declared import Declared, knob, knobs
from engine.events import (
    Branched,
    CorpusRead,
    Event,
    FloorCounted,
    Metered,
    Progressed,
    Rewound,
    SourceRead,
    Started,
    Stepped,
    Validated,
)
from engine.recording import Recording
from gui.explain import tip
from gui.export.sheet import Sheet
from gui.form.fields import ChoiceField
from gui.panels.overlay_figure import overlay_figure
from gui.panels.panel import ComparingPanel
from gui.theme import Theme
from gui.widgets.labels import ElidedLabel
from gui.widgets.loss_unit import LossUnit
from gui.widgets.overlay_along import AXES
from gui.widgets.overlay_chart import OverlayChart
from gui.widgets.overlay_courses import Choice, Courses
from gui.widgets.overlay_heading import OverlayHeading
from gui.widgets.overlay_notes import KnownData
from gui.widgets.overlay_picture import Memory, Picture, overlay_picture, smoothed_words
from gui.widgets.run_columns import settings_of
from gui.widgets.runs_on_show import alone
from gui.widgets.segments import Segments
from gui.widgets.setting_words import KNOBS, label_of, whole

GROUPINGS = {"none": "None", "seeds": "Seeds"}  # others are names of settings
NOTE_MARGIN, NOTE_ABOVE, NOTE_BELOW = 16, 0, 8  # pixels


class OverlayOptions(Declared):
    """What may be chosen about the chart."""

    x: Literal["step", "tokens", "seconds", "flops", "energy"] = knob("step", "What the lines run along", label="Along")
    loss: Literal["training", "validation"] = knob("training", "On which text the loss is taken", label="Loss on")
    unit: LossUnit = knob(
        "nats per token", "Bits per byte compare runs whose tokens are of different lengths", label="Counted in"
    )
    smoothing: int = knob(
        20,
        "Each line is the mean of this many last steps",
        1,
        500,
        unit="steps",
        log=True,
        when={"loss": ("training",)},
    )
    group_by: str = knob(
        "seeds",
        "Runs that become one line, the mean, with its standard deviation: seeds begun together, or those with the "
        "same value of a setting",
        label="Mean over",
    )
    log_x: bool = knob(False, "Ten times as far is always the same stretch", label="Log across")
    log_y: bool = knob(False, "Ten times the loss is always the same stretch", label="Log upward")
    show_raw: bool = knob(
        False, "The loss of every single step, faint", label="Every step", when={"loss": ("training",)}
    )
    show_floors: bool = knob(True, "What tables of counted tokens would score on the main run's text", label="Floors")


class OverlayPanel(ComparingPanel):
    """With no other run on show, the one of the window is drawn alone."""

    title = "Overlay"
    help = "the loss of all runs that are ticked in the library, on one chart. Lower is better."
    watches: ClassVar[tuple[type[Event], ...]] = (
        Stepped,
        Validated,
        FloorCounted,
        CorpusRead,
        SourceRead,
        Progressed,
        Started,
        Branched,
        Metered,
        Rewound,
    )
    Options = OverlayOptions
    options: OverlayOptions

    def build(self) -> None:
        """Make the chart, the quiet line below it, and what stands in the title row."""
        self._memory = Memory(Courses(), KnownData())
        self._recording_drawn: Recording | None = None
        self.chart, self.note = OverlayChart(), ElidedLabel("", "small", "ink3")
        self.chart.explained.connect(self.explained)
        self.note.setContentsMargins(NOTE_MARGIN, NOTE_ABOVE, NOTE_MARGIN, NOTE_BELOW)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(1, 0, 1, 1)  # the panel's border
        column.setSpacing(0)
        column.addWidget(self.chart, 1)
        column.addWidget(self.note)
        self.segments = Segments("What the lines run along", dict(AXES.items()))
        self.segments.chosen.connect(self._choose_x)
        self.heading = OverlayHeading(self.segments)

    def picture(self, recording: Recording, step: int, options: OverlayOptions) -> Picture:
        """All of every run; only new steps are worked out."""
        runs = self.on_show.of(recording) or (alone(recording),)
        choice = Choice(options.x, options.loss, options.unit, options.smoothing)
        return overlay_picture(runs, step, self._memory, choice, options.group_by, (options.log_x, options.log_y))

    def title_row(self) -> list[QWidget]:
        return [self.heading]

    def option_fields(self) -> dict[str, QWidget]:
        """Only settings that differ can tell groups apart."""
        names = [*GROUPINGS, *self._differing()]
        chosen = self.options.group_by
        names = names if chosen in names else [*names, chosen]
        declared = next(one for one in knobs(OverlayOptions) if one.name == "group_by")
        field = ChoiceField(declared._replace(choices=tuple(names)))
        for place, name in enumerate(names):
            field.setItemText(place, GROUPINGS.get(name) or label_of(name))
        return {"group_by": field}

    def _differing(self) -> list[str]:
        """Names of the settings in which the runs on show differ, in the order of the form."""
        runs = self.on_show.of(self._recording) if self._recording else ()
        known = [settings_of(run) for run in runs]
        return [name for name in KNOBS if len({whole(one.get(name)) for one in known}) > 1]

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        for part in (self.chart, self.heading):
            part.dress(theme)

    def draw(self, picture: Picture) -> None:
        """A new run is followed from its start, whatever was looked at before."""
        if self._recording_drawn is not self._recording:
            self._recording_drawn = self._recording
            self.chart.follow()
        self.segments.choose(picture.choice.axis)
        self.chart.show_picture(picture, self.options.show_raw, self.options.show_floors)
        named = ", ".join(track.name for track in picture.tracks)
        self.chart.setAccessibleDescription(f"Lines: {named}" if named else self.help)
        self.heading.say(smoothed_words(picture.choice))
        said = " ".join(picture.notes)
        self.note.show_text(said)
        self.note.setToolTip(tip(said))
        self.note.setHidden(not picture.notes or not picture.tracks or self.theme.lecture)

    def figure(self, picture: Picture) -> Sheet:
        return overlay_figure(picture, self.options, self.chart.view_of(picture))

    def _choose_x(self, axis: str) -> None:
        self.choose(x=axis)


if __name__ == "__main__":
    from gui.panels.preview import preview

    preview(OverlayPanel)
