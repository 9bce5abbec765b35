"""`terrarium train`: the same training without a window."""

import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import fields
from json import dumps
from math import isfinite
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import tyro
from tqdm import tqdm

from engine.commands import Command, Play, Stop
from engine.events import Event, Failed, Finished, Progressed, Started, Stepped, Validated, Warned, Wrote
from engine.folders import cache_folder, new_run_folder
from engine.mailbox import Mailbox
from engine.run import Trainer, drive
from engine.runfile import FILE_NAME, RunFile
from engine.settings import Settings
from engine.trouble import Trouble

Report = Callable[[Event], None]
DEFAULTS = Settings()
SILENT = 3600.0  # seconds a bar that is no line of a terminal waits for its first step


def train(
    settings: tyro.conf.OmitArgPrefixes[Settings] = DEFAULTS,
    steps: Annotated[int | None, tyro.conf.arg(help="Step to stop at; the horizon if left out")] = None,
    out: Annotated[Path | None, tyro.conf.arg(help="Folder of the run; one with a new name if left out")] = None,
    json: Annotated[bool, tyro.conf.arg(help="Print one JSON line an event")] = False,
) -> int:
    """Pre-train a model without a window. Exit code: 0 at the last step, 1 when it failed, 130 when interrupted."""
    from engine.training.trainer import Trainer as RealTrainer

    folder = out or new_run_folder()
    if (folder / FILE_NAME).exists():
        raise Trouble(f"There is a run in {folder} already.", "Choose another --out; runs are never written over.")
    steps = settings.horizon if steps is None else steps
    if steps < 1:
        raise Trouble(f"--steps {steps} asks for no step.", "Choose 1 or more.")
    trainer, file = RealTrainer(settings, folder.resolve().name, cache_folder()), RunFile(folder)
    if json:
        return record(trainer, steps, file, json_lines)
    with closing(Bar(steps)) as bar:  # whatever happens, the next words begin a new line
        code = record(trainer, steps, file, bar)
    print(f"The run is in {folder}" if (folder / FILE_NAME).exists() else "Nothing was recorded.", file=sys.stderr)
    return code


def record(trainer: Trainer, steps: int, file: RunFile, report: Report) -> int:
    """Train to `steps`, write every event down, and report it."""
    code = 0
    try:
        for event in until(trainer, steps):
            file.add(event)
            report(event)
            code = 1 if isinstance(event, Failed) else code
    except KeyboardInterrupt:
        code = 130
    finally:
        file.close()
    return code


def until(trainer: Trainer, steps: int) -> Iterator[Event]:
    """The events of a run up to a step; past the horizon it goes on at the final rate."""
    commands: Mailbox[Command] = Mailbox()
    commands.put(Play())
    with closing(drive(trainer, commands)) as events:
        for event in events:
            if isinstance(event, Failed) or (isinstance(event, Stepped) and event.step >= steps):
                commands.put(Stop())
            elif isinstance(event, Finished) and event.step < steps:
                commands.put(Play())
            yield event


def json_lines(event: Event) -> None:
    """One line an event; arrays are in the run file, and only their shapes are here."""
    line = {"event": type(event).__name__, **{f.name: plain(getattr(event, f.name)) for f in fields(event)}}
    print(dumps(line, allow_nan=False), flush=True)


def plain(value: Any) -> Any:
    """An array as its shape, what is no number as null, for JSON has no NaN; anything else as it is."""
    if isinstance(value, float) and not isfinite(value):
        return None
    return {"shape": list(value.shape)} if isinstance(value, np.ndarray) else value


def visible(text: str) -> str:
    """Text from strangers for a terminal: control, bidi and zero-width characters are written out, not obeyed."""
    return "".join(c if c.isprintable() or c == "\n" else c.encode("unicode_escape").decode() for c in text)


class Progress(tqdm):  # type: ignore[misc]
    """tqdm without the thread that watches over it."""

    monitor_interval = 0


class Bar:
    """A bar on a terminal, a line now and then elsewhere."""

    def __init__(self, steps: int) -> None:
        self._live = sys.stderr.isatty()
        seldom, delay = (0.2, 0) if self._live else (10, SILENT)
        self._bar = Progress(total=steps, unit="step", file=sys.stderr, mininterval=seldom, delay=delay, leave=False)
        self._validation = ""

    def __call__(self, event: Event) -> None:
        match event:
            case Stepped():
                self._bar.leave, self._bar.delay = True, 0  # from now on there is something to tell
                self._bar.set_postfix_str(f"loss {event.loss:.3f}{self._validation}", refresh=False)
                self._bar.update(event.step - self._bar.n)
            case Validated():
                self._validation = f", validation {event.loss:.3f}"
            case Progressed():
                self._bar.set_description(f"{event.task} {100 * event.done:.0f} %", refresh=self._live)
            case Started():
                self._bar.set_description(event.name, refresh=self._live)
                self._bar.write(f"{event.parameters:,} parameters on {event.device}", file=sys.stderr)
            case Wrote() if event.step:
                self._bar.write(f"step {event.step:,}: {visible(event.prompt + event.text)}", file=sys.stderr)
            case Failed():
                self.close()  # else it would come once more below the words
                print(f"Stopped at step {event.step:,}. {event.message} {event.advice}", file=sys.stderr)
            case Warned():
                self._bar.write(f"{event.message} {event.advice}", file=sys.stderr)

    def close(self) -> None:
        """Leave it as it stands."""
        self._bar.close()
