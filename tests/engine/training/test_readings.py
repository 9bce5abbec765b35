"""Steps whose numbers are read later, as on a graphics card: nothing is lost, late, or left out of the time."""

import pytest

from engine.commands import Turn
from engine.events import Spiked, Stepped, Turned
from engine.settings import Settings
from engine.train import until
from engine.training.learner import Learner
from engine.training.looks import Looks
from engine.training.readings import READ_EVERY, Readings
from engine.training.spikes import WINDOW, Spikes
from engine.training.trainer import Trainer
from tests.engine.training.going_on import begun, exact, losses, only, steps


@pytest.fixture
def quiet(tiny: Settings) -> Settings:
    return exact(tiny, validate_every=100_000, sample_every=100_000)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Learner, "reads_at_once", False)
    monkeypatch.setattr(Looks, "due", lambda *_: False)  # else clocks would decide when numbers are read


def with_a_spike(settings: Settings) -> Trainer:
    """Its gradients have been next to nothing so far."""
    trainer = begun(settings)
    trainer.learner.spikes = Spikes("loss"), Spikes("gradient", [1e-6 * (1 + n % 2) for n in range(WINDOW)])
    return trainer


def test_every_step_is_told_in_order(quiet, later):
    trainer = begun(quiet)
    told = [only(Stepped, steps(trainer, 1)) for _ in range(16 + READ_EVERY)]
    assert [len(events) for events in told[:8]] == [1, 1, 0, 2, 0, 0, 0, 4]  # it is validated at these steps
    assert [len(events) for events in told[16:]] == [0] * (READ_EVERY - 1) + [READ_EVERY]
    assert [event.step for events in told for event in events] == list(range(1, 17 + READ_EVERY))


def test_a_spike_is_told_and_remembered_as_if_it_had_been_read_at_once(quiet, monkeypatch):
    at_once = with_a_spike(quiet)
    expected = steps(at_once, 2 * READ_EVERY)
    monkeypatch.setattr(Learner, "reads_at_once", False)
    trainer = with_a_spike(quiet)
    events = [*steps(trainer, 2 * READ_EVERY), *trainer._read()]
    assert losses(events) == losses(expected)
    found = [[(e.step, e.what, e.value, e.usual, e.skipped) for e in only(Spiked, told)] for told in (events, expected)]
    assert found[0] == found[1] != []
    assert [list(s.last) for s in trainer.learner.spikes] == [list(s.last) for s in at_once.learner.spikes]


def test_a_run_ends_at_the_step_asked_for_and_commands_come_where_they_belong(quiet, later):
    trainer = Trainer(quiet, "test")
    events = list(until(trainer, 13, {11: [Turn("clip", 0.5)]}))
    assert trainer.step == 13
    assert [(event.step, event.knob) for event in only(Turned, events)] == [(11, "clip")]
    assert [event.step for event in only(Stepped, events)] == list(range(1, 14))


def test_waiting_for_the_numbers_is_training_time(quiet, later, monkeypatch):
    clock, read = [0.0], Readings.read

    def waited(readings):
        clock[0] += 10.0 if readings._unread else 0.0
        yield from read(readings)

    monkeypatch.setattr("engine.training.trainer.perf_counter", lambda: clock[0])
    monkeypatch.setattr(Readings, "read", waited)
    trainer = begun(quiet)
    steps(trainer, 2 * READ_EVERY)
    assert clock[0] >= 20.0
    assert trainer.time - trainer._looks.seconds == pytest.approx(clock[0])
