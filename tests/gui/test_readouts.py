"""The numbers of the transport are those of the step on show."""

from collections.abc import Sequence
from math import nan

import pytest

from engine.events import Event, Stepped
from engine.recording import Recording
from gui.readouts import Readout, readouts, speed


def stepped(step: int, time: float, tokens: int) -> Stepped:
    return Stepped(step, time, 3.0, 5.7e-4, 1.0, tokens, tokens / 1000, 0.0)


def of(some: Sequence[Event]) -> Recording:
    made = Recording()
    for event in some:
        made.add(event)
    return made


def test_what_another_program_did_not_log_is_a_dash() -> None:
    values = [one.value for one in readouts(of([Stepped(3, 65.0, 3.0, nan, nan, 640, nan, 0.0)]))]
    assert values == ["640", "1:05", "–", "–"]
    silent = of([Stepped(3, 0.0, 3.0, nan, nan, 0, nan, 0.0)])
    assert [one.value for one in readouts(silent)[:2]] == ["–", "–"]
    silent.add(Stepped(4, 2.0, 3.0, nan, nan, 64, nan, 0.0))
    assert [one.value for one in readouts(silent, 3)[:2]] == ["0", "0:00"]  # nothing had passed, and that is known


def test_speed_is_measured_over_the_last_two_seconds_only() -> None:
    slow = [stepped(step, step * 1.0, step * 100) for step in range(1, 11)]
    fast = [stepped(10 + step, 10 + step * 0.1, 1000 + step * 100) for step in range(1, 31)]
    measured = speed(of([*slow, *fast]))
    assert measured is not None
    assert measured.tokens == pytest.approx(1000)
    assert measured.steps == pytest.approx(10)


def test_speed_of_the_first_step_counts_from_the_start() -> None:
    measured = speed(of([stepped(1, 0.5, 1536)]))
    assert measured is not None
    assert measured.tokens == pytest.approx(3072)


def test_speed_of_steps_longer_than_the_window() -> None:
    measured = speed(of([stepped(1, 5.0, 100), stepped(2, 10.0, 200)]))
    assert measured is not None
    assert measured.tokens == pytest.approx(20)
    assert speed(Recording()) is None


def test_readouts_keep_their_places() -> None:
    empty, full = readouts(Recording()), readouts(of([stepped(5, 173.0, 3_710_000)]))
    assert [one.label for one in empty] == [one.label for one in full]
    assert full == (
        Readout("Tokens seen", "3.71", "M"),
        Readout("Elapsed", "2:53"),
        Readout("Epochs", "3,710.0"),
        Readout("Rate now", "5.7e-4"),
    )


def test_looking_back_they_are_those_of_that_step() -> None:
    run = of([stepped(5, 10.0, 1000), stepped(6, 12.0, 2000), stepped(7, 14.0, 3000)])
    assert [one.value for one in readouts(run, 6)] == ["2", "0:12", "2.0", "5.7e-4"]
    assert readouts(run, 4) == readouts(Recording())
    assert readouts(run, 7) == readouts(run)
