"""What is said of a figure stays whole where there is little room across."""

from PySide6.QtWidgets import QBoxLayout

from gui.widgets.export_checks import APART, Check, Checks


def test_checks_stand_below_each_other_where_they_would_be_cut(qtbot):
    checks = Checks(2)
    qtbot.addWidget(checks)
    for place, words in enumerate(("Text stays text, font embedded", "Readable in grey")):
        checks.show_check(place, Check(words))
    needed = sum(place.wanted() for place in checks.places) + APART
    ways = QBoxLayout.Direction
    for room, way in ((needed, ways.LeftToRight), (needed - 1, ways.TopToBottom), (needed, ways.LeftToRight)):
        checks.stand(room)
        assert checks.layout().direction() == way
