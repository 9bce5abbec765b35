"""A mailbox loses nothing, keeps the order, makes a fast writer wait, and frees both sides when it closes."""

from threading import Event, Thread

import pytest

from engine.mailbox import Closed, Mailbox

PATIENCE = 5  # seconds; a sound mailbox needs none of them


@pytest.fixture
def box() -> Mailbox[int]:
    return Mailbox(capacity=3)


def in_thread(work) -> Thread:
    thread = Thread(target=work)
    thread.start()
    return thread


def test_take_empties_the_box_oldest_first(box):
    for item in (1, 2, 3):
        box.put(item)
    assert box.take() == [1, 2, 3]
    assert box.take() == []


def test_a_full_box_makes_the_writer_wait_and_loses_nothing(box):
    third_is_in, taken = Event(), []

    def write():
        for item in range(7):
            box.put(item)
            if item == 2:
                third_is_in.set()

    writer = in_thread(write)
    assert third_is_in.wait(PATIENCE)
    while len(taken) < 7:
        items = box.take(wait=True, timeout=PATIENCE)
        assert 0 < len(items) <= 3
        taken += items
    writer.join(PATIENCE)
    assert taken == list(range(7))


def test_waiting_ends_when_something_comes(box):
    got = []
    reader = in_thread(lambda: got.append(box.take(wait=True, timeout=PATIENCE)))
    box.put(1)
    reader.join(PATIENCE)
    assert got == [[1]]


def test_waiting_ends_at_the_timeout_with_nothing(box):
    assert box.take(wait=True, timeout=0) == []


def test_a_nudge_ends_the_waiting_once_though_nothing_came(box):
    box.nudge()
    assert box.take(wait=True) == []
    assert box.take(wait=True, timeout=0.001) == []
    box.put(1)
    box.nudge()
    assert box.take(wait=True) == [1]


def test_after_a_nudge_one_sleeps_again(box, monkeypatch):
    awake: list[bool] = []
    monkeypatch.setattr(box._changed, "wait_for", lambda ready, timeout=None: awake.append(ready()))
    box.nudge()
    for _ in range(2):
        box.take(wait=True)
    assert awake == [True, False]


def test_closing_frees_a_writer_that_waits(box):
    refused = Event()

    def write():
        try:
            for item in range(4):
                box.put(item)
        except Closed:
            refused.set()

    writer = in_thread(write)
    box.close()
    writer.join(PATIENCE)
    assert refused.is_set()


def test_closing_frees_a_reader_that_waits(box):
    refused = Event()

    def read():
        try:
            box.take(wait=True)
        except Closed:
            refused.set()

    reader = in_thread(read)
    box.close()
    reader.join(PATIENCE)
    assert refused.is_set()


def test_what_was_put_before_closing_is_still_read_then_the_box_is_shut(box):
    box.put(1)
    box.close()
    box.close()  # twice does no harm
    assert box.take() == [1]
    with pytest.raises(Closed):
        box.take()
    with pytest.raises(Closed):
        box.put(2)
