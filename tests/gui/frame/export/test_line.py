"""Work in the background, one piece after the other."""

from collections.abc import Generator, Iterator
from threading import Event

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from engine.trouble import Trouble
from gui.frame.export.line import WorkLine

Made = Generator[float, None, str]


class Gate:
    """Work that waits until it is let go, and counts how much of it goes on at once."""

    def __init__(self) -> None:
        self.open, self.begun, self.now, self.most = Event(), list[str](), 0, 0

    def work(self, name: str) -> Made:
        self.begun.append(name)
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            yield 0.5
            self.open.wait(10)
            yield 0.9
            return name
        finally:
            self.now -= 1


@pytest.fixture
def gate() -> Iterator[Gate]:
    made = Gate()
    yield made
    made.open.set()


@pytest.fixture
def line(qtbot: QtBot) -> Iterator[WorkLine]:
    owner = QObject()
    made = WorkLine(("first", "second"), owner)
    yield made
    made.end()


def finish(qtbot: QtBot, line: WorkLine, gate: Gate) -> None:
    gate.open.set()
    qtbot.waitUntil(lambda: not line.busy)


def test_what_was_made_is_handed_over(qtbot: QtBot, line: WorkLine, gate: Gate) -> None:
    made: list[str] = []
    line.ask("first", lambda: gate.work("a"), made.append)
    qtbot.waitUntil(lambda: line.share("first") == 0.5)
    assert line.share("second") is None
    finish(qtbot, line, gate)
    assert made == ["a"]
    assert line.share("first") is None


def test_the_newest_wins_and_nothing_overlaps(qtbot: QtBot, line: WorkLine, gate: Gate) -> None:
    made: list[str] = []
    for name in "abcd":
        line.ask("first", lambda name=name: gate.work(name), made.append)
        qtbot.waitUntil(lambda: bool(gate.begun))
    finish(qtbot, line, gate)
    assert made == ["d"]
    assert gate.begun == ["a", "d"]
    assert gate.most == 1


def test_what_comes_first_in_order_is_begun_first(qtbot: QtBot, line: WorkLine, gate: Gate) -> None:
    made: list[str] = []
    line.ask("second", lambda: gate.work("b1"), made.append)
    line.ask("second", lambda: gate.work("b2"), made.append)
    line.ask("first", lambda: gate.work("a"), made.append)
    finish(qtbot, line, gate)
    assert made == ["a", "b2"]


def test_trouble_is_told_and_the_next_piece_follows(qtbot: QtBot, line: WorkLine) -> None:
    def bad() -> Made:
        yield 0.0
        raise Trouble("It is full.", "Empty it.")

    def good() -> Made:
        yield 0.0
        return "b"

    made: list[str] = []
    told: list[tuple[str, str]] = []
    line.failed.connect(lambda name, trouble: told.append((name, trouble.message)))
    line.ask("first", bad, made.append)
    line.ask("second", good, made.append)
    qtbot.waitUntil(lambda: not line.busy)
    assert told == [("first", "It is full.")]
    assert made == ["b"]


def test_what_nobody_foresaw_is_said_and_raised(qtbot: QtBot, line: WorkLine) -> None:
    def broken() -> Made:
        yield 0.0
        raise ValueError("no")

    told: list[str] = []
    line.failed.connect(lambda name, trouble: told.append(trouble.message))
    with qtbot.captureExceptions() as raised:
        line.ask("first", broken, told.append)
        qtbot.waitUntil(lambda: not line.busy)
    assert [error for error, _, _ in raised] == [ValueError]
    assert "ValueError: no" in told[0]


def test_nothing_is_told_after_the_end(qtbot: QtBot, line: WorkLine, gate: Gate) -> None:
    made: list[str] = []
    line.ask("first", lambda: gate.work("a"), made.append)
    line.ask("second", lambda: gate.work("b"), made.append)
    line.end()
    gate.open.set()
    qtbot.waitUntil(lambda: gate.now == 0)
    line.look()
    assert not made
    assert gate.begun == ["a"]
