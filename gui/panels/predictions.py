"""The predictions panel: a text as tokens tinted by their loss, and the model's guesses at the chosen one.

The strip, the bars and the small curve are painted by one widget each. An answer to an edited sentence is shown when
its event arrives, never before.
"""

from typing import ClassVar

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from engine.commands import Probe
from engine.events import BatchPredicted, CorpusRead, Ended, Event, Failed, SentencePredicted
from engine.recording import Recording
from engine.settings import Declared, knob
from gui.icons import icon
from gui.panels.panel import Panel
from gui.panels.predictions_picture import Choice, Predictions, Source, predictions, without_spaces
from gui.theme import Theme
from gui.widgets.ask_line import AskLine
from gui.widgets.chance_bars import ChanceBars
from gui.widgets.empty_note import EmptyNote
from gui.widgets.gap_text import GapText
from gui.widgets.segments import Segments
from gui.widgets.sparkline import Sparkline
from gui.widgets.token_strip import TokenStrip

SUBTITLES: dict[Source, str] = {"sentence": "on your own sentence", "batch": "on text it is learning from"}
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
    lecture_title = "What comes next?"
    help = "Predictions: what the model expects at each place of a text; the darker a token, the more it came as a surprise."
    watches: ClassVar[tuple[type[Event], ...]] = (SentencePredicted, BatchPredicted, CorpusRead)
    Options = PredictionsOptions
    options: PredictionsOptions

    def picture(self, recording: Recording, step: int, options: PredictionsOptions) -> Predictions | None:
        return predictions(recording, step, options.source, options.guesses, self._choice)

    def extra_stamp(self) -> object:
        return self._choice

    # what it is made of

    def build(self) -> None:
        self._choice: Choice | None = None
        self._shown: Predictions | None = None
        self._asked_at: SentencePredicted | None = None  # the answer is a later one
        self._waiting = False
        self.strip, self.gap, self.bars = TokenStrip(), GapText(), ChanceBars()
        self.history, self.note = Sparkline("Loss of"), EmptyNote()
        self.line = AskLine("Sentence", "Write a sentence for the model to read")
        self._build_title_row()
        self._lay_out()
        self._connect()

    def _build_title_row(self) -> None:
        self.subtitle = QLabel(SUBTITLES["sentence"])
        self.subtitle.setTextFormat(Qt.TextFormat.PlainText)
        self.pencil = QToolButton()
        self.pencil.setAutoRaise(True)
        self.pencil.setAccessibleName("Edit the sentence")
        self.pencil.setToolTip("Write another sentence (Enter or F2; double-click on the tokens)")
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
        self.lower = QWidget()
        below = QHBoxLayout(self.lower)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(20)
        for widget in (self.bars, self.side_rule, self.history):
            below.addWidget(widget)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(16, 0, 16, 12)
        column.setSpacing(8)
        for widget in (self.line, self.strip, self.gap, self.rule, self.lower, self.note):
            column.addWidget(widget)
        column.setStretchFactor(self.lower, 1)

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
        self.pencil.setIcon(icon("pencil", theme.ink3))
        self.pencil.setIconSize(QSize(16, 16))
        self.subtitle.setHidden(theme.lecture)
        self.segments.setHidden(theme.lecture)
        self._arrange()

    # what it shows

    def refresh(self, recording: Recording, step: int) -> bool:
        """As every panel; and notices an answer even while an earlier step is on show."""
        if self._waiting:
            self._notice_answer(recording)
        return super().refresh(recording, step)

    def draw(self, picture: Predictions | None) -> None:
        self._shown = picture
        self.segments.choose(self.options.source)
        self.note.say(*EMPTY[self.options.source])
        self._say_subtitle()
        if picture:
            self.strip.show_tiles(picture.tiles, picture.selected)
            self.gap.show_text(picture.before)
            rows = without_spaces(picture.chances) if self.theme.lecture else picture.chances
            lead = "Next after" if picture.selected else "At the beginning"
            self.bars.show_chances(lead, picture.before, rows)
            self.history.show_history(picture.history)
        self._arrange()

    def _arrange(self) -> None:
        """Show what there is to show and room for."""
        some, lecture, editing = self._shown is not None, self.theme.lecture, not self.line.isHidden()
        self.note.setHidden(some)
        self.strip.setHidden(not some or lecture or editing)
        self.gap.setHidden(not some or not lecture or editing)
        self.rule.setHidden(not some or lecture)
        self.lower.setHidden(not some)
        past = self._shown is not None and len(self._shown.history.steps) > 0
        roomy = self.width() > WIDE * self.theme.pixels("token")
        self.pencil.setHidden(lecture or not some or self.options.source != "sentence")
        for widget in (self.history, self.side_rule):
            widget.setHidden(lecture or not past or not roomy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _say_subtitle(self) -> None:
        self.subtitle.setText("asking…" if self._waiting else SUBTITLES[self.options.source])

    # the person

    def select(self, place: int) -> None:
        """Choose a token, or the blank after the last."""
        if self._shown:
            self._choice = Choice(self.options.source, self._shown.tokens, max(0, min(place, len(self._shown.tiles) - 1)))

    def edit(self) -> None:
        """Turn the sentence into a line to write in; a batch is as it is."""
        if self.options.source == "sentence" and self._shown:
            self.line.open(self._shown.text)
            self._arrange()

    def _choose_source(self, source: str) -> None:
        self.line.leave()
        self.choose(source=source)

    def _leave_line(self) -> None:
        self._arrange()
        (self.gap if self.theme.lecture else self.strip).setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self, text: str) -> None:
        recording = self._recording
        if recording and (recording.latest(Ended) or recording.latest(Failed)):
            self.subtitle.setText("nobody answers: the run has ended")
            return
        self._asked_at = recording.latest(SentencePredicted) if recording else None
        self._waiting = True
        self._say_subtitle()
        self.asked.emit(Probe(text))

    def _notice_answer(self, recording: Recording) -> None:
        if recording.latest(SentencePredicted) is not self._asked_at or recording.latest(Ended):
            self._waiting = False
            self._say_subtitle()

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
            chosen = self._choice.place if self._choice else self._shown.selected
            self.select(chosen + MOVES[Qt.Key(event.key())])

    def _handles(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        reading = self.strip.hasFocus() or self.gap.hasFocus()
        return plain and reading and event.key() in (*MOVES, *EDITS)
