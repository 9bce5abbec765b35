"""The predictions panel: a text as tokens tinted by their loss, and the model's guesses at the chosen one.

The strip, the bars and the small curve are painted by one widget each. An answer to an edited sentence is shown when
its event arrives, never before.
"""

from typing import ClassVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from engine.commands import Probe
from engine.declared import Declared, knob
from engine.events import BatchPredicted, CorpusRead, Event, SentencePredicted, Started
from engine.recording import Recording
from gui.export.sheet import Sheet
from gui.panels.panel import Panel
from gui.panels.predictions_figure import predictions_figure
from gui.panels.predictions_picture import Choice, Predictions, Source, as_written, predictions, without_spaces
from gui.question import Question
from gui.theme import Theme
from gui.widgets.ask_line import AskLine
from gui.widgets.chance_bars import ChanceBars
from gui.widgets.empty_note import EmptyNote
from gui.widgets.gap_text import GapText
from gui.widgets.icon_button import IconButton
from gui.widgets.labels import ElidedLabel
from gui.widgets.segments import Segments
from gui.widgets.sparkline import Sparkline
from gui.widgets.token_strip import TokenStrip

SUBTITLES: dict[Source, str] = {"sentence": "on your own sentence", "batch": "on text it is learning from"}
MASKED: dict[Source, str] = {
    "sentence": "each token hidden in turn",
    "batch": "what was hidden in a text it learns from",
}
NEXT, HIDDEN = "What comes next?", "What is hidden?"
EMPTY: dict[Source, tuple[str, str]] = {
    "sentence": ("The model’s guesses appear here", "as soon as the text is read and the model is made."),
    "batch": ("Press play and see what it is learning from", "One window of the newest batch appears here."),
}
MOVES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -(10**6), Qt.Key.Key_End: 10**6}
EDITS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
WIDE = 40  # letters of a token: with less room the history is left out


class PredictionsOptions(Declared):
    source: Source = knob("sentence", "Your own sentence, or a window of the text it learns from")
    guesses: int = knob(10, "How many guesses are shown at most", 1, 10)


class PredictionsPanel(Panel):
    title = "Predictions"
    lecture_title = NEXT
    help = "what the model expects at each place of a text; the stronger a tint, the greater the surprise."
    watches: ClassVar[tuple[type[Event], ...]] = (SentencePredicted, BatchPredicted, CorpusRead, Started)
    beat = 0.25
    Options = PredictionsOptions
    options: PredictionsOptions

    # what it is made of

    def build(self) -> None:
        self._choice: Choice | None = None
        self._asked = ""  # the last sentence a person wrote
        self._shown: Predictions | None = None
        self._question = Question(SentencePredicted)
        self.strip, self.gap, self.bars = TokenStrip(), GapText(), ChanceBars()
        self.history, self.note = Sparkline("Loss of"), EmptyNote()
        self.line = AskLine("Sentence", "Write a sentence for the model to read")
        self._build_title_row()
        self._lay_out()
        self._connect()

    def _build_title_row(self) -> None:
        self.subtitle = ElidedLabel("", "small", "ink3")
        self.pencil = IconButton("pencil", "Write another sentence (or double-click on the tokens)", shortcut="F2")
        self.segments = Segments("Text to predict", {"sentence": "Sentence", "batch": "Batch"})
        self.heading = QWidget()
        self.heading.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self.heading)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.subtitle)
        row.addWidget(self.pencil)
        row.addStretch()
        row.addWidget(self.segments)

    def title_row(self) -> list[QWidget]:
        return [self.heading]

    def _lay_out(self) -> None:
        self.rule, self.side_rule = QFrame(), QFrame()
        self.rule.setFixedHeight(1)
        self.side_rule.setFixedWidth(1)
        self.answer = QWidget()
        below = QHBoxLayout(self.answer)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(20)
        below.addWidget(self.bars)
        below.addWidget(self.side_rule)
        below.addWidget(self.history, 0, Qt.AlignmentFlag.AlignTop)
        self.column = QVBoxLayout(self.body)
        lines: tuple[QWidget, ...] = (self.line, self.strip, self.gap, self.rule, self.answer, self.note)
        for line in lines:
            self.column.addWidget(line)
        self.column.setStretchFactor(self.answer, 1)

    def _connect(self) -> None:
        self.strip.chosen.connect(self.select)
        self.strip.pointed.connect(self.explained)
        self.bars.pointed.connect(self.explained)
        self.segments.chosen.connect(self._choose_source)
        self.line.asked.connect(self._ask)
        self.line.left.connect(self._leave_line)
        for signal in (self.strip.edit_asked, self.gap.edit_asked, self.pencil.clicked):
            signal.connect(self.edit)

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        for widget in (self.strip, self.gap, self.bars, self.history, self.note, self.line, self.segments):
            widget.dress(theme)
        self.subtitle.setFont(theme.font("small"))
        self.subtitle.setStyleSheet(f"color: {theme.ink3}")
        for rule in (self.rule, self.side_rule):
            rule.setStyleSheet(f"background: {theme.line}")
        self.pencil.dress(theme)
        margins = (24, 0, 24, 16) if theme.lecture else (16, 0, 16, 12)
        self.column.setContentsMargins(*(round(side * max(1.0, theme.scale)) for side in margins))
        self.column.setSpacing(round((16 if theme.lecture else 8) * theme.scale))
        self.subtitle.setHidden(theme.lecture)
        self.segments.setHidden(theme.lecture)
        self._arrange()

    # what it shows

    def notice(self, recording: Recording) -> None:
        if self._question.answered(recording):
            self._say_subtitle()

    def picture(self, recording: Recording, step: int, options: PredictionsOptions) -> Predictions | None:
        return predictions(recording, step, options.source, options.guesses, self._choice)

    def extra_stamp(self) -> object:
        return self._choice

    def draw(self, picture: Predictions | None) -> None:
        self._shown = picture
        self.segments.choose(self.options.source)
        self.note.say(*EMPTY[self.options.source])
        self._say_subtitle()
        if picture:
            self.strip.show_tiles(picture.tiles, picture.selected)
            self.gap.show_text(picture.before, picture.after)
            self._title_lecture(HIDDEN if picture.masked else NEXT)
            rows = without_spaces(picture.chances) if self.theme.lecture else picture.chances
            self.bars.show_chances(picture.lead, picture.around, rows)
            self.history.show_history(picture.history)
        self._arrange()

    def figure(self, picture: Predictions | None) -> Sheet:
        return predictions_figure(picture)

    def _title_lecture(self, title: str) -> None:
        if title != self.lecture_title:
            self.lecture_title = title
            self.retitled.emit()

    def _arrange(self) -> None:
        """Show what there is to show and room for."""
        some, lecture, editing = self._shown is not None, self.theme.lecture, not self.line.isHidden()
        self.note.setHidden(some)
        self.strip.setHidden(not some or lecture or editing)
        self.gap.setHidden(not some or not lecture or editing)
        self.rule.setHidden(not some or lecture)
        self.answer.setHidden(not some)
        past = self._shown is not None and len(self._shown.history.steps) > 0
        roomy = self.width() > WIDE * self.theme.pixels("token")
        self.pencil.setHidden(lecture or not some or self.options.source != "sentence")
        for widget in (self.history, self.side_rule):
            widget.setHidden(lecture or not past or not roomy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _say_subtitle(self) -> None:
        words = MASKED if self._shown and self._shown.masked else SUBTITLES
        self.subtitle.show_text("asking…" if self._question.waiting else words[self.options.source])

    # the person

    def select(self, place: int) -> None:
        """Choose a token, or the blank after the last."""
        if self._shown:
            inside = max(0, min(place, len(self._shown.tiles) - 1))
            self._choice = Choice(self.options.source, self._shown.tokens, inside)

    def edit(self) -> None:
        """Turn the sentence into a line to write in; a batch is as it is."""
        if self.options.source == "sentence" and self._shown:
            self.line.setFixedHeight(max(self._reading().height(), self.line.sizeHint().height()))  # nothing jumps
            self._reading().hide()
            self.line.open(as_written(self._shown.text, self._written()))
            self._arrange()

    def _choose_source(self, source: str) -> None:
        self.line.leave()
        self.choose(source=source)

    def _leave_line(self, focused: bool) -> None:
        self._arrange()
        if focused:  # else a person went elsewhere, and stays there
            self._reading().setFocus(Qt.FocusReason.OtherFocusReason)

    def _reading(self) -> QWidget:
        """What shows the text at this size."""
        return self.gap if self.theme.lecture else self.strip

    def _written(self) -> tuple[str, ...]:
        """Sentences a person may have asked about."""
        started = self._recording.latest(Started) if self._recording else None
        return self._asked, str(started.settings.get("probe", "")) if started else ""

    def _ask(self, text: str) -> None:
        self._asked = text
        if self._question.ask(self._recording):
            self._say_subtitle()
            self.asked.emit(Probe(text))
        else:
            self.subtitle.show_text("nobody answers: the run has ended")

    def event(self, event: QEvent) -> bool:
        """The arrows move in the text while it has the focus, before the window takes them for its own."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._handles(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._handles(event) or not self._shown:
            super().keyPressEvent(event)
        elif event.key() in EDITS:
            self.edit()
        else:
            self.select(self._place(self._shown) + MOVES[Qt.Key(event.key())])

    def _place(self, shown: Predictions) -> int:
        """What is chosen now, drawn or not yet: keys may be faster than frames."""
        choice = self._choice
        mine = choice and (choice.source, choice.tokens) == (self.options.source, shown.tokens)
        return choice.place if choice and mine else shown.selected

    def _handles(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        reading = self.strip.hasFocus() or self.gap.hasFocus()
        return plain and reading and event.key() in (*MOVES, *EDITS)


if __name__ == "__main__":
    from gui.panels.preview import preview

    preview(PredictionsPanel)
