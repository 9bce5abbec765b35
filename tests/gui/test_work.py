"""Work in the background: its share, its result, its error, and that it stops when nobody wants it."""

from collections.abc import Generator
from threading import Event

import pytest

from engine.trouble import Trouble
from gui.work import Work

PATIENCE = 10.0  # seconds a thread has; a sound one needs none


def until_over(work: Work[str]) -> None:
    work._thread.join(PATIENCE)
    assert work.over


def test_the_result_is_what_the_work_gives() -> None:
    def working() -> Generator[float, None, str]:
        yield 0.5
        return "made"

    work = Work(working())
    until_over(work)
    assert work.share == 0.5
    assert work.result() == "made"


@pytest.mark.parametrize("error", [Trouble("It is", "so."), KeyError("x")])
def test_what_goes_wrong_is_raised_where_the_result_is_asked_for(error: Exception) -> None:
    def working() -> Generator[float, None, str]:
        yield 0.5
        raise error

    work = Work(working())
    until_over(work)
    with pytest.raises(type(error)):
        work.result()


def test_work_that_is_called_off_tidies_up_and_stops() -> None:
    begun, tidied = Event(), Event()

    def working() -> Generator[float, None, str]:
        try:
            while True:
                begun.set()
                yield 0.0
        finally:
            tidied.set()

    work = Work(working())
    assert begun.wait(PATIENCE)
    assert not work.over
    work.call_off()
    until_over(work)
    assert tidied.is_set()
