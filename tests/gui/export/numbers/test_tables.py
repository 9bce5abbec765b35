"""The tables behind a sheet hold every number of it in full, each beside what it belongs to."""

import numpy as np
import pytest

from gui.export.numbers.table import Table
from gui.export.numbers.tables import tables
from gui.export.sheet import Axis, Bars, Curve, Heat, Plot, Points, Sheet
from tests.gui.export.given import ALL, LOSS, LOSS_PLOT, STEPS, VALIDATED, sheet


def by_name(table: Table) -> dict[str, list[object]]:
    return {column.head: list(column.values) for column in table.columns}


def plot_of(*lines: tuple[str, np.ndarray]) -> Plot:
    return Plot(Axis("x"), Axis("y"), tuple(Curve(name, x, np.arange(float(len(x))), "line1") for name, x in lines))


def test_lines_along_the_same_steps_stand_in_one_table_with_holes():
    losses, levels, happened = tables(sheet(LOSS_PLOT))
    step, training, validation = losses.columns
    assert (losses.name, step.head, training.head) == ("Loss", "Step", "training (nats per token)")
    assert step.values.dtype == np.int64
    np.testing.assert_array_equal(step.values, STEPS)
    np.testing.assert_array_equal(training.values, LOSS)
    assert validation.values[[0, 3, 7]].tolist() == [3.5, 2.25, 1.5]
    assert np.isnan(validation.values[[1, 2, 4, 5, 6]]).all()
    assert by_name(levels) == {"level": ["uniform"], "Loss (nats per token)": [6.9]}
    assert by_name(happened) == {"Step": [4, 8], "kind": ["flag", "note"], "event": ["beats chance", "a note"]}


def test_the_visible_range_is_what_lies_between_the_ends_of_the_axis():
    losses, levels, happened = tables(sheet(LOSS_PLOT), whole=False)
    assert by_name(losses)["Step"] == [2, 3, 4, 5, 6, 7]
    assert losses.columns[2].values[2] == 2.25
    assert levels.rows == 1
    assert by_name(happened)["Step"] == [4]
    backwards = LOSS_PLOT._replace(x=LOSS_PLOT.x._replace(low=7, high=2))
    assert tables(sheet(backwards), whole=False)[0].rows == 6


def test_a_range_with_nothing_in_it_has_no_table_of_lines():
    nowhere = LOSS_PLOT._replace(x=Axis("Step", low=100, high=200))
    assert [table.name for table in tables(sheet(nowhere), whole=False)] == ["levels"]


@pytest.mark.parametrize(
    ("other", "together"),
    [
        (VALIDATED, True),
        (np.array([0.0, 4.0, 8.0]), True),  # one before the first step
        (np.array([0.5, 4.5, 8.5]), False),  # seconds
        (np.array([4.0, 4.0, 8.0]), False),  # two values at one place
        (np.empty(0), None),
    ],
)
def test_lines_with_other_places_have_tables_of_their_own(other, together):
    made = tables(sheet(plot_of(("a", STEPS), ("b", other))))
    assert len(made) == (2 if together is False else 1)
    if together:
        assert set(by_name(made[0])["x"]) == {*STEPS, *other}
        found = dict(zip(by_name(made[0])["x"], by_name(made[0])["b"], strict=True))
        assert [found[place] for place in other] == [0, 1, 2]
    if together is False:
        assert by_name(made[1]) == {"x": list(other), "b": [0, 1, 2]}


def test_no_two_columns_and_no_two_tables_are_called_the_same():
    plot = plot_of(("x", STEPS), ("a", STEPS), ("a", STEPS))
    first, second = tables(sheet(plot, plot))
    assert list(by_name(first)) == ["x", "x 2", "a", "a 2"]
    assert first.name != second.name


def test_everything_else_has_its_numbers_too():
    made = {table.name: by_name(table) for table in tables(sheet(*ALL))}
    assert made["before"] == {"Token": ["a", "b", "c"], "before (%)": [1, 2, 3], "after (%)": [3, 2, 1]}
    heat = made["attention"]
    assert heat["row"] == [0, 0, 1, 1]
    assert heat["Query"] == ["x", "x", "y", "y"]
    assert heat["Key"] == ["x", "y", "x", "y"]
    assert heat["share"][2:] == [0.25, 0.75]
    assert np.isnan(heat["share"][1])
    assert made["runs"] == {"Size (kB)": [1.5, 2.5], "Time (s)": [3, 4], "words": ["one", "two"]}
    assert made["Cost"]["seeds, high (s)"] == list(STEPS + 1)
    assert made["Loss 2"]["name"] == ["run 1", "run 1", "run 2"]
    assert made["Loss 2"]["token"] == ["ab", "c", "d"]
    assert made["Loss 2"]["number (nats)"][0] == 1.2512345
    assert made["Loss 3"] == {"head": ["Step 1", ""], "given": ["the cat ", ""], "text": ["ran far", "sat"]}
    assert made["Loss 5"]["map row"][-1] == "2"
    assert made["Loss 5"]["value"] == list(range(16))


def test_bars_between_edges_and_maps_over_a_stretch_say_from_where_to_where():
    edges = np.array([0.0, 2.0, 8.0])
    counted = Bars("documents", np.array([3.0, 4.0]), "bar", upright=True, edges=edges)
    seen = Heat("seen", np.array([[1.0, 2.0]]), 0, 2, ("Stories",), span=(0.0, 100.0))
    bars, heat = tables(
        sheet(Plot(Axis("Size", "kB"), Axis("Documents"), (counted,)), Plot(Axis("Part", "%"), Axis("Text"), (seen,)))
    )
    assert by_name(bars) == {"Size, from (kB)": [0, 2], "Size, below (kB)": [2, 8], "documents": [3, 4]}
    assert by_name(heat)["Part, from (%)"] == [0, 50]
    assert by_name(heat)["Part, below (%)"] == [50, 100]


def test_points_beside_names_say_the_names():
    plot = Plot(
        Axis("Bytes"), Axis("Language", names=("de", "en")), (Points("a", np.ones(2), np.array([1, 0]), "bar"),)
    )
    assert by_name(tables(sheet(plot))[0]) == {"Bytes": [1, 1], "Language": ["en", "de"]}


def test_a_table_keeps_the_words_where_there_is_no_number():
    grid = next(by_name(table) for table in tables(sheet(*ALL)) if table.name == "Loss 4")
    assert list(grid) == ["Run", "Loss", "Loss, in words", "Tokens"]
    assert grid["Run"] == ["a", "b", "seeds of a"]
    assert grid["Loss"][0] == 1.2512345
    assert grid["Loss, in words"] == ["1.25", "unknown", ""]
    assert np.isnan(grid["Tokens"][1])


def test_all_columns_of_a_table_are_of_one_length():
    for table in tables(sheet(*ALL)):
        assert {len(column.values) for column in table.columns} == {table.rows}


def test_an_empty_sheet_has_no_table():
    assert tables(Sheet("Loss", "Loss", (), empty="Press play.")) == ()
    assert tables(sheet(LOSS_PLOT)._replace(empty="Press play.")) == ()
    assert tables(sheet(plot_of(("a", np.empty(0))))) == ()
