"""`terrarium import` and `terrarium log`: numbers of other programs become a run, and a run becomes a log."""

import sys
from collections.abc import Generator
from pathlib import Path
from typing import Annotated, TypeVar

import tyro

from engine.bar import Progress
from engine.checkpoints import run_folder
from engine.logs import exporting
from engine.logs.importing import make_run
from engine.logs.reading import read_log

T = TypeVar("T")


def import_log(
    file: Annotated[Path, tyro.conf.Positional, tyro.conf.arg(help="TensorBoard events, CSV, JSON Lines or Parquet")],
    loss: Annotated[str, tyro.conf.arg(help="Name of the training loss in it; found by itself where it is usual")] = "",
    name: Annotated[str, tyro.conf.arg(help="What the run is to be called; as the file if left out")] = "",
) -> None:
    """Make a run of another program's log, and print its folder."""
    log = worked(read_log(file), "Reading")
    for sentence in log.left_out:
        print(sentence, file=sys.stderr)
    print(worked(make_run(log, loss, name), "Recording"))


def write_log(
    run: Annotated[str, tyro.conf.Positional, tyro.conf.arg(help="A recorded run: its name or folder")],
    format: Annotated[exporting.Format, tyro.conf.arg(help="tfevents is for TensorBoard")] = "csv",  # noqa: A002 - the option
    out: Annotated[Path | None, tyro.conf.arg(help="File to write; the name of the run if left out")] = None,
    overwrite: Annotated[bool, tyro.conf.arg(help="Even where a file lies already")] = False,
) -> None:
    """Write all numbers of a recorded run as a log that other programs read, and print where it is."""
    folder = run_folder(run)
    path = out or Path(exporting.file_name(folder.name, format))
    print(worked(exporting.write_log(folder, format, path, overwrite), "Writing"))


def worked(work: Generator[float, None, T], words: str) -> T:
    """What the work gives in the end, with a bar on a terminal."""
    with Progress(total=100, desc=words, file=sys.stderr, disable=not sys.stderr.isatty(), leave=False) as bar:
        while True:
            try:
                bar.update(round(100 * next(work)) - bar.n)
            except StopIteration as done:
                made: T = done.value
                return made
