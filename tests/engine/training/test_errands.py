"""Work aside: told between steps, called off when the run ends, and never the end of training."""

from collections.abc import Iterator
from threading import Event as Flag

from engine.events import Event, FloorCounted, Unanswered
from engine.training.errands import Errands
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
