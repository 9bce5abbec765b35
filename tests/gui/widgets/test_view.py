"""What is on show follows the data until a person takes hold of it."""

import pytest

from gui.widgets.view import FARTHEST, Span, View

WHOLE = View(Span(0.0, 4.0), Span(1.0, 7.0))


def test_follows_what_grows():
    assert WHOLE.grown(Span(0.0, 5.0), Span(0.0, 7.0)).x == Span(0.0, 5.0)
    assert not WHOLE.held


def test_a_zoom_survives_what_grows_and_ends_with_follow():
    zoomed = WHOLE.zoomed(0.5, 0.5, 2.0, 4.0)
    grown = zoomed.grown(Span(0.0, 9.0), Span(0.0, 9.0))
    assert grown.held
    assert (grown.x, grown.y) == (zoomed.x, zoomed.y)
    assert grown.follow().x == Span(0.0, 9.0)


@pytest.mark.parametrize("factor", [0.3, 0.8, 1.2])
def test_what_is_under_the_pointer_stays_there(factor):
    x = WHOLE.zoomed(factor, 1, 1.0, 4.0).x
    assert (1.0 - x.low) / x.size == pytest.approx(0.25)
    assert x.size == pytest.approx(4 * factor)


def test_one_axis_alone_leaves_the_other_following():
    view = WHOLE.zoomed(0.5, 1, 2.0, 4.0).grown(Span(0.0, 4.0), Span(0.0, 8.0))
    assert view.y == Span(0.0, 8.0)


def test_a_move_by_nothing_holds_nothing():
    assert not WHOLE.panned(0.0, 0.0).held
    assert not WHOLE.zoomed(1, 1, 2.0, 4.0).held


def test_nobody_gets_lost():
    assert WHOLE.zoomed(1e9, 1e9, 2.0, 4.0).x.size == pytest.approx(FARTHEST * 4)
    assert WHOLE.zoomed(1e-30, 1, 2.0, 4.0).x.size > 0
    away = WHOLE.panned(1e9, -1e9)
    assert away.x.low < 4.0
    assert away.y.high > 1.0
