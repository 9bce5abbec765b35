"""Parquet logs: number columns, nulls, dates, damage, and the word where pyarrow is missing."""

import sys
from datetime import UTC, datetime
from math import isnan
from pathlib import Path

import pytest

from engine.trouble import Trouble
from tests.engine.logs.given import columns, read

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")


def write(folder: Path, **made: object) -> Path:
    pq.write_table(pa.table(made), folder / "log.parquet")
    return folder / "log.parquet"


def test_number_columns_are_series_and_null_is_a_hole(tmp_path: Path) -> None:
    path = write(tmp_path, step=[1, 2], loss=[3.0, float("nan")], val_loss=[None, 2.5], words=["a", "b"])
    found = columns(read(path))
    assert isnan(found["loss"].pop(2))
    assert found == {"loss": {1: 3.0}, "val_loss": {2: 2.5}}


def test_a_date_tells_the_time(tmp_path: Path) -> None:
    path = write(tmp_path, step=[1], loss=[3.0], timestamp=[datetime(2024, 1, 1, tzinfo=UTC)])
    assert read(path).series["loss"].times.tolist() == [1704067200.0]


@pytest.mark.parametrize("keep", [8, 100, -20])
def test_a_damaged_file_is_trouble(tmp_path: Path, keep: int) -> None:
    path = write(tmp_path, step=list(range(100)), loss=[0.5] * 100)
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(Trouble, match="damaged or no Parquet"):
        read(path)


def test_without_pyarrow_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, step=[1], loss=[3.0])
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(Trouble, match="needs the package pyarrow"):
        read(path)
