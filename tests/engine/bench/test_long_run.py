"""The long run of a benchmark: eight numbers a step, looks like a real one, and the same again."""

from pathlib import Path

from engine.bench.long_run import LOOK_DENSITY, write_long_run
from engine.events import Attended, AverageValidated, Event, Stepped, Validated
from engine.runfile import read_events

STEPS = 300


def written(folder: Path) -> list[Event]:
    write_long_run(folder, STEPS)
    return list(read_events(folder))


def test_every_step_has_its_training_and_two_validations(tmp_path: Path) -> None:
    told = written(tmp_path / "run")
    for kind in (Stepped, Validated, AverageValidated):
        assert [event.step for event in told if type(event) is kind and event.step] == list(range(1, STEPS + 1))


def test_looks_are_dense_early_and_sparse_late(tmp_path: Path) -> None:
    looks = [event.step for event in written(tmp_path / "run") if isinstance(event, Attended) and event.step]
    assert looks[:LOOK_DENSITY] == list(range(1, LOOK_DENSITY + 1))
    assert STEPS / 2 < len(looks) < STEPS


def test_two_of_them_hold_the_same(tmp_path: Path) -> None:
    one, other = (written(tmp_path / name) for name in ("one", "other"))
    losses = [event.loss for event in one if isinstance(event, Stepped | Validated)]
    assert losses == [event.loss for event in other if isinstance(event, Stepped | Validated)]
    assert [(type(event), event.step) for event in one] == [(type(event), event.step) for event in other]
