"""In a narrow title row the lines keep their names, and the segments go."""

import pytest

from gui.theme import LIGHT, PROJECTOR
from gui.widgets.lecture_head import LectureHead
from gui.widgets.legend import Entry, Legend
from gui.widgets.loss_heading import LossHeading
from gui.widgets.segments import Segments

ENTRIES = (
    Entry("training", "2.05", LIGHT.line1),
    Entry("validation", "2.12", LIGHT.line2, ring=True),
    Entry("validation, averaged weights", "2.10", LIGHT.line3, short="averaged weights"),
)


@pytest.fixture
def heading(qtbot):
    made = LossHeading(Legend(), Segments("Along", {"step": "Step", "tokens": "Tokens"}), LectureHead())
    qtbot.addWidget(made)
    made.dress(LIGHT)
    made.show()
    return made


@pytest.mark.parametrize("theme", [LIGHT, PROJECTOR], ids=lambda theme: theme.name)
def test_every_line_has_a_name_before_there_are_segments(heading, theme):
    heading.dress(theme)
    heading.show_entries(ENTRIES)
    needed = round(heading._legend.named_width())
    heading.resize(needed + 4, 30)
    assert heading._segments.isHidden()
    assert [entry.name for entry in heading._legend.fitting(needed + 4)] == [
        "training",
        "validation",
        "averaged weights",
    ]
    heading.resize(needed + heading._segments.sizeHint().width() + 20, 30)
    assert not heading._segments.isHidden()


def test_another_line_takes_the_room_at_once(heading):
    heading.show_entries(ENTRIES[:1])
    heading.resize(round(heading._legend.named_width()) + heading._segments.sizeHint().width() + 20, 30)
    assert not heading._segments.isHidden()
    heading.show_entries(ENTRIES)
    assert heading._segments.isHidden()


def test_a_lecture_has_the_number_alone(heading):
    heading.resize(2000, 60)
    heading.dress(LIGHT.at_lecture_size(1600))
    assert heading._segments.isHidden()
    assert heading._legend.isHidden()
    assert not heading._number.isHidden()
