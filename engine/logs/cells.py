"""One row of a log that is a table, whatever its format: cells by name, each of them a number, a hole or words."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from math import nan
from typing import Any

from engine.logs.log import Gathering
from engine.logs.names import STEP, TIME, found


class Cells:
    """Rows go in one by one; the first names decide which column counts the steps and which tells the time."""

    def __init__(self, gathering: Gathering, names: Iterable[str]) -> None:
        names = list(names)
        self._gathering = gathering
        self._step, self._time = found(STEP, names), found(TIME, names)
        self._rows = 0

    def take(self, row: Mapping[str, Any]) -> None:
        """Adds its numbers. A row without a step is left out, but where no row has one they are counted."""
        step = whole(row.get(self._step)) if self._step else self._rows
        self._rows += 1
        if step is None:
            self._gathering.leave_out("row without a step", "rows without a step")
            return
        time = moment(row.get(self._time))
        for name, cell in row.items():
            if name and name not in (self._step, self._time) and (value := number(cell)) is not None:
                self._gathering.add(name, step, value, time)


def number(cell: Any) -> float | None:
    """NaN is a number that was logged; None stands for a hole or for words."""
    match cell:
        case bool() | None | "":
            return None
        case int() | float() | str():
            try:
                return float(cell)
            except (ValueError, OverflowError):
                return None
    return None


def whole(cell: Any) -> int | None:
    """A step: 12, "12" or 12.0."""
    value = number(cell)
    return int(value) if value is not None and value.is_integer() else None


def moment(cell: Any) -> float:
    """Seconds, or a date as in ISO 8601; NaN for neither."""
    value = number(cell)
    if value is not None or not isinstance(cell, str | datetime):
        return nan if value is None else value
    try:
        said = datetime.fromisoformat(cell) if isinstance(cell, str) else cell
        return (said if said.tzinfo else said.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return nan
