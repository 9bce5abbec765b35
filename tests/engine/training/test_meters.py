"""The meters: one reading a second of training, from what happened since the last."""

from math import isnan

import psutil
import pytest
import torch

from engine.settings import Settings
from engine.size import training_flops
from engine.training.choices import Chosen
from engine.training.meters import Meters

V = 100
SETTINGS = Settings(device="cpu", threads=1, precision="fp32", attention="fused")


class Watts:
    """Two joules a second."""

    measured = True

    def spent(self, seconds: float) -> float:
        return 2 * seconds


def meters(peak: float = 1e12, **changes: object) -> Meters:
    return Meters(Chosen(SETTINGS.model_copy(update=changes), "", peak, 1), V, Watts(), joules=10.0)


def test_a_reading_tells_of_the_interval_since_the_last():
    one = meters()
    assert one.read(1, 0.1, 100, 100) == ()
    assert one.read(5, 1.0, 500, 100) == ()
    (first,) = one.read(11, 2.1, 4100, 100)
    assert first.tokens_per_second == pytest.approx(2000)
    assert first.flops == pytest.approx(2000 * training_flops(SETTINGS, V))
    assert first.utilisation == pytest.approx(first.flops / 1e12)
    assert first.seconds_left == pytest.approx(89 * 0.2)
    assert (first.energy, first.energy_measured) == (pytest.approx(14.0), 1)
    (second,) = one.read(12, 3.1, 4200, 100)
    assert second.tokens_per_second == pytest.approx(100)
    assert second.seconds_left == pytest.approx(88.0)
    assert second.energy == pytest.approx(16.0)


def test_at_most_one_reading_a_second():
    one = meters()
    readings = [reading for step in range(1, 1001) for reading in one.read(step, step / 100, step * 64, 2000)]
    assert 8 <= len(readings) <= 9
    assert all(reading.tokens_per_second == pytest.approx(6400) for reading in readings)


def test_after_a_resume_speed_is_that_of_now_and_energy_goes_on():
    one = meters()
    assert one.read(5000, 900.0, 7_000_000, 6000) == ()
    (reading,) = one.read(5010, 901.0, 7_001_000, 6000)
    assert reading.tokens_per_second == pytest.approx(1000)
    assert reading.energy == pytest.approx(12.0)


def test_going_back_to_an_earlier_step_begins_a_new_interval():
    one = meters()
    one.read(100, 10.0, 1000, 200)
    assert one.read(51, 12.0, 510, 200) == ()
    (reading,) = one.read(61, 13.0, 610, 200)
    assert reading.tokens_per_second == pytest.approx(100)


def test_without_a_measured_peak_there_is_no_utilisation_and_past_the_end_no_time_left():
    one = meters(peak=0.0)
    one.read(1, 0.0, 100, 2)
    (reading,) = one.read(9, 1.0, 900, 2)
    assert isnan(reading.utilisation)
    assert reading.seconds_left == 0.0


def test_memory_is_that_of_the_process_or_of_the_card(monkeypatch):
    one, card = meters(), meters(device="cuda")
    monkeypatch.setattr(torch.cuda, "max_memory_allocated", lambda: 12345)
    for meter in (one, card):
        meter.read(1, 0.0, 100, 10)
    (mine,), (its,) = one.read(2, 1.0, 200, 10), card.read(2, 1.0, 200, 10)
    assert mine.memory == pytest.approx(psutil.Process().memory_info().rss, rel=0.5)
    assert its.memory == 12345
