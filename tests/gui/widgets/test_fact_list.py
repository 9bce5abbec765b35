"""Names and values that share a line."""

import pytest
from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from gui.theme import LIGHT
from gui.widgets.fact_list import APART, FactList

LONG = "/texts/" + "of many/" * 40 + "last.txt"


@pytest.mark.parametrize(("name", "value"), [("from", LONG), ("nearly copies of others", "9,999"), ("size", "8 MB")])
def test_neither_runs_into_the_other_nor_out_of_the_row(qtbot: QtBot, name: str, value: str) -> None:
    facts = FactList("Figures")
    qtbot.addWidget(facts)
    width = QFontMetricsF(LIGHT.font("small")).horizontalAdvance
    said, named = facts.cut(name, value, 160.0)
    assert width(said) + APART + width(named) <= 161
    assert said == value or (said.startswith("…") and said.endswith("last.txt"))
    assert named == name or named.endswith("…")
