"""Labels keep to their line."""

from pytestqt.qtbot import QtBot

from gui.widgets.labels import ElidedLabel


def test_words_of_strangers_stay_on_one_line_and_hide_nothing(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.resize(600, 20)
    label.show_text("two\nlines, \u202eturned")
    assert label.text() == label.whole == "two↵lines, U+202Eturned"


def test_what_does_not_fit_ends_in_an_ellipsis(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show_text("a" * 300)
    assert label.text().endswith("…")
    assert label.fontMetrics().horizontalAdvance(label.text()) <= 60


def test_the_ellipsis_stays_within_the_margins(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.setContentsMargins(16, 0, 16, 0)
    label.resize(100, 20)
    label.show_text("a" * 300)
    assert label.fontMetrics().horizontalAdvance(label.text()) <= 68
    label.resize(label.sizeHint())
    label.show()
    assert label.text() == label.whole
