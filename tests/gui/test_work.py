"""Work in the background: its share, its result, its error, and that it stops when nobody wants it."""

import subprocess
import sys
from collections.abc import Generator
from threading import Event, Thread

import pytest

from engine.trouble import Trouble
from gui.work import Work, wait_for_all

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


def test_at_the_end_it_is_waited_for() -> None:
    begun, gate, order = Event(), Event(), list[str]()

    def working() -> Generator[float, None, str]:
        try:
            begun.set()
            yield 0.0
            yield 0.0
        finally:
            assert gate.wait(PATIENCE)
            order.append("tidied")
        return "made"

    def waiting() -> None:
        wait_for_all()
        order.append("waited")

    work, waiter = Work(working()), Thread(target=waiting)
    assert begun.wait(PATIENCE)
    work.call_off()
    waiter.start()
    gate.set()
    waiter.join(PATIENCE)
    assert order == ["tidied", "waited"]
    assert work.over


PROGRAM = """
from threading import Event, main_thread
from gui.work import Work

begun = Event()

def working():
    try:
        begun.set()
        yield 0.0
        main_thread().join()
    finally:
        print("tidied")

work = Work(working())
begun.wait()
"""


def test_a_program_that_ends_lets_it_tidy_up() -> None:
    ended = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "tidied\n", "")
