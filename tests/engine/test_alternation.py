"""Runs that share an alternation step by turns, wait without polling, and never for one that does not step."""

from collections.abc import Iterator
from threading import Event as Signal

import pytest

from engine import run
from engine.alternation import Alternation, Member
from engine.annotations import Change
from engine.commands import Pause, Play, Step
from engine.events import Event, Failed, Finished, Paused, Resumed, Stepped
from engine.player import Player
from engine.run import Run
from engine.trouble import Trouble
from tests.fakes import FakeTrainer

PATIENCE = 10  # seconds; nothing sound needs them


class Woken(list[str]):
    """Names in the order they were woken."""

    def join(self, turns: Alternation, name: str) -> Member:
        return turns.join(lambda: self.append(name))


def test_who_has_made_fewer_steps_is_due_and_between_equals_who_joined_first():
    turns, woken = Alternation(), Woken()
    first, second = woken.join(turns, "first"), woken.join(turns, "second")
    first.tell(3, True)
    second.tell(3, True)
    assert (first.due, second.due) == (True, False)
    first.tell(4, True)
    assert (first.due, second.due) == (False, True)
    second.tell(4, True)
    assert first.due
    assert woken == ["first", "second", "first"]


def test_whoever_wants_no_step_is_waited_for_no_longer_and_may_come_back():
    turns, woken = Alternation(), Woken()
    ahead, behind = woken.join(turns, "ahead"), woken.join(turns, "behind")
    ahead.tell(9, True)
    behind.tell(2, True)
    assert (ahead.due, ahead.alone) == (False, False)
    behind.tell(2, False)
    assert woken == ["ahead"]
    assert (ahead.due, ahead.alone) == (True, True)
    behind.tell(2, True)
    assert not ahead.due
    behind.leave()
    assert woken == ["ahead", "ahead"]
    assert ahead.due


def test_one_alone_is_always_due():
    member = Alternation().join(lambda: pytest.fail("nobody waits"))
    assert (member.due, member.alone) == (True, True)
    member.tell(1, True)
    assert (member.due, member.alone) == (True, True)


class Turns(Alternation):
    """Says when two want to step."""

    def __init__(self) -> None:
        super().__init__()
        self.both = Signal()

    def tell(self, member: Member, step: int, wants: bool) -> None:
        super().tell(member, step, wants)
        if sum(one.wants for one in self._members) == 2:
            self.both.set()


class Log:
    """What several runs told, in the order they did, and whether something was told already."""

    def __init__(self) -> None:
        self.told: list[tuple[str, Event]] = []
        self._awaited: dict[tuple[str, type[Event], int], Signal] = {}

    def steps(self) -> list[tuple[str, int]]:
        return [(name, event.step) for name, event in self.told if isinstance(event, Stepped)]

    def wait(self, name: str, kind: type[Event], step: int = 0) -> None:
        assert self.signal(name, kind, step).wait(PATIENCE), f"{name} tells no {kind.__name__} at {step}"

    def signal(self, name: str, kind: type[Event], step: int) -> Signal:
        signal = self._awaited.setdefault((name, kind, step), Signal())
        if any(one == name and isinstance(event, kind) and event.step >= step for one, event in list(self.told)):
            signal.set()
        return signal

    def journal(self, name: str) -> "Page":
        return Page(self, name)

    def note(self, name: str, event: Event) -> None:
        self.told.append((name, event))
        for (one, kind, step), signal in list(self._awaited.items()):
            if one == name and isinstance(event, kind) and event.step >= step:
                signal.set()


class Page:
    """The journal of one run."""

    def __init__(self, log: Log, name: str) -> None:
        self._log, self._name = log, name

    def add(self, event: Event) -> None:
        self._log.note(self._name, event)

    def news(self) -> list[Trouble]:
        return []

    def annotate(self, change: Change) -> None:
        raise NotImplementedError

    def close(self) -> None:
        """Nothing is open."""


class Gated(FakeTrainer):
    """Its next step waits for a signal."""

    def __init__(self, gate: Signal, step: int = 0) -> None:
        super().__init__()
        self.gate, self.step = gate, step

    def advance(self) -> Iterator[Event]:
        assert self.gate.wait(PATIENCE)
        yield from super().advance()


def test_whose_turn_it_is_not_sleeps_until_somebody_wakes_it():
    turns, player = Alternation(), Player()
    first, second = (turns.join(lambda: None) for _ in range(2))
    for member in (first, second):
        member.tell(1, True)
    player.playing = True
    assert run._waiting(FakeTrainer(), player, first) == (False, 0.0)
    assert run._waiting(FakeTrainer(), player, second) == (True, None)


def test_two_that_play_make_their_steps_in_turn():
    log, turns = Log(), Turns()
    one = Run(lambda: Gated(turns.both), log.journal("one"), turns=turns)
    one.send(Play())
    log.wait("one", Resumed)
    two = Run(FakeTrainer, log.journal("two"), turns=turns)
    two.send(Play())
    log.wait("two", Stepped, 20)
    assert one.close(PATIENCE)
    assert two.close(PATIENCE)
    assert log.steps()[:40] == [(name, step) for step in range(1, 21) for name in ("one", "two")]


def test_a_branch_that_began_earlier_catches_up_first():
    log, turns = Log(), Turns()
    ahead = Run(lambda: Gated(turns.both, step=30), log.journal("ahead"), turns=turns)
    ahead.send(Play())
    log.wait("ahead", Resumed)
    behind = Run(FakeTrainer, log.journal("behind"), turns=turns)
    behind.send(Play())
    log.wait("ahead", Stepped, 33)
    assert behind.close(PATIENCE)
    assert ahead.close(PATIENCE)
    told = [one for one in log.steps() if one != ("ahead", 31)]  # under way when the other came
    assert told[:31] == [("behind", step) for step in range(1, 32)]
    assert told[31:34] == [("ahead", 32), ("behind", 32), ("ahead", 33)]


def test_commands_are_obeyed_at_once_while_it_is_the_turn_of_another():
    log, turns = Log(), Turns()
    stepping = Run(lambda: Gated(log.signal("waiting", Paused, 1)), log.journal("stepping"), turns=turns)
    stepping.send(Play())
    log.wait("stepping", Resumed)
    waiting = Run(lambda: Gated(Signal(), step=1), log.journal("waiting"), turns=turns)
    waiting.send(Play())
    log.wait("waiting", Resumed)
    waiting.send(Pause())
    log.wait("stepping", Stepped, 3)
    assert waiting.close(PATIENCE)
    assert stepping.close(PATIENCE)
    assert [name for name, _ in log.steps()].count("waiting") == 0


class Ending(FakeTrainer):
    """Ends its third step in some way."""

    def __init__(self, how: str) -> None:
        super().__init__()
        self.how = how

    def advance(self) -> Iterator[Event]:
        yield from super().advance()
        if self.step == 3 and self.how == "error":
            raise ZeroDivisionError
        if self.step == 3 and self.how in ("failed", "finished"):
            yield {"failed": Failed(*self.now, "It failed.", "Try."), "finished": Finished(*self.now)}[self.how]


@pytest.mark.parametrize("how", ["failed", "finished", "error", "paused", "single steps", "closed"])
def test_who_stops_early_holds_up_nobody(how: str):
    log, turns = Log(), Turns()
    going = Run(lambda: Gated(turns.both, step=10), log.journal("going"), turns=turns)
    going.send(Play())
    log.wait("going", Resumed)
    stopping = Run(lambda: Ending(how), log.journal("stopping"), turns=turns)
    stopping.send(Step(3) if how == "single steps" else Play())
    log.wait("stopping", Stepped, 3)
    if how == "paused":
        stopping.send(Pause())
    elif how == "closed":
        assert stopping.close(PATIENCE)
    log.wait("going", Stepped, 40)
    assert going.close(PATIENCE)
    assert stopping.close(PATIENCE)


def test_trainers_are_told_whether_they_are_alone():
    log, turns, seen = Log(), Turns(), {}

    class Telling(Gated):
        def advance(self) -> Iterator[Event]:
            seen[self.step] = self.alone
            yield from super().advance()

    one = Run(lambda: Telling(turns.both), log.journal("one"), turns=turns)
    one.send(Play())
    log.wait("one", Resumed)
    two = Run(FakeTrainer, log.journal("two"), turns=turns)
    two.send(Step(5))
    log.wait("one", Stepped, 12)
    assert one.close(PATIENCE)
    assert two.close(PATIENCE)
    assert [seen[step] for step in (0, 1, 3, 8, 10)] == [True, False, False, True, True]
