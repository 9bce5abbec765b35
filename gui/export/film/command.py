"""`terrarium film`: a recorded run as GIF, MP4 or WebM, one panel of it or the whole window."""

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import numpy as np
import tyro

from engine.aside import require_free
from engine.checkpoints import run_folder
from engine.logs.command import worked
from gui.export.film.choices import Film, held, steps_of
from gui.export.film.writing import Spool, require_encoder, write_film
from gui.open import ThemeName
from gui.screen import draw_in_memory_without_one
from gui.screenshot import LayoutName

if TYPE_CHECKING:
    from gui.export.provenance import Provenance

FILM = Film()
NARROWEST = 1280  # pixels of a window; a smaller film is scaled down


def film(
    run: Annotated[str, tyro.conf.Positional, tyro.conf.arg(help="A recorded run: its name or folder")],
    film: tyro.conf.OmitArgPrefixes[Film] = FILM,
    panel: Annotated[str, tyro.conf.arg(help="Which panel: loss, attention, side-by-side …")] = "loss",
    window: Annotated[bool, tyro.conf.arg(help="The whole window instead")] = False,
    layout: Annotated[LayoutName, tyro.conf.arg(help="Which panels, of the whole window")] = "overview",
    theme: Annotated[ThemeName, tyro.conf.arg(help="Of the whole window")] = "light",
    out: Annotated[Path | None, tyro.conf.arg(help="File to write; the name of the run if left out")] = None,
    overwrite: Annotated[bool, tyro.conf.arg(help="Even where a file lies already")] = False,
) -> None:
    """Film a recorded run from step to step, and print where the film is."""
    require_encoder(film.format)
    draw_in_memory_without_one()
    from gui.export.sheets import panel_named, slug

    folder, shown = run_folder(run), panel_named(panel)
    path = out or Path(f"{folder.name}-{'window' if window else slug(shown)}.{film.format}")
    require_free(path, overwrite)
    if window:
        _film_window(folder, film, layout, theme, path, overwrite)
    else:
        _film_panel(folder, film, panel, path, overwrite)


def spool(film: Film, pictures: int, origin: "Provenance") -> Spool:
    """What is written of so many pictures."""
    return Spool(film.format, film.rate, pictures, held(film), origin.sentence)


def say_length(film: Film, steps: list[int]) -> None:
    """A run of few steps has few pictures."""
    if len(steps) < round(film.seconds * film.rate):
        seconds = len(steps) / film.rate
        print(
            f"There are {len(steps):,} steps to show: {seconds:.1f} s of film instead of {film.seconds:g}.",
            file=sys.stderr,
        )


def _film_panel(folder: Path, film: Film, panel: str, path: Path, overwrite: bool) -> None:
    from gui.export.film.frames import pictures, sheets
    from gui.export.sheets import desk, panel_named

    shown = panel_named(panel)
    with desk([folder], (shown,)) as made:
        steps = steps_of(film, made.recording.last_step)
        say_length(film, steps)
        frames = pictures(sheets(lambda step: made.sheet(shown, step), steps, film, made.name), film)
        origin = made.origin(shown, made.recording.last_step)
        with closing(write_film(frames, spool(film, len(steps), origin), path, overwrite)) as work:
            print(worked(work, "Filming"))


def _film_window(folder: Path, film: Film, layout: LayoutName, theme: ThemeName, path: Path, overwrite: bool) -> None:
    from engine.settings import Settings
    from gui.export.provenance import provenance
    from gui.shell import Shell

    with TemporaryDirectory() as place:
        shell = Shell(Settings(), Path(place) / "settings.ini", theme)
        try:
            shell.window.resize(*(round(side * max(1.0, NARROWEST / film.size[0])) for side in film.size))
            shell.window.show_layout(layout)
            shell.window.show()
            shell.show(folder)
            recording = shell.session.recording
            steps = steps_of(film, recording.last_step)
            origin = provenance(recording, folder.name, recording.last_step)
            say_length(film, steps)
            frames = _grabbed(shell, steps, film)
            with closing(write_film(frames, spool(film, len(steps), origin), path, overwrite)) as work:
                print(worked(work, "Filming"))
        finally:
            shell.close()


def _grabbed(shell: object, steps: list[int], film: Film) -> Iterator[np.ndarray]:
    from gui.frame.film.window import SETTLED, grabbed, show_step
    from gui.shell import Shell
    from gui.waiting import wait

    assert isinstance(shell, Shell)
    for step in steps:
        show_step(shell.window, step)
        wait(SETTLED)
        yield grabbed(shell.window, film)
