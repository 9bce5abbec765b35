"""The merges panel: a sentence of one's own, cut after more and more merges of byte-level BPE.

The engine counts the merges once, aside; every cut is made here, at every key stroke and every place of the slider.
"""

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from engine.commands import CountMerges
from engine.declared import Declared
from engine.events import CorpusRead, Event, MergesCounted, Started, Unanswered
from engine.recording import Recording
from gui.explain import explain
from gui.export.sheet import Sheet
from gui.panels.merges_figure import merges_figure
from gui.panels.merges_picture import LONGEST, SMALLEST, Growth, Merges, merges, told
from gui.panels.panel import Panel
from gui.question import Question, is_over, refusal
from gui.theme import TYPES, Theme
from gui.widgets.compression_curve import CompressionCurve
from gui.widgets.empty_note import EmptyNote
from gui.widgets.labels import PlainLabel
from gui.widgets.merge_rows import MergeRows
from gui.widgets.pair_bars import PairBars
from gui.widgets.sentence_heading import SentenceHeading
from gui.widgets.vocabulary_slider import VocabularySlider

SUBTITLE = "how pieces grow, on your own sentence"
OWN = (
    "As many tokens as the model of this run has. Merges are counted anew, on at most a million clean characters of the"
    " text, so a piece may differ"
)
EMPTY = ("How pieces grow appears here", "as soon as the text is read and the model is made.")
COUNTING = ("Counting merges on this text…", "Training goes on meanwhile.")
OVER = ("No merges were counted in this run", "Start a run, or go on with this one, and they are counted.")
WHAT = (
    "Different tokens: 256 bytes, the end of a document, and one for each merge. "
    "More of them make longer pieces, and a larger embedding."
)
ROOMY = 38  # letters wide: below this the pairs and the curve are left out
SIDE, BETWEEN = 184, 14  # pixels at reading size


class MergesPanel(Panel):
    title = "Merges"
    help = "the pair of pieces that stands most often side by side is joined, again and again: so words become tokens."
    watches: ClassVar[tuple[type[Event], ...]] = (MergesCounted, CorpusRead, Started, Unanswered)
    Options = Declared

    # what it is made of

    def build(self) -> None:
        self._wanted: int | None = None  # merges a person chose
        self._shown: Merges | None = None
        self._growth: Growth | None = None
        self._question, self._asked_of = Question(MergesCounted), Recording()
        self._over = False  # nobody would count any more
        self.heading = SentenceHeading(SUBTITLE, LONGEST)
        self.rows, self.pairs, self.curve = MergeRows(), PairBars(), CompressionCurve()
        self.slider, self.number = VocabularySlider(), PlainLabel("", "body", "ink", strong=True)
        self.own = QPushButton()  # says that the vocabulary is that of the run, or leads back to it
        self.note, self.full, self.side = EmptyNote(), QWidget(), QWidget()
        self.below, self.upright, self.side_rule = QFrame(), QFrame(), QFrame()
        self._lay_out()
        self.note.say(*EMPTY)
        self._connect()

    def title_row(self) -> list[QWidget]:
        return [self.heading]

    def _lay_out(self) -> None:
        left, right, column = QVBoxLayout(), QVBoxLayout(self.side), QVBoxLayout(self.body)
        left.setSpacing(4)
        left.addWidget(self.rows, 1)
        left.addWidget(self.below)
        left.addLayout(self._make_slider())
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(10)
        for widget, share in ((self.pairs, 5), (self.side_rule, 0), (self.curve, 4)):
            right.addWidget(widget, share)
        self._columns = QHBoxLayout(self.full)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.addLayout(left, 1)
        self._columns.addWidget(self.upright)
        self._columns.addWidget(self.side)
        column.setContentsMargins(16, 0, 16, 10)
        self.full.setMinimumSize(1, 1)  # it gives way by itself
        column.addWidget(self.note)
        column.addWidget(self.full)

    def _make_slider(self) -> QHBoxLayout:
        label = PlainLabel("Vocabulary", "small", "ink2")
        self._sliding = QHBoxLayout()
        for widget, share in ((label, 0), (self.slider, 1), (self.own, 0), (self.number, 0)):
            self._sliding.addWidget(widget, share)
        for widget in (label, self.slider, self.number):
            explain(widget, "Vocabulary", WHAT)
        explain(self.own, "Vocabulary of this run", OWN)
        self.own.setProperty("kind", "flat")
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return self._sliding

    def _connect(self) -> None:
        self.rows.explain = self._explain
        for widget in (self.rows, self.pairs, self.curve):
            widget.chosen.connect(self.go_to)
            widget.pointed.connect(self.explained)
        self.slider.edited.connect(self.go_to)
        self.own.clicked.connect(self._go_to_own)
        self.rows.moved.connect(self._move)
        self.heading.serve(self.rows)
        self.heading.edit_asked.connect(self.edit)
        self.heading.typed.connect(self._show_typed)

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        for widget in (self.rows, self.pairs, self.curve, self.note, self.heading):
            widget.dress(theme)
        for rule in (self.below, self.side_rule):
            rule.setFixedHeight(round(theme.lines.hair))
        self.upright.setFixedWidth(round(theme.lines.hair))
        for rule in (self.below, self.side_rule, self.upright):
            rule.setStyleSheet(f"background: {theme.line}")
        unit = theme.pixels("body") / TYPES["body"].reading
        self.side.setFixedWidth(round(SIDE * unit))
        self._columns.setSpacing(round(BETWEEN * unit))
        self._sliding.setSpacing(round(BETWEEN * unit))
        self.own.setFont(theme.font("small"))
        self.own.setStyleSheet(
            f"QPushButton {{ color: {theme.accent}; padding: 0 4px; font-size: {theme.pixels('small')}px; }}"
            f"QPushButton:disabled {{ color: {theme.ink3}; }}"
        )
        self.number.setFont(theme.font("body", 600))
        self.number.setMinimumWidth(self.number.fontMetrics().horizontalAdvance("32,768"))
        self._arrange()

    # what it shows

    def notice(self, recording: Recording) -> None:
        """Ask by itself, once, when it is seen and nothing was counted."""
        self._question.answered(recording)
        self._over = is_over(recording)
        lacking = recording.latest(Started) is not None and recording.latest(MergesCounted) is None
        asked = self._question.waiting and self._asked_of is recording
        if self.isVisible() and lacking and not asked and self._question.ask(recording):
            self._asked_of = recording
            self.asked.emit(CountMerges())

    def picture(self, recording: Recording, step: int, options: Declared) -> Merges | None:
        """Merges are of the text: they are the same at every step."""
        counted = recording.latest(MergesCounted)
        if counted is None:
            return None
        if self._growth is None or self._growth.counted is not counted:
            self._growth = Growth(counted)
        return merges(recording, self._growth, self.heading.text, self._wanted)

    def extra_stamp(self) -> object:
        return self.heading.text, self._wanted, self._over

    def draw(self, picture: Merges | None) -> None:
        self._shown = picture
        if picture:
            self.rows.show_rows(picture.rows)
            self.pairs.show_pairs(picture.pairs)
            self.curve.show_compression(picture.compression)
            self.slider.show_merges(picture.merges, picture.most, SMALLEST)
            self.number.setText(f"{picture.vocabulary:,}")
            self.own.setText("as in this run" if picture.own else "Back to this run")
            self.own.setEnabled(not picture.own)
        else:
            self.note.say(*self._reason())
        self._arrange()

    def figure(self, picture: Merges | None) -> Sheet:
        return merges_figure(picture)

    def _reason(self) -> tuple[str, str]:
        """Why there is nothing to see."""
        recording = self._recording
        if recording is None or recording.latest(Started) is None:
            return EMPTY
        if refused := refusal(recording, CountMerges):
            return refused.message, refused.advice
        return OVER if self._over else COUNTING

    def _arrange(self) -> None:
        some = self._shown is not None
        self.note.stand_in_for(self.full, not some)
        for widget in (self.side, self.upright):
            widget.setVisible(self.width() > ROOMY * self.theme.pixels("token"))
        self.heading.let_edit(some)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _explain(self, row: int, place: int) -> str:
        return told(self._growth, self._shown.rows[row], place) if self._growth and self._shown else ""

    # the person

    def go_to(self, merges: int) -> None:
        """Show so many merges, from the next refresh on."""
        self._wanted = merges

    def _go_to_own(self) -> None:
        self._wanted = None

    def edit(self) -> None:
        """Open a line; what is written in it is cut at once."""
        if self._shown:
            self.heading.open(self._shown.text)

    def _show_typed(self) -> None:
        if self._recording:
            self.refresh(self._recording, self._recording.last_step)
            self.heading.reveal()

    def _move(self, how: str) -> None:
        if self._shown and self._growth:
            text, growth = self._shown.text, self._growth
            now = self._shown.merges if self._wanted is None else self._wanted  # keys may be faster than frames
            match how:
                case "before":
                    self.go_to(growth.last_change(text, now))
                case "after":
                    self.go_to(growth.next_change(text, now))
                case _:
                    places = {"less": now - 1, "more": now + 1, "first": 0, "last": growth.most}
                    self.go_to(min(max(places[how], 0), growth.most))


if __name__ == "__main__":
    from gui.panels.preview import preview

    preview(MergesPanel)
