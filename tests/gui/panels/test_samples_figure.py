"""Samples on paper: those that are shown, in their order, with the words they were given."""

import pytest

from gui.panels.samples import SamplesPanel
from gui.panels.samples_figure import EMPTY, samples_figure
from gui.panels.samples_picture import Samples, places_of
from tests.fakes import recording
from tests.gui.panels.test_samples import wrote

STEPS = (0, 10, 100, 1000, 2000, 3000, 4000)
WRITTEN = Samples(tuple(wrote(step, f" by {step}") for step in STEPS), now=3)


def told(samples=WRITTEN, columns=6):
    sheet = samples_figure(samples, columns)
    return sheet.blocks[0].paragraphs, sheet


@pytest.mark.parametrize("columns", [2, 4, 12])
def test_those_on_screen_are_on_paper(columns):
    paragraphs, sheet = told(columns=columns)
    assert [part.head for part in paragraphs] == [f"Step {STEPS[at]:,}" for at in places_of(WRITTEN, columns)]
    assert sheet.blocks[0].columns == min(columns, len(STEPS))
    assert f"{len(paragraphs)} of 7 shown." in sheet.notes[0]


def test_in_one_column_the_newest_is_on_top():
    assert [part.text for part in told(columns=1)[0]] == [f" by {step}" for step in reversed(STEPS)]


def test_the_one_of_the_step_is_strong_and_what_comes_later_is_faint():
    paragraphs, _ = told(columns=7)
    assert [part.strong for part in paragraphs] == [step == 1000 for step in STEPS]
    assert [part.faint for part in paragraphs] == [step > 1000 for step in STEPS]


def test_what_was_given_is_told_apart_from_what_was_written():
    filled = wrote(5, " mill", "There was a ___ by the sea.")
    (gap,), _ = told(Samples((filled,), 0, fills_gaps=True))
    assert (gap.lead, gap.text, gap.after) == ("There was a ", " mill", " by the sea.")
    (plain,), _ = told(Samples((filled,), 0))
    assert (plain.lead, plain.after) == (filled.prompt, "")


def test_how_they_were_made_is_said_with_the_prompt_as_it_is():
    _, sheet = told(Samples((wrote(5, prompt="Once Upon"),), 0))
    assert sheet.notes == ("Prompt Once Upon, temperature 0.8, top-k 40, top-p 0.95, seed 1, 1 of 1 shown.",)


def test_before_the_first_it_says_so():
    assert samples_figure(Samples((), -1), 6).empty == EMPTY


def test_on_screen_the_room_decides_and_elsewhere_the_option(qtbot):
    run, panel = recording(400), SamplesPanel()
    qtbot.addWidget(panel)
    for widget in panel.title_row():
        qtbot.addWidget(widget)
    panel.resize(400, 200)
    assert len(panel.on_paper(run, 400).blocks[0].paragraphs) == panel.options.side_by_side
    panel.show()
    panel.refresh(run, 400)
    assert len(panel.on_paper(run, 400).blocks[0].paragraphs) == panel.columns() < panel.options.side_by_side
