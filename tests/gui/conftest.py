"""A window and its session on a fake trainer, closed again after each test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from engine.run import Run
from engine.settings import Settings
from gui.session import Session
from gui.window import Window
from tests.fakes import FakeTrainer


def start(settings: Settings) -> Run:
    return Run(lambda: FakeTrainer(settings))


class Desk:
    """A window without a pump: tests move it on by `until`."""

    def __init__(self, qtbot: QtBot, config: Path, settings: Settings) -> None:
        self.qtbot = qtbot
        self.session = Session(start, settings)
        self.window = Window(self.session, config, "light")
        self.window.resize(1600, 900)
        qtbot.addWidget(self.window)

    def until(self, happened: Callable[[], bool]) -> None:
        """Take events in until it has happened."""

        def tick() -> bool:
            self.session.tick()
            self.window.glance()
            return happened()

        self.qtbot.waitUntil(tick, timeout=10_000)
        self.window.take_in()

    def show(self) -> None:
        """On screen, laid out, and listening to keys."""
        self.window.show()
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        self.settle()

    def settle(self) -> None:
        """Let Qt lay out what has changed."""
        QCoreApplication.sendPostedEvents()
        QCoreApplication.processEvents()

    def ready(self) -> None:
        """A run is prepared and waits."""
        self.show()
        self.session.begin()
        self.until(lambda: self.window.steering.status().state == "ready")


@pytest.fixture
def open_desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    opened: list[Desk] = []

    def open_one(**settings: object) -> Desk:
        opened.append(Desk(qtbot, tmp_path / "settings.ini", Settings(**settings)))
        return opened[-1]

    yield open_one
    for desk in opened:
        desk.window.close()


@pytest.fixture
def desk(open_desk: Callable[..., Desk]) -> Desk:
    return open_desk()
