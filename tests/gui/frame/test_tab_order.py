"""The tab key goes through a layout as one reads it, and to nothing that cannot be seen."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gui.panels.mixture import MixturePanel
from tests.gui.conftest import Desk


@pytest.fixture
def data(desk: Desk) -> Desk:
    desk.ready()
    desk.window.show_layout("data")
    for panel in desk.window.panels:
        panel.refresh(desk.session.recording, 0)
    desk.settle()
    desk.window.setFocus()
    return desk


def round_trip() -> Iterator[QWidget]:
    """Where the tab key leads, until it comes back."""
    seen: list[QWidget] = []
    while True:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        if here in seen:
            return
        seen.append(here)
        yield here


def test_everything_it_comes_to_can_be_seen_and_has_a_name(data: Desk) -> None:
    inside = data.window.rect()
    for widget in round_trip():
        assert inside.contains(widget.mapTo(data.window, widget.rect().center())), widget.accessibleName()
        assert widget.accessibleName() or getattr(widget, "text", str)(), widget


def test_faders_come_one_after_the_other_before_what_stands_below_them(data: Desk) -> None:
    mixture = next(panel for panel in data.window.panels if isinstance(panel, MixturePanel))
    order = list(round_trip())
    places = [order.index(row.fader) for row in mixture.table.rows if not row.isHidden()]
    assert len(places) > 2
    assert places == sorted(places)
    assert places[-1] < order.index(mixture.add)
    assert all(isinstance(order[place + 1].parent(), type(mixture.table.rows[0])) for place in places)
