"""Tables fit the paper: numbers flush right, words broken between words, rows that have no room counted."""

from itertools import pairwise

import pytest

from gui.export.flow.blocks import height
from gui.export.flow.columns import Column, columns
from gui.export.flow.table import is_number
from gui.export.page.measure import width
from gui.export.sheet import Cell, Grid
from gui.theme import LIGHT
from tests.gui.export.flowing import BOX, PAPER, boxes, drawn, grid, places, said

ROWS = tuple((f"name {at}", f"{7**at:,}", "x") for at in range(5))


def test_numbers_end_at_the_same_place() -> None:
    where = places(drawn(grid(*ROWS, right=(1,))))
    ends = [where[row[1]][0] + width(row[1], 8) for row in ROWS]
    assert ends == pytest.approx([ends[0]] * 5, abs=0.001)
    assert len({where[row[0]][0] for row in ROWS}) == 1


def test_heads_stand_over_their_columns_and_a_line() -> None:
    made = drawn(grid(*ROWS))
    where = places(made)
    assert where["Head 0"][0] == where["name 0"][0]
    assert where["Head 2"][0] == where["x"][0]
    [line] = [call for call in made if call.method == "plot"]
    assert where["Head 0"][1] > line.arguments[1][0] > where["name 0"][1]


def test_words_without_room_go_on_below() -> None:
    made = drawn(grid(("a setting with a long name", *("1,234,567",) * 5), right=(1, 2, 3, 4, 5)))
    parts = [text for text in said(made) if text[0].islower()]
    assert " ".join(parts) == "a setting with a long name"
    assert len(parts) > 1
    assert len({places(made)[part][0] for part in parts}) == 1


def test_a_short_row_goes_on_to_the_end_and_widens_no_column() -> None:
    remark = "A remark longer than its column"
    where = places(drawn(Grid(("a", "b", "c"), (*grid(*ROWS).rows, (Cell(remark),)))))
    plain = places(drawn(Grid(("a", "b", "c"), grid(*ROWS).rows)))
    assert remark in where
    assert where["x"][0] == plain["x"][0]


def test_rules_bars_and_lines_of_runs() -> None:
    block = Grid(("", "run"), ((Cell("a"), Cell("20 %", share=0.2)), (Cell("b"), Cell("80 %", share=0.8))), ruled=(1,),
                 lines=(("", ()), ("line2", (9, 5))))  # fmt: skip
    made = drawn(block)
    strokes = [call.named["color"] for call in made if call.method == "plot"]
    assert sorted(strokes) == sorted([LIGHT.line, LIGHT.edge, LIGHT.line2])
    small, large = boxes(made)
    assert large[2] - large[0] == pytest.approx(4 * (small[2] - small[0]), rel=0.01)
    assert small[4] == LIGHT.bar.lower()


def test_type_gets_smaller_before_rows_are_left_out() -> None:
    block = grid(*ROWS, *ROWS)
    made = drawn(block, (*BOX[:3], 0.75 * height(block, 80, PAPER)))
    assert said(made).count("x") == 10
    assert max(call.named["size"] for call in made if call.method == "text") < PAPER.points


def test_rows_without_room_are_counted() -> None:
    rows = tuple((f"name {at}", "1") for at in range(40))
    made = said(drawn(grid(*rows), (*BOX[:3], 30)))
    shown = sum(text.startswith("name") for text in made)
    assert 0 < shown < 40
    assert made[-1] == f"… and {40 - shown} more rows"


def test_too_many_columns_are_set_in_smaller_type() -> None:
    made = drawn(grid(("1,234,567",) * 6, right=tuple(range(6))))
    sizes = {call.named["size"] for call in made if call.method == "text"}
    assert max(sizes) < PAPER.points
    where = [call.arguments for call in made if call.method == "text" and call.arguments[2] == "1,234,567"]
    assert where[-1][0] + width("1,234,567", max(sizes)) <= BOX[0] + BOX[2] + 0.02


def test_columns_without_room_in_the_smallest_type_are_counted() -> None:
    made = said(drawn(grid(("1,234,567",) * 20, right=tuple(range(20)))))
    assert made[-1] == f"… and {20 - made.count('1,234,567')} more columns"
    assert made.count("1,234,567") > 5


@pytest.mark.parametrize(("text", "number"), [("41 %", True), ("<0.1 %", True), ("-3", True), ("", True), ("–", True),
                                              ("name", False), ("a1", False)])  # fmt: skip
def test_what_is_a_number(text: str, number: bool) -> None:
    assert is_number(text) == number


@pytest.mark.parametrize("room", [30.0, 60.0, 100.0, 300.0])
def test_columns_never_overlap_and_fill_no_more_than_there_is(room: float) -> None:
    made = columns([Column(40, 10, 40), Column(8, 8, 8), Column(20, 5, 60)], room, 1.0)
    assert made.end <= room + 1e-6
    assert all(left + one < other for (left, one), other in zip(pairwise_starts(made), made.lefts[1:], strict=True))
    assert made.widths[1] == 8


def pairwise_starts(made: object) -> list[tuple[float, float]]:
    return list(zip(made.lefts[:-1], made.widths[:-1], strict=True))  # type: ignore[attr-defined]


def test_the_widest_column_gives_way_first() -> None:
    assert columns([Column(40, 10, 40), Column(12, 5, 12)], 40, 1.0).widths == pytest.approx((26.6, 12), abs=0.01)
    assert all(one <= other for one, other in pairwise(columns([Column(9, 1, 9), Column(40, 1, 40)], 30, 1.0).widths))


def test_no_column_is_dropped_as_long_as_words_can_be_broken() -> None:
    rows = (("exact copies left out", "1,204"), ("documents of this text", "3"))
    made = said(drawn(grid(*rows, right=(1,)), (2, 3, 26, 50)))
    assert "1,204" in made
    assert not any("more" in text for text in made)


def test_what_is_left_out_is_counted_in_the_room_there_is() -> None:
    narrow = (0.0, 0.0, 12.0, 100.0)
    words = said(drawn(grid(("1,234,567",) * 9, right=tuple(range(9))), narrow))[-1]
    assert words.startswith("… +")
    assert width(words, PAPER.points) <= 12.0
