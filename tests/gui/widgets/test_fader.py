"""A fader stands at a share and tells only what a hand does."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.widgets.fader import Fader


@pytest.fixture
def fader(qtbot: QtBot) -> Fader:
    made = Fader()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("share", [0.0, 0.04, 0.25, 1.0])
def test_a_share_has_its_place_and_comes_back_from_it(fader: Fader, share: float) -> None:
    told: list[float] = []
    fader.edited.connect(told.append)
    fader.show_share(share)
    assert told == []
    QTest.keyClick(fader, Qt.Key.Key_Right if share < 1 else Qt.Key.Key_Left)
    assert told[0] == pytest.approx(share, abs=0.025)
    assert told[0] != share


def test_a_key_press_changes_what_is_printed_and_small_shares_finely(fader: Fader) -> None:
    shares = [(place / fader.maximum()) ** 2 for place in range(fader.maximum() + 1)]
    steps = [after - before for before, after in pairwise(shares)]
    assert max(steps) < 0.02
    assert max(steps[:30]) < 0.01


def test_up_and_down_are_left_to_the_table(fader: Fader) -> None:
    fader.show_share(0.25)
    before = fader.value()
    QTest.keyClick(fader, Qt.Key.Key_Up)
    assert fader.value() == before
