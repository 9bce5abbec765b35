"""The numbers of other programs in a run file, all of them: a recording in memory holds only some of very many."""

from array import array
from collections import defaultdict
from pathlib import Path

import numpy as np

from engine.events import Logged, Rewound
from engine.logs.log import Columns
from engine.logs.numbers import Numbers
from engine.rewinds import Rewinds
from engine.runfile.guard import Guarded, real_columns
from engine.runfile.rows import reading
from engine.runfile.schema import FILE_NAME, table

AT_ONCE = 100_000  # rows
AFTER = f"SELECT id, step, time, name, value FROM {table(Logged)} WHERE id > ? ORDER BY id LIMIT {AT_ONCE}"
BACK = f"SELECT id, step FROM {table(Rewound)} ORDER BY id"


def logged_in(run: Path) -> list[Numbers]:
    """Those that were not left behind by going back, by name. Raises Trouble."""
    with reading(run / FILE_NAME) as file:
        if table(Logged) not in real_columns(file):  # an old file has none
            return []
        back = np.array(file.execute(BACK).fetchall(), dtype=float).reshape(-1, 2)
        rewinds = Rewinds.of(back[:, 0], back[:, 1])
        return [valid(rewinds, name, np.array(columns)) for name, columns in columns_of(file).items()]


def columns_of(file: Guarded) -> dict[str, Columns]:
    """Number of the event, step, time and value; by name."""
    found: dict[str, Columns] = defaultdict(lambda: tuple(array("d") for _ in range(4)))
    last = -1
    while rows := file.execute(AFTER, (last,)).fetchall():
        for number, step, time, name, value in rows:
            for column, one in zip(found[str(name)], (number, step, time, value), strict=True):
                column.append(np.nan if one is None else one)
        last = rows[-1][0]
    return found


def valid(rewinds: Rewinds, name: str, columns: np.ndarray) -> Numbers:
    """Of one name: [4, N] as above."""
    kept = rewinds.kept(Logged, columns[0], columns[1])
    _, steps, times, values = columns[:, kept]
    return Numbers(steps, times, {name: values})
