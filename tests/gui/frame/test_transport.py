"""Buttons show what the engine said, never what was wished."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.events import Diverged, Paced, Stepped
from gui.frame.transport import PACES, Transport
from gui.state import Facts
from gui.status import status
from gui.theme import LIGHT, PROJECTOR
from tests.gui.conftest import Desk


def transport(desk: Desk) -> Transport:
    return desk.window.head.transport


def test_play_lights_up_when_training_has_begun_and_not_before(desk: Desk) -> None:
    desk.ready()
    transport(desk).play.click()
    desk.window.take_in()
    assert transport(desk).play.accessibleName() == "Play"
    desk.until(lambda: desk.session.playing)
    assert transport(desk).play.accessibleName() == "Pause"


def test_space_plays_and_pauses(desk: Desk) -> None:
    desk.ready()
    QTest.keyClick(desk.window, Qt.Key.Key_Space)
    desk.until(lambda: desk.session.playing)
    QTest.keyClick(desk.window, Qt.Key.Key_Space)
    desk.until(lambda: not desk.session.playing)
    assert transport(desk).headline.whole.startswith("Paused at step")


def test_one_step_is_one_step_and_only_while_it_waits(desk: Desk) -> None:
    desk.ready()
    QTest.keyClick(desk.window, Qt.Key.Key_Right)
    desk.until(lambda: desk.session.recording.last_step == 1)
    assert transport(desk).headline.whole == "Paused at step 1"
    assert transport(desk).step.isEnabled()
    transport(desk).play.click()
    desk.until(lambda: desk.session.playing)
    assert not transport(desk).step.isEnabled()


def test_restart_begins_the_same_run_anew(desk: Desk) -> None:
    desk.ready()
    desk.session.step(3)
    desk.until(lambda: desk.session.recording.last_step == 3)
    first = desk.session.recording.curve(Stepped, "loss")[1].tolist()
    QTest.keyClick(desk.window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    desk.until(lambda: desk.window.steering.status().state == "ready")
    assert desk.session.recording.last_step == 0
    desk.session.step(3)
    desk.until(lambda: desk.session.recording.last_step == 3)
    assert desk.session.recording.curve(Stepped, "loss")[1].tolist() == first


def test_loading_can_be_cancelled(desk: Desk) -> None:
    desk.show()
    desk.session.begin()
    desk.window.take_in()
    assert transport(desk).play.accessibleName() == "Cancel"
    transport(desk).play.click()
    assert not desk.session.running
    assert transport(desk).headline.whole == "Ready"


def test_divergence_offers_to_restart(desk: Desk) -> None:
    desk.ready()
    desk.session.recording.add(Diverged(312, 9.0, "The loss is not a number.", "Lower the learning rate."))
    desk.window.glance()
    assert transport(desk).headline.whole == "Stopped at step 312"
    assert transport(desk).play.accessibleName() == "Restart with the same seed"


def test_the_speed_reaches_the_engine_and_holds_for_the_next_run(desk: Desk) -> None:
    desk.ready()
    transport(desk).speed.slider.setValue(0)
    assert transport(desk).speed.word.text() == "0.5 steps/s"
    desk.until(lambda: bool(desk.session.recording.all(Paced)))
    assert desk.session.recording.all(Paced)[-1].steps_per_second == 0.5
    desk.window.steering.restart()
    desk.until(lambda: bool(desk.session.recording.all(Paced)))
    assert desk.session.recording.all(Paced)[-1].steps_per_second == 0.5


def test_the_speed_ends_at_full() -> None:
    assert PACES[-1] is None
    assert list(PACES[:-1]) == sorted(pace for pace in PACES if pace)


def test_numbers_stay_where_they_are(desk: Desk) -> None:
    desk.ready()
    before = [column.geometry() for column in transport(desk).columns]
    desk.session.step(40)
    desk.until(lambda: desk.session.recording.last_step == 40)
    assert [column.geometry() for column in transport(desk).columns] == before
    assert [column.value.text() for column in transport(desk).columns] == ["61.4", "0:02", "0.1", "2.0e-3"]


def test_in_a_lecture_only_the_step_is_left(desk: Desk) -> None:
    desk.ready()
    desk.session.step(3)
    desk.until(lambda: desk.session.recording.last_step == 3)
    desk.window.show_layout("lecture")
    assert (transport(desk).headline.whole, transport(desk).detail.whole) == ("Step 3", "paused")
    assert transport(desk).corpus.whole == "6 sources"
    assert not any(part.isVisible() for part in transport(desk).reading_only)


def test_dressing_changes_sizes_only_by_the_theme(desk: Desk) -> None:
    transport(desk).dress(PROJECTOR.at_lecture_size(1600))
    large = transport(desk).height()
    transport(desk).dress(LIGHT)
    assert (large, transport(desk).height()) == (108, 56)


def test_controls_say_their_keys(desk: Desk) -> None:
    assert "Space" in transport(desk).play.toolTip()
    assert "Ctrl+R" in transport(desk).restart.toolTip()


def test_looking_back_the_numbers_are_those_of_that_step(desk: Desk) -> None:
    desk.ready()
    desk.session.step(40)
    desk.until(lambda: desk.session.recording.last_step == 40)
    facts = Facts(desk.session.settings, running=True, playing=False, step=20, following=False)
    transport(desk).show_status(status(desk.session.recording, facts))
    transport(desk).show_numbers(desk.session.recording, desk.session.settings, 20)
    assert transport(desk).headline.whole == "Looking back at step 20"
    assert [column.value.text() for column in transport(desk).columns] == ["30.7", "0:01", "0.0", "2.0e-3"]
    assert transport(desk).step.accessibleName() == "Look at the next step"
    assert transport(desk).place.button.text().strip() == "Back to live"


def test_the_step_that_is_looked_at_is_never_cut_off(desk: Desk) -> None:
    desk.show()
    headline = transport(desk).headline
    headline.show_words("Looking back at step 1,234,567", "Step 1,234,567")
    headline.resize(500, headline.height())
    assert headline.text() == "Looking back at step 1,234,567"
    headline.resize(170, headline.height())
    assert headline.text() == "Step 1,234,567"


def test_the_time_left_is_whole_or_hidden(desk: Desk) -> None:
    desk.show()
    detail = transport(desk).detail
    detail.show_text("3 min 5 s left")
    detail.resize(400, detail.height())
    assert detail.text() == "3 min 5 s left"
    detail.resize(40, detail.height())
    assert detail.text() == ""
