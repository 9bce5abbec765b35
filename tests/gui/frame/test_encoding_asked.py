"""A text that is no UTF-8 stops the run with a question; the answer begins it again."""

import pytest
from PySide6.QtCore import Qt

from engine.corpus.encoding import UnsureEncoding
from engine.corpus.place import place_of
from engine.run import Run
from engine.settings import Settings
from gui.panels.loss import LossPanel
from gui.panels.mixture import MixturePanel
from tests.fakes import FakeTrainer
from tests.gui.conftest import Desk

OLD = "/texts/old letters.txt"


class Unreadable(FakeTrainer):
    """Knows no encoding but the one it is told."""

    def start(self):
        for source in self.settings.corpus:
            place = place_of(source)
            if place.path == OLD and not place.encoding:
                raise UnsureEncoding(place, "old letters.txt", "cp1252", "Grüße aus Köln")
        yield from super().start()


@pytest.mark.parametrize(("kind", "layout"), [(LossPanel, "overview"), (MixturePanel, "data")])
def test_a_person_confirms_the_guess_and_the_run_begins_with_all_its_texts(
    desk: Desk, kind: type[LossPanel | MixturePanel], layout: str
) -> None:
    desk.session._crew._start = lambda settings: Run(lambda: Unreadable(settings))
    desk.show()
    desk.window.show_layout(layout)
    desk.session.begin(Settings(corpus=("stories", OLD)))
    desk.until(lambda: desk.session.stopped)
    assert desk.window.steering.status().detail == "old letters.txt is not in UTF-8."
    panel = next(panel for panel in desk.window.panels if isinstance(panel, kind))
    panel.refresh(desk.session.recording, 0)
    assert panel.stop_bar.isVisible()
    assert panel.stop_bar.preview.text() == "Grüße aus Köln"
    desk.qtbot.mouseClick(panel.stop_bar.button, Qt.MouseButton.LeftButton)
    desk.until(lambda: desk.window.steering.status().state == "training")
    assert desk.session.settings.corpus == ("stories", f"{OLD}#encoding=cp1252")
    panel.refresh(desk.session.recording, desk.session.recording.last_step)
    assert not panel.stop_bar.isVisible()
