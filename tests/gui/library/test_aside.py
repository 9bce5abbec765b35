"""Work beside the window: in order, one at a time, with its answers and its troubles."""

import threading

import pytest

from engine.trouble import Trouble
from gui.library.aside import Aside, Task


def test_works_are_done_one_after_the_other_in_another_thread(qtbot):
    aside, order = Aside(), []

    def work(name):
        return Task(lambda: (name, threading.current_thread().name), order.append, order.append)

    for name in "abc":
        aside.begin(work(name))
    assert aside.busy
    assert order == []  # nobody waited
    qtbot.waitUntil(lambda: len(order) == 3)
    assert order == [("a", "work"), ("b", "work"), ("c", "work")]
    assert not aside.busy


def test_a_trouble_is_told_and_the_next_work_is_done(qtbot):
    aside, troubles, made = Aside(), [], []

    def fail():
        raise Trouble("No.", "Yes.")

    aside.begin(Task(fail, made.append, troubles.append))
    aside.begin(Task(lambda: 1, made.append, troubles.append))
    qtbot.waitUntil(lambda: not aside.busy)
    assert [trouble.message for trouble in troubles] == ["No."]
    assert made == [1]


def test_an_error_of_our_own_is_not_swallowed(qtbot):
    aside = Aside()
    with qtbot.captureExceptions() as raised:
        aside.begin(Task(lambda: 1 / 0, pytest.fail, pytest.fail))
        qtbot.waitUntil(lambda: not aside.busy)
    assert [kind for kind, *_ in raised] == [ZeroDivisionError]


def test_one_that_goes_away_leaves_its_thread_to_end(qtbot):
    aside, gate = Aside(), threading.Event()
    aside.begin(Task(gate.wait, pytest.fail, pytest.fail))
    aside.deleteLater()
    gate.set()
