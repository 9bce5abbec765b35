"""The line that says how much is done."""

from gui.widgets.progress_line import WHOLE, ProgressLine


def test_it_shows_a_share_and_nothing_where_nothing_is_done(qtbot):
    line = ProgressLine()
    qtbot.addWidget(line)
    for share, shown in ((0.25, 0.25), (1.0, 1.0), (None, 0.0)):
        line.show_share(share)
        assert line.value() == shown * WHOLE
    assert line.accessibleName() == "Progress"
