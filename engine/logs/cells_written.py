"""Writes a table of steps as CSV, JSON Lines or Parquet. A hole is an empty cell, a missing field, or null."""

import csv as csv_format
import json
from collections.abc import Iterator
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np

from engine.logs.grid import MARK, Grid, Rows
from engine.logs.numbers import WHOLE
from engine.logs.parquet import required

STEP, TIME = "step", "time"


def csv(grid: Grid, path: Path) -> Iterator[float]:
    """All digits; a number that is none is nan or inf. Yields the share that is done."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv_format.writer(file, lineterminator="\n")
        writer.writerow([STEP, TIME, *map(harmless, grid.columns), MARK])
        for done, rows in parts(grid):
            cells = [column_of_text(name, *column) for name, column in rows.columns.items()]
            writer.writerows(zip(rows.steps.tolist(), rows.times.tolist(), *cells, rows.marks, strict=True))
            yield done


def harmless(cell: str) -> str:
    """A spreadsheet would take some names for formulas."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell


def column_of_text(name: str, values: np.ndarray, there: np.ndarray) -> list[Any]:
    """Cells of one column; "" where there is nothing."""
    return [value if is_there else "" for value, is_there in zip(plain(name, values), there.tolist(), strict=True)]


def plain(name: str, values: np.ndarray) -> list[Any]:
    """As Python's numbers; what is counted has no point."""
    if name.endswith(WHOLE) and np.isfinite(values).all():
        return list(values.astype(np.int64).tolist())
    return list(values.tolist())


def json_lines(grid: Grid, path: Path) -> Iterator[float]:
    """A record a row; JSON knows no NaN, so a number that is none is null. Yields the share that is done."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for done, rows in parts(grid):
            file.writelines(json.dumps(record, allow_nan=False) + "\n" for record in records(rows))
            yield done


def records(rows: Rows) -> Iterator[dict[str, Any]]:
    """One for each row, with the fields that it has."""
    columns = [(name, plain(name, values), there.tolist()) for name, (values, there) in rows.columns.items()]
    for row, (step, time, mark) in enumerate(zip(rows.steps.tolist(), rows.times.tolist(), rows.marks, strict=True)):
        record = {STEP: step, TIME: time if isfinite(time) else None}
        for name, values, there in columns:
            if there[row]:
                record[name] = values[row] if isfinite(values[row]) else None
        if mark:
            record[MARK] = mark
        yield record


def parquet(grid: Grid, path: Path) -> Iterator[float]:
    """A hole is null, a number that is none NaN. Yields the share that is done. Trouble where pyarrow is missing."""
    pyarrow = required()
    from pyarrow.parquet import ParquetWriter

    names = [STEP, TIME, *grid.columns, MARK]
    types = [pyarrow.int64(), *[pyarrow.float64()] * (1 + len(grid.columns)), pyarrow.string()]
    schema = pyarrow.schema(list(zip(names, types, strict=True)))
    with ParquetWriter(path, schema) as writer:
        for done, rows in parts(grid):
            numbers = [pyarrow.array(values, mask=~there) for values, there in rows.columns.values()]
            marks = pyarrow.array([mark or None for mark in rows.marks], pyarrow.string())
            writer.write_table(pyarrow.table([rows.steps, rows.times, *numbers, marks], schema=schema))
            yield done


def parts(grid: Grid) -> Iterator[tuple[float, Rows]]:
    """Rows, and the share that is done with them."""
    done = 0
    for rows in grid.parts():
        done += len(rows.steps)
        yield done / len(grid.steps), rows
