"""Files of numbers read back as the very numbers, in any program and in any country."""

import csv
import json
import locale
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.trouble import Trouble
from gui.export.numbers.writing import NUMBER_FORMS, NumberForm, number_paths, write_numbers
from gui.export.sheet import Axis, Cell, Curve, Grid, Plot, Sheet
from tests.gui.export.given import ALL, HOSTILE, LOSS, LOSS_PLOT, ORIGIN, sheet


def write(sheet: Sheet, form: NumberForm, path: Path, **how: bool) -> tuple[Path, ...]:
    work = write_numbers(sheet, ORIGIN, form, path, **how)
    shares = []
    while True:
        try:
            shares.append(next(work))
        except StopIteration as done:
            assert shares == sorted(shares)
            assert shares[-1] == pytest.approx(1)
            return done.value


def rows(path: Path, tab: bool = False) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t" if tab else ","))


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_cells_hold_all_digits_and_nothing_where_there_is_none(tmp_path, form):
    paths = write(sheet(LOSS_PLOT), form, tmp_path / f"fox.{form}")
    assert [path.name for path in paths] == [f"fox.{form}", f"fox-2-levels.{form}", f"fox-3-events.{form}"]
    head, *cells = rows(paths[0], form == "tsv")
    assert head == ["Step", "training (nats per token)", "validation (nats per token)"]
    assert [row[0] for row in cells] == [str(step) for step in range(1, 9)]
    assert [row[1] for row in cells] == ["3.0", "2.5", "", "2.0", "0.30000000000000004", "inf", "1.0", "1e-300"]
    np.testing.assert_array_equal([float(row[1] or "nan") for row in cells], LOSS)


def test_json_holds_all_tables_with_units_and_where_they_came_from(tmp_path):
    (path,) = write(sheet(LOSS_PLOT), "json", tmp_path / "fox.json", whole=False)
    told = json.loads(path.read_text(encoding="ascii"), parse_constant=pytest.fail)
    assert (told["run"], told["step"], told["settings"]) == ("amber-heron", 2418, "0123456789ab")
    assert (told["range"], told["notes"]) == ("visible", ["a note"])
    losses, levels, _ = told["tables"]
    assert losses["columns"][0] == {"name": "Step", "values": [2, 3, 4, 5, 6, 7]}
    training = [2.5, None, 2.0, 0.1 + 0.2, None, 1.0]
    assert losses["columns"][1] == {"name": "training", "unit": "nats per token", "values": training}
    assert levels["name"] == "levels"


def test_parquet_has_types_nulls_and_where_it_came_from(tmp_path):
    from pyarrow.parquet import read_table

    paths = write(sheet(LOSS_PLOT), "parquet", tmp_path / "fox.parquet")
    assert len(paths) == 3
    table = read_table(paths[0])
    assert [str(kind) for kind in table.schema.types] == ["int64", "double", "double"]
    assert table.column(1).to_pylist() == [None if value != value else value for value in LOSS.tolist()]
    assert table.schema.field(1).metadata == {b"unit": b"nats per token"}
    assert json.loads(table.schema.metadata[b"terrarium"])["run"] == "amber-heron"


def test_without_pyarrow_it_is_said_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(Trouble) as raised:
        write(sheet(LOSS_PLOT), "parquet", tmp_path / "fox.parquet")
    assert "lm-terrarium[data]" in raised.value.advice
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("form", NUMBER_FORMS)
def test_everything_can_be_written_and_the_paths_are_known_beforehand(tmp_path, form, whole):
    known = number_paths(sheet(*ALL), form, tmp_path / f"all.{form}", whole)
    assert write(sheet(*ALL), form, tmp_path / f"all.{form}", whole=whole) == known
    assert set(tmp_path.iterdir()) == set(known)


def hostile() -> Sheet:
    return sheet(Grid(("text", *HOSTILE), tuple((Cell(words),) * (1 + len(HOSTILE)) for words in HOSTILE)))


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_no_cell_of_words_is_a_formula_and_none_breaks_the_table(tmp_path, form):
    (path,) = write(hostile(), form, tmp_path / f"bad.{form}")
    assert path.read_bytes().decode()
    cells = rows(path, form == "tsv")
    assert {len(row) for row in cells} == {1 + len(HOSTILE)}
    assert len(cells) == 1 + len(HOSTILE)
    assert not [cell for row in cells for cell in row if cell[:1] in ("=", "+", "-", "@")]
    if form == "tsv":
        assert len(path.read_text(encoding="utf-8").split("\n")) == len(cells) + 1


def test_words_of_strangers_come_back_from_json_and_parquet(tmp_path):
    from pyarrow.parquet import read_table

    (path,) = write(hostile(), "json", tmp_path / "bad.json")
    assert tuple(json.loads(path.read_bytes())["tables"][0]["columns"][0]["values"]) == HOSTILE
    (path,) = write(hostile(), "parquet", tmp_path / "bad.parquet")
    kept = read_table(path).column(0).to_pylist()
    assert [word for word in kept if word in HOSTILE] == [word for word in HOSTILE if word != "\udcff"]


def test_a_country_of_decimal_commas_changes_nothing(tmp_path, monkeypatch):
    there = {**locale.localeconv(), "decimal_point": ",", "thousands_sep": "."}
    monkeypatch.setattr(locale, "localeconv", lambda: there)
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    for form in NUMBER_FORMS[:2]:
        (path, *_) = write(sheet(LOSS_PLOT), form, tmp_path / f"a.{form}")
        assert {row[1] for row in rows(path, form == "tsv")[1:]} >= {"2.5", "0.30000000000000004"}


@pytest.mark.parametrize("form", NUMBER_FORMS)
def test_the_same_numbers_make_the_same_bytes(tmp_path, form):
    one, other = (write(sheet(*ALL), form, tmp_path / f"{name}.{form}") for name in "ab")
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]


def test_a_file_that_is_there_is_refused_before_any_is_written(tmp_path):
    (tmp_path / "fox-3-events.csv").write_text("mine")
    with pytest.raises(Trouble, match=r"events\.csv is there already"):
        write(sheet(LOSS_PLOT), "csv", tmp_path / "fox.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["fox-3-events.csv"]
    write(sheet(LOSS_PLOT), "csv", tmp_path / "fox.csv", overwrite=True)
    assert "beats chance" in (tmp_path / "fox-3-events.csv").read_text()


@pytest.mark.parametrize("form", NUMBER_FORMS)
def test_called_off_it_leaves_nothing(tmp_path, form):
    long = np.arange(50_000.0)
    plot = Plot(Axis("Step"), Axis("Loss"), (Curve("a", long, long, "line1"), *LOSS_PLOT.marks))
    work = write_numbers(sheet(plot), ORIGIN, form, tmp_path / f"fox.{form}")
    next(work)
    work.close()
    assert not list(tmp_path.iterdir())


def test_a_long_curve_keeps_every_step(tmp_path):
    steps = np.arange(1.0, 100_001.0)
    plot = Plot(Axis("Step"), Axis("Loss"), (Curve("loss", steps, np.sin(steps), "line1"),))
    (path,) = write(sheet(plot), "csv", tmp_path / "long.csv")
    kept = np.loadtxt(path, delimiter=",", skiprows=1)
    np.testing.assert_array_equal(kept, np.stack([steps, np.sin(steps)], axis=1))


def test_where_there_is_nothing_it_is_said(tmp_path):
    with pytest.raises(Trouble, match="Press play"):
        write(Sheet("Loss", "Loss", (), "Press play."), "csv", tmp_path / "none.csv")
