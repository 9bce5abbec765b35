"""Writes a recorded run as a log that other tools read: every number of every step that counts, in full.

It is written aside and renamed, so that whoever waits for the file never finds half of it.
"""

from collections.abc import Generator, Iterator
from contextlib import closing
from math import isfinite
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from engine.aside import file_aside
from engine.logs import cells_written, event_file
from engine.logs.grid import Grid
from engine.logs.kept import logged_in
from engine.logs.numbers import Mark, Numbers, marks_of, numbers_of
from engine.runfile import FILE_NAME
from engine.runfile.reader import Reader
from engine.trouble import Trouble

Format = Literal["csv", "jsonl", "parquet", "tfevents"]
FORMATS: tuple[Format, ...] = get_args(Format)


def write_log(run: Path, form: Format, path: Path, overwrite: bool = False) -> Generator[float, None, Path]:
    """Yields the share that is done, and gives the file; closing it leaves nothing behind.

    In a folder it gets the name of the run. Raises Trouble where a file lies already, unless it may be written over.
    """
    path = path / file_name(run.name, form) if path.is_dir() else path
    require_free(path, form, overwrite)
    contents = read(run)
    with file_aside(path, overwrite) as aside:
        yield from written(contents, form, aside)
    return path


def file_name(name: str, form: Format) -> str:
    """TensorBoard looks for files with “tfevents” in their name."""
    return f"{name}.{form}"


def require_free(path: Path, form: Format, overwrite: bool) -> None:
    """Trouble for a place where the file cannot be, or would not be found."""
    if form == "tfevents" and form not in path.name:
        raise Trouble(f"TensorBoard would not find {path.name}.", "Choose a name with “tfevents” in it.")
    if path.name == FILE_NAME:
        raise Trouble(f"{FILE_NAME} is the name of the runs' own files.", "Choose another name.")
    if path.exists() and not (overwrite and path.is_file()):
        replaced = ", or have it replaced with --overwrite" if path.is_file() else ""
        raise Trouble(f"{path} is there already.", f"Choose another name{replaced}.")


class Contents(NamedTuple):
    numbers: list[Numbers]
    marks: list[Mark]
    begun: float  # about when, in seconds since 1970: TensorBoard wants to know it for each number


def read(run: Path) -> Contents:
    """Trouble where no step was recorded, or where the run cannot be read."""
    with closing(Reader(run)) as reader:
        recording = reader.recording()
        numbers, marks = [*numbers_of(recording), *logged_in(run)], marks_of(recording)
    if not numbers:
        raise Trouble(f"The run in {run} has no numbers yet.", "Train it first.")
    ends = (float(one.times[-1]) for one in numbers if len(one.times))
    last = max(filter(isfinite, ends), default=0.0)  # a record that was put together by hand may hold any number
    return Contents(numbers, marks, (run / FILE_NAME).stat().st_mtime - last)


def written(contents: Contents, form: Format, path: Path) -> Iterator[float]:
    """Yields the share that is done."""
    numbers, marks, begun = contents
    match form:
        case "tfevents":
            return event_file.write(numbers, marks, path, begun)
        case "csv":
            return cells_written.csv(Grid(numbers, marks), path)
        case "jsonl":
            return cells_written.json_lines(Grid(numbers, marks), path)
        case "parquet":
            return cells_written.parquet(Grid(numbers, marks), path)
