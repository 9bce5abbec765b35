"""The settings of the experiment: first what can be turned while it runs, then what waits for the next run."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from engine.commands import Turn
from engine.events import Metered
from engine.folders import cache_folder
from engine.trouble import Trouble
from gui.explain import explain
from gui.form.choices import KNOBS, Choices
from gui.form.corpus_field import CorpusField
from gui.form.file_field import FileField
from gui.form.folded import Folded
from gui.form.form import Bar, Form
from gui.form.knob_text import said
from gui.form.plan import Plan
from gui.session import Session
from gui.status import parameter_words
from gui.widgets.hairline import Hairline
from gui.widgets.labels import PlainLabel

ROOM_BESIDE = 34  # margins and scroll bar
BREATH = 4  # pixels around what is brought into view
TURN_EVERY_MS = 50  # a dragged slider asks the engine no more often
NEXT_RUN = "Ctrl+Return"
OWN = [knob for knob in KNOBS.values() if knob.group not in ("mixture", "spoiling")]  # those have panels of their own
UNSAID = ("corpus", "tokenizer_file")  # too long to tell what they were


class Experiment(QWidget):
    asked = Signal(object)  # a Turn
    next_run_asked = Signal()
    open_asked = Signal()
    tokenizer_asked = Signal()  # a file to cut the text with

    def __init__(self, session: Session, choices: Choices, recents: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._choices = session, choices
        self._turns: dict[str, float | tuple[float, ...]] = {}  # wait to be sent
        self._last_edited = ""
        self._shown: object = None
        self._timer = QTimer(self, singleShot=True, interval=TURN_EVERY_MS)
        self._timer.timeout.connect(self._send_turns)
        self._laid_out = QTimer(self, singleShot=True, interval=0)  # what has just unfolded has its place by then
        self._laid_out.timeout.connect(self._bring_into_view)
        self._wanted: QWidget | None = None  # to be brought into view
        self.corpus = CorpusField(KNOBS["corpus"], recents)
        self.corpus.open_asked.connect(self.open_asked)
        self.tokenizer_file = FileField()
        self.tokenizer_file.asked.connect(self.tokenizer_asked)
        self.plan = Plan()
        self.plan.preset_chosen.connect(self._follow_preset)
        self.plan.size_chosen.connect(self._resize)
        self.folded = Folded(knob for knob in OWN if knob.advanced)
        self.folded.edited.connect(self._edit)
        self.folded.unfolded.connect(self._show_unfolded)
        self.forms = [self._form(live=True), self._form(live=False), *self.folded.forms]
        self._build()
        self.take_in()

    def take_in(self) -> None:
        """Show what was turned, what is on its way and what waits."""
        self._choices.take_in(self._session.settings, self._session.recording)
        values = {name: self._choices.value(name) for name in KNOBS}
        marks = {name: self._mark(name) for name in KNOBS}
        trouble = self._trouble()
        measured = self._session.prepared, self._session.recording.count(Metered) > 0  # so a time can be forecast
        shown = values, marks, trouble, measured
        if self._shown == shown:
            return
        self._shown = shown
        for form in self.forms:
            form.show_values(values)
            for name, row in form.rows.items():
                row.show_state(*marks[name])
        self.folded.show_groups()
        self._show_trouble(trouble)
        self._show_next(trouble)
        choices = self._choices
        self.plan.show_plan(choices.preset(), choices.size(), choices.forecast(cache_folder()), values["horizon"])

    def offer(self, recents: list[str]) -> None:
        """Texts opened lately."""
        self.corpus.offer(recents)

    def reset(self) -> None:
        """Take back what waits for the next run."""
        self._choices.reset()
        self.take_in()

    # what a person does, here or in a panel that has settings of its own

    def choose(self, values: Mapping[str, Any]) -> None:
        """What is live is turned while a run goes on, the rest waits for the next one."""
        for name, value in values.items():
            self._choose(name, value)
        self.take_in()

    def turn_weights(self, weights: tuple[float, ...]) -> None:
        """Of the present run's texts."""
        self.choose({"weights": weights})

    def spoiling(self) -> dict[str, float]:
        """How the next run's text is to be spoiled otherwise than the present one's."""
        return {name: value for name, value in self._choices.edits.items() if KNOBS[name].group == "spoiling"}

    def spoiled(self) -> dict[str, float]:
        """How the present run's text is spoiled."""
        return {name: self._choices.present(name) for name, knob in KNOBS.items() if knob.group == "spoiling"}

    def mix(self, corpus: tuple[str, ...], weights: tuple[float, ...]) -> None:
        """Another mixture for the next run."""
        self._choices.mix(corpus, weights)
        self.take_in()

    def _choose(self, name: str, value: Any) -> None:
        if self._choices.choose(name, value, self._session.running):
            self._turns[name] = value if isinstance(value, tuple) else float(value)
            if not self._timer.isActive():
                self._send_turns()
        else:
            self._last_edited = name

    def _edit(self, name: str, value: Any) -> None:
        self.choose({name: value})
        self._bring_soon(next(form.rows[name] for form in self.forms if name in form.rows))
        if (name, value) == ("tokenizer", "file") and not self._choices.value("tokenizer_file"):
            self.tokenizer_asked.emit()

    def _follow_preset(self, preset: str) -> None:
        self._choices.fill(preset)
        self.take_in()

    def _resize(self, millions: float) -> None:
        self._choices.resize(millions)
        self.take_in()

    def _send_turns(self) -> None:
        turns, self._turns = self._turns, {}
        for name, value in turns.items():
            self.asked.emit(Turn(name, value))
        if turns:
            self._timer.start()

    def _bring_soon(self, part: QWidget) -> None:
        self._wanted = part
        self._laid_out.start()

    def _show_unfolded(self) -> None:
        self._bring_soon(self.folded.inside)

    def _bring_into_view(self) -> None:
        """The end of what unfolded, but never past its beginning."""
        if part := self._wanted:
            bar, top = self._area.verticalScrollBar(), part.mapTo(self._inside, QPoint(0, 0)).y()
            lowest = top + part.height() - self._area.viewport().height() + BREATH
            bar.setValue(min(max(bar.value(), lowest), max(0, top - BREATH)))

    # what is shown

    def _mark(self, name: str) -> tuple[Bar, str]:
        if name in self._choices.asked:
            return "accent", ""
        if name in self._choices.edits and self._begun():
            return "warn", "" if name in UNSAID else f"was {said(KNOBS[name], self._choices.present(name))}"
        return "", ""

    def _begun(self) -> bool:
        """There is a run that the choices can differ from."""
        return self._session.running or self._session.recording.last_step > 0

    def _trouble(self) -> str:
        try:
            self._choices.next_settings()
        except Trouble as trouble:
            return trouble.message
        return ""

    def _show_trouble(self, trouble: str) -> None:
        for form in self.forms:
            if trouble and self._last_edited in form.rows:
                form.rows[self._last_edited].show_state("warn", trouble, trouble=True)

    def _show_next(self, trouble: str) -> None:
        self._show_size()
        self._start.setEnabled(not trouble)
        self._footer.setVisible(bool(self._choices.edits) and self._begun())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_size()

    def _show_size(self) -> None:
        """Of the next run's model; where there is little room, without the word."""
        count = self._choices.parameters()
        words = parameter_words(count) if count else ""
        self._size.setText(words)
        explain(self._size, "Size of the model", words)
        if self._next_row.minimumSizeHint().width() > self.width() - ROOM_BESIDE:
            self._size.setText(words.removesuffix(" parameters"))

    # how it is made

    def _form(self, live: bool) -> Form:
        some = [knob for knob in OWN if knob.live is live and not knob.advanced]
        form = Form(some, sliders=live, fields={"corpus": self.corpus, "tokenizer_file": self.tokenizer_file})
        form.edited.connect(self._edit)
        return form

    def _build(self) -> None:
        inside = self._inside = QWidget()
        inside.setMinimumWidth(1)  # as wide as there is room, never wider
        column = QVBoxLayout(inside)
        column.setContentsMargins(8, 0, 16, 0)
        column.setSpacing(4)
        for part in (
            self._heading("Turn while it runs"),
            self.forms[0],
            _inset_line(),
            self._next_heading(),
            self.plan,
            self.forms[1],
            self.folded,
        ):
            column.addWidget(part)
        column.addStretch()
        area = self._area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(area)
        whole.addWidget(self._make_footer())

    def _heading(self, words: str) -> PlainLabel:
        label = PlainLabel(words, "small", "ink3", strong=True)
        label.setContentsMargins(8, 0, 0, 0)
        return label

    def _next_heading(self) -> QWidget:
        row = self._next_row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        self._size = PlainLabel("", "small", "ink3")
        self._size.setAccessibleName("Size of the model")
        line.addWidget(self._heading("For the next run"))
        line.addStretch()
        line.addWidget(self._size)
        return row

    def _make_footer(self) -> QWidget:
        self._footer = QFrame()
        line = QHBoxLayout(self._footer)
        line.setContentsMargins(16, 8, 16, 12)
        reset, self._start = QPushButton("Reset"), QPushButton("Start next run")
        explain(reset, "Reset", "Take back what waits for the next run")
        explain(self._start, "Start next run", "Begin a new run with these settings", NEXT_RUN)
        self._start.setProperty("kind", "soft")
        reset.clicked.connect(self.reset)
        self._start.clicked.connect(self.next_run_asked)
        line.addWidget(reset)
        line.addWidget(self._start, 1)
        self._footer.hide()
        return self._footer


def _inset_line() -> QWidget:
    """Begins where the labels begin."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(8, 4, 0, 4)
    row.addWidget(Hairline())
    return holder
