"""Logs that are tables of text: delimiters, holes, clocks, exports of well-known programs, and what is none."""

from math import isnan
from pathlib import Path

import pytest

from engine.logs import lines
from engine.trouble import Trouble
from tests.engine.logs.given import columns, read


def write(folder: Path, text: str | bytes, name: str = "log.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    text = "step,loss,lr\n1,2.5,0.1\n2,1.5,0.1\n".replace(",", delimiter)
    assert columns(read(write(tmp_path, text))) == {"loss": {1: 2.5, 2: 1.5}, "lr": {1: 0.1, 2: 0.1}}


def test_half_of_europe_writes_a_comma_for_a_point(tmp_path: Path) -> None:
    assert columns(read(write(tmp_path, "step;loss\n1;2,5\n"))) == {"loss": {1: 2.5}}


def test_holes_of_lightning_are_no_numbers(tmp_path: Path) -> None:
    text = "epoch,step,train_loss,val_loss\n0,49,2.0,\n0,99,1.5,\n0,99,,1.7\n1,149,1.25,\n"
    found = columns(read(write(tmp_path, text, "metrics.csv")))
    assert found["train_loss"] == {49: 2.0, 99: 1.5, 149: 1.25}
    assert found["val_loss"] == {99: 1.7}
    assert found["epoch"] == {49: 0.0, 99: 0.0, 149: 1.0}


def test_a_number_that_is_none_is_kept_as_a_gap(tmp_path: Path) -> None:
    assert isnan(columns(read(write(tmp_path, "step,loss\n1,nan\n2,1\n")))["loss"][1])


def test_columns_of_words_are_no_series(tmp_path: Path) -> None:
    text = 'step,phase,"a ""name"", quoted",done\n1,warm up,1.5,True\n2,,2.5,False\n'
    assert columns(read(write(tmp_path, text))) == {'a "name", quoted': {1: 1.5, 2: 2.5}}


def test_rows_without_a_column_of_steps_are_counted(tmp_path: Path) -> None:
    assert columns(read(write(tmp_path, "loss\n3\n2\n1\n"))) == {"loss": {0: 3.0, 1: 2.0, 2: 1.0}}


def test_a_row_without_a_step_is_left_out_and_said(tmp_path: Path) -> None:
    log = read(write(tmp_path, "step,loss\n1,3\n,2\nx,2\n1.5,2\n4.0,1\n"))
    assert columns(log) == {"loss": {1: 3.0, 4: 1.0}}
    assert log.left_out == ("3 rows without a step left out.",)


def test_dates_and_seconds_tell_the_time(tmp_path: Path) -> None:
    text = (
        "Timestamp,Step,Value\n2024-01-01T00:00:00Z,1,3\n2024-01-01 00:00:10+00:00,2,2\n1704067220.5,3,1\nlater,4,0\n"
    )
    times = read(write(tmp_path, text)).series["Value"].times
    assert times[:3].tolist() == [1704067200.0, 1704067210.0, 1704067220.5]
    assert isnan(times[3])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_any_encoding_has_numbers(tmp_path: Path, encoding: str) -> None:
    assert columns(read(write(tmp_path, "step,loss\n1,2.5\n# é\n".encode(encoding)))) == {"loss": {1: 2.5}}


@pytest.mark.parametrize("text", ["\n\n", "1,2\n3,4\n", " , \n1,2\n"])
def test_a_table_without_names_is_no_log(tmp_path: Path, text: str) -> None:
    with pytest.raises(Trouble, match="names no columns"):
        read(write(tmp_path, text))


def test_prose_holds_no_numbers(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="no numbers by step"):
        read(write(tmp_path, "Once upon a time\nthere was a fox.\n", "story.txt"))


def test_an_endless_line_is_no_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LONGEST", 100)
    with pytest.raises(Trouble, match="too long"):
        read(write(tmp_path, "step,loss\n1," + "9" * 200))


def test_a_cell_beyond_every_limit_is_no_log(tmp_path: Path) -> None:
    with pytest.raises(Trouble):
        read(write(tmp_path, 'step,loss\n1,"' + "9\n" * 200_000))


def test_a_row_may_be_longer_or_shorter_than_the_first(tmp_path: Path) -> None:
    assert columns(read(write(tmp_path, "step,loss,lr\n1,3\n2,2,0.5,9,9\n"))) == {"loss": {1: 3, 2: 2}, "lr": {2: 0.5}}
