"""A run file opened to be written: SQLite takes back what a killed program had left half done, as its journal says.

A journal may name another one that several files share, and SQLite deletes that once it is done with it: whoever made
the file chooses which file of this computer goes. No run has such a journal.
"""

import os
import sqlite3
from pathlib import Path

from engine.runfile.place import address
from engine.trouble import Trouble

BUSY_SECONDS = 5.0  # another program may look into it for a moment
MAGIC = bytes.fromhex("d9d505f920a163d7")  # at the end of a journal, after the name of another


def connected(path: Path, patience: float = BUSY_SECONDS) -> sqlite3.Connection:
    """Never makes a file. Raises Trouble for one that leads to others."""
    path = path.resolve()
    _require_it_leads_nowhere(path.with_name(f"{path.name}-journal"))
    return sqlite3.connect(address(path, "mode=rw"), patience, uri=True, check_same_thread=False)


def _require_it_leads_nowhere(journal: Path) -> None:
    try:
        with journal.open("rb") as file:
            file.seek(-len(MAGIC), os.SEEK_END)
            end = file.read()
    except OSError:  # there is none, or it is shorter
        return
    if end == MAGIC:
        advice = f"Delete {journal.name} if you know where the run comes from, or choose another run."
        raise Trouble(f"{journal} leads to another file, so it is left alone.", advice)
