"""`terrarium export RUN`: figures of a recorded run, the numbers behind them and scripts that redraw them."""

import sys
from contextlib import closing
from pathlib import Path
from typing import Annotated, Literal

import tyro

from engine.checkpoints import run_folder
from engine.logs.command import worked
from engine.trouble import Trouble
from gui.export.numbers.writing import NumberForm
from gui.export.paper import Paper
from gui.screen import draw_in_memory_without_one

PAPER = Paper()
Ends = tuple[float, float] | None


def export(
    run: Annotated[str, tyro.conf.Positional, tyro.conf.arg(help="A recorded run: its name or folder")],
    paper: tyro.conf.OmitArgPrefixes[Paper] = PAPER,
    panel: Annotated[
        tyro.conf.UseAppendAction[tuple[str, ...]], tyro.conf.arg(help="What to draw: loss, attention, side-by-side …")
    ] = (),
    every: Annotated[bool, tyro.conf.arg(name="all", help="All panels that have something to show")] = False,
    steps: Annotated[str, tyro.conf.arg(help="Such as 0,100,1000; the last one if left out")] = "",
    beside: Annotated[tuple[str, ...], tyro.conf.arg(help="Recorded runs to compare it with")] = (),
    option: Annotated[
        tyro.conf.UseAppendAction[tuple[str, ...]], tyro.conf.arg(help="Of the panels: smoothing=50, loss.x=tokens")
    ] = (),
    across: Annotated[Ends, tyro.conf.arg(help="Both ends of the horizontal axis; all of it if left out")] = None,
    upward: Annotated[Ends, tyro.conf.arg(help="Both ends of the vertical axis")] = None,
    numbers: Annotated[tuple[NumberForm, ...], tyro.conf.arg(help="Write the numbers as well")] = (),
    values: Annotated[Literal["all", "visible"], tyro.conf.arg(help="Which of the numbers")] = "all",
    script: Annotated[bool, tyro.conf.arg(help="Write a program that draws the figure again")] = False,
    out: Annotated[Path, tyro.conf.arg(help="Folder of the files")] = Path(),
    overwrite: Annotated[bool, tyro.conf.arg(help="Even where files lie already")] = False,
) -> int:
    """Draw panels of a recorded run on paper, and print the files. Needs no display."""
    draw_in_memory_without_one()
    from gui.export.order import Done, Order, Zoom, carried_out, panels_meant, steps_meant
    from gui.export.sheets import desk

    panels, forms = panels_meant(panel, every), tuple(dict.fromkeys(numbers))
    done = Done([], [])
    try:
        with desk([run_folder(one) for one in (run, *beside)], panels) as room:
            room.choose(option)
            at, zoom = steps_meant(steps, room.recording.last_step), Zoom(across, upward)
            order = Order(paper, panels, at, out, forms, values == "all", script, overwrite, every, zoom)
            with closing(carried_out(order, room, done)) as work:
                worked(work, "Drawing")
    finally:
        sys.stdout.writelines(f"{path}\n" for path in done.files)
        sys.stderr.writelines(f"{sentence}\n" for sentence in done.said)
    if not done.files:
        raise Trouble("There is nothing to draw.", "Choose other panels or steps.")
    return 0
