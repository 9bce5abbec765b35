"""The bars of guesses: which are shown, and how long they are."""

import pytest
from PySide6.QtCore import QPointF

from gui.theme import LIGHT, PROJECTOR
from gui.widgets.chance_bars import MOST_ROWS, Chance, ChanceBars, sentence

GUESSES = tuple(Chance(f"·word{n}", 0.5 / (n + 1), rank=n + 1) for n in range(10))
TRUTH = Chance("·late", 0.001, truth=True)


@pytest.fixture
def bars(qtbot):
    made = ChanceBars()
    qtbot.addWidget(made)
    made.resize(700, 90)
    return made


def run_length(bars, colour, row=0):
    """Pixels of `colour` along the middle of a row."""
    image = bars.grab().toImage()
    y = round(bars._place(row).center().y())
    return sum(image.pixelColor(x, y).name().upper() == colour for x in range(image.width()))


def test_as_many_guesses_as_there_is_room_for(bars):
    bars.show_chances("Next after", "Mira", GUESSES)
    assert bars.fitting() == GUESSES[:6]
    bars.resize(700, 400)
    assert bars.fitting() == GUESSES
    bars.resize(250, 90)
    assert bars.fitting() == GUESSES[:3]


def test_the_truth_always_has_a_place(bars):
    bars.show_chances("Next after", "Mira", (*GUESSES, TRUTH))
    assert bars.fitting() == (*GUESSES[:5], TRUTH)


def test_the_likeliest_being_the_truth_costs_no_place(bars):
    chances = (GUESSES[0]._replace(truth=True), *GUESSES[1:])
    bars.show_chances("Next after", "Mira", chances)
    assert bars.fitting() == chances[:6]


def test_a_sure_guess_fills_its_track_and_half_a_chance_half_of_it(bars):
    bars.show_chances("Next after", "", (Chance("a", 1.0, 1), Chance("b", 0.5, 2)))
    full = run_length(bars, LIGHT.bar, 0)
    half = run_length(bars, LIGHT.bar, 1)
    assert full > 50
    assert half == pytest.approx(full / 2, abs=3)


def test_the_truth_has_the_colour_of_the_truth(bars):
    bars.show_chances("Next after", "", (Chance("a", 0.5, 1, truth=True), Chance("b", 0.5, 2)))
    assert run_length(bars, LIGHT.line1, 0) > 20
    assert run_length(bars, LIGHT.line1, 1) == 0


def test_at_lecture_size_one_column_of_five(bars):
    bars.dress(PROJECTOR.at_lecture_size(1600))
    bars.resize(660, 460)
    bars.show_chances("", "", GUESSES)
    assert len(bars.fitting()) == MOST_ROWS


def test_what_is_under_the_pointer_is_told_exactly(bars):
    bars.show_chances("Next after", "Mira", (Chance("·a", 0.4132, 1), TRUTH))
    assert bars.sentence_at(bars._place(0).center()) == "“·a”: 41.3 %, guess 1."
    assert bars.sentence_at(QPointF(5, 500)) == ""
    assert sentence(TRUTH) == "“·late”: 0.1 %, not among the likeliest. This is what came."


def test_its_summary_is_there_for_a_screen_reader(bars):
    bars.show_chances("Next after", "Mira", GUESSES)
    assert "·word0" in bars.accessibleDescription()
