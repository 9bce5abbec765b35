"""Shares, facts and lengths tell themselves in words."""

from pytestqt.qtbot import QtBot

from gui.widgets.fact_list import FactList
from gui.widgets.length_bars import LengthBars
from gui.widgets.share_list import ShareList


def test_shares_are_told_with_their_names(qtbot: QtBot) -> None:
    made = ShareList("scripts")
    qtbot.addWidget(made)
    empty = made.sizeHint().height()
    made.show_shares((("Latin", 0.97), ("<b>", 0.0001)))
    assert made.accessibleDescription() == "Latin 97 %, <b> <0.1 %"
    assert made.sizeHint().height() == 3 * empty


def test_facts_are_told_in_their_order(qtbot: QtBot) -> None:
    made = FactList("Figures")
    qtbot.addWidget(made)
    made.show_facts((("documents", "12"), ("size", "8 MB")))
    assert made.accessibleDescription() == "documents 12, size 8 MB"


def test_lengths_are_doublings(qtbot: QtBot) -> None:
    made = LengthBars()
    qtbot.addWidget(made)
    made.show_counts((0, 1, 0, 2000))
    assert made.accessibleDescription() == (
        "1 document has 2 to 3 characters. 2,000 documents have 8 to 15 characters."
    )
    made.resize(160, 80)
    assert made.grab().toImage() != LengthBars().grab().toImage()
