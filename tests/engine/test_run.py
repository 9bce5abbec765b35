"""Driving a trainer: obeying between steps, pausing by sleeping, slow motion, and ending in every kind of trouble."""

from collections.abc import Iterator
from itertools import islice, takewhile
from threading import Event as Signal

import pytest

import engine.player
import engine.run
from engine.annotations import Change
from engine.commands import Command, Pace, Pause, Play, Probe, Save, Step, Stop, Turn, WaitAt
from engine.events import (
    Ended,
    Event,
    Failed,
    Finished,
    FloorCounted,
    Paced,
    Paused,
    Resumed,
    Saved,
    SentencePredicted,
    Stalled,
    Started,
    Stepped,
    Turned,
    Warned,
)
from engine.mailbox import Mailbox
from engine.run import Run, drive
from engine.trouble import Trouble
from tests.fakes import FakeTrainer

PATIENCE = 10  # seconds; nothing sound needs them
CAPACITY = 1024


class Scripted:
    """Commands that arrive at given calls of `take`; waiting moves a clock instead of the world."""

    def __init__(self, script: dict[int, list[Command]]) -> None:
        self.script = script
        self.calls = 0
        self.now = 100.0
        self.waits: list[float | None] = []  # None: until something comes

    def take(self, wait: bool = False, timeout: float | None = None) -> list[Command]:
        self.calls += 1
        commands = self.script.pop(self.calls, [])
        if wait and not commands:
            self.waits.append(timeout)
            self.now += timeout or 0.0
            if timeout is None and not self.script:
                return [Stop()]  # it would sleep for ever
        return commands

    def nudge(self) -> None:
        """Nobody trains beside it."""

    def clock(self) -> float:
        return self.now


class Notebook:
    """Notes events, and tells another thread when one of a kind has come."""

    def __init__(self, awaited: type[Event] | int) -> None:
        self.events: list[Event] = []
        self.closed = 0
        self.came = Signal()
        self._awaited = awaited

    def add(self, event: Event) -> None:
        self.events.append(event)
        enough = (
            len(self.events) >= self._awaited if isinstance(self._awaited, int) else isinstance(event, self._awaited)
        )
        if enough:
            self.came.set()

    def news(self) -> list[Trouble]:
        return []

    def annotate(self, change: Change) -> None:
        raise NotImplementedError

    def close(self) -> None:
        self.closed += 1


class Talking(Notebook):
    """Has something to say, once."""

    def __init__(self, awaited: type[Event] | int) -> None:
        super().__init__(awaited)
        self.waiting = [Trouble("The folder is synced.", "Choose another.")]
        self.changes: list[Change] = []

    def news(self) -> list[Trouble]:
        told, self.waiting = self.waiting, []
        return told

    def annotate(self, change: Change) -> None:
        self.changes.append(change)


class FullDisk(Notebook):
    def add(self, event: Event) -> None:
        super().add(event)
        raise Trouble("The disk is full.", "Free some space.")


def driven(script: dict[int, list[Command]], trainer: FakeTrainer | None = None) -> list[Event]:
    return list(drive(trainer or FakeTrainer(), Scripted(script)))


def of(kind: type[Event], events: list[Event]) -> list[Event]:
    return [event for event in events if isinstance(event, kind)]


def run_until_it_ends(make_trainer, *commands: Command) -> list[Event]:
    book = Notebook(Failed)
    run = Run(make_trainer, book)
    for command in commands:
        run.send(command)
    assert book.came.wait(PATIENCE)
    assert run.close(PATIENCE)
    return run.receive()


def test_it_starts_before_it_listens_and_then_sleeps_until_told():
    box = Scripted({})
    events = list(drive(FakeTrainer(), box))
    assert of(Started, events)
    assert not of(Stepped, events)
    assert box.waits == [None]


class Curious(FakeTrainer):
    """Finds something out aside, which takes three looks; and notes that it was closed."""

    looks, closed = 3, False

    @property
    def busy(self) -> bool:
        return self.looks > 0

    def arrived(self) -> Iterator[Event]:
        self.looks -= 1
        if self.looks == 0:
            yield FloorCounted(0, 0.0, "6-gram", 6, 2.0)

    def close(self) -> None:
        self.closed = True


def test_a_paused_run_wakes_to_tell_what_was_found_out_aside_and_then_sleeps_again():
    box = Scripted({})
    events = list(drive(Curious(), box))
    assert [event.order for event in of(FloorCounted, events)].count(6) == 1
    assert box.waits == [engine.run.ERRAND_BEAT] * 3 + [None]


@pytest.mark.parametrize("end", ["stopped", "left", "failed"])
def test_however_a_run_ends_what_is_under_way_aside_is_called_off(end: str):
    class Failing(Curious):
        def advance(self) -> Iterator[Event]:
            raise ZeroDivisionError
            yield

    trainer = Failing()
    way = drive(trainer, Scripted({1: [Step() if end == "failed" else Stop()]}))
    if end == "left":
        next(way)
        way.close()
    elif end == "failed":
        with pytest.raises(ZeroDivisionError):
            list(way)
    else:
        list(way)
    assert trainer.closed


def test_steps_that_were_asked_for_are_done_and_no_more():
    events = driven({1: [Step(), Step(2)]})
    assert [event.step for event in of(Stepped, events)] == [1, 2, 3]


def test_a_command_is_obeyed_between_two_steps():
    events = driven({1: [Step(2)], 2: [Turn("learning_rate", 0.5)]})
    kinds = [type(event) for event in events if isinstance(event, Stepped | Turned)]
    assert kinds == [Stepped, Turned, Stepped]
    assert [event.learning_rate for event in of(Stepped, events)] == [FakeTrainer().rate, 0.5]


def test_playing_and_pausing_come_back_as_facts():
    events = driven({1: [Play()], 6: [Pause()], 7: [Play()], 9: [Stop()]})
    facts = [event for event in events if isinstance(event, Resumed | Paused | Ended)]
    assert [(type(event), event.step) for event in facts] == [(Resumed, 0), (Paused, 5), (Resumed, 5), (Ended, 7)]


def test_it_waits_at_the_step_that_was_said_and_no_second_time():
    events = driven({1: [WaitAt(3), Play()], 5: [Play()], 8: [Stop()]})
    (paused,) = of(Paused, events)
    assert paused.step == 3
    before = events[: events.index(paused)]
    assert [event.step for event in of(Stepped, before)] == [1, 2, 3]
    assert of(Stepped, events)[-1].step > 4  # played on, it goes on


def test_a_pause_forgets_the_single_steps_still_owed():
    events = driven({1: [Step(5)], 3: [Pause()]})
    assert len(of(Stepped, events)) == 2


def test_paused_it_sleeps_without_a_timeout():
    box = Scripted({1: [Play()], 4: [Pause()], 6: [Stop()]})
    list(drive(FakeTrainer(), box))
    assert box.waits == [None]


def test_commands_are_obeyed_while_paused():
    events = driven({1: [Probe("Hello")]})
    assert len(of(SentencePredicted, events)) == 2  # one at the start, one that was asked for


def test_slow_motion_waits_between_steps_for_as_long_as_was_said(monkeypatch):
    box = Scripted({1: [Pace(4.0), Play()], 10: [Stop()]})
    monkeypatch.setattr(engine.player, "perf_counter", box.clock)
    events = list(drive(FakeTrainer(), box))
    assert of(Paced, events)[0].steps_per_second == 4.0
    assert box.waits == pytest.approx([0.25] * len(box.waits))
    assert len(of(Stepped, events)) == len(box.waits) + 1 > 3


def test_slow_motion_sleeps_on_when_a_command_wakes_it_early(monkeypatch):
    box = Scripted({1: [Pace(1.0), Play()], 2: [Turn("clip", 2.0)], 3: [Turn("clip", 1.0)], 4: [Stop()]})
    monkeypatch.setattr(engine.player, "perf_counter", box.clock)
    assert len(of(Stepped, list(drive(FakeTrainer(), box)))) == 1


def test_full_speed_never_waits():
    box = Scripted({1: [Pace(2.0), Pace(None), Play()], 8: [Stop()]})
    list(drive(FakeTrainer(), box))
    assert box.waits == []


def test_at_the_horizon_it_pauses_and_may_be_played_on():
    class Short(FakeTrainer):
        def advance(self) -> Iterator[Event]:
            yield from super().advance()
            if self.step == 3:
                yield Finished(self.step, self.time)

    events = driven({1: [Play()]}, Short())
    assert of(Stepped, events)[-1].step == 3
    events = driven({1: [Play()], 5: [Play()], 8: [Stop()]}, Short())
    assert of(Stepped, events)[-1].step == 6


def test_a_failure_without_an_exception_pauses_and_forgets_what_was_owed():
    class Diverging(FakeTrainer):
        def advance(self) -> Iterator[Event]:
            yield from super().advance()
            yield Failed(self.step, self.time, "The loss is no number.", "Lower the learning rate.")

    assert len(of(Stepped, driven({1: [Play()]}, Diverging()))) == 1
    assert len(of(Stepped, driven({1: [Step(9)]}, Diverging()))) == 1


def test_a_run_works_in_its_own_thread_and_ends_when_it_is_told():
    book = Notebook(Ended)
    run = Run(FakeTrainer, book)
    for command in (Step(5), Turn("learning_rate", 0.5)):
        run.send(command)
    while not of(Stepped, book.events) or book.events[-1].step < 5:
        run.receive()
        assert run.alive
    run.send(Stop())
    assert book.came.wait(PATIENCE)
    assert run.close(PATIENCE)
    assert not run.alive
    assert book.closed == 1


def test_events_arrive_in_order_and_none_is_lost():
    full = Notebook(CAPACITY + 1)
    run = Run(FakeTrainer, full)
    run.send(Step(1500))  # more than the box holds
    assert full.came.wait(PATIENCE)
    run.send(Stop())
    got: list[Event] = []
    while not (got and isinstance(got[-1], Ended)):
        got += run.receive()
    assert [event.step for event in of(Stepped, got)] == list(range(1, len(of(Stepped, got)) + 1))
    assert len(got) > CAPACITY
    assert got == full.events
    assert run.close(PATIENCE)


def test_a_run_nobody_listens_to_slows_down_and_can_still_be_closed():
    book = Notebook(CAPACITY + 1)
    run = Run(FakeTrainer, book)
    run.send(Play())
    assert book.came.wait(PATIENCE)
    assert run.close(PATIENCE)
    assert len(run.receive()) == CAPACITY


def test_leaving_returns_before_the_thread_has_ended():
    inside, go_on = Signal(), Signal()

    class Slow(FakeTrainer):
        def start(self) -> Iterator[Event]:
            inside.set()
            go_on.wait(PATIENCE)
            yield from super().start()

    run = Run(Slow)
    assert inside.wait(PATIENCE)
    run.leave()
    assert not run.close(timeout=0)
    go_on.set()
    assert run.close(PATIENCE)


def test_after_the_end_commands_are_dropped_and_nothing_more_is_received():
    run = Run(FakeTrainer)
    assert run.close(PATIENCE)
    run.receive()
    run.send(Play())
    assert run.receive() == []


def test_an_error_of_the_engine_is_an_event_with_what_to_do_and_details_for_a_report():
    class Broken(FakeTrainer):
        def advance(self) -> Iterator[Event]:
            yield from super().advance()
            raise ZeroDivisionError("deep inside")

    failed = run_until_it_ends(Broken, Step())[-1]
    assert isinstance(failed, Failed)
    assert failed.step == 1
    assert failed.advice
    assert "deep inside" not in failed.message + failed.advice
    assert "deep inside" in failed.details


def test_trouble_is_an_event_with_its_own_advice():
    class Refusing(FakeTrainer):
        def start(self) -> Iterator[Event]:
            yield from takewhile(lambda event: not isinstance(event, Started), super().start())
            raise Trouble("The file is empty.", "Choose another file.")

    failed = run_until_it_ends(Refusing)[-1]
    assert (failed.message, failed.advice, failed.details) == ("The file is empty.", "Choose another file.", "")


def test_too_little_memory_says_what_to_choose():
    def too_big():
        raise MemoryError

    failed = run_until_it_ends(too_big)[-1]
    assert failed.step == 0
    assert "memory" in failed.message
    assert "smaller" in failed.advice


def test_a_disk_that_is_full_ends_the_recording_and_not_the_training():
    book = FullDisk(1)
    run = Run(FakeTrainer, book)
    run.send(Step(3))
    got: list[Event] = []
    while not of(Stepped, got) or got[-1].step < 3:
        got += run.receive()
    assert run.close(PATIENCE)
    assert len(book.events) == 1
    assert [event.message for event in of(Warned, got)] == ["The disk is full."]


def test_the_generator_can_be_driven_without_a_thread():
    commands: Mailbox[Command] = Mailbox()
    for command in (Step(3), Turn("learning_rate", 0.5), Step(2)):
        commands.put(command)
    events = list(islice((e for e in drive(FakeTrainer(), commands) if isinstance(e, Stepped | Turned)), 6))
    assert [type(event) for event in events] == [Turned, *[Stepped] * 5]


def test_a_journal_that_fails_at_its_close_is_told():
    class FullAtTheEnd(Notebook):
        def close(self) -> None:
            raise Trouble("The disk is full.", "Free some space.")

    book = FullAtTheEnd(Ended)
    run = Run(FakeTrainer, book)
    run.send(Stop())
    got: list[Event] = []
    while run.alive:
        got += run.receive()
    got += run.receive()
    assert [event.message for event in of(Warned, got)] == ["The disk is full."]


@pytest.mark.parametrize("error", [ZeroDivisionError("deep inside"), MemoryError()])
def test_an_error_of_the_journal_ends_the_recording_and_neither_training_nor_the_word_of_a_failure(error):
    class Faulty(Notebook):
        def add(self, event: Event) -> None:
            super().add(event)
            raise error

    class Broken(FakeTrainer):
        def advance(self) -> Iterator[Event]:
            yield from super().advance()
            raise ZeroDivisionError("of the trainer")

    run = Run(Broken, Faulty(1))
    run.send(Step())
    got: list[Event] = []
    while run.alive:
        got += run.receive()
    got += run.receive()
    assert len(of(Warned, got)) == 1
    assert "cannot be recorded" in of(Warned, got)[0].message
    assert of(Stepped, got)
    assert isinstance(got[-1], Failed)


class OutOfMemoryError(RuntimeError):
    """As torch names the one of a GPU."""


@pytest.mark.parametrize(
    "error",
    [
        OutOfMemoryError("CUDA out of memory."),
        RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 40000000000 bytes."),
        RuntimeError("DefaultCPUAllocator: not enough memory: you tried to allocate 40000000000 bytes."),
    ],
)
def test_torch_without_memory_is_no_error_of_ours(error):
    class Large(FakeTrainer):
        def start(self) -> Iterator[Event]:
            yield from super().start()
            raise error

    failed = run_until_it_ends(Large)[-1]
    assert failed.message == "There is not enough memory."
    assert "tried" not in failed.advice


def test_a_model_that_failed_is_not_looked_at():
    class Diverging(FakeTrainer):
        def advance(self) -> Iterator[Event]:
            yield Failed(self.step, self.time, "The loss is no number.", "Lower the learning rate.")

    assert len(of(SentencePredicted, driven({1: [Step()]}, Diverging()))) == 1  # at the start


AT_THE_END = "checkpoints/at-the-end"


class Saving(FakeTrainer):
    """Saves when it is told to stop, or cannot."""

    kept: type[Event] = Saved

    def obey(self, command: Command) -> Iterator[Event]:
        if isinstance(command, Stop | Save):
            full = "Step cannot be saved.", "Free some space."
            yield self.kept(self.step, self.time, *((AT_THE_END, 0) if self.kept is Saved else full))
        yield from super().obey(command)


class OnAFullDisk(Saving):
    kept = Stalled


def test_to_stop_is_to_save_first():
    events = driven({1: [Step(3)], 5: [Stop()]}, Saving())
    assert [type(event) for event in events if isinstance(event, Saved | Ended)][-2:] == [Saved, Ended]


def test_a_window_that_closes_leaves_a_saved_run_and_a_record_of_it():
    book = Notebook(Stepped)
    run = Run(Saving, book)
    run.send(Play())
    assert book.came.wait(PATIENCE)
    assert run.close(PATIENCE)
    last = book.events[-1]
    assert isinstance(last, Saved)
    assert last.folder == AT_THE_END
    assert last not in run.receive()
    assert book.closed == 1


def test_a_run_that_is_left_before_it_began_has_nothing_to_save():
    def never() -> FakeTrainer:
        raise Trouble("The file is empty.", "Choose another file.")

    book = Notebook(Failed)
    run = Run(never, book)
    assert book.came.wait(PATIENCE)
    assert run.close(PATIENCE)
    assert [type(event) for event in book.events] == [Failed]


def test_what_must_be_mended_first_pauses_and_can_be_played_on():
    events = driven({1: [Play()], 4: [Save()], 6: [Play()], 9: [Stop()]}, OnAFullDisk())
    facts = [(type(event), event.step) for event in events if isinstance(event, Resumed | Stalled | Paused)]
    assert facts == [
        *((Resumed, 0), (Stalled, 3), (Paused, 3)),
        *((Resumed, 3), (Stalled, 6), (Paused, 6)),
    ]


def test_what_the_journal_has_to_say_is_told_with_the_first_step_and_recorded():
    book = Talking(Warned)
    run = Run(FakeTrainer, book)
    run.send(Step(3))
    assert book.came.wait(PATIENCE)
    assert run.close(PATIENCE)
    (warned,) = of(Warned, book.events)
    assert (warned.step, warned.message, warned.advice) == (1, "The folder is synced.", "Choose another.")
    assert warned in run.receive()


def test_what_a_person_writes_on_a_run_goes_to_its_journal_while_there_is_one():
    book = Talking(Started)
    run = Run(FakeTrainer, book)
    assert book.came.wait(PATIENCE)
    run.annotate(print)
    assert book.changes == [print]
    assert run.close(PATIENCE)
    unrecorded = Run(FakeTrainer)
    with pytest.raises(Trouble, match="not recorded"):
        unrecorded.annotate(print)
    assert unrecorded.close(PATIENCE)
