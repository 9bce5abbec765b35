"""`terrarium screenshot`: trains in the real window, or opens a recorded run, and saves what it shows."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Literal

import tyro

from engine.checkpoints import run_folder
from engine.events import Finished
from engine.settings import Settings
from engine.train import DEFAULTS
from engine.trouble import Trouble
from gui.open import ThemeName
from gui.screen import draw_in_memory_without_one
from gui.session import Session

if TYPE_CHECKING:
    from gui.shell import Shell

LayoutName = Literal["overview", "data", "compare", "lecture"]


def screenshot(
    out: Annotated[Path, tyro.conf.Positional, tyro.conf.arg(help="PNG file to write")],
    settings: tyro.conf.OmitArgPrefixes[Settings] = DEFAULTS,
    steps: Annotated[int, tyro.conf.arg(help="Train so many steps first")] = 300,
    theme: ThemeName = "light",
    size: Annotated[str, tyro.conf.arg(help="Width x height of the window, such as 1600x900")] = "1600x900",
    layout: Annotated[LayoutName, tyro.conf.arg(help="Which panels")] = "overview",
    paused: Annotated[bool, tyro.conf.arg(help="Take the picture after pausing")] = False,
    run: Annotated[str | None, tyro.conf.arg(help="Show this recorded run instead: its name or folder")] = None,
    beside: Annotated[tuple[str, ...], tyro.conf.arg(help="Recorded runs to lay beside it")] = (),
    at: Annotated[int | None, tyro.conf.arg(help="Look back at this step")] = None,
) -> int:
    """Save a picture of the real window after some steps of real training, or of a recorded run."""
    width, height = parsed(size)
    draw_in_memory_without_one()
    from gui.shell import Shell
    from gui.waiting import wait

    with TemporaryDirectory() as folder:
        shell = Shell(settings, Path(folder) / "settings.ini", theme)
        try:
            shell.window.resize(width, height)
            shell.window.show_layout(layout)
            shell.window.show()
            if run:
                shell.show(run_folder(run))
            else:
                train(shell, steps, paused)
            look(shell, beside, at)
            wait(0.6)  # one more round of the slow text
            if not shell.window.grab().save(str(out)):
                raise Trouble(
                    f"The picture could not be written to {out}.",
                    "Choose a folder that exists and a name ending in .png.",
                )
        finally:
            shell.close()
    return 0


def train(shell: "Shell", steps: int, paused: bool) -> None:
    """So many steps, and stand still if that is wanted."""
    from gui.waiting import wait_until

    shell.begin(play=True)
    wait_until(lambda: arrived(shell.session, steps), timeout=24 * 3600)
    if paused:
        shell.session.pause()
        wait_until(lambda: not shell.session.playing)


def look(shell: "Shell", beside: Sequence[str], at: int | None) -> None:
    """Lay these runs beside the one on show, and look back. Raises Trouble."""
    for trouble in shell.session.tick_runs([run_folder(one) for one in beside]):
        raise trouble
    if at is not None:
        shell.session.playhead.seek(at, shell.session.recording)


def arrived(session: Session, steps: int) -> bool:
    """Whether the run is far enough, or cannot go on; at the horizon it is told to."""
    recording = session.recording
    if recording.count(Finished) and not session.playing:
        session.play()
    return session.stopped or recording.last_step >= steps


def parsed(size: str) -> tuple[int, int]:
    """“1600x900” as two numbers; Trouble for anything else."""
    parts = size.lower().split("x")
    if len(parts) != 2 or not all(part.isdigit() and 200 <= int(part) <= 10_000 for part in parts):
        raise Trouble(f"“{size}” is no size.", "Write width x height in pixels, such as 1600x900.")
    return int(parts[0]), int(parts[1])
