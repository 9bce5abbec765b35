"""Panels that know nothing of each other, working together."""

from typing import TypeVar

from gui.panels.documents import DocumentsPanel
from gui.panels.mixture import MixturePanel
from gui.panels.panel import Panel
from gui.panels.spoiling import SpoilingPanel
from tests.gui.conftest import Desk

P = TypeVar("P", bound=Panel)
CORPUS = ("stories", "facts", "arithmetic", "programs", "dialogues", "english")


def panel(desk: Desk, kind: type[P]) -> P:
    return next(one for one in desk.window.panels if isinstance(one, kind))


def test_the_text_chosen_in_the_mixture_shows_its_documents(open_desk: object) -> None:
    desk: Desk = open_desk(corpus=CORPUS)  # type: ignore[operator]
    desk.ready()
    documents = panel(desk, DocumentsPanel)
    panel(desk, MixturePanel).chosen.emit("arithmetic")
    assert documents.picture(desk.session.recording, 0, documents.options).place == 2
    panel(desk, MixturePanel).chosen.emit("python")
    assert documents.picture(desk.session.recording, 0, documents.options).place == 2


def test_how_the_text_is_spoiled_waits_for_the_next_run(desk: Desk) -> None:
    desk.ready()
    panel(desk, SpoilingPanel).chosen.emit({"typos": 0.25})
    assert desk.window.experiment.spoiling() == {"typos": 0.25}
    assert desk.session.settings.typos == 0
    panel(desk, SpoilingPanel).next_run_asked.emit()
    assert desk.session.settings.typos == 0.25
    assert desk.window.experiment.spoiling() == {}


def test_the_bench_shows_how_a_text_will_be_spoiled_before_the_run_has_started(open_desk: object) -> None:
    desk: Desk = open_desk(typos=0.25)  # type: ignore[operator]
    desk.show()
    desk.window.take_in()
    bench = panel(desk, SpoilingPanel)
    picture = bench.picture(desk.session.recording, 0, bench.options)
    assert picture.present["typos"] == picture.wished["typos"] == 0.25


def test_a_mixture_that_waits_begins_with_the_next_run(open_desk: object) -> None:
    desk: Desk = open_desk(corpus=CORPUS)  # type: ignore[operator]
    desk.ready()
    mixture = panel(desk, MixturePanel)
    mixture.mixed.emit(CORPUS[:2], (0.25, 0.75))
    assert mixture._mixture.next_corpus == CORPUS[:2]
    assert desk.window.experiment.corpus.currentText() == "2 texts"
    mixture.next_run_asked.emit()
    assert (desk.session.settings.corpus, desk.session.settings.weights) == (CORPUS[:2], (0.25, 0.75))
