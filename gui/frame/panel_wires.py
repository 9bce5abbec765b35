"""What the panels ask for and what they are told: connected here, so that no panel knows the window."""

from typing import TYPE_CHECKING

from gui.panels.documents import DocumentsPanel
from gui.panels.loss import LossPanel
from gui.panels.mixture import MixturePanel
from gui.panels.spoiling import SpoilingPanel
from gui.widgets.stop_question import StopQuestion

if TYPE_CHECKING:
    from gui.panels.panel import Panel
    from gui.window import Window


class PanelWires:
    def __init__(self, window: "Window") -> None:
        self._window = window
        for panel in window.panels:
            panel.asked.connect(window.steering.ask)
            panel.explained.connect(window.status_line.explain)
            self._connect(panel)

    def take_in(self, *_: object) -> None:
        """Tell the panels what is chosen for the next run."""
        steering, experiment = self._window.steering, self._window.experiment
        for panel in self._window.panels:
            match panel:
                case MixturePanel():
                    panel.show_mixture(steering.mixture())
                case SpoilingPanel():
                    panel.show_chosen(experiment.spoiling(), experiment.spoiled())

    def _connect(self, panel: "Panel") -> None:
        window = self._window
        match panel:
            case LossPanel():
                self._connect_stop(panel.stop_bar)
            case MixturePanel():
                self._connect_stop(panel.stop_bar)
                panel.turned.connect(window.experiment.turn_weights)
                panel.mixed.connect(window.experiment.mix)
                for wish in (panel.turned, panel.mixed):
                    wish.connect(self.take_in)  # a fader under a hand shows its number at once
                panel.add_asked.connect(window.texts.ask_for_source)
                panel.next_run_asked.connect(window.steering.begin_next)
                panel.chosen.connect(self._show_documents)
            case SpoilingPanel():
                panel.chosen.connect(window.experiment.choose)
                panel.next_run_asked.connect(window.steering.begin_next)

    def _connect_stop(self, bar: StopQuestion) -> None:
        window = self._window
        bar.restart_asked.connect(window.steering.restart_with)
        bar.back_asked.connect(window.steering.go_back_at)
        bar.new_text_asked.connect(window.steering.accept_new_text)
        bar.open_asked.connect(window.texts.ask_for_text)
        bar.encoding_asked.connect(window.steering.read_as)

    def _show_documents(self, source: str) -> None:
        """Of the text that was chosen in the mixture, if it was read."""
        corpus = self._window.steering.mixture().corpus
        for panel in self._window.panels:
            if isinstance(panel, DocumentsPanel) and source in corpus:
                panel.show_source(corpus.index(source))
