"""The numbers behind a figure as files: CSV, TSV, JSON, Parquet, the same in every country and in full digits.

Several tables are several files, of which the first has the plain name; JSON holds all of them in one.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from engine.aside import file_aside, require_free
from engine.logs.parquet import required
from engine.trouble import Trouble
from gui.export.file_names import plain_name
from gui.export.numbers import cells, columns
from gui.export.numbers.table import Table
from gui.export.numbers.tables import tables
from gui.export.provenance import Provenance
from gui.export.sheet import Sheet

NumberForm = Literal["csv", "tsv", "json", "parquet"]
NUMBER_FORMS: tuple[NumberForm, ...] = get_args(NumberForm)
Write = Callable[[Sequence[Table], Path], Iterator[float]]


class Told(NamedTuple):
    """What of a sheet is told in numbers, and where it came from."""

    sheet: Sheet
    origin: Provenance
    whole: bool = True  # every value, else those in the visible range


def number_paths(sheet: Sheet, form: NumberForm, path: Path, whole: bool = True) -> tuple[Path, ...]:
    """The files that `write_numbers` writes."""
    return paths_of(tables(sheet, whole), form, path)


def write_numbers(
    sheet: Sheet, origin: Provenance, form: NumberForm, path: Path, whole: bool = True, overwrite: bool = False
) -> Generator[float, None, tuple[Path, ...]]:
    """Yields the share that is done, and gives the files, of which `path` is the first.

    Raises Trouble where there are no numbers, or where any of the files lies already and may not be replaced.
    """
    made = tables(sheet, whole)
    if not made:
        raise Trouble(f"{sheet.title} has no numbers. {sheet.empty}".strip(), "Choose another panel, or another step.")
    if form == "parquet":
        required()
    paths = paths_of(made, form, path)
    for one in paths:
        require_free(one, overwrite)
    yield from written(Told(sheet, origin, whole), made, form, paths, overwrite)
    return paths


def written(
    told: Told, made: Sequence[Table], form: NumberForm, paths: Sequence[Path], overwrite: bool
) -> Iterator[float]:
    """All of the files or none: each gets its name when the last one is whole."""
    with ExitStack() as stack:
        asides = [stack.enter_context(file_aside(path, overwrite)) for path in paths]
        if form == "json":
            yield from columns.write_json(head_of(told), made, asides[0])
            return
        every, done = sum(one.rows for one in made), 0
        for one, aside in zip(made, asides, strict=True):
            for rows in table_written(told, one, form, aside):
                done += rows
                yield done / every


def table_written(told: Told, one: Table, form: NumberForm, path: Path) -> Iterator[int]:
    """Yields how many rows were written."""
    match form:
        case "csv":
            return cells.write(one, path)
        case "tsv":
            return cells.write(one, path, tabs=True)
        case _:
            return columns.write_parquet(head_of(told), one, path)


def paths_of(made: Sequence[Table], form: NumberForm, path: Path) -> tuple[Path, ...]:
    """NAME.csv, then NAME-2-levels.csv and so on."""
    others = () if form == "json" else made[1:]
    named = (f"{path.stem}-{place}-{plain_name(one.name).lower() or 'more'}" for place, one in enumerate(others, 2))
    return path, *(path.with_name(f"{name}{path.suffix}") for name in named)


def head_of(told: Told) -> dict[str, object]:
    """What a file says of itself, where its format has a place for that."""
    sheet, origin, whole = told
    return {
        "figure": sheet.title,
        "run": origin.run,
        "step": origin.step,
        "settings": origin.settings,
        "program": f"Terrarium {origin.version}",
        "range": "all" if whole else "visible",
        "notes": list(sheet.notes),
    }
