"""Work aside: told between steps, called off when the run ends, and never the end of training."""

from collections.abc import Iterator
from threading import Event as Flag

import pytest

from engine.events import Event, FloorCounted, Unanswered
from engine.training import errands as module
from engine.training.errands import LATER, Errands
from engine.trouble import Trouble

PATIENCE = 10.0


def floor(order: int) -> FloorCounted:
    return FloorCounted(0, 0.0, "bigram", order, 2.0)


def told(errands: Errands) -> list[Event]:
    """All there is until nothing is under way."""
    events: list[Event] = []
    while errands.busy:
        events += errands.arrived((7, 1.5))
    return events


def test_what_was_found_out_is_told_in_order_and_is_true_from_the_first_step_on():
    errands = Errands()
    errands.begin(iter([floor(3), None, floor(4)]))
    events = told(errands)
    assert [(event.step, event.time, event.order) for event in events] == [(0, 0.0, 3), (0, 0.0, 4)]
    assert not errands.busy


def test_trouble_is_a_warning_and_other_errors_are_too():
    def refused() -> Iterator[Event]:
        yield floor(1)
        raise Trouble("It is too long.", "Take less.")

    def broken() -> Iterator[Event]:
        raise ZeroDivisionError
        yield

    errands = Errands()
    errands.begin(refused(), "CountMerges")
    first, second = told(errands)
    assert isinstance(first, FloorCounted)
    assert isinstance(second, Unanswered)
    assert (second.step, second.message, second.asked) == (7, "It is too long.", "CountMerges")
    errands.begin(broken())
    (only,) = told(errands)
    assert isinstance(only, Unanswered)
    assert "ZeroDivisionError" in only.message


def test_there_is_news_as_soon_as_something_was_found_out_and_not_before():
    go_on = Flag()

    def patient() -> Iterator[Event | None]:
        yield None
        go_on.wait(PATIENCE)
        yield floor(1)

    errands = Errands()
    errands.begin(patient())
    assert not errands.have_news
    go_on.set()
    while not errands.have_news:
        pass
    assert [event.order for event in told(errands)] == [1]
    assert not errands.have_news


@pytest.mark.parametrize(("platform", "patient"), [("linux", True), ("darwin", False), ("win32", False)])
def test_only_where_threads_have_priorities_of_their_own_one_is_changed(platform, patient, monkeypatch):
    changed = []
    monkeypatch.setattr(module.sys, "platform", platform)
    monkeypatch.setattr(module.os, "setpriority", lambda *what: changed.append(what), raising=False)
    errands = Errands()
    errands.begin(iter([floor(1)]))
    told(errands)
    assert bool(changed) == patient


def test_closing_calls_off_what_is_under_way_and_cleans_up():
    begun, cleaned = Flag(), Flag()

    def endless() -> Iterator[Event | None]:
        try:
            while True:
                begun.set()
                yield None
        finally:
            cleaned.set()

    errands = Errands()
    errands.begin(endless())
    assert begun.wait(PATIENCE)
    errands.close()
    assert cleaned.is_set()
    assert not errands.busy


def test_what_can_wait_is_begun_when_the_run_stands_still_or_has_trained_for_a_while():
    for looks, begun in (
        ([(0.0, True), (1.0, True), (2.0, True)], False),
        ([(0.0, False)], False),  # a command may just have come
        ([(0.0, False), (0.0, False)], True),
        ([(0.0, False), (0.1, True), (0.2, False)], False),
        ([(LATER + 1, True)], True),
    ):
        errands = Errands()
        errands.begin_later(iter([floor(3)]))
        for time, moved in looks:
            errands.consider(time, moved)
        assert errands.busy
        assert errands.at_work is begun
        errands.close()
