"""Whatever a block holds, and however low the paper is: it is drawn inside its box, or said to be left out."""

import re
from collections.abc import Iterator

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from gui.export.flow.blocks import Flowing, height
from gui.export.page.compose import settings
from gui.export.page.drawing import Call, Drawing, perform, under
from gui.export.page.ink import PAGE
from gui.export.paper import Paper
from gui.export.sheet import Cell, Grid, Mosaic, Paragraph, Tiles, Words
from tests.gui.export.flowing import BOX, HARD, PAPER, drawn, grid, mosaic, said, tiles, words

TEXT = "Mira went to the mill. The mill was cold and she said the bread was to the river. " * 3
BLOCKS: dict[str, Flowing] = {
    "tokens": tiles(*TEXT.split(), title="Tokens", unit="nats"),
    "hard tokens": tiles(*HARD, title="$Title$"),
    "pieces": tiles(*HARD, joined=True),
    "named": Tiles((tiles("a", "b").rows[0],) * 2, ("amber-heron", "$" * 90), lines=(("line1", ()), ("line2", (9, 5)))),
    "texts": words(TEXT, TEXT, TEXT, TEXT, columns=3, title="Samples"),
    "hard texts": words(*HARD, " ".join(HARD)),
    "marked texts": Words((
        Paragraph(TEXT, "Once ", "a" * 200, False, "b" * 200, " the end", "remark " * 40, True, line=("line1", (2, 4))),
        Paragraph(TEXT, faint=True),
    )),
    "table": grid(*((name, "1,204", "3.25", "some words") for name in TEXT.split()), right=(1, 2), title="T"),
    "hard table": grid(*((text, "12") for text in HARD), right=(1,), ruled=(3,)),
    "wide table": grid(("a name", *("1,234,567",) * 14), right=tuple(range(1, 15))),
    "bars": Grid(("", "share"), ((Cell("a"), Cell("41 %", share=0.41)), (Cell("b"), Cell("100 %", share=9)))),
    "heads": mosaic(12, 12, chosen=(11, 11), title="Heads"),
}  # fmt: skip
EMPTY: dict[str, Flowing] = {
    "no tokens": Tiles(()), "an empty row": Tiles(((),)), "no texts": Words(()), "no rows": Grid((), ()),
    "heads only": Grid(("a", "b"), ()), "no maps": Mosaic(mosaic().values_RCYX[:0]),
}  # fmt: skip


@pytest.fixture(params=BLOCKS, name="block")
def each_block(request: pytest.FixtureRequest) -> Flowing:
    return BLOCKS[request.param]


def figure(made: list[Call], paper: Paper) -> Figure:
    width, high = paper.size
    page = Call("figure", "add_axes", ((0, 0, 1, 1),), {"xlim": (0, width), "ylim": (0, high)}, PAGE)
    set_in = {**settings(paper), "text.hinting": "none"}
    with under(set_in):
        drawing = perform(Drawing(width, high, set_in, (page, *made)))
        FigureCanvasAgg(drawing).draw()
    return drawing


def extents(made: Figure) -> Iterator[tuple[str, float, float, float, float]]:
    """Left, bottom, right and top of all words as they were really drawn, in millimetres."""
    mm = 25.4 / made.dpi
    for text in made.axes[0].texts:
        box = text.get_window_extent()
        yield text.get_text(), box.x0 * mm, box.y0 * mm, box.x1 * mm, box.y1 * mm


@pytest.mark.parametrize("paper", [PAPER, Paper(look="dark", preset="slide")], ids=["one column", "dark slide"])
@pytest.mark.parametrize("high", [50.0, 17.0])
def test_all_words_are_drawn_inside_the_box(block: Flowing, paper: Paper, high: float) -> None:
    share = paper.points / PAPER.points
    left, bottom, width, top = (share * edge for edge in (BOX[0], BOX[1], BOX[2], BOX[1] + high))
    paper = paper.model_copy(update={"height": 2 * top, "width": 2 * width})
    made = figure(drawn(block, (left, bottom, width, top - bottom), paper), paper)
    for text, x, y, x_end, y_end in extents(made):
        assert left - 0.5 <= x <= x_end <= left + width + 0.5 * share, text
        assert bottom - 0.5 * share <= y <= y_end <= top + 0.5 * share, text


def test_nothing_is_left_out_at_the_height_it_asks_for(block: Flowing) -> None:
    high = height(block, BOX[2], PAPER)
    cut = [text for text in said(drawn(block, (*BOX[:3], high))) if re.match(r"… and \d", text)]
    assert all(text.endswith("more columns") for text in cut)


@pytest.mark.parametrize("name", EMPTY)
def test_where_there_is_nothing_nothing_is_drawn(name: str) -> None:
    assert height(EMPTY[name], 80, PAPER) < 12
    drawn(EMPTY[name])


def test_no_room_at_all_draws_nothing(block: Flowing) -> None:
    made = drawn(block, (0, 0, 80, 0.0))
    assert not said(made)


def test_the_same_block_gives_the_same_calls(block: Flowing) -> None:
    assert repr(drawn(block)) == repr(drawn(block))


def test_nothing_in_a_text_is_obeyed() -> None:
    told = "".join(said(drawn(tiles(*HARD), (2, 3, 80, 500))))
    assert "$x^2$" in told
    assert "<script>" in told
    assert "U+202E" in told
    assert "U+0000" in told
    assert "\u202e" not in told
    assert "\u200b" not in told
    assert "\x00" not in told
