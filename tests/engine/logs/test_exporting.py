"""A run becomes a log: every number in every format, holes and gaps, marks and notes, and files that are there."""

import csv
import json
import sqlite3
from contextlib import closing
from math import inf, isnan, nan
from pathlib import Path

import pytest

from engine import annotations
from engine.events import (
    AverageValidated,
    Event,
    Logged,
    Metered,
    Rewound,
    Saved,
    SourceRead,
    SourceSeen,
    SourceValidated,
    Started,
    Turned,
    Validated,
)
from engine.logs.command import worked
from engine.logs.exporting import FORMATS, Format, write_log
from engine.logs.importing import make_run
from engine.runfile import FILE_NAME
from engine.trouble import Trouble
from tests.engine.logs.given import columns, read, recorded, stepped

LOSSES = {1: 3.25, 2: nan, 3: 2.0}


def events() -> list[Event]:
    source = SourceRead(0, 0.0, 0, "stories", "", 1, 1, 0, 1, 1, 1, 1, "", nan)
    return [
        Started(0, 0.0, "fox", {}, 5, "CPU"),
        source,
        *(stepped(step, loss, step / 4, 0.1) for step, loss in LOSSES.items()),
        Validated(3, 0.75, 2.5, 10),
        AverageValidated(3, 0.75, 2.25, 10),
        SourceSeen(3, 0.75, 0, 640, 0.5, 1.0),
        SourceValidated(3, 0.75, 0, 2.5),
        Metered(3, 0.75, 100.0, 1e9, nan, 2**40, 5.0, 7.5, 1),
        Logged(3, 0.75, "f1", 0.5),
        Turned(3, 0.75, "learning_rate", 0.05),
        Saved(3, 0.75, "step-000003", 0),
    ]


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return recorded(tmp_path / "fox", events())


def write(run: Path, form: Format, **options: bool) -> Path:
    return worked(write_log(run, form, run.parent / f"out.{form}", **options), "")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("form", FORMATS)
def test_every_number_comes_back(run: Path, form: Format) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    found = columns(read(write(run, form)))
    loss = found.pop("loss")
    assert isnan(loss.pop(2, nan))  # JSON has no NaN, and leaves a hole
    assert loss == {1: 3.25, 3: 2.0}
    assert {name: values[3] for name, values in found.items()} == {
        "learning_rate": pytest.approx(0.1), "validation_loss": 2.5, "averaged_validation_loss": 2.25,
        "stories/tokens": 640, "stories/epochs": 0.5, "stories/weight": 1.0, "stories/loss": 2.5,
        "tokens_per_second": 100.0, "flops": 1e9, "memory": 2**40, "seconds_left": 5.0, "energy": 7.5, "f1": 0.5,
    }  # fmt: skip


def test_a_run_that_is_written_and_imported_is_the_same_run(run: Path) -> None:
    again = worked(make_run(read(write(run, "csv"))), "")
    first, second = rows(write(run, "csv", overwrite=True)), rows(write(again, "csv", overwrite=True))
    for row in first:
        row["mark"] = ""  # marks are words, which no log brings back
    assert first == second


def test_a_table_has_a_row_a_step_and_marks_in_a_column(run: Path) -> None:
    found = rows(write(run, "csv"))
    assert [row["step"] for row in found] == ["1", "2", "3"]
    assert [row["time"] for row in found] == ["0.25", "0.5", "0.75"]
    assert [row["loss"] for row in found] == ["3.25", "nan", "2.0"]
    assert [row["validation_loss"] for row in found] == ["", "", "2.5"]
    assert found[2]["memory"] == "1099511627776"
    assert found[2]["mark"] == "learning_rate turned to 0.05; checkpoint"


def test_json_lines_are_json_for_everybody(run: Path) -> None:
    def refuse(word: str) -> None:
        raise AssertionError(word)

    records = [json.loads(line, parse_constant=refuse) for line in write(run, "jsonl").read_text().splitlines()]
    assert records[0] == {"step": 1, "time": 0.25, "loss": 3.25, "learning_rate": 0.1}
    assert records[1]["loss"] is None
    assert "validation_loss" not in records[1]


@pytest.mark.parametrize("form", FORMATS)
def test_an_endless_time_is_written_as_what_it_is(tmp_path: Path, form: Format) -> None:
    run = recorded(tmp_path / "fox", [stepped(1, 3.0, 0.5), stepped(2, 2.0, inf)])
    path = write(run, form)
    if form == "jsonl":
        assert [json.loads(line)["time"] for line in path.read_text().splitlines()] == [0.5, None]
    if form == "csv":
        assert [row["time"] for row in rows(path)] == ["0.5", "inf"]
    assert path.exists()


def test_notes_of_people_are_marks(run: Path) -> None:
    annotations.write(run, annotations.note(2, "here it begins, “slowly”\nand then"))
    assert rows(write(run, "csv"))[1]["mark"] == "note: here it begins, “slowly”\nand then"


def test_a_step_with_several_numbers_of_one_name_has_several_rows(tmp_path: Path) -> None:
    told = [stepped(1, 3.0), Logged(1, 0.0, "f1", 1.0), Logged(1, 0.0, "f1", 2.0), stepped(2, 2.0)]
    found = rows(write(recorded(tmp_path / "run", told), "csv"))
    assert [(row["step"], row["loss"], row["f1"]) for row in found] == [
        ("1", "3.0", "1.0"),
        ("1", "", "2.0"),
        ("2", "2.0", ""),
    ]


def test_only_steps_that_count_are_written(tmp_path: Path) -> None:
    told: list[Event] = [stepped(step, 3.0) for step in (1, 2, 3)]
    told += [Logged(3, 0.0, "f1", 9.0), Rewound(1, 0.0, 3), stepped(2, 1.5), Logged(2, 0.0, "f1", 1.0)]
    found = columns(read(write(recorded(tmp_path / "run", told), "csv")))
    assert found == {"loss": {1: 3.0, 2: 1.5}, "f1": {2: 1.0}}


def test_thousands_of_other_programs_numbers_are_written_in_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.runfile.reading.MOST_EVENTS", 10)
    monkeypatch.setattr(
        "engine.logs.kept.AFTER", "SELECT id, step, time, name, value FROM logged WHERE id > ? ORDER BY id LIMIT 7"
    )
    told = [stepped(1, 3.0), *(Logged(step, 0.0, "f1", float(step)) for step in range(1, 61))]
    found = columns(read(write(recorded(tmp_path / "run", told), "csv")))
    assert found["f1"] == {step: float(step) for step in range(1, 61)}


def test_a_long_run_is_written_in_parts(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = write(run, "csv").read_text()
    monkeypatch.setattr("engine.logs.grid.CELLS", 1)
    assert write(run, "csv", overwrite=True).read_text() == whole


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_that_is_there_is_kept_unless_it_may_be_replaced(run: Path, form: Format) -> None:
    path = run.parent / f"out.{form}"
    path.write_text("mine")
    with pytest.raises(Trouble, match="there already"):
        write(run, form)
    assert path.read_text() == "mine"
    if form != "parquet":
        assert write(run, form, overwrite=True).read_bytes() != b"mine"


def test_writing_that_is_called_off_leaves_nothing(run: Path) -> None:
    work = write_log(run, "csv", run.parent / "out.csv")
    next(work)
    assert (run.parent / "out.csv.aside").exists()
    work.close()
    assert [path.name for path in run.parent.iterdir() if path.is_file()] == []


def test_in_a_folder_it_has_the_name_of_the_run(run: Path) -> None:
    assert worked(write_log(run, "tfevents", run.parent), "") == run.parent / "fox.tfevents"


def test_a_name_that_tensorboard_would_not_find_is_refused(run: Path) -> None:
    with pytest.raises(Trouble, match="would not find"):
        worked(write_log(run, "tfevents", run.parent / "out.bin"), "")


def test_no_log_is_written_over_a_run(run: Path) -> None:
    before = (run / FILE_NAME).read_bytes()
    with pytest.raises(Trouble, match="own files"):
        worked(write_log(run, "csv", run / FILE_NAME, overwrite=True), "")
    assert (run / FILE_NAME).read_bytes() == before


def test_no_name_of_a_stranger_is_a_formula_in_a_spreadsheet(tmp_path: Path) -> None:
    run = recorded(tmp_path / "fox", [stepped(1, 3.0), Logged(1, 0.0, "=1+1", 0.5)])
    assert write(run, "csv").read_text().splitlines()[0] == "step,time,loss,'=1+1,mark"


def test_a_run_without_a_step_has_nothing_to_write(run: Path) -> None:
    with closing(sqlite3.connect(run / "run.sqlite")) as file, file:
        for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if name not in ("about", "started"):
                file.execute(f"DELETE FROM {name}")
    with pytest.raises(Trouble, match="no numbers yet"):
        write(run, "csv")


def test_what_cannot_be_written_is_said(run: Path) -> None:
    (run.parent / "file").touch()
    with pytest.raises(Trouble, match="cannot be written"):
        worked(write_log(run, "csv", run.parent / "file" / "out.csv"), "")
