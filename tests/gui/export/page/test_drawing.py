"""A drawing leaves nothing behind, and stands on matplotlib's defaults alone."""

import threading

import matplotlib
import numpy as np

from gui.export.page.drawing import Call, Data, Drawing, perform, under

CALLS = (
    Call("figure", "add_axes", ((0.1, 0.1, 0.8, 0.8),), {"label": "plot"}, "plot"),
    Call("plot.spines.top", "set_visible", (False,)),
    Call("plot", "plot", (Data("x", np.arange(3.0)), Data("y", np.arange(3.0) ** 2)), {"color": "#102030"}),
)


def test_calls_are_made_in_order_on_what_earlier_ones_gave() -> None:
    figure = perform(Drawing(85.0, 60.0, {}, CALLS))
    (axes,) = figure.axes
    assert not axes.spines.top.get_visible()
    assert axes.spines.left.get_visible()
    assert axes.lines[0].get_ydata().tolist() == [0, 1, 4]
    assert axes.lines[0].get_color() == "#102030"
    assert (figure.get_size_inches() * 25.4).round(6).tolist() == [85.0, 60.0]


def test_settings_hold_while_it_is_drawn_and_not_later() -> None:
    with matplotlib.rc_context({"lines.linewidth": 9.0}):
        with under({"font.size": 3.0}):
            assert matplotlib.rcParams["font.size"] == 3.0
            assert matplotlib.rcParams["lines.linewidth"] == 1.5, "not what this computer is set to"
        assert matplotlib.rcParams["lines.linewidth"] == 9.0
        assert matplotlib.rcParams["font.size"] != 3.0


def test_two_threads_wait_for_each_other() -> None:
    inside, done = [], []

    def draw() -> None:
        with under({"font.size": 5.0}):
            inside.append(1)
            assert sum(inside) == 1
            perform(Drawing(40.0, 30.0, {"font.size": 6.0}, CALLS))
            inside.pop()
        done.append(1)

    threads = [threading.Thread(target=draw) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 4
