"""What recording costs the trainer: its own time in `add`, and the processor time of the thread that writes."""

import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import enumerate as threads

from engine.commands import Command, Play, Stop
from engine.events import Event, Stepped
from engine.folders import cache_folder
from engine.mailbox import Mailbox
from engine.run import drive
from engine.runfile import RunFile
from engine.settings import Settings
from engine.training.trainer import Trainer

WARM_UP = 20  # steps
TINY = Settings(layers=1, heads=2, width=16, context=16, batch_size=4, tokenizer="character", threads=1)


def record_share(steps: int, settings: Settings | None = None) -> float:
    """Share of the training time, 0 to 1, of so many steps after the first few."""
    with TemporaryDirectory() as place:
        folder = Path(place) / "run"
        trainer = Trainer(settings or Settings(), "bench", cache_folder(), folder)
        with closing(RunFile(folder)) as file:
            clock = Clock(file)
            commands: Mailbox[Command] = Mailbox()
            commands.put(Play())
            for event in drive(trainer, commands):
                clock.add(event)
                if isinstance(event, Stepped) and event.step == WARM_UP + steps:
                    share = clock.share()
                    commands.put(Stop())
    return share


class Clock:
    """Counts from the end of the warm-up on."""

    def __init__(self, file: RunFile) -> None:
        self._file = file
        self._adding = 0.0

    def add(self, event: Event) -> None:
        before = time.perf_counter()
        self._file.add(event)
        self._adding += time.perf_counter() - before
        if isinstance(event, Stepped) and event.step == WARM_UP:
            self._adding, self._wrote, self._began = 0.0, writing(), time.perf_counter()

    def share(self) -> float:
        return (self._adding + writing() - self._wrote) / (time.perf_counter() - self._began)


def writing() -> float:
    """Processor seconds of the thread that writes; 0 where the system does not tell."""
    if not hasattr(time, "pthread_getcpuclockid"):
        return 0.0
    writers = [thread.ident for thread in threads() if thread.name == "recorder" and thread.ident]
    return sum(time.clock_gettime(time.pthread_getcpuclockid(ident)) for ident in writers)
