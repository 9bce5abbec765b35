"""Reads JSON Lines, one record a line, and JSON with a list of records, such as a trainer's log_history."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine.logs.cells import Cells
from engine.logs.lines import lines, opened
from engine.logs.log import Gathering
from engine.trouble import Trouble

ROWS = 4096  # between two words about how far it is
LARGEST = 2**28  # bytes of a file that is read as a whole
DEEPEST = 4  # records within records
LISTS = ("log_history", "history", "logs", "records")  # where JSON keeps its records
DAMAGE = (ValueError, RecursionError)


def read(path: Path, gathering: Gathering) -> Iterator[int]:
    """Adds every number; yields bytes read so far, now and then. Lines that are no records are counted."""
    cells = Told(gathering)
    with opened(path) as file:
        for count, line in enumerate(lines(file), 1):
            if line.strip():
                cells.take_text(line)
            if count % ROWS == 0:
                yield file.buffer.tell()


def read_whole(path: Path, gathering: Gathering) -> Iterator[int]:
    """The same of a file that is one JSON value. Trouble if no list of records is in it."""
    size = path.stat().st_size
    if size > LARGEST:
        raise Trouble(f"{path.name} is too large to be read as one JSON value.", "Write it as JSON Lines.")
    with opened(path) as file:
        try:
            value = json.loads(file.read(LARGEST))
        except DAMAGE as error:
            raise Trouble(f"{path.name} is no JSON.", "Choose another file.") from error
    cells = Told(gathering)
    for record in records_in(value, path.name):
        cells.take(record)
    yield size


def records_in(value: Any, name: str) -> list[Any]:
    """The list of records in a JSON value."""
    for found in (value, *(value.get(key) for key in LISTS if isinstance(value, dict))):
        if isinstance(found, list):
            return found
    raise Trouble(f"{name} holds no list of records.", f"It would be found under {' or '.join(LISTS)}.")


class Told:
    """Records go in one by one; the names of the first decide which field counts the steps."""

    def __init__(self, gathering: Gathering) -> None:
        self._gathering = gathering
        self._cells: Cells | None = None

    def take_text(self, line: str) -> None:
        """A record as one line of JSON."""
        try:
            self.take(json.loads(line))
        except DAMAGE:
            self._gathering.leave_out("line that is no record", "lines that are no records")

    def take(self, record: Any) -> None:
        """Adds its numbers; records within it give names like train/loss."""
        if not isinstance(record, dict):
            self._gathering.leave_out("line that is no record", "lines that are no records")
            return
        row = dict(flat(record))
        self._cells = self._cells or Cells(self._gathering, row)
        self._cells.take(row)


def flat(record: dict[str, Any], before: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    """Its fields, and those of records within it."""
    for name, value in record.items():
        if isinstance(value, dict) and depth < DEEPEST:
            yield from flat(value, f"{before}{name}/", depth + 1)
        else:
            yield before + name, value
