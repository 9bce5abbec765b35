"""The mixture: its numbers without a screen, then the faders, and what they ask for."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.events import PartsSeen, SourceRead, SourceSeen, SourceValidated, Started, Turned
from engine.recording import Recording
from engine.settings import Settings
from gui.frame.dock import Dock
from gui.mixing import Mixture
from gui.panels.mixture import ALONE, ONLY, MixturePanel
from gui.panels.mixture_picture import Picture, mixture_at
from gui.theme import LIGHT
from tests.gui.conftest import Desk

CORPUS, WEIGHTS = ("stories", "facts", "/texts/<b>.txt"), (0.5, 0.3, 0.2)
RUNNING = Mixture(CORPUS, WEIGHTS, next_corpus=CORPUS, next_weights=WEIGHTS, running=True)
STOPPED = RUNNING._replace(running=False)


def read(place: int, name: str, entropy: float = 1.5) -> SourceRead:
    return SourceRead(
        0, 0.0, place, name, "", 1_000_000, 10, 0, 90 * (place + 1), 10 * (place + 1), 1, 1, "", entropy
    )  # fmt: skip


def made(weights: tuple[float, ...] = WEIGHTS) -> Recording:
    """Three texts, told twice how much of them was seen."""
    run = Recording()
    for place, name in enumerate(("Stories", "Facts", "<b>\u202e.txt")):
        run.add(read(place, name, float("nan") if place == 2 else 1.5))
    run.add(Started(0, 0.0, "x", Settings(corpus=CORPUS, weights=weights).model_dump(mode="json"), 1, ""))
    for step, tokens in ((0, (0, 0, 0)), (20, (500, 300, 200))):
        for place, some in enumerate(tokens):
            run.add(SourceSeen(step, 1.0, place, some, some / 50, WEIGHTS[place]))
            run.add(SourceValidated(step, 1.0, place, 5.0 - step / 10 + place))
        run.add(PartsSeen(step, 1.0, np.full((3, 4), step / 10, np.float32)))
    return run


def picture(mixture: Mixture = RUNNING, step: int = 20) -> Picture:
    return mixture_at(made(), step, mixture)


def test_each_text_has_its_numbers_at_the_step_on_show() -> None:
    rows = picture().rows
    assert [row.name for row in rows] == ["Stories", "Facts", "<b>U+202E.txt"]
    assert [row.read for row in rows] == pytest.approx([0.5, 0.3, 0.2])
    assert [row.seen for row in rows] == [10, 6, 4]
    assert [row.loss for row in rows] == [3, 4, 5]
    assert [row.entropy for row in rows] == [1.5, 1.5, None]
    assert [row.held_out for row in rows] == pytest.approx([0.1] * 3)
    assert rows[1].times_P.tolist() == [2, 2, 2, 2]
    before = picture(step=10).rows[0]
    assert (before.seen, before.read, before.loss, before.times_P.max()) == (0, None, 5, 0)
    assert before.losses.tolist() == [5, 3]


def test_only_what_is_seen_four_times_is_warned_of_and_the_most_read_comes_first() -> None:
    shown = picture()
    assert [row.repeated for row in shown.rows] == [True, True, True]
    assert shown.warning == "Stories and 2 others were seen more than 4 times: they may be learned by heart"
    assert picture(step=10).warning == ""
    one = Recording()
    one.add(read(0, "Arithmetic"))
    one.add(SourceSeen(3, 0.1, 0, 10, 4.2, 1.0))
    told = mixture_at(one, 3, Mixture(("arithmetic",), next_corpus=("arithmetic",))).warning
    assert told == "Arithmetic was seen more than 4 times: it may be learned by heart"


def test_without_weights_the_faders_stand_at_the_lengths() -> None:
    run = Recording()
    for place in range(2):
        run.add(read(place, "x"))
    rows = mixture_at(run, 0, Mixture(("a", "b"), next_corpus=("a", "b"), running=True)).rows
    assert [row.share for row in rows] == pytest.approx([1 / 3, 2 / 3])


def test_before_the_texts_are_read_nobody_knows_how_they_will_share() -> None:
    unread = mixture_at(Recording(), 0, RUNNING._replace(weights=(), next_weights=()))
    assert all(row.by_length for row in unread.rows)
    assert not any(row.by_length for row in mixture_at(Recording(), 0, RUNNING).rows)
    alone = Mixture(("a",), next_corpus=("a",), running=True)
    assert [(row.share, row.by_length) for row in mixture_at(Recording(), 0, alone).rows] == [(1.0, False)]


def test_what_is_asked_for_wears_the_accent_and_what_waits_says_what_it_was() -> None:
    asked = picture(RUNNING._replace(weights=(0.8, 0.1, 0.1), asked=True, next_weights=(0.8, 0.1, 0.1)))
    assert [(row.share, row.bar) for row in asked.rows] == [(0.8, "accent"), (0.1, "accent"), (0.1, "accent")]
    assert not asked.waits
    waiting = picture(STOPPED._replace(next_weights=(0.5, 0.1, 0.4)))
    assert [(row.share, row.bar, row.note) for row in waiting.rows] == [
        (0.5, "", ""), (0.1, "warn", "was 0.30"), (0.4, "warn", "was 0.20")
    ]  # fmt: skip
    assert waiting.waits


def test_texts_of_the_next_run_wait_below_and_those_that_leave_stay_until_then() -> None:
    shown = picture(RUNNING._replace(next_corpus=("stories", "/texts/<b>.txt", "python"), next_weights=()))
    assert [(row.source, row.new, row.leaves) for row in shown.rows] == [
        ("stories", False, False), ("facts", False, True), ("/texts/<b>.txt", False, False), ("python", True, False)
    ]  # fmt: skip
    assert [row.live for row in shown.rows] == [True, True, True, False]
    assert shown.rows[3].by_length
    assert shown.waits


def test_a_recording_alone_says_what_is_mixed() -> None:
    shown = mixture_at(made(), 20, Mixture())
    assert [row.source for row in shown.rows] == list(CORPUS)
    assert not shown.waits
    assert mixture_at(Recording(), 0, Mixture()).rows == ()


def test_turned_weights_differ_from_those_of_the_start() -> None:
    assert not picture().changed
    assert picture(RUNNING._replace(weights=(0.1, 0.1, 0.8))).changed
    assert not picture(STOPPED._replace(weights=(0.1, 0.1, 0.8))).changed
    assert picture().first == pytest.approx(WEIGHTS)


def test_as_long_as_nobody_turns_a_fader_there_is_nothing_to_take_back() -> None:
    """The engine counts whole windows: its shares are not quite those of the tokens."""
    run, untouched = made(()), RUNNING._replace(weights=(), next_weights=())
    assert mixture_at(run, 20, untouched).first == pytest.approx(WEIGHTS)
    assert not mixture_at(run, 20, untouched).changed


@pytest.fixture
def open_panel(qtbot: QtBot) -> Iterator[Callable[[Mixture], MixturePanel]]:
    docks: list[Dock] = []  # Qt keeps none that has no parent

    def open_one(mixture: Mixture) -> MixturePanel:
        panel = MixturePanel(LIGHT)
        docks.append(Dock(panel.title, panel.help, panel))
        qtbot.addWidget(docks[-1])
        docks[-1].resize(900, 380)
        docks[-1].show()
        shown(panel, mixture)
        return panel

    yield open_one
    docks.clear()


def shown(panel: MixturePanel, mixture: Mixture) -> None:
    panel.show_mixture(mixture)
    panel.refresh(made(), 20)
    assert panel._stack.currentWidget() is panel.body, panel._trouble.details


def told(panel: MixturePanel) -> tuple[list[tuple[float, ...]], list[tuple[tuple[str, ...], tuple[float, ...]]]]:
    turned: list[tuple[float, ...]] = []
    mixed: list[tuple[tuple[str, ...], tuple[float, ...]]] = []
    panel.turned.connect(turned.append)
    panel.mixed.connect(lambda corpus, weights: mixed.append((corpus, weights)))
    return turned, mixed


def test_a_fader_turns_the_present_run(open_panel: Callable[[Mixture], MixturePanel]) -> None:
    panel = open_panel(RUNNING)
    turned, mixed = told(panel)
    QTest.keyClick(panel.table.rows[1].fader, Qt.Key.Key_End)
    assert turned == [(0.0, 1.0, 0.0)]
    assert mixed == []


def test_turning_a_fader_back_brings_the_others_back(open_panel: Callable[[Mixture], MixturePanel]) -> None:
    panel = open_panel(RUNNING)
    turned, _ = told(panel)
    panel.table.turned.emit("facts", 1.0)
    shown(panel, RUNNING._replace(weights=turned[-1]))
    panel.table.turned.emit("facts", 0.3)
    assert turned[-1] == pytest.approx(WEIGHTS)


def test_the_last_text_cannot_be_turned_down(open_panel: Callable[[Mixture], MixturePanel]) -> None:
    panel = open_panel(RUNNING._replace(weights=(1.0, 0.0, 0.0)))
    turned, _ = told(panel)
    said: list[str] = []
    panel.explained.connect(said.append)
    QTest.keyClick(panel.table.rows[0].fader, Qt.Key.Key_Home)
    assert turned == []
    assert said == [f"{ALONE}."]
    assert panel.table.rows[0].fader.value() == panel.table.rows[0].fader.maximum()
    shown(panel, RUNNING._replace(weights=(1.0, 0.0, 0.0)))
    assert panel.words.whole == ALONE
    alone = open_panel(Mixture(("stories",), (), False, ("stories",), (), True))
    alone.picture = lambda *_: mixture_at(Recording(), 0, alone._mixture)  # type: ignore[method-assign]
    alone.try_again()
    alone.refresh(made(), 20)
    alone.table.turned.emit("stories", 0.5)
    assert alone._word == ONLY


def test_without_a_run_a_fader_waits(open_panel: Callable[[Mixture], MixturePanel]) -> None:
    panel = open_panel(STOPPED)
    turned, mixed = told(panel)
    panel.table.turned.emit("stories", 0.0)
    assert turned == []
    assert mixed == [(CORPUS, pytest.approx((0.0, 0.6, 0.4)))]


def test_a_turn_is_carried_into_a_mixture_that_waits(open_panel: Callable[[Mixture], MixturePanel]) -> None:
    following = ("stories", "facts", "python")
    panel = open_panel(RUNNING._replace(next_corpus=following, next_weights=(0.4, 0.4, 0.2)))
    turned, mixed = told(panel)
    panel.table.turned.emit("stories", 0.9)
    assert turned == [pytest.approx((0.9, 0.06, 0.04))]
    assert mixed == [(following, pytest.approx((0.75, 0.05, 0.2)))]
    panel.table.turned.emit("python", 0.6)
    assert turned == [pytest.approx((0.9, 0.06, 0.04))]
    assert mixed[-1] == (following, pytest.approx((0.2, 0.2, 0.6)))


def test_delete_leaves_a_text_out_and_the_same_button_brings_it_back(
    open_panel: Callable[[Mixture], MixturePanel],
) -> None:
    panel = open_panel(RUNNING)
    _, mixed = told(panel)
    QTest.keyClick(panel.table.rows[1].fader, Qt.Key.Key_Delete)
    assert mixed == [(("stories", "/texts/<b>.txt"), (0.5, 0.2))]
    shown(panel, RUNNING._replace(next_corpus=mixed[-1][0], next_weights=mixed[-1][1]))
    assert panel.start.isVisibleTo(panel)
    panel.table.rows[1].remove.click()
    assert mixed[-1] == (CORPUS, WEIGHTS)


def test_the_last_text_stays(open_panel: Callable[[Mixture], MixturePanel]) -> None:
    panel = open_panel(RUNNING._replace(next_corpus=("facts",), next_weights=()))
    _, mixed = told(panel)
    panel.table.removed.emit("facts")
    assert mixed == []
    assert "last text" in panel._word


def test_undo_brings_the_weights_of_the_start(open_panel: Callable[[Mixture], MixturePanel], qtbot: QtBot) -> None:
    panel = open_panel(RUNNING._replace(weights=(0.1, 0.1, 0.8)))
    turned, _ = told(panel)
    assert panel.undo.isEnabled()
    panel.undo.click()
    assert turned == [pytest.approx(WEIGHTS)]
    panel.window().activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.table.rows[0].fader.setFocus()
    QTest.keyClick(panel.table.rows[0].fader, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(turned) == 2
    shown(panel, RUNNING)
    assert not panel.undo.isEnabled()


def test_arrows_go_from_fader_to_fader_and_choose_the_text(
    open_panel: Callable[[Mixture], MixturePanel], qtbot: QtBot
) -> None:
    panel = open_panel(RUNNING)
    panel.window().activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    chosen: list[str] = []
    panel.chosen.connect(chosen.append)
    panel.table.rows[0].fader.setFocus()
    QTest.keyClick(panel.table.rows[0].fader, Qt.Key.Key_Down)
    assert panel.table.rows[1].fader.hasFocus()
    assert chosen == ["stories", "facts"]
    assert panel.table.selected == "facts"


def test_a_fader_reaches_the_engine_and_comes_back(open_desk: Callable[..., Desk]) -> None:
    corpus = ("stories", "facts", "arithmetic", "programs", "dialogues", "english")
    desk = open_desk(corpus=corpus, weights=(1.0,) * 6)
    desk.ready()
    desk.window.show_layout("data")
    desk.settle()
    panel = next(panel for panel in desk.window.panels if isinstance(panel, MixturePanel))
    panel.refresh(desk.session.recording, 0)
    panel.table.turned.emit("facts", 0.5)
    desk.until(lambda: desk.session.recording.count(Turned) > 0)
    desk.window.take_in()
    panel.refresh(desk.session.recording, 0)
    assert [row.figures.share for row in panel.table.rows] == pytest.approx([0.1, 0.5, 0.1, 0.1, 0.1, 0.1])
    assert desk.session.recording.all(Turned)[-1].value == pytest.approx((0.1, 0.5, 0.1, 0.1, 0.1, 0.1))
