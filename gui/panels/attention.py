"""The attention panel: every head of every layer at once, and the chosen one large, with its tokens on both axes."""

from typing import ClassVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QFrame, QVBoxLayout, QWidget

from engine.declared import Declared, knob
from engine.events import Attended, CorpusRead, Event, Started
from engine.recording import Recording
from gui.explain import explain
from gui.export.sheet import Sheet
from gui.panels.attention_figure import attention_figure
from gui.panels.attention_picture import Attention, Room, attention
from gui.panels.panel import Panel
from gui.theme import Theme
from gui.widgets.colour_map import ALL
from gui.widgets.empty_note import EmptyNote
from gui.widgets.head_map import HeadMap, Link, Map
from gui.widgets.head_mosaic import Head, HeadMosaic
from gui.widgets.head_reading import HeadReading, Reading
from gui.widgets.labels import PlainLabel

EMPTY = ("What each token looks at appears here", "as soon as the text is read and the model is made.")
TOO_SHORT = ("A map needs two tokens or more.", "Make the probe sentence longer.")
HIDE_FIRST = (
    "Most heads rest on the first token when nothing else matters to them. This covers that column; "
    "all other colours stay as they are, so that a row may show less than its whole attention."
)
WIDE = 1.3  # times as wide as high: mosaic and map stand side by side
FAR = 16_777_215  # pixels: as large as Qt lets a widget be
DOWN, RIGHT = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight


class AttentionOptions(Declared):
    hide_first: bool = knob(False, HIDE_FIRST, label="Hide first-token column")


class AttentionPanel(Panel):
    title = "Attention"
    help = "each row is a token, and shows which tokens it looks at; later ones only where tokens are hidden."
    watches: ClassVar[tuple[type[Event], ...]] = (Attended, CorpusRead, Started)
    beat = 0.2
    Options = AttentionOptions
    options: AttentionOptions

    def picture(self, recording: Recording, step: int, options: AttentionOptions) -> Attention | None:
        return attention(recording, step, options.hide_first, self._wish, Room(self.mosaic.room, self.map.room))

    def extra_stamp(self) -> object:
        return self._wish, self.mosaic.size(), self.map.size(), self.devicePixelRatioF()

    # what it is made of

    def build(self) -> None:
        self._wish = Head(0, 0)
        self._shown: Attention | None = None
        self.subtitle = PlainLabel("", "small", "ink3")
        self.mosaic, self.map, self.reading = HeadMosaic(), HeadMap(), HeadReading()
        self.note, self.full, self.rule = EmptyNote(), QWidget(), QFrame()
        self.hide_first = QCheckBox("Hide first-token column")
        explain(self.hide_first, "Hide first-token column", HIDE_FIRST)
        self._lay_out()
        self.mosaic.chosen.connect(self.enlarge)
        self.mosaic.pointed.connect(self.explained)
        self.map.pointed.connect(self._read)
        self.hide_first.clicked.connect(self._hide_first)

    def title_row(self) -> list[QWidget]:
        return [self.subtitle]

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.addWidget(self.reading)
        side.addStretch()
        side.addWidget(self.hide_first)
        self._upper = QBoxLayout(RIGHT)
        self._upper.addWidget(self.mosaic)
        self._upper.addLayout(side)
        self._upper.setSpacing(24)
        self._outer = QBoxLayout(DOWN, self.full)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.addLayout(self._upper, 2)
        self.rule.setMinimumSize(1, 1)
        self._outer.addWidget(self.rule)
        self._outer.addWidget(self.map, 3)
        self._outer.setSpacing(12)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(16, 4, 16, 16)
        column.addWidget(self.note)
        column.addWidget(self.full)

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        for widget in (self.mosaic, self.map, self.reading, self.note):
            widget.dress(theme)
        self.hide_first.setFont(theme.font("small"))
        self.rule.setStyleSheet(f"background: {theme.line}")
        for place, share in enumerate((1, 1) if theme.lecture else (7, 4)):
            self._upper.setStretch(place, share)
        self._arrange()

    # what it shows

    def draw(self, picture: Attention | None) -> None:
        self._shown = picture
        self.hide_first.setChecked(self.options.hide_first)
        self._say_subtitle()
        self._arrange()
        if picture and self._has_map():
            self.mosaic.show_heads(picture.heads)
            self.map.show_map(picture.map)
            self._say_reading(picture, picture.map)
        else:
            self.note.say(*(TOO_SHORT if picture else EMPTY))

    def figure(self, picture: Attention | None) -> Sheet:
        return attention_figure(picture)

    def _has_map(self) -> bool:
        return self._shown is not None and len(self._shown.map.labels) > 1

    def _say_subtitle(self) -> None:
        heads = self._shown.heads if self._shown else None
        self.subtitle.setText(f"{counted(heads.layers, 'layer')}, {counted(heads.heads, 'head')}" if heads else "")

    def _say_reading(self, picture: Attention, shown: Map) -> None:
        """Of the link under the pointer, else of the strongest, so that no place is empty."""
        link = self.map.marked
        if link:
            what = "Under the pointer" if self.map.link else "Strongest link"
            who, whom = shown.labels[link.row], shown.labels[link.column]
            notes = tuple(f"{label.text}: {label.note}." for label in dict.fromkeys((who, whom)) if label.note)
            share = float(shown.shares_TT[link]) / ALL
            self.reading.show_reading(Reading(str(picture.heads.chosen), what, who.text, whom.text, share, notes))

    def _arrange(self) -> None:
        """Show what there is, one above the other or side by side."""
        some = self._has_map()
        gone, here = (self.note, self.full) if some else (self.full, self.note)
        gone.hide()  # first: both at once would need more room than there may be
        here.show()
        self.hide_first.setHidden(self.theme.lecture)
        wide = self.width() > WIDE * self.height()
        self._outer.setDirection(RIGHT if wide else DOWN)
        self._upper.setDirection(DOWN if wide else RIGHT)
        self.rule.setMaximumSize(*((1, FAR) if wide else (FAR, 1)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    # the person

    def enlarge(self, head: Head) -> None:
        """Show another head large, from the next refresh on."""
        self._wish = head

    def _hide_first(self, hide: bool) -> None:
        self.choose(hide_first=hide)

    def _read(self, link: Link | None) -> None:
        if self._shown:
            self._say_reading(self._shown, self._shown.map)
            self.explained.emit(self.reading.reading.sentence if link and self.reading.reading else "")


def counted(count: int, what: str) -> str:
    """1 head, 4 heads."""
    return f"{count} {what}{'' if count == 1 else 's'}"


if __name__ == "__main__":
    from gui.panels.preview import preview

    preview(AttentionPanel)
