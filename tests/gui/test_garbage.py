"""The collector runs on the GUI thread only, and everything is as before when the window has gone."""

import gc
import weakref

from PySide6.QtCore import QObject

from gui.garbage import SETTLED_SECONDS, Garbage


class Knot:
    def __init__(self):
        self.itself = self


def test_cycles_are_collected_by_the_timer_alone(qapp):
    owner = QObject()
    garbage = Garbage(owner)
    try:
        assert not gc.isenabled()
        knot = weakref.ref(Knot())
        garbage.collect()
        assert knot() is None
    finally:
        garbage.stop()
    assert gc.isenabled()


def test_old_cycles_are_collected_within_a_minute(qapp):
    owner = QObject()
    garbage = Garbage(owner)
    try:
        for _ in range(SETTLED_SECONDS):
            garbage.collect()
        knot = Knot()
        gc.collect()  # now it is old
        gone = weakref.ref(knot)
        del knot
        for _ in range(59 - SETTLED_SECONDS):
            garbage.collect()
        assert gone() is not None
        garbage.collect()
        assert gone() is None
    finally:
        garbage.stop()
