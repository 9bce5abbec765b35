"""How the lines of runs are told apart, at any size."""

import pytest

from gui.theme import DARK, LIGHT, PROJECTOR, Theme
from gui.widgets.shown import DASHES, line_of


@pytest.mark.parametrize("theme", [LIGHT, DARK, PROJECTOR], ids=lambda theme: theme.name)
def test_many_runs_have_lines_of_their_own_in_four_hues(theme: Theme) -> None:
    lines = [line_of(place, theme) for place in range(4 * len(DASHES))]
    assert len(set(lines)) == len(lines)
    assert {line.colour for line in lines} == {theme.line1, theme.line2, theme.line3, theme.line4}


def test_the_first_runs_differ_in_their_dashes_for_copies_in_grey() -> None:
    dashes = {line_of(place, LIGHT).dash for place in range(len(DASHES))}
    assert len(dashes) == len(DASHES)


@pytest.mark.parametrize("theme", [PROJECTOR, LIGHT.at_lecture_size(1600)])
def test_dashes_are_as_long_as_a_line_is_thick(theme: Theme) -> None:
    thicker = theme.lines.curve / LIGHT.lines.curve
    assert thicker > 1
    assert line_of(1, theme).dash == pytest.approx([9 * thicker, 5 * thicker])
    assert line_of(0, theme).dash == ()
