"""What stands on a page stands inside it, in words that can be drawn, with nothing over anything else."""

import warnings
from itertools import combinations

import numpy as np
import pytest

from gui.export.page.compose import compose
from gui.export.page.drawing import Call, Drawing, perform, under
from gui.export.paper import SIZES, Paper
from gui.export.sheet import Axis, Curve, Flag, Heat, Level, Plot, Points, Row, Sheet
from tests.gui.export.sheets import LOSSES, STEPS, curve, everything, loss, sheet_of

LOOKS = [{"preset": preset, "look": look} for preset in SIZES for look in ("light", "dark")]


def words(drawing: Drawing) -> list[str]:
    """All that is written on the page and on axes."""
    said = [call.arguments[2] for call in drawing.calls if call.method == "text"]
    return said + [label for call in drawing.calls for label in call.named.get("labels", ())]


def texts(drawing: Drawing):
    """Each text that is drawn, with its box in pixels, and the width and height of the page."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.text import Text

    with under(drawing.settings), warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = perform(drawing)
        figure.set_dpi(100)
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        renderer = canvas.get_renderer()
        found = [text for text in figure.findobj(Text) if text.get_text() and text.get_visible()]
        return [(text.get_text(), inked(text, renderer)) for text in found], canvas.get_width_height()


def inked(text, renderer):
    """The box of a text without the room above and below its letters."""
    box = text.get_window_extent(renderer)
    upright = text.get_rotation() == 90
    less = 0.15 * (box.width if upright else box.height)
    return box.padded(-less, 0) if upright else box.padded(0, -less)


@pytest.mark.parametrize("chosen", LOOKS)
@pytest.mark.parametrize("sheet", [loss(), everything()], ids=["loss", "everything"])
def test_no_words_leave_the_page_or_lie_on_others(sheet, chosen) -> None:
    found, (width, height) = texts(compose(sheet, Paper(**chosen, title=True)))
    assert len(found) > 10
    for said, box in found:
        inside = box.x0 >= -1 and box.y0 >= -1 and box.x1 <= width + 1 and box.y1 <= height + 1
        assert inside, said
    for (one, a), (other, b) in combinations(found, 2):
        wide, high = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        assert wide <= 1 or high <= 1, f"“{one}” lies on “{other}”"


def test_the_same_sheet_gives_the_same_calls() -> None:
    one, other = (compose(everything(), Paper()) for _ in range(2))
    assert str(one) == str(other)


def test_axes_say_what_they_show_in_which_unit() -> None:
    said = words(compose(loss(), Paper()))
    assert {"Loss (nats per token)", "Step", "1", "10", "100", "1,000"} <= set(said)


def test_layers_legend_and_title_can_be_left_out() -> None:
    whole, bare = (
        set(words(compose(loss(), paper)))
        for paper in (Paper(title=True), Paper(hidden=("floors", "validation"), legend=False))
    )
    assert {"Loss", "training", "validation", "unigram"} <= whole
    assert not {"Loss", "training", "validation", "unigram"} & bare


def test_a_zoomed_plot_is_drawn_as_seen_or_whole() -> None:
    whole = (Axis("Step", low=0.0, high=3000.0), Axis("Loss", "nats", 0.0, 7.5))
    zoomed = sheet_of(curve(), x=Axis("Step", low=100.0, high=200.0), whole=whole)
    limits = [
        next(call.arguments for call in compose(zoomed, paper).calls if call.method == "set_xlim")
        for paper in (Paper(), Paper(range="whole"))
    ]
    assert limits == [(100.0, 200.0), (0.0, 3000.0)]


def test_an_empty_sheet_says_why() -> None:
    assert words(compose(Sheet("Loss", "Loss", (), "There is no loss yet."), Paper())) == ["There is no loss yet."]


def test_what_is_no_number_is_a_gap_and_is_said() -> None:
    y = np.where((STEPS > 50) & (STEPS < 60), np.inf, LOSSES)
    drawing = compose(sheet_of(curve(y=y)), Paper())
    line = next(call for call in drawing.calls if call.method == "plot" and len(call.arguments[0]) == 2)
    assert any("Gaps" in said and "9 of training" in said for said in words(drawing))
    x, values = (data.values for data in line.arguments)
    assert not np.isinf(values).any()
    assert np.isnan(values[(x > 51) & (x < 59)]).all()


def test_what_comes_after_the_step_on_show_is_faint() -> None:
    lines = [
        call
        for call in compose(sheet_of(curve(live=1000)), Paper()).calls
        if call.on == "plot1" and call.method == "plot"
    ]
    assert len(lines) == 2
    later, past = sorted(lines, key=lambda call: call.named["zorder"])
    assert later.arguments[0].values[0] == pytest.approx(1000, abs=5)
    assert past.arguments[0].values[-1] == pytest.approx(1000)
    assert later.named["color"] != past.named["color"] == "#0072B2"


def test_close_floors_move_apart_and_too_many_are_folded() -> None:
    levels = [Level(f"floor {place}", 1.0 + place / 1000) for place in range(200)]
    names = [
        call
        for call in compose(sheet_of(*levels, curve()), Paper()).calls
        if call.method == "text" and "floor" in call.arguments[2]
    ]
    heights = sorted(call.arguments[1] for call in names)
    assert 1 < len(names) < 25
    assert any("+" in call.arguments[2] for call in names)
    assert min(np.diff(heights)) > 2.5


def test_a_long_legend_stands_over_the_plot_and_covers_no_curve() -> None:
    curves = [
        Curve(f"a run with a long name {place}", STEPS, place + 3 * (STEPS % 2), f"line{place + 1}")
        for place in range(4)
    ]
    drawing = compose(sheet_of(*curves), Paper())
    axes = next(call for call in drawing.calls if call.gives == "plot1").arguments[0]
    top = (axes[1] + axes[3]) * drawing.height
    names = [call for call in drawing.calls if call.method == "text" and "long name" in call.arguments[2]]
    assert len(names) == 4
    assert all(call.arguments[1] > top for call in names)


@pytest.mark.parametrize(
    "strange",
    [
        sheet_of(),
        sheet_of(Curve("one", np.array([5.0]), np.array([2.0]), "line1", ring=True)),
        sheet_of(Curve("none", np.empty(0), np.empty(0), "line1", ring=True, live=0)),
        sheet_of(Curve("nan", STEPS, np.full(3000, np.nan), "line1", smooth=True, reach=True)),
        sheet_of(Curve("below", STEPS - 100, LOSSES, "line1")),
        sheet_of(curve(), x=Axis("Step", low=7.0, high=7.0), y=Axis("Loss", low=1e-30, high=1e30, log=True)),
        sheet_of(Points("p", np.array([np.nan, -5.0]), np.array([1.0, np.inf]), "line1", words=("a", "b"))),
        sheet_of(Flag(np.nan, "x"), Flag(5.0, "y", np.nan, "stop"), Level("l", np.nan), curve(name="n" * 500)),
        sheet_of(curve(), title="t" * 500, y=Axis("y" * 300, low=0.0, high=1.0)),
        Sheet(
            "s", "t" * 900, (Row((Plot(Axis("x", bare=True), Axis("y", bare=True), ()),) * 3),) * 5, notes=("n" * 4000,)
        ),
    ],
)
@pytest.mark.parametrize("paper", [Paper(title=True), Paper(preset="own", width=10, height=8, type=20)])
def test_strange_sheets_are_drawn_without_a_warning(strange, paper) -> None:
    found, _ = texts(compose(strange, paper))
    assert all(np.isfinite(box.extents).all() for _, box in found)


def test_no_call_needs_more_than_plain_values() -> None:
    def plain(value: object) -> bool:
        match value:
            case dict():
                return all(map(plain, value.values()))
            case list() | tuple():
                return all(map(plain, value))
            case _:
                return isinstance(value, bool | int | float | str | np.ndarray | None)

    for call in compose(everything(), Paper()).calls:
        assert isinstance(call, Call)
        assert plain(call.arguments), call
        assert plain(dict(call.named)), call


@pytest.mark.parametrize("wide", range(78, 120, 6))
def test_the_title_beside_long_names_of_a_square_map_stays_on_the_page(wide) -> None:
    names = tuple(f"·anticonstitutional{place}" for place in range(17))
    heat = Heat("shares", np.eye(17), 0.0, 1.0, names, names, scale="share")
    plot = Plot(Axis("Key", "", -0.5, 16.5), Axis("Query token", "", 16.5, -0.5), (heat,), square=True)
    paper = Paper(preset="own", width=wide, height=150.0)
    found, _ = texts(compose(Sheet("A", "A", (Row((plot,)),)), paper))
    (box,) = (box for said, box in found if said == "Query token")
    assert box.x0 >= -1


@pytest.mark.parametrize("points", range(8, 24, 3))
def test_legends_and_folded_floors_stay_on_a_narrow_page(points) -> None:
    levels = (Level(f"{place}-gram", 1.0 + place / 100, "1.00") for place in range(9))
    lines = (curve(f"training, mean of 20 steps, {place}") for place in range(5))
    paper = Paper(preset="own", width=40, height=60, type=points)
    found, (width, _) = texts(compose(sheet_of(*levels, *lines), paper))
    assert min(box.x0 for _, box in found) >= -1
    assert max(box.x1 for _, box in found) <= width + 1
