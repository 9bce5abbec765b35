"""The predictions on paper are those of the screen: the same place, chances and losses."""

import numpy as np
import pytest

from engine.events import SentencePredicted
from engine.settings import Settings
from gui.export.numbers.tables import tables
from gui.export.page.compose import compose
from gui.export.paper import Paper
from gui.export.sheet import Curve
from gui.panels.predictions_figure import EMPTY, predictions_figure
from gui.panels.predictions_picture import Choice, predictions
from gui.theme import MOSTLY_INK
from tests.fakes import recording

RUN, MASKED = recording(100), recording(100, Settings(objective="masked"))
TOKENS = RUN.latest(SentencePredicted).tokens_T.tobytes()


def told(run=RUN, step=100, source="sentence", place=None, guesses=10):
    choice = None if place is None else Choice(source, TOKENS, place)
    picture = predictions(run, step, source, guesses, choice)
    return picture, predictions_figure(picture)


def strip(sheet):
    return sheet.rows[0].blocks[0].rows[0]


@pytest.mark.parametrize("place", [0, 3, 12])
def test_the_chosen_token_is_framed_and_its_guesses_are_drawn(place):
    picture, sheet = told(place=place)
    assert [at for at, tile in enumerate(strip(sheet)) if tile.ring] == [place]
    guesses, history = sheet.plots
    (bars,) = guesses.marks
    assert np.allclose(bars.values / 100, [row.chance for row in picture.chances])
    assert guesses.y.names == tuple(row.text for row in picture.chances)
    assert (guesses.x.low, guesses.x.high, guesses.x.unit) == (0, 100, "%")
    assert [picture.chances[at].truth for at in bars.strong] == [True]
    assert (history.y.title, history.y.unit) == (f"Loss of {picture.tiles[place].text}", "nats")
    assert bars.fewer


def test_fewer_guesses_on_screen_are_fewer_on_paper():
    picture, sheet = told(guesses=2)
    assert len(sheet.plots[0].marks[0].values) == len(picture.chances) <= 3


def test_a_token_has_the_number_and_the_tint_of_its_loss():
    picture, sheet = told()
    for tile, drawn in zip(picture.tiles[:-1], strip(sheet), strict=False):
        assert drawn.text == tile.text
        assert drawn.number == tile.loss
        assert drawn.under == f"{tile.loss:.1f}"
        assert drawn.tint == pytest.approx(min(MOSTLY_INK, MOSTLY_INK * (tile.loss / 6) ** 0.85))


def test_the_blank_after_the_text_has_no_loss_and_no_history():
    picture, sheet = told(place=len(told()[0].tiles) - 1)
    assert strip(sheet)[-1].ring
    assert strip(sheet)[-1].under == ""
    assert len(sheet.plots) == 1
    assert picture.chances


def test_what_came_after_the_step_on_show_is_faint_in_the_history():
    picture, sheet = told(step=50)
    curve, point = sheet.plots[1].marks
    assert curve.live == np.searchsorted(picture.history.steps, picture.history.step, side="right") < len(curve.x)
    assert point.y[0] == curve.y[curve.live - 1]


def test_of_a_batch_with_hidden_tokens_only_these_have_numbers():
    picture, sheet = told(MASKED, source="batch")
    assert [bool(tile.under) for tile in strip(sheet)] == [bool(np.isfinite(tile.loss)) for tile in picture.tiles]
    assert sheet.plots[0].y.title == "Hidden token"
    assert sheet.title == "Predictions of hidden tokens"


def test_a_token_that_was_not_asked_for_has_no_guesses():
    batch = predictions(MASKED, 100, "batch", 10, None)
    picture = predictions(MASKED, 100, "batch", 10, Choice("batch", batch.tokens, 0))
    assert not picture.chances
    sheet = predictions_figure(picture)
    assert not sheet.plots
    assert "not asked for" in sheet.notes[0]


def test_the_step_of_the_look_is_told():
    picture, sheet = told(step=77)
    assert 0 < picture.step <= 77
    assert f"Step {picture.step:,}." in sheet.notes[0]


def test_before_the_first_look_it_says_so():
    assert predictions_figure(None).empty == EMPTY


def test_a_look_at_step_0_is_told_as_such_and_drawn_at_the_lower_end():
    _, sheet = told()
    (line,) = (mark for mark in sheet.plots[1].marks if isinstance(mark, Curve))
    assert line.x[0] == 0
    drawn = compose(sheet, Paper())
    (places,) = (
        call.arguments[0].values
        for call in drawn.calls
        if call.method == "plot" and call.arguments[0].name == f"{line.name} x"
    )
    assert places[0] == 1.0
    (table,) = (one for one in tables(sheet, whole=False) if one.columns[1].name.startswith("loss of"))
    assert table.columns[0].values[0] == 0
