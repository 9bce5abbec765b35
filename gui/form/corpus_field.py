"""The choice of a text: what comes with the program, what was opened lately, and "Open text…"."""

from typing import Any

from PySide6.QtCore import Qt, Signal

from engine.corpus.built_in import BUILT_IN
from engine.declared import Knob
from gui.explain import explain
from gui.form.fields import ChoiceField
from gui.sources import SMALL_WORLD, corpus_label, source_label

OPEN = None  # the last line, which is no value


class CorpusField(ChoiceField):
    """Its values are tuples of sources, which Qt would make lists of: so they are kept beside the lines."""

    open_asked = Signal()

    def __init__(self, knob: Knob, recents: list[str]) -> None:
        super().__init__(knob)
        self._knob = knob
        self._value: Any = knob.default
        self.offers: list[tuple[str, ...] | None] = []  # one a line; None is no value
        self.offer(recents)

    def offer(self, recents: list[str]) -> None:
        """Fill the list anew."""
        self.clear()
        self.offers = []
        for corpus in (*((name,) for name in BUILT_IN), SMALL_WORLD, *((recent,) for recent in recents)):
            self._offer_one(corpus, len(self.offers))
        self.insertSeparator(self.count())
        self.addItem("Open text…")
        self.offers += [None, OPEN]
        self.show_value(self._value)

    def show_value(self, value: Any) -> None:
        self._value = tuple(value)
        if self._value not in self.offers:
            self._offer_one(self._value, 0)
        self.setCurrentIndex(self.offers.index(self._value))
        names = ", ".join(source_label(source) for source in self._value)
        explain(self, self._knob.label, f"{self._knob.help}: {names}")

    def _offer_one(self, corpus: tuple[str, ...], place: int) -> None:
        self.offers.insert(place, corpus)
        self.insertItem(place, corpus_label(corpus))
        self.setItemData(place, corpus_label(corpus), Qt.ItemDataRole.AccessibleTextRole)

    def _tell(self, index: int) -> None:
        if self.offers[index] is OPEN:
            self.show_value(self._value)
            self.open_asked.emit()
            return
        self._value = self.offers[index]
        self.edited.emit(self._value)
