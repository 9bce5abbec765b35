"""Runs side by side on paper: the names, numbers, words and remarks of the screen."""

import pytest

from gui.panels.side_by_side_figure import EMPTY, NOTHING_ASKED, sentence, side_by_side_figure
from tests.gui.panels.test_side_by_side import asked, picture, read, run, wrote

PROBED = (
    run(read(), asked(50, (1, 2, 3), (2.0, 1.0, 0.5)), key="a"),
    run(read(), asked(100, (1, 2, 3), (4.0, 1.0, 0.5)), key="b", place=1),
    run(read(), key="c", place=2),
)


def test_each_text_stands_under_its_name_and_loss():
    runs = run(wrote(2), losses=(4.0, 3.0)), run(wrote(1, " other", seed=2), key="b", place=1)
    sheet = side_by_side_figure(picture(*runs))
    first, second = sheet.blocks[0].paragraphs
    assert (first.head, first.aside, first.lead, first.text) == ("a", "loss 3.00", "Once", " upon a time")
    assert (second.head, second.aside, second.text, second.remark) == ("b", "", " other", "step 1, seed 2")
    assert [part.line[0] for part in (first, second)] == ["line1", "line2"]
    assert sheet.notes == ("Samples at different steps, same prompt, seeds differ.",)


def test_many_runs_go_on_below():
    runs = [run(wrote(1), key=name, place=place) for place, name in enumerate("abcdef")]
    assert side_by_side_figure(picture(*runs)).blocks[0].columns == 4


def test_a_probe_is_the_same_text_in_the_tokens_of_each():
    sheet = side_by_side_figure(picture(*PROBED, view="probe"))
    (tiles,) = sheet.blocks
    assert tiles.names == ("a  1.17", "b  1.83")
    assert [[tile.number for tile in row] for row in tiles.rows] == [[2.0, 1.0, 0.5], [4.0, 1.0, 0.5]]
    assert sheet.notes[0] == "Probe text at different steps, mean loss of its tokens in nats."
    assert sheet.notes[1:] == ("a: step 50.", "b: step 100.", "c: Nothing was asked yet.")


def test_where_nothing_can_be_shown_it_says_so():
    assert side_by_side_figure(picture()).empty == EMPTY
    assert side_by_side_figure(picture(run(), view="probe")).empty == NOTHING_ASKED


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("samples at step 3, tick another run in the library to compare", "Samples at step 3."),
        ("samples at step 3, same prompt", "Samples at step 3, same prompt."),
    ],
)
def test_a_subtitle_becomes_a_sentence_that_asks_for_nothing(said, told):
    assert sentence(said) == told
