"""Makes a run of a published model: a checkpoint at step 0 with its weights, and what it says before it learns on."""

import shutil
from collections.abc import Generator
from pathlib import Path

from engine.commands import Save
from engine.events import Ended, Event, Progressed, Warned
from engine.export.importing import look_into
from engine.folders import cache_folder
from engine.logs.importing import free_folder
from engine.runfile import RunFile
from engine.settings import Settings
from engine.trouble import Trouble

LOADED = 0.5  # share of the work


def make_run(folder: Path, chosen: Settings, name: str = "") -> Generator[float, None, Path]:
    """Yields the share that is done, and gives the folder of the run, which goes on with the text of `chosen`.

    The model is whole in it: the folder it came from is not needed any more. Raises Trouble, and leaves nothing then.
    """
    from engine.training.trainer import Trainer

    published = look_into(folder, chosen)
    place = free_folder(name or published.folder.name or "model")
    trainer = Trainer(published.settings, place.name, cache_folder(), place)
    file = RunFile(place)
    try:
        done = 0.0
        for event in trainer.start():
            file.add(event)
            done = max(done, LOADED * event.done if isinstance(event, Progressed) else done)
            yield done
        for event in trainer.obey(Save()):
            file.add(_sound(event))
            yield 1.0
        file.add(Ended(0, 0.0))
        file.close()
    except BaseException:
        file.close()
        shutil.rmtree(place, ignore_errors=True)
        raise
    finally:
        trainer.close()
    return place


def _sound(event: Event) -> Event:
    """Trouble where it could not be saved."""
    if isinstance(event, Warned):
        raise Trouble(event.message, event.advice)
    return event
