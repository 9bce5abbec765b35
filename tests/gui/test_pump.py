"""The clock of the window: it takes in, draws only what is seen and changed, and keeps to its budget."""

import pytest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from engine.declared import Declared
from engine.events import Stepped
from engine.settings import Settings
from gui import pump as pump_module
from gui.panels.panel import Panel
from gui.pump import FASTEST_MS, SLOWEST_MS, Pump
from gui.session import Session
from tests.fakes import recording


class Plain(Panel):
    title, help, watches, Options = "Plain", "Counts.", (Stepped,), Declared

    def build(self):
        QVBoxLayout(self.body).addWidget(QLabel("plain"))
        self.drawn = []

    def picture(self, recording, step, options):
        return step

    def draw(self, picture):
        self.drawn.append(picture)


class Broken(Plain):
    title = "Broken"

    def draw(self, picture):
        raise ValueError("no such token")


class StandIn(QWidget):
    """The part of the window that the pump knows."""

    def __init__(self, *panels):
        super().__init__()
        self.panels = list(panels)
        column = QVBoxLayout(self)
        for panel in panels:
            column.addWidget(panel)
        self.texts, self.taken, self.glances = [], 0, 0

    def glance(self):
        self.glances += 1

    def take_in(self):
        self.taken += 1

    def meters(self, text):
        self.texts.append(text)


@pytest.fixture
def session():
    session = Session(lambda settings: pytest.fail("no run is wanted"), Settings())
    session.main.recording = recording(40)
    return session


def pumped(qtbot, session, *panels):
    window = StandIn(*panels)
    qtbot.addWidget(window)
    window.show()
    pump = Pump(session, window, window)
    pump.tick()
    pump.stop()
    return window, pump


def test_a_panel_is_drawn_when_something_changed_and_only_then(qtbot, session):
    panel = Plain()
    _, pump = pumped(qtbot, session, panel)
    pump.tick()
    assert panel.drawn == [40]
    session.recording.add(Stepped(41, 2.1, 2.0, 1e-3, 0.5, 41, 0.1, 0.0))
    pump.tick()
    pump.tick()
    pump.stop()
    assert panel.drawn == [40, 41]
    assert pump.frames == 2


def test_a_hidden_panel_costs_nothing_and_is_right_when_it_is_shown(qtbot, session):
    panel = Plain()
    panel.hide()
    _, pump = pumped(qtbot, session, panel)
    assert panel.drawn == []
    panel.show()
    pump.tick()
    pump.stop()
    assert panel.drawn == [40]


def test_another_recording_is_drawn_even_if_it_looks_the_same(qtbot, session):
    panel = Plain()
    _, pump = pumped(qtbot, session, panel)
    session.main.recording = recording(40)
    pump.tick()
    pump.stop()
    assert panel.drawn == [40, 40]


def test_a_broken_panel_says_so_and_the_others_go_on(qtbot, session):
    broken, plain = Broken(), Plain()
    _, pump = pumped(qtbot, session, broken, plain)
    assert plain.drawn == [40]
    assert "could not draw step 40" in broken._trouble.headline.text()
    assert "no such token" in broken._trouble.reason.text()
    assert broken._trouble.isVisible()
    broken.draw = lambda picture: None
    broken._trouble.retry.click()
    pump.tick()
    pump.stop()
    assert broken.body.isVisible()


@pytest.mark.parametrize(("cost", "pause"), [(0.0, FASTEST_MS), (0.0025, 50), (0.1, SLOWEST_MS)])
def test_the_next_frame_waits_for_as_long_as_the_last_one_was_dear(qtbot, session, monkeypatch, cost, pause):
    _, pump = pumped(qtbot, session, Plain())
    clock = iter((10.0, 10.0 + cost))
    monkeypatch.setattr(pump_module, "thread_time", lambda: next(clock))
    pump._pause_ms()
    assert pump._pause_ms() == pytest.approx(pause, abs=1)


def test_the_meters_say_what_share_of_the_time_looks_take(qtbot, session):
    window, _ = pumped(qtbot, session, Plain())
    assert window.texts[0].startswith("looks and saving take 3.0 % of the time")
    assert (window.taken, window.glances) == (1, 1)


@pytest.mark.parametrize(("trains", "pause"), [(False, 40), (True, SLOWEST_MS)])
def test_a_replay_runs_smoothly_where_nothing_trains(qtbot, session, monkeypatch, trains, pause):
    _, pump = pumped(qtbot, session, Plain())
    session.playhead.play(10.0)
    session.main.playing = trains
    clock = iter((10.0, 10.014))
    monkeypatch.setattr(pump_module, "thread_time", lambda: next(clock))
    pump._pause_ms()
    assert pump._pause_ms() == pytest.approx(pause, abs=1)
