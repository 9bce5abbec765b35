"""The comparison of tokenizers: up to four of them on one text, and one sentence in five languages.

The engine learns and measures them, aside; how each cuts is computed here, at every key stroke.
"""

from functools import partial
from typing import ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from engine.commands import CompareTokenizers
from engine.events import Event, Started, TokenizerCompared, Unanswered
from engine.recording import Recording
from gui.explain import explain
from gui.export.sheet import Sheet
from gui.panels.panel import Panel
from gui.panels.tokenizers_figure import tokenizers_figure
from gui.panels.tokenizers_picture import (
    LEARNED,
    NAMES,
    PLACES,
    SENTENCES,
    SIZES,
    Comparison,
    Slot,
    TokenizersOptions,
    comparison,
    found,
    told,
    wanted,
)
from gui.question import is_over
from gui.signs import sound
from gui.theme import TYPES, Theme
from gui.widgets.empty_note import EmptyNote
from gui.widgets.labels import ElidedLabel, PlainLabel
from gui.widgets.language_dots import LanguageDots
from gui.widgets.sentence_heading import SentenceHeading
from gui.widgets.tokenizer_rows import TokenizerRows

TEXT = "Zoë lit the lantern."  # one letter of it is two bytes
LONGEST = 240  # characters; all of them are cut at every key stroke
SUBTITLE = "on your own text"
EMPTY = ("How tokenizers cut appears here", "as soon as the text is read and the model is made.")
NONE = ("No tokenizer is chosen", "Choose some in the options of this panel.")
OVER = ("No tokenizers were compared in this run", "Start a run, or go on with this one, and they are learned.")
FAIR = (
    "The same meaning, cut by each tokenizer. One that was learned from English needs more tokens for other "
    "languages: there, the same context holds less."
)
LEAST_DOTS = 190  # pixels of height at reading size: below this the languages are left out


class TokenizersPanel(Panel):
    title = "Compare tokenizers"
    help = "the same text as each tokenizer cuts it, and what that costs: more tokens, or a larger vocabulary."
    watches: ClassVar[tuple[type[Event], ...]] = (TokenizerCompared, Started, Unanswered)
    Options = TokenizersOptions
    options: TokenizersOptions

    # what it is made of

    def build(self) -> None:
        self._shown: Comparison | None = None
        self._asked_of, self._waiting = Recording(), set[Slot]()
        self._over = False  # nobody would learn any more
        self.heading = SentenceHeading(SUBTITLE, LONGEST)
        self.rows, self.dots, self.note = TokenizerRows(), LanguageDots(), EmptyNote()
        self.full, self.languages, self.rule = QWidget(), QWidget(), QFrame()
        self.another = QPushButton("Another")
        self._lay_out()
        self.note.say(*EMPTY)
        self._connect()

    def title_row(self) -> list[QWidget]:
        return [self.heading]

    def _lay_out(self) -> None:
        below, inside, column = QVBoxLayout(self.languages), QVBoxLayout(self.full), QVBoxLayout(self.body)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(2)
        below.addLayout(self._make_head())
        below.addWidget(self.dots, 1)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        for widget, share in ((self.rows, 10), (self.rule, 0), (self.languages, 8)):
            inside.addWidget(widget, share)
        column.setContentsMargins(16, 0, 16, 8)
        self.full.setMinimumSize(1, 1)  # it gives way by itself
        column.addWidget(self.note)
        column.addWidget(self.full)

    def _make_head(self) -> QHBoxLayout:
        head, name = QHBoxLayout(), ElidedLabel("", "small", "ink2", strong=True)
        name.show_text("The same sentence in five languages")
        explain(name, "The same sentence in five languages", FAIR)
        self.another.setProperty("kind", "flat")
        self.another.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        explain(self.another, "Another sentence", "Cut another sentence in all five languages")
        head.addWidget(name)
        head.addWidget(self.another)
        head.addStretch()
        head.addWidget(PlainLabel("tokens needed", "caption", "ink3"))
        return head

    def _connect(self) -> None:
        self.rows.explain = self._explain
        self.rows.arranged.connect(self._line_up)
        for widget in (self.rows, self.dots):
            widget.pointed.connect(self.explained)
        self.rows.choose_asked.connect(self._open_menu)
        self.heading.serve(self.rows)
        self.heading.edit_asked.connect(self.edit)
        self.heading.typed.connect(self._show_typed)
        self.another.clicked.connect(self._show_another)

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        for widget in (self.rows, self.dots, self.note, self.heading):
            widget.dress(theme)
        self.rule.setFixedHeight(round(theme.lines.hair))
        self.rule.setStyleSheet(f"background: {theme.line}")
        self.another.setFont(theme.font("small"))
        self.another.setStyleSheet(f"color: {theme.accent}; padding: 0 6px; font-size: {theme.pixels('small')}px")
        self._arrange()

    # what it shows

    def notice(self, recording: Recording) -> None:
        """Ask by itself for what is seen and was not measured yet."""
        self._over = is_over(recording)
        if recording is not self._asked_of:
            self._asked_of, self._waiting = recording, set()
        self._waiting = {slot for slot in self._waiting if found(recording, slot) is None}
        if not self.isVisible() or recording.latest(Started) is None or self._over:
            return
        missing = [slot for slot in dict.fromkeys(wanted(self.options)) if found(recording, slot) is None]
        if new := tuple(slot for slot in missing if slot not in self._waiting):
            self._waiting |= {*new}
            self.asked.emit(CompareTokenizers(tuple((slot.kind, slot.size) for slot in new)))

    def picture(self, recording: Recording, step: int, options: TokenizersOptions) -> Comparison:
        text = TEXT if self.heading.text is None else sound(self.heading.text)[:LONGEST]
        return comparison(recording, options, text)

    def extra_stamp(self) -> object:
        return self.heading.text, self._over

    def draw(self, picture: Comparison) -> None:
        self._shown = picture
        self.rows.choosable = not self._over
        self.rows.show_rows(picture.rows)
        self.dots.show_languages(picture.languages, tuple(row.name for row in picture.rows))
        self.note.say(*self._reason())
        self._arrange()

    def figure(self, picture: Comparison) -> Sheet:
        return tokenizers_figure(picture)

    def _line_up(self) -> None:
        self.dots.begin_at(self.rows.left)

    def _there(self) -> bool:
        """Whether there is anything to compare."""
        started = self._recording is not None and self._recording.latest(Started) is not None
        return started and self._shown is not None and bool(self._shown.rows)

    def _reason(self) -> tuple[str, str]:
        """Why there is nothing to see."""
        if self._recording is None or self._recording.latest(Started) is None:
            return EMPTY
        return OVER if self._over else NONE

    def _arrange(self) -> None:
        some, unit = self._there(), self.theme.pixels("body") / TYPES["body"].reading
        self.note.stand_in_for(self.full, not some)
        for widget in (self.languages, self.rule):
            widget.setVisible(self.height() > LEAST_DOTS * unit)
        self.heading.let_edit(some)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _explain(self, row: int, place: int) -> str:
        each = self._shown.compared[row] if self._shown else None
        return told(each, self._shown.text, place) if each and self._shown else ""

    # the person

    def edit(self) -> None:
        """Open a line; what is written in it is cut at once."""
        if self._shown and self._there():
            self.heading.open(self._shown.text)

    def menu(self, row: int) -> QMenu:
        """What the tokenizer of a row may be instead."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        place = [place for place in PLACES if getattr(self.options, place) != "none"][row]
        for kind, name in NAMES.items():
            if kind in LEARNED:
                sizes = QMenu(name, menu)
                menu.addMenu(sizes)
                for size in SIZES:
                    action = sizes.addAction(f"{size} tokens")
                    action.triggered.connect(partial(self._take, place, kind, size))
            else:
                menu.addAction(name).triggered.connect(partial(self._take, place, kind, ""))
        menu.addSeparator()
        menu.addAction("Leave this row out").triggered.connect(partial(self._take, place, "none", ""))
        return menu

    def _open_menu(self, row: int, at: QPoint) -> None:
        self.menu(row).popup(at)

    def _take(self, place: str, kind: str, size: str, checked: bool = False) -> None:
        self.choose(**{place: kind}, **({f"{place}_size": size} if size else {}))

    def _show_another(self) -> None:
        self.choose(sentence=self.options.sentence % SENTENCES + 1)

    def _show_typed(self) -> None:
        if self._recording:
            self.refresh(self._recording, self._recording.last_step)
            self.heading.reveal()


if __name__ == "__main__":
    from gui.panels.preview import preview

    preview(TokenizersPanel)
