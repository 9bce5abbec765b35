"""What recording costs is counted from the end of the warm-up on."""

import pytest

from engine.bench import record_share
from engine.bench.record_share import WARM_UP, Clock
from engine.runfile import RunFile
from tests.engine.logs.given import stepped


class Time:
    """Says what the clock shows next."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 0.0
        monkeypatch.setattr(record_share.time, "perf_counter", lambda: self.now)
        monkeypatch.setattr(record_share, "writing", lambda: self.now / 100)


class SlowFile(RunFile):
    """An event costs it a second."""

    def __init__(self, clock: Time) -> None:
        self._time = clock

    def add(self, event: object) -> None:
        self._time.now += 1.0


def test_the_share_is_adding_and_writing_by_the_time_since_the_warm_up(monkeypatch: pytest.MonkeyPatch) -> None:
    time = Time(monkeypatch)
    clock = Clock(SlowFile(time))
    for step in range(1, WARM_UP + 11):
        clock.add(stepped(step, 3.0))
        time.now += 9.0
    assert clock.share() == pytest.approx((10 + 1.09) / 109)


def test_a_training_tells_a_share() -> None:
    settings = record_share.TINY.model_copy(update={"megabytes": 1})
    assert 0 < record_share.record_share(3, settings) < 1
