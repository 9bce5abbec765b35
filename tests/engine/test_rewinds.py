"""What was left behind, by number and step."""

import numpy as np
import pytest

from engine.events import Ended, Stepped
from engine.rewinds import LAST, Rewinds, Span, spans


@pytest.mark.parametrize(
    ("rewinds", "steps", "kept"),
    [
        ([], [1, 2, 3], [1, 2, 3]),
        ([(3, 1)], [1, 2, 3, 2, 3], [1, 2, 3]),  # numbers 1, 2, 3 came first
        ([(3, 2)], [1, 2, 3, 3], [1, 2, 3]),
        ([(2, 9), (4, 1)], [1, 2, 3, 4, 2], [1, 2]),
        ([], [1, 5, 2, 3], [1, 2, 3]),  # what went back is lost
    ],
)
def test_only_what_still_counts_is_kept(rewinds, steps, kept):
    numbers = np.arange(1, len(steps) + 1)
    found = Rewinds.of(np.array([number + 0.5 for number, _ in rewinds]), np.array([step for _, step in rewinds]))
    places = found.kept(Stepped, numbers, np.array(steps))
    assert np.array(steps)[places].tolist() == kept


def test_an_end_is_undone_by_going_back_to_its_own_step():
    rewinds = Rewinds.of(np.array([10]), np.array([5]))
    numbers, steps = np.array([1, 2, 11]), np.array([4, 5, 5])
    assert rewinds.kept(Ended, numbers, steps).tolist() == [0, 2]
    assert rewinds.kept(Stepped, numbers, steps).tolist() == [0, 1, 2]


def test_each_way_back_leaves_less_of_what_came_before():
    assert spans([]) == [Span(0, LAST, LAST)]
    assert spans([(30, 5), (20, 8)]) == [Span(0, 20, 5), Span(20, 30, 5), Span(30, LAST, LAST)]
    assert spans([(30, 8), (20, 5)], until=7) == [Span(0, 20, 5), Span(20, 30, 7), Span(30, LAST, 7)]
