"""A person moves the playhead on the timeline by hand, wheel and keys, and reads what happened there."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from engine.annotations import Annotations, Note
from engine.events import Branched, Stepped
from engine.recording import Recording
from gui.frame.timeline import Timeline
from gui.frame.timeline_rows import timeline_height, timeline_rows
from gui.playhead import SPEEDS
from gui.shown import Shown
from gui.theme import DARK, LIGHT, PROJECTOR
from tests.fakes import recording

LAST = 300
NO_KEY, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


class Hand:
    """A timeline that can be seen, with what it has told."""

    def __init__(self, qtbot: QtBot, made: Recording, live: bool = False) -> None:
        self.line, self.made = Timeline(), made
        qtbot.addWidget(self.line)
        self.line.dress(LIGHT)
        self.line.resize(1000, self.line.sizeHint().height())
        self.show(live)
        self.line.show()
        QApplication.processEvents()
        self.told: list[tuple[str, object]] = []
        for name in ("sought", "note_asked", "note_opened", "replay_asked", "speed_chosen", "pointed"):
            getattr(self.line, name).connect(lambda value, name=name: self.told.append((name, value)))
        self.line.live_asked.connect(lambda: self.told.append(("live_asked", None)))

    @property
    def track(self) -> object:
        return self.line.track

    def show(self, live: bool) -> None:
        self.line.show_runs((Shown("/runs/a", "a", self.made, 0, "", live),))

    def x(self, step: int) -> float:
        track = self.line.track
        return track.rows.across(track.shown.end).pixel(step)

    def mouse(self, kind: QEvent.Type, x: float, y: float = 32, held: bool = True) -> None:
        button = Qt.MouseButton.LeftButton if held else Qt.MouseButton.NoButton
        track, at = self.line.track, QPointF(x, y)
        QApplication.sendEvent(track, QMouseEvent(kind, at, track.mapToGlobal(at), button, button, NO_KEY))

    def wheel(self, turned: int, keys: Qt.KeyboardModifier = NO_KEY) -> None:
        track, at = self.line.track, QPointF(300, 30)
        phase = Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(
            at, track.mapToGlobal(at), QPoint(), QPoint(0, turned), Qt.MouseButton.NoButton, keys, phase, False
        )
        QApplication.sendEvent(track, event)

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = NO_KEY) -> None:
        QTest.keyClick(self.line.track, key, keys)

    def sought(self) -> list[object]:
        return [value for name, value in self.told if name == "sought"]


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    made = recording(LAST)
    made.annotate(Annotations(notes=(Note(7, 220, "It has learned names", ""),)))
    return Hand(qtbot, made)


@pytest.fixture
def live(qtbot: QtBot) -> Hand:
    return Hand(qtbot, recording(LAST), live=True)


# by hand


def test_a_press_anywhere_moves_the_playhead_there_and_a_drag_takes_it_along(hand: Hand) -> None:
    hand.mouse(QEvent.Type.MouseButtonPress, hand.x(120))
    for step in (121, 150, 90):
        hand.mouse(QEvent.Type.MouseMove, hand.x(step))
    assert hand.sought() == [120, 121, 150, 90]
    assert hand.line.track.step == 90


def test_it_cannot_be_dragged_out_of_the_run(hand: Hand) -> None:
    for x in (-500, 5000):
        hand.mouse(QEvent.Type.MouseButtonPress, x)
    assert hand.sought() == [0, LAST]


def test_a_press_on_a_mark_goes_to_its_step(hand: Hand) -> None:
    hand.mouse(QEvent.Type.MouseButtonPress, hand.x(220) + 3, y=15)
    assert hand.sought() == [220]


def test_moving_without_a_button_moves_nothing_and_tells_what_is_there(hand: Hand) -> None:
    hand.mouse(QEvent.Type.MouseMove, hand.x(220), y=15, held=False)
    hand.mouse(QEvent.Type.MouseMove, hand.x(120), held=False)
    assert hand.sought() == []
    assert hand.told[0] == ("pointed", "Step 220: It has learned names")
    assert str(hand.told[1][1]).startswith("Step 120: loss ")


def test_beyond_the_newest_step_of_a_run_that_goes_on_is_live(live: Hand) -> None:
    live.mouse(QEvent.Type.MouseButtonPress, live.x(LAST + 700))
    assert live.told == [("live_asked", None)]
    assert live.line.track.step == LAST


def test_a_double_click_asks_for_a_note_where_the_playhead_went(hand: Hand) -> None:
    hand.mouse(QEvent.Type.MouseButtonPress, hand.x(120))
    hand.mouse(QEvent.Type.MouseButtonDblClick, hand.x(120))
    assert hand.told[-1] == ("note_asked", 120)


def test_a_double_click_on_a_note_opens_it(hand: Hand) -> None:
    hand.mouse(QEvent.Type.MouseButtonDblClick, hand.x(220), y=15)
    assert hand.told[-1] == ("note_opened", 7)


def test_the_wheel_goes_step_by_step_and_with_shift_look_by_look(hand: Hand) -> None:
    hand.line.show_step(100)
    hand.wheel(-120)
    hand.wheel(240)
    hand.wheel(-60)
    hand.wheel(-60)
    hand.wheel(-120, SHIFT)
    assert hand.sought() == [101, 99, 100, 110]


# by keys


@pytest.mark.parametrize(
    ("key", "keys", "step"),
    [
        (Qt.Key.Key_Right, NO_KEY, 106),
        (Qt.Key.Key_Left, NO_KEY, 104),
        (Qt.Key.Key_Right, SHIFT, 110),
        (Qt.Key.Key_Left, SHIFT, 100),
        (Qt.Key.Key_PageUp, NO_KEY, 120),
        (Qt.Key.Key_PageDown, NO_KEY, 90),
        (Qt.Key.Key_Home, NO_KEY, 0),
        (Qt.Key.Key_End, NO_KEY, LAST),
    ],
)
def test_keys_move_the_playhead(hand: Hand, key: Qt.Key, keys: Qt.KeyboardModifier, step: int) -> None:
    hand.line.show_step(105)
    hand.key(key, keys)
    assert hand.sought() == [step]


def test_the_end_of_a_run_that_goes_on_is_live(live: Hand) -> None:
    live.key(Qt.Key.Key_End)
    assert live.told == [("live_asked", None)]


def test_other_keys_are_left_to_the_window(hand: Hand, qtbot: QtBot) -> None:
    hand.key(Qt.Key.Key_N)
    assert hand.told == []


# what it shows


def test_it_says_what_it_is_and_where_it_stands(hand: Hand) -> None:
    hand.line.show_step(120)
    assert hand.line.track.accessibleName() == "Timeline"
    assert hand.line.track.accessibleDescription() == "Step 120 of 300"


def test_only_the_playhead_is_painted_anew_when_it_moves(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    painted = []
    monkeypatch.setattr("gui.frame.timeline_track.paint_timeline", lambda *_: painted.append(1))
    before = hand.line.grab().toImage()
    hand.line.show_step(120)
    assert hand.line.grab().toImage() != before
    assert painted == []
    hand.made.annotate(Annotations())
    hand.show(live=False)
    hand.line.grab()
    assert painted == [1]


def test_what_has_not_changed_is_not_worked_out_again(hand: Hand) -> None:
    before = hand.line.track.shown
    hand.show(live=False)
    assert hand.line.track.shown is before
    hand.made.add(Stepped(LAST + 50, 20.0, 3.0, 1e-3, 1.0, 1, 0.0, 0.0))
    hand.show(live=False)
    assert hand.line.track.shown is not before


def test_a_checkpoint_says_that_training_can_go_on_there(hand: Hand) -> None:
    said = hand.line.track.sentence_at(QPointF(hand.x(150) + 2, 32))
    assert said.startswith("Step 150: loss ")
    assert said.endswith("A checkpoint: training can go on from here")


def test_what_happened_at_a_step_is_told_for_a_note(hand: Hand) -> None:
    first, *more = hand.line.happened(30)
    assert first.startswith("Step 30: loss ")
    assert more == ["Now better than counting tokens", "Gradient 6.2 sigma above the last 128 steps"]


def test_the_future_is_still_to_come(live: Hand) -> None:
    assert live.line.track.sentence_at(QPointF(live.x(3000), 32)) == "step 3,000 is still to come"


def test_a_tooltip_shows_words_of_strangers_as_they_are(hand: Hand) -> None:
    hand.made.annotate(Annotations(notes=(Note(1, 220, "<b>bold</b>", ""),)))
    hand.show(live=False)
    point = QPoint(round(hand.x(220)), 15)
    QApplication.sendEvent(hand.line.track, QHelpEvent(QEvent.Type.ToolTip, point, hand.line.track.mapToGlobal(point)))
    assert "&lt;b&gt;bold" in QToolTip.text()
    QToolTip.hideText()


def test_runs_beside_each_other_have_lanes_that_are_told_apart(hand: Hand) -> None:
    child = recording(60)
    child.add(Branched(60, 3.0, "a", {}, {}))
    hand.line.show_runs((Shown("/runs/a", "a", hand.made, 0), Shown("/runs/b", "rate × 3", child, 1)))
    track = hand.line.track
    assert track.height() == 72
    (first, _), (second, _) = track.rows.lanes
    said = [track.sentence_at(QPointF(hand.x(40), y + 2)) for y in (first, second)]
    assert [words.partition(",")[0] for words in said] == ["a", "rate × 3"]
    assert track.sentence_at(QPointF(hand.x(200), second + 2)) == "rate × 3, ended at step 60"


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 12, 40])
@pytest.mark.parametrize(
    "theme", [LIGHT, PROJECTOR, PROJECTOR.at_lecture_size(1600)], ids=["light", "large", "lecture"]
)
def test_lanes_have_room_above_the_labels(count: int, theme) -> None:
    rows, height = timeline_rows(count, 1000, theme), timeline_height(count, theme)
    tops = [top for top, _ in rows.lanes]
    assert tops == sorted(tops)
    assert len(tops) == max(1, count)
    assert rows.signs < tops[0]
    assert sum(rows.lanes[-1]) <= rows.base + 0.01 < rows.labels < height


@pytest.mark.parametrize("theme", [LIGHT, DARK, PROJECTOR, DARK.at_lecture_size(1920)])
@pytest.mark.parametrize("made", [Recording(), recording(0), recording(1), recording(60)])
def test_it_is_drawn_in_every_theme_whatever_there_is(qtbot: QtBot, theme, made: Recording) -> None:
    hand = Hand(qtbot, made, live=True)
    hand.line.dress(theme)
    hand.line.resize(1000, hand.line.sizeHint().height())
    hand.key(Qt.Key.Key_Right)
    hand.mouse(QEvent.Type.MouseButtonPress, 400)
    hand.mouse(QEvent.Type.MouseMove, 400, held=False)
    image = hand.line.grab().toImage()
    assert len(np.unique(np.frombuffer(image.constBits(), np.uint32))) > 1


# the replay


def test_the_replay_is_asked_for_and_held(hand: Hand) -> None:
    hand.line.replay.click()
    hand.line.show_step(3, replaying=True)
    assert hand.line.replay.accessibleName() == "Stop the replay"
    hand.line.replay.click()
    assert hand.told == [("replay_asked", True), ("replay_asked", False)]


def test_a_speed_is_chosen_from_one_to_a_hundred(hand: Hand) -> None:
    actions = hand.line.speed.menu().actions()
    assert [action.text() for action in actions] == ["1 ×", "2 ×", "5 ×", "10 ×", "20 ×", "50 ×", "100 ×"]
    actions[3].trigger()
    assert hand.told == [("speed_chosen", 10.0)]
    assert (hand.line.speed.text(), hand.line.speed.speed) == ("10 ×", 10.0)


@pytest.mark.parametrize(("kept", "speed"), [(50.0, 50.0), (3.0, SPEEDS[0]), (float("nan"), SPEEDS[0])])
def test_a_speed_that_was_remembered_is_shown_and_tells_nobody(hand: Hand, kept: float, speed: float) -> None:
    hand.line.speed.show_speed(kept)
    assert (hand.line.speed.speed, hand.told) == (speed, [])


def test_there_is_nothing_to_replay_before_the_first_step(qtbot: QtBot) -> None:
    assert not Hand(qtbot, Recording()).line.replay.isEnabled()
    assert Hand(qtbot, recording(1)).line.replay.isEnabled()


def test_a_lecture_has_no_buttons_here(hand: Hand) -> None:
    hand.line.dress(PROJECTOR.at_lecture_size(1600))
    assert (hand.line.replay.isVisible(), hand.line.speed.isVisible()) == (False, False)
    assert hand.line.track.height() == 124


def test_it_tells_while_it_is_held(qtbot):
    hand, held = Hand(qtbot, recording(LAST)), []
    hand.line.held.connect(held.append)
    QTest.mousePress(hand.track, Qt.MouseButton.LeftButton, NO_KEY, QPoint(300, 32))
    assert held == [True]
    QTest.mouseRelease(hand.track, Qt.MouseButton.LeftButton, NO_KEY, QPoint(300, 32))
    assert held == [True, False]
