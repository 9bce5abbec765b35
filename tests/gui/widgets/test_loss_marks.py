"""What happened to a run, told at its step; a person's notes among it."""

import numpy as np
import pytest

from engine.annotations import Annotations, Note
from engine.events import Spiked, Turned
from engine.recording import Recording
from gui.widgets import loss_marks
from gui.widgets.loss_marks import LONGEST_FLAG, LONGEST_NOTE, MOST_MARKS, Mark, marks, note_flag, note_words
from tests.fakes import recording

STEPS = np.arange(1.0, 1001.0)


def noted(*notes: tuple[int, str]) -> Recording:
    made = Recording()
    made.annotate(Annotations(notes=tuple(Note(key, step, text, "") for key, (step, text) in enumerate(notes))))
    return made


def drawn(made: Recording) -> tuple[Mark, ...]:
    return marks(made, STEPS, STEPS)


def test_a_note_is_a_mark_at_its_step_with_its_first_line_as_flag() -> None:
    assert drawn(noted((640, "Names appear\nand stay"))) == (
        Mark(640.0, "Names appear and stay", "note", "Names appear"),
    )


def test_marks_of_all_kinds_are_in_the_order_of_their_steps() -> None:
    made = noted((640, "here"), (20, "there"))
    made.add(Turned(300, 1.0, "learning_rate", 2e-3))
    made.add(Spiked(310, 2.0, "gradient", 4.4, 0.7, 0.6, 1))
    assert [(mark.x, mark.sign) for mark in drawn(made)] == [
        (20.0, "note"), (300.0, "turned"), (310.0, "spike"), (640.0, "note"),
    ]  # fmt: skip


def test_a_note_before_the_first_step_stands_at_the_first() -> None:
    assert drawn(noted((0, "before")))[0].x == 1.0


def test_no_mark_stands_on_a_chart_without_a_step() -> None:
    assert marks(noted((3, "here")), np.empty(0), np.empty(0)) == ()


def test_what_a_stranger_wrote_is_one_line_that_ends_and_hides_nothing() -> None:
    note = Note(1, 1, "a\u202eb " + "long " * 100, "")
    assert "U+202E" in note_words(note)
    assert "\n" not in note_words(note)
    assert (len(note_words(note)), len(note_flag(note))) <= (LONGEST_NOTE, LONGEST_FLAG)
    assert note_words(note).endswith("…")


def test_of_a_long_note_only_what_is_shown_is_looked_at(monkeypatch):
    looked_at = []
    monkeypatch.setattr(loss_marks, "one_line", lambda text: looked_at.append(len(text)) or text)
    note = Note(1, 5, "word " * 4000, "")
    assert note_words(note).endswith("word word…")
    assert note_flag(note).endswith("…")
    assert max(looked_at) <= LONGEST_NOTE + 1


@pytest.mark.parametrize("count", [MOST_MARKS, MOST_MARKS + 1, 100_000])
def test_of_very_many_notes_some_are_shown_from_everywhere(count: int) -> None:
    made = drawn(noted(*((1 + at * 1000 // count, "x") for at in range(count))))
    assert MOST_MARKS / 2 <= len(made) <= MOST_MARKS
    assert made[0].x <= 2
    assert made[-1].x >= 990


def test_a_slider_that_was_dragged_is_one_mark() -> None:
    made = recording(100)
    for count in range(5):
        made.add(Turned(100, 5.0 + 0.1 * count, "learning_rate", 1e-3 * (1 + count)))
    turned = [mark for mark in drawn(made) if mark.sign == "turned"]
    assert [mark.words for mark in turned] == ["Peak learning rate turned to 5.0e-3"]
