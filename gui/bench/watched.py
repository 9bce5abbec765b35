"""One run of the preset `fast` in a window, in a process of its own as a person would start it; prints its seconds.

`python -m gui.bench.watched CORPUS SEED FOLDER`
"""

import sys
from pathlib import Path
from time import perf_counter

from engine.events import Event, Finished, Resumed, Stepped
from engine.folders import cache_folder
from engine.presets import PRESETS
from engine.run import Run, start
from engine.runfile import RunFile
from engine.settings import Settings
from gui.screen import draw_in_memory_without_one
from gui.shell import Shell
from gui.waiting import wait_until

SIZE = 1600, 900
PRESET = "fast"


class Stopwatch(RunFile):
    """Notes when training began and when the last step was made, on the wall clock."""

    began = ended = 0.0

    def add(self, event: Event) -> None:
        if isinstance(event, Resumed):
            self.began = perf_counter()
        elif isinstance(event, Stepped):
            self.ended = perf_counter()
        super().add(event)


def watched(corpus: Path, seed: int, folder: Path) -> float:
    """Seconds from play to the last step, looks and drawing included; the run is recorded and saved in `folder`."""
    draw_in_memory_without_one()
    journal = Stopwatch(folder)

    def recorded(settings: Settings) -> Run:
        return start(settings, "bench", journal, cache_folder(), folder)

    settings = Settings(**{**PRESETS[PRESET].model_dump(), "corpus": str(corpus.resolve()), "seed": seed})
    shell = Shell(settings, folder.with_name("settings.ini"), "light", recorded)
    shell.window.resize(*SIZE)
    shell.window.show()
    shell.begin(play=True)
    wait_until(lambda: shell.session.recording.latest(Finished) is not None)
    shell.close()
    return journal.ended - journal.began


if __name__ == "__main__":
    print(watched(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])))
