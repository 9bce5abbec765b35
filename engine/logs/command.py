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
from engine.settings import Settings

T = TypeVar("T")


def import_log(
    file: Annotated[
        Path,
        tyro.conf.Positional,
        tyro.conf.arg(help="A log: TensorBoard events, CSV, JSON Lines or Parquet; or the folder of a published model"),
    ],
    loss: Annotated[str, tyro.conf.arg(help="Name of the training loss in it; found by itself where it is usual")] = "",
    name: Annotated[str, tyro.conf.arg(help="What the run is to be called; as the file if left out")] = "",
    text: Annotated[
        tuple[str, ...], tyro.conf.arg(help="What a published model is to learn on: built-in texts, files or folders")
    ] = ("stories",),
) -> None:
    """Make a run of another program's log, or of a published model, and print its folder."""
    from engine.export.importing import is_model  # seldom needed

    if is_model(file):
        import_model(file, name, text)
        return
    log = worked(read_log(file), "Reading")
    for sentence in log.left_out:
        print(sentence, file=sys.stderr)
    print(worked(make_run(log, loss, name), "Recording"))


def import_model(folder: Path, name: str, text: tuple[str, ...]) -> None:
    """Make a run of a published model, say what of it is not as it was, and print its folder."""
    from engine.export.importing import look_into
    from engine.export.importing_run import make_run as make_run_of_model
    from engine.size import memory

    chosen = Settings(corpus=text)
    published = look_into(folder, chosen)
    needed = memory(published.settings, published.tokens) / 1e9
    words = f"{published.parameters / 1e6:,.1f} million parameters; to train it takes about {needed:.1f} GB of memory."
    for sentence in (words, *published.notes):
        print(sentence, file=sys.stderr)
    print(worked(make_run_of_model(folder, chosen, name), "Opening"))


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
