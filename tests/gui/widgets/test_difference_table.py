"""The table of differences: its columns, what stays where it is, what it says and what is copied."""

import pytest
from PySide6.QtCore import QPointF, Qt

from gui.theme import DARK, LIGHT
from gui.widgets.difference_table import Cell, DifferenceTable, Head, Row

MANY = tuple(Head(f"run {place}", place, f"run {place}.") for place in range(12))
ROWS = (
    Row("Seed", tuple(Cell(f"{place}", place == 1, f"Seed of run {place}.") for place in range(12)), says="Same."),
    Row("21 settings are equal", says="Layers 4."),
    Row("Loss", unit="nats per token", strong=True, ruled=True),
    Row("Last", tuple(Cell("1.91 ± 0.03") for _ in range(12))),
)


@pytest.fixture
def table(qtbot):
    made = DifferenceTable("Runs")
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show()
    made.show_table(MANY, ROWS)
    return made


def few(table, count):
    table.show_table(MANY[:count], tuple(row._replace(cells=row.cells[:count]) for row in ROWS))


def test_columns_end_at_the_right_edge_where_there_is_room(table):
    few(table, 2)
    assert table.column(1).right() == pytest.approx(table.viewport().width())
    assert table.horizontalScrollBar().maximum() == 0
    assert table.column(0).right() == pytest.approx(table.column(1).left())


def test_many_columns_are_scrolled_and_the_names_of_the_rows_stay(table):
    before = table.column(0).left()
    bar = table.horizontalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())
    assert table.column(0).left() < before
    assert table.column(11).right() == pytest.approx(table.viewport().width(), abs=1)
    left = table.boxes()[0].center()
    assert table.says_at(QPointF(4, left.y())) == "Same."


def test_it_says_what_is_under_the_pointer(table):
    few(table, 2)
    middle = table.boxes()[0].center().y()
    assert table.says_at(QPointF(table.column(1).right() - 2, middle)) == "Seed of run 1."
    assert table.says_at(QPointF(table.column(0).right() - 2, 10)) == "run 0."
    assert table.says_at(QPointF(table.column(0).right() - 2, table.boxes()[1].center().y())) == "Layers 4."
    assert table.says_at(QPointF(4, 10)) == ""


def test_rows_are_scrolled_only_where_they_cannot_give_way(table):
    assert table.verticalScrollBar().maximum() == 0
    table.resize(400, 110)
    assert table.verticalScrollBar().maximum() > 0


def test_it_is_copied_with_tabs_and_no_name_becomes_a_formula(table):
    heads = (Head("=cmd()", 0, ""), Head("b", 1, ""))
    table.show_table(heads, (Row("Seed", (Cell("1"), Cell("1–5")), "unit"), Row("2 settings are equal")))
    assert table.text() == "\t'=cmd()\tb\nSeed, unit\t1\t1–5\n2 settings are equal"


def test_the_arrows_are_its_own_while_it_has_the_focus(table, qtbot):
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Right)
    assert table.horizontalScrollBar().value() > 0


def test_it_reads_itself_aloud(table):
    few(table, 2)
    assert table.accessibleDescription().startswith("Seed: 0, 1. 21 settings are equal. Loss nats per token.")


def test_a_theme_changes_how_it_looks(table):
    light = table.grab().toImage()
    table.dress(DARK)
    assert table.grab().toImage() != light
    table.dress(LIGHT)
    assert table.grab().toImage() == light
