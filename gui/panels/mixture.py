"""The mixture panel: how much of each text the model reads, how often it saw it, and how well it knows it."""

from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from engine.declared import Declared
from engine.events import CorpusRead, Event, PartsSeen, Resumed, SourceRead, SourceSeen, SourceValidated, Started
from engine.recording import Recording
from gui.explain import explain
from gui.export.sheet import Sheet
from gui.icons import pixmap
from gui.mixing import Mixture, added, carried, differ, removed, turned
from gui.panels.mixture_figure import mixture_figure
from gui.panels.mixture_picture import Picture, mixture_at
from gui.panels.panel import Panel
from gui.status import FAILURES
from gui.theme import Theme
from gui.widgets.empty_note import EmptyNote
from gui.widgets.facts import Facts
from gui.widgets.heat_legend import HeatLegend
from gui.widgets.icon_button import IconButton
from gui.widgets.labels import ElidedLabel
from gui.widgets.source_table import SourceTable
from gui.widgets.stop_question import StopQuestion

EMPTY = "The texts appear here as soon as they are read", "Turn a fader and the next batch follows."
ALONE = "Something must be read: turn another text up first"
ONLY = "This is the only text: add another one to mix them"
LAST = "Something must be read: this is the last text"
SPACE = 8  # pixels between the parts of the footer
UNDO = "Weights as they were when the run began"


class MixtureOptions(Declared):
    pass


class MixturePanel(Panel):
    """Also says why training stopped: most often it is the text, and the panel of the loss may be out of sight."""

    title = "Mixture"
    help = "how much of each text the model reads. Turn a fader and the next batch follows."
    watches: ClassVar[tuple[type[Event], ...]] = (
        CorpusRead, SourceRead, SourceSeen, SourceValidated, PartsSeen, Started, Resumed, *FAILURES
    )  # fmt: skip
    beat = 0.25
    Options = MixtureOptions

    turned = Signal(tuple)  # weights of the present run
    mixed = Signal(tuple, tuple)  # sources and weights of the next run
    chosen = Signal(str)  # a source, whose documents are to be seen
    add_asked = Signal()
    next_run_asked = Signal()

    def picture(self, recording: Recording, step: int, options: MixtureOptions) -> Picture:
        return mixture_at(recording, step, self._mixture)

    def show_mixture(self, mixture: Mixture) -> None:
        """What is chosen, from the window; drawn at the next refresh."""
        self._mixture = mixture

    def extra_stamp(self) -> object:
        return self._mixture, self._word

    # what it is made of

    def build(self) -> None:
        self._mixture, self._shown, self._word = Mixture(), mixture_at(Recording(), 0, Mixture()), ""
        self._turning: tuple[str, tuple[float, ...], tuple[float, ...]] = "", (), ()  # source, shares before and after
        self.facts, self.undo = Facts(), IconButton("undo", UNDO, "Ctrl+Z")
        self.table, self.note, self.stop_bar = SourceTable(), EmptyNote(), StopQuestion()
        self.note.say(*EMPTY)
        self._build_footer()
        column = QVBoxLayout(self.body)
        column.setContentsMargins(8, 0, 8, 8)
        column.setSpacing(0)
        for part, stretch in ((self.table, 1), (self.note, 1), (self.stop_bar, 0), (self.footer, 0)):
            column.addWidget(part, stretch)
        self._connect()

    def _build_footer(self) -> None:
        self.add, self.start = QPushButton("+  Add source…"), QPushButton("Start next run")
        self.add.setProperty("kind", "flat")
        self.start.setProperty("kind", "soft")
        explain(self.add, "Add source", "Mix in another text: a built-in one, a file, a folder or a data set")
        explain(self.start, "Start next run", "Begin a new run with this mixture")
        self.sign, self.words, self.legend = QLabel(), ElidedLabel("", "small", "ink2"), HeatLegend()
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.footer = QWidget()
        row = QHBoxLayout(self.footer)
        row.setContentsMargins(2, 4, 8, 0)
        row.setSpacing(SPACE)
        for part, stretch in ((self.add, 0), (self.sign, 0), (self.words, 1), (self.legend, 0), (self.start, 0)):
            row.addWidget(part, stretch)

    def _connect(self) -> None:
        self.table.turned.connect(self._turn)
        self.table.removed.connect(self._remove)
        self.table.chosen.connect(self.chosen)
        self.table.pointed.connect(self.explained)
        self.undo.clicked.connect(self.take_back)
        self.add.clicked.connect(self.add_asked)
        self.start.clicked.connect(self.next_run_asked)
        keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.take_back)

    def title_row(self) -> list[QWidget]:
        return [self.facts, self.undo]

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        for part in (self.facts, self.undo, self.table, self.note, self.stop_bar, self.legend):
            part.dress(theme)
        side = theme.pixels("body") + 3
        self.sign.setPixmap(pixmap("warning", theme.warn, side, self.devicePixelRatioF()))
        self.undo.setHidden(theme.lecture)
        self.footer.setHidden(theme.lecture)

    # what it shows

    def draw(self, picture: Picture) -> None:
        self._shown = picture
        self.table.setVisible(bool(picture.rows))
        self.note.setHidden(bool(picture.rows))
        self.facts.say(((picture.words, ""),) if picture.words else ())
        self.stop_bar.show_stop(picture.stop)
        self.table.show_figures(picture.rows, picture.step, picture.top)
        words = self._word or picture.warning
        self.sign.setVisible(bool(words))
        self.words.show_text(words)
        explain(self.words, "Warning", words)
        self.start.setVisible(picture.waits)
        self.undo.setEnabled(picture.changed)
        self._arrange()

    def figure(self, picture: Picture) -> Sheet:
        return mixture_figure(picture)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """A warning comes before the legend, where only one has room."""
        parts = (self.add, self.sign, self.words, self.legend, *([self.start] if self._shown.waits else []))
        wanted = sum(part.sizeHint().width() + SPACE for part in parts)
        self.legend.setVisible(not self.words.whole or bool(wanted <= self.footer.width()))

    # the person

    def take_back(self) -> None:
        """The weights the run began with."""
        if self._shown.changed:
            self._tell(self._shown.first)

    def _turn(self, source: str, share: float) -> None:
        """Of the present run where it goes on and reads this text, else of the next."""
        shown, row = self._shown, self.table.row(source)
        live = row is not None and row.figures.live
        corpus, now = (shown.mixture.corpus, shown.present) if live else (shown.mixture.next_corpus, shown.following)
        weights = turned(self._basis(source, now), corpus.index(source), share)
        if weights is None:
            self._refuse(source, ONLY if len(corpus) == 1 else ALONE)
            return
        self._word, self._turning = "", (source, self._basis(source, now), weights)
        if live:
            self._tell(weights)
        else:
            self.mixed.emit(corpus, weights)

    def _tell(self, weights: tuple[float, ...]) -> None:
        mixture = self._shown.mixture
        self.turned.emit(weights)
        if mixture.next_corpus != mixture.corpus:
            self.mixed.emit(mixture.next_corpus, carried(mixture, weights))

    def _basis(self, source: str, now: tuple[float, ...]) -> tuple[float, ...]:
        """What a fader is turned from: as long as no other is touched, turning it back brings all back."""
        last, before, after = self._turning
        return before if last == source and not differ(after, now) else now

    def _remove(self, source: str) -> None:
        """Out of the next run, or into it again."""
        mixture = self._shown.mixture
        corpus, weights = mixture.next_corpus, mixture.next_weights
        self._word = ""
        if source not in corpus:
            self._put_back(source)
        elif len(corpus) == 1:
            self._refuse(source, LAST)
        else:
            place = corpus.index(source)
            self.mixed.emit((*corpus[:place], *corpus[place + 1 :]), removed(weights, place) if weights else ())

    def _put_back(self, source: str) -> None:
        mixture = self._shown.mixture
        corpus = (*mixture.next_corpus, source)
        if set(corpus) == set(mixture.corpus):
            self.mixed.emit(mixture.corpus, mixture.weights)
        else:
            self.mixed.emit(corpus, added(mixture.next_weights))

    def _refuse(self, source: str, word: str) -> None:
        """Say why, and put the fader back."""
        self._word = word
        self.explained.emit(f"{word}.")
        if row := self.table.row(source):
            row.fader.put_back(row.figures.share)


if __name__ == "__main__":
    from gui.panels.preview import preview

    preview(MixturePanel)
