"""A run file read row by row: every event as it was told, in the order it happened."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from heapq import merge
from pathlib import Path

from engine.events import KINDS, Event
from engine.runfile.guard import DAMAGE, Guarded, opened, real_columns
from engine.runfile.reading import fields_of
from engine.runfile.schema import FILE_NAME, asked, table
from engine.runfile.values import event_of
from engine.trouble import Trouble


def last_recorded_step(folder: Path) -> int:
    """0 where nothing was recorded; Trouble where the run file is damaged."""
    return _recorded(folder, "SELECT step FROM stepped ORDER BY id DESC LIMIT 1")


def highest_recorded_floor(folder: Path) -> int:
    """The n of the longest n-grams that were counted; 0 and Trouble as above."""
    return _recorded(folder, 'SELECT max("order") FROM floor_counted')


def _recorded(folder: Path, query: str) -> int:
    path = folder / FILE_NAME
    if not path.is_file():
        return 0
    with reading(path) as file:
        found = file.execute(query).fetchone()
        return int(found[0] or 0) if found else 0


def read_events(folder: Path) -> Iterator[Event]:
    """Every event of a run in the order it happened. Raises Trouble for what is no run file, or is damaged."""
    with reading(folder / FILE_NAME if folder.is_dir() else folder) as file:
        stored = real_columns(file)
        streams = [rows(file, kind, stored[table(kind)]) for kind in KINDS if table(kind) in stored]
        for _, event in merge(*streams, key=lambda numbered: numbered[0]):
            yield event


def rows(file: Guarded, kind: type[Event], stored: set[str]) -> Iterator[tuple[int, Event]]:
    """All events of one kind with their numbers, oldest first; a field newer than the file has its default."""
    names = fields_of(kind, stored)
    for number, *values in file.execute(f"SELECT id, {asked(table(kind), names)} FROM {table(kind)} ORDER BY id"):
        yield number, event_of(kind, names, values)


@contextmanager
def reading(path: Path) -> Iterator[Guarded]:
    """What goes wrong meanwhile is Trouble."""
    with closing(opened(path)[0]) as file:
        try:
            yield file
        except DAMAGE as error:
            raise Trouble(f"{path} is damaged: {error}.", "Choose another run, or a copy of this one.") from error
