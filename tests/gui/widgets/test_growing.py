"""What is worked out once is not worked out again."""

import numpy as np

from gui.widgets.growing import Growing


def test_only_what_is_new_is_asked_for():
    growing, asked = Growing(), []
    source = np.arange(5000.0)

    def doubled(length):
        def new(used):
            asked.append((used, length))
            return 2 * source[used:length]

        return new

    for length in (10, 10, 1024, 1025, 5000):
        assert np.array_equal(growing.until(length, doubled(length)), 2 * source[:length])
    assert asked == [(0, 10), (10, 1024), (1024, 1025), (1025, 5000)]


def test_views_that_were_given_out_stay_as_they_are():
    growing = Growing()
    early = growing.until(3, lambda used: np.array([1.0, 2.0, 3.0]))
    growing.until(9000, lambda used: np.zeros(9000 - used))
    assert early.tolist() == [1, 2, 3]
