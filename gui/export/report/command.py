"""`terrarium report`: everything that was recorded of a run on one page, for any browser or as PDF."""

from contextlib import closing
from pathlib import Path
from typing import Annotated, Literal

import tyro

from engine.aside import require_free
from engine.checkpoints import run_folder
from engine.logs.command import worked
from gui.screen import draw_in_memory_without_one

ReportFormat = Literal["html", "pdf"]


def write_report(
    run: Annotated[str, tyro.conf.Positional, tyro.conf.arg(help="A recorded run: its name or folder")],
    format: Annotated[ReportFormat, tyro.conf.arg(help="HTML can be hovered over and moved in time")] = "html",  # noqa: A002 - the option
    out: Annotated[Path | None, tyro.conf.arg(help="File to write; the name of the run if left out")] = None,
    steps: Annotated[str, tyro.conf.arg(help="Of predictions and attention, such as 0,100,1000")] = "",
    sentence: Annotated[str, tyro.conf.arg(help="Which, where it was asked several: all, number or part of it")] = "",
    overwrite: Annotated[bool, tyro.conf.arg(help="Even where a file lies already")] = False,
) -> None:
    """Write a report of a recorded run, and print where it is."""
    draw_in_memory_without_one()
    from gui.export.order import steps_meant
    from gui.export.report.contents import MOST_PRINTED, MOST_STEPS, panels_needed, report
    from gui.export.report.html import write_html
    from gui.export.report.pdf import write_pdf
    from gui.export.sheets import desk

    folder = run_folder(run)
    path = out or Path(f"{folder.name}-report.{format}")
    require_free(path, overwrite)
    with desk([folder], panels_needed()) as made:
        chosen = steps_meant(steps, made.recording.last_step) if steps else ()
        whole = report(made, chosen, MOST_STEPS if format == "html" else MOST_PRINTED, sentence)
    write = write_html if format == "html" else write_pdf
    with closing(write(whole, path, overwrite)) as work:
        print(worked(work, "Writing"))
