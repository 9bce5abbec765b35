"""Tables column by column, as JSON and Parquet: with names, units and where they came from; null for NaN."""

import json
from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np

from gui.export.numbers.table import Column, Table

ROWS = 100_000  # of a group in Parquet


def write_json(head: Mapping[str, object], made: Sequence[Table], path: Path) -> Iterator[float]:
    """One object, a line for each column. JSON knows no infinity: null as well. Yields the share that is done."""
    every, done = sum(len(one.columns) for one in made), 0
    with path.open("w", encoding="ascii", newline="\n") as file:
        file.write("{\n")
        for name, value in head.items():
            file.write(f"  {dumped(name)}: {dumped(value)},\n")
        file.write('  "tables": [')
        for place, one in enumerate(made):
            file.write(f'{"," if place else ""}\n    {{"name": {dumped(one.name)}, "columns": [')
            for number, column in enumerate(one.columns):
                file.write(f"{',' if number else ''}\n      {dumped(column_object(column))}")
                done += 1
                yield done / every
            file.write("\n    ]}")
        file.write("\n  ]\n}\n")


def dumped(value: object) -> str:
    """ASCII alone, so that no text of a stranger can be read as anything else."""
    return json.dumps(value, allow_nan=False)


def column_object(column: Column) -> dict[str, object]:
    """Its name, its unit where it has one, its values."""
    unit = {"unit": column.unit} if column.unit else {}
    return {"name": column.name, **unit, "values": plain_values(column)}


def plain_values(column: Column) -> list[Any]:
    """None where a number is none."""
    if isinstance(column.values, tuple):
        return list(column.values)
    values: list[Any] = column.values.tolist()
    return [value if isfinite(value) else None for value in values]


def write_parquet(head: Mapping[str, object], one: Table, path: Path) -> Iterator[int]:
    """Units in the metadata of the columns, `head` in that of the file. Yields how many rows were written."""
    import pyarrow
    from pyarrow.parquet import ParquetWriter

    fields = [
        pyarrow.field(column.head, arrow_type(column), metadata={"unit": column.unit} if column.unit else None)
        for column in one.columns
    ]
    schema = pyarrow.schema(fields, metadata={"terrarium": dumped({**head, "table": one.name})})
    with ParquetWriter(path, schema) as writer:
        for start in range(0, one.rows, ROWS):
            rows = slice(start, start + ROWS)
            arrays = [arrow_array(column, rows) for column in one.columns]
            writer.write_table(pyarrow.table(arrays, schema=schema))
            yield min(ROWS, one.rows - start)


def arrow_type(column: Column) -> Any:
    """Of its values."""
    import pyarrow

    if isinstance(column.values, tuple):
        return pyarrow.string()
    return pyarrow.int64() if column.values.dtype.kind == "i" else pyarrow.float64()


def arrow_array(column: Column, rows: slice) -> Any:
    """Null where a number is none; what UTF-8 cannot hold is written out."""
    import pyarrow

    if isinstance(column.values, tuple):
        texts = (text.encode("utf-8", "backslashreplace").decode() for text in column.values[rows])
        return pyarrow.array(list(texts), pyarrow.string())
    values = column.values[rows]
    return pyarrow.array(values, arrow_type(column), mask=np.isnan(values))
