"""How a benchmark tells its figures: a table for people, and with `json` one JSON object as the last line."""

import json as json_text
from typing import Any


def tell(figures: dict[str, Any], json: bool) -> int:
    """Print them; lists of rows as a table of their own. The exit code of the command."""
    for key, value in figures.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            print(table(value))
        else:
            print(f"{key:24} {value}")
    if json:
        print(json_text.dumps(figures, allow_nan=False))
    return 0


def table(rows: list[dict[str, Any]]) -> str:
    """Columns as wide as their widest cell."""
    heads = list(rows[0])
    cells = [heads, *([str(row[head]) for head in heads] for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(heads))]
    return "\n".join("  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in cells)
