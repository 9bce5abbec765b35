"""Reads the number columns of a Parquet file, and no others, group of rows by group of rows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine.logs.cells import Cells
from engine.logs.log import Gathering
from engine.logs.names import TIME, found
from engine.trouble import Trouble

ROWS = 4096  # taken at a time


def read(path: Path, gathering: Gathering) -> Iterator[int]:
    """Adds every number; yields bytes read so far, now and then. Trouble where pyarrow is missing, or for damage."""
    pyarrow = required()
    from pyarrow.parquet import ParquetFile

    size = path.stat().st_size
    try:
        with path.open("rb") as opened:
            table = ParquetFile(opened, buffer_size=2**20)
            names = number_columns(table.schema_arrow)
            cells = Cells(gathering, names)
            rows = 0
            for batch in table.iter_batches(ROWS, columns=names, use_threads=False):
                batch.validate(full=True)  # pyarrow looks wherever a damaged one points
                for row in batch.to_pylist():
                    cells.take(row)
                rows += batch.num_rows
                yield int(size * rows / max(1, table.metadata.num_rows))
    except (pyarrow.ArrowException, ValueError) as error:
        raise Trouble(f"{path.name} is damaged or no Parquet file.", "Choose another file.") from error


def required() -> Any:
    """The library, or Trouble where it is not installed."""
    try:
        import pyarrow
    except ImportError as error:
        raise Trouble("Parquet needs the package pyarrow.", "Install it: pip install 'lm-terrarium[data]'.") from error
    return pyarrow


def number_columns(schema: Any) -> list[str]:
    """The names of its number columns, and of the one that tells the time even where that is a date."""
    from pyarrow import types

    time = found(TIME, schema.names)
    kinds = (types.is_integer, types.is_floating)
    return [field.name for field in schema if field.name == time or any(is_one(field.type) for is_one in kinds)]
