"""What goes from the window to the writer of a film: in order, bounded, and never a part for the whole."""

from threading import Thread

import pytest

from engine.trouble import Trouble
from gui.export.film.reel import WAITING, Reel


def test_everything_comes_out_in_order_and_then_it_ends():
    reel, found = Reel[int](), []
    thread = Thread(target=lambda: found.extend(reel))
    thread.start()
    for number in range(WAITING):
        reel.put(number)
    reel.end()
    thread.join(10)
    assert found == list(range(WAITING))


def test_it_is_full_before_there_is_no_room_left_for_the_end():
    reel = Reel[int]()
    while not reel.full:
        reel.put(0)
    reel.end()
    assert list(reel) == [0] * WAITING


def test_whoever_waits_for_a_torn_one_is_told_why():
    reel, caught = Reel[int](), []

    def read() -> None:
        with pytest.raises(Trouble, match="called off") as raised:
            list(reel)
        caught.append(raised)

    thread = Thread(target=read)
    thread.start()
    reel.tear(Trouble("The film was called off.", "Begin it again."))
    thread.join(10)
    assert caught


def test_what_waits_in_a_torn_one_is_not_taken_for_the_film():
    reel = Reel[int]()
    while not reel.full:
        reel.put(0)
    reel.tear(Trouble("The film was called off.", "Begin it again."))
    with pytest.raises(Trouble):
        list(reel)
