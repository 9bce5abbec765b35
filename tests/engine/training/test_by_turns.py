"""Two real trainers by turns in one process: each has the numbers it has alone, and counts only its own work."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event as Signal

import numpy as np
import pytest
import torch

from engine.alternation import Alternation
from engine.annotations import Change
from engine.branch import branched
from engine.commands import Play
from engine.events import Event, Finished, Stepped
from engine.run import Run, start
from engine.runfile import RunFile, read_events
from engine.settings import Settings
from engine.training.choices import Chosen
from engine.training.device import choose_device
from engine.training.energy import WATTS_A_CORE, Estimated
from engine.training.meters import Meters
from engine.trouble import Trouble
from tests.engine.training.going_on import begun, exact, losses, steps
from tests.fakes import FakeTrainer

PATIENCE = 60  # seconds; nothing sound needs them
LAST = 8


class Book:
    """A journal that says when its run has finished."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.finished = Signal()

    def add(self, event: Event) -> None:
        self.events.append(event)
        if isinstance(event, Finished):
            self.finished.set()

    def news(self) -> list[Trouble]:
        return []

    def annotate(self, change: Change) -> None:
        raise NotImplementedError

    def close(self) -> None:
        """Nothing is open."""


class Tee(Book):
    """The run file besides. At one step its run stands still until it may go on."""

    def __init__(self, folder: Path, stop_at: int = 0) -> None:
        super().__init__()
        self.file, self.stop_at = RunFile(folder, go_on=True), stop_at
        self.stood, self.go_on = Signal(), Signal()

    def add(self, event: Event) -> None:
        self.file.add(event)
        if isinstance(event, Stepped) and event.step == self.stop_at:
            self.stood.set()
            assert self.go_on.wait(PATIENCE)
        super().add(event)

    def close(self) -> None:
        self.file.close()


def run_together(*some: Settings) -> list[Book]:
    turns, books, runs = Alternation(), [], []
    for number, settings in enumerate(some):
        books.append(Book())
        runs.append(start(settings, f"run {number}", books[-1], None, turns=turns))
        runs[-1].send(Play())
    for book in books:
        assert book.finished.wait(PATIENCE)
    assert all(run.close(PATIENCE) for run in runs)
    return books


@pytest.mark.parametrize(
    "change",
    [
        {"dropout": 0.3, "batch_size": 5, "objective": "infill", "optimizer": "muon"},
        {"dropout": 0.3, "threads": 2, "architecture": "fast", "seed": 7, "average": 0.9},
    ],
    ids=str,
)
def test_each_has_the_numbers_it_has_alone(tiny, change):
    some = [exact(tiny, horizon=LAST, dropout=0.2), exact(tiny, horizon=LAST, **change)]
    alone = [losses(steps(begun(settings), LAST)) for settings in some]
    torch.set_num_threads(1)
    together = [losses(book.events) for book in run_together(*some)]
    assert together == alone
    assert alone[0] != alone[1]


def test_a_branch_of_a_run_that_goes_on_training_beside_it(tiny, tmp_path):
    settings, turns = exact(tiny, horizon=LAST, dropout=0.2, save_every=4), Alternation()
    whole = losses(steps(begun(settings), LAST))
    parent, child = tmp_path / "parent", tmp_path / "child"
    record = Tee(parent, stop_at=6)
    running = start(settings, "parent", record, None, parent, turns=turns)
    running.send(Play())
    assert record.stood.wait(PATIENCE)
    assert record.file.flush()
    kept = branched(parent, 4, child, {"learning_rate": 3e-2})
    book = Tee(child)
    branch = start(settings, "child", book, None, child, kept, turns=turns)
    branch.send(Play())
    record.go_on.set()
    for one in (record, book):
        assert one.finished.wait(PATIENCE)
    assert branch.close(PATIENCE)
    assert running.close(PATIENCE)
    made = losses(list(read_events(child)))
    assert losses(list(read_events(parent))) == whole
    assert made[:4] == whole[:4]
    assert [number[0] for number in made] == list(range(1, LAST + 1))
    assert made[5:] != whole[5:]


def test_a_thread_keeps_its_number_of_threads_whatever_another_chooses(tiny):
    chosen, other = Signal(), Signal()
    found: list[int] = []

    class Choosing(FakeTrainer):
        def start(self) -> Iterator[Event]:
            choose_device(exact(tiny, threads=3))
            chosen.set()
            assert other.wait(PATIENCE)
            found.append(torch.get_num_threads())
            yield from super().start()

    run = Run(Choosing)
    assert chosen.wait(PATIENCE)
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    other.set()
    assert run.close(PATIENCE)
    torch.set_num_threads(before)
    assert (found, before) == ([3], 1)


def test_only_who_is_alone_looks_for_a_better_number_of_threads(tiny):
    felt: list[float] = []

    class Feeling:
        def felt(self, seconds: float) -> None:
            felt.append(seconds)

    trainer = begun(exact(tiny))
    trainer._pulse = Feeling()
    trainer.alone = False
    steps(trainer, 2)
    assert not felt
    trainer.alone = True
    steps(trainer, 1)
    assert len(felt) == 1


@pytest.mark.parametrize(("alone", "seconds"), [(False, 1.0), (True, 50.0)])
def test_the_work_of_another_run_is_not_in_the_energy(monkeypatch, alone, seconds):
    clock = [0.0]
    monkeypatch.setattr("engine.training.meters.process_time", lambda: clock[0])
    monkeypatch.setattr("engine.training.meters.energy", Estimated)
    settings = Settings(device="cpu", threads=1, precision="fp32", attention="fused")
    meters, joules = Meters(Chosen(settings, "", 1e12, 1), 100), []
    for step in range(1, 5):
        clock[0] += 49.0  # while another steps
        meters.begin(alone)
        clock[0] += 1.0
        joules += [reading.energy for reading in meters.read(step, 1.0 * step, 100 * step, 100)]
    assert np.diff(joules) == pytest.approx([WATTS_A_CORE * seconds] * 2)
